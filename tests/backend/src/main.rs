//! Runs the reference backend on this computer.

use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::process::ExitCode;

use lexopt::{Arg, Parser, ValueExt};
use zhixing_backend::{Store, demo, router};

const HELP: &str = "\
zhixing-backend: the reference backend of zhixing-plain/1, on 127.0.0.1

  --port N      listen on port N (8765; 0 for any that is free)
  --data FILE   keep everything in FILE; without it, in memory until the end
  --demo        make the class 示范班 with li-na, wang-wei and chen (passwords ID-2026)
";

struct Options {
    port: u16,
    data: Option<PathBuf>,
    demo: bool,
    help: bool,
}

fn main() -> ExitCode {
    match options()
        .map_err(Into::into)
        .and_then(|options| run(&options))
    {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("zhixing-backend: {error}");
            ExitCode::FAILURE
        }
    }
}

fn options() -> Result<Options, lexopt::Error> {
    let mut options = Options {
        port: 8765,
        data: None,
        demo: false,
        help: false,
    };
    let mut parser = Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("port") => options.port = parser.value()?.parse()?,
            Arg::Long("data") => options.data = Some(parser.value()?.into()),
            Arg::Long("demo") => options.demo = true,
            Arg::Long("help") | Arg::Short('h') => options.help = true,
            other => return Err(other.unexpected()),
        }
    }
    Ok(options)
}

fn run(options: &Options) -> Result<(), Box<dyn std::error::Error>> {
    if options.help {
        print!("{HELP}");
        return Ok(());
    }
    let store = Store::open(options.data.as_deref())?;
    if options.demo {
        demo(&store)?;
    }
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    runtime.enable_io().build()?.block_on(async {
        let address = (Ipv4Addr::LOCALHOST, options.port);
        let listener = tokio::net::TcpListener::bind(address).await?;
        println!("http://{}", listener.local_addr()?);
        axum::serve(listener, router(store)).await?;
        Ok(())
    })
}
