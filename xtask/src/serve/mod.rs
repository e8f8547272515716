//! `cargo xtask serve`: builds the app, serves it and opens the browser.

#[cfg(feature = "app")]
mod class;
mod headers;
mod open;
mod router;
mod watch;

use crate::cli::{ServeOptions, Source};
use crate::project::Project;
use crate::tools::Toolbox;
use crate::{build, say};
use anyhow::{Context, Result, bail};
use router::Caching;
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::path::Path;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

/// How many ports are tried from the first one on.
const PORTS: u16 = 50;

/// Builds if asked to, then serves until Ctrl-C.
///
/// # Errors
/// One sentence about what is missing or failed.
pub fn run(project: &Project, options: &ServeOptions) -> Result<()> {
    let tools = match options.source {
        Source::AsIs => None,
        Source::Build | Source::Watch => Some(Toolbox::for_building(project)?),
    };
    if let (Source::Build, Some(tools)) = (options.source, &tools) {
        build::release(project, tools)?;
    }
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("the server's threads cannot be started")?
        .block_on(serve(project, options, tools.as_ref()))
}

async fn serve(project: &Project, options: &ServeOptions, tools: Option<&Toolbox>) -> Result<()> {
    let (folder, caching) = match options.source {
        Source::Watch => (project.dist_dev(), Caching::Never),
        Source::Build | Source::AsIs => (project.dist(), Caching::Hashed),
    };
    let listener = listen(options.listen, options.port).await?;
    let address = listener.local_addr()?;
    let app = router::router(&folder, caching);
    #[cfg(feature = "app")]
    let app = if options.class {
        class::beside(app, &project.root, options.fresh)?
    } else {
        app
    };
    // Ready before anybody is told, so that a browser never meets a closed door.
    let server = tokio::spawn(async move { axum::serve(listener, app).await });
    tokio::select! {
        ended = server => ended?.context("the server stopped"),
        ended = present(project, options, tools, &folder, address) => ended,
        ended = asked_to_stop() => ended,
    }
}

/// Says where the app is, once it is there, and follows the sources if asked to.
async fn present(
    project: &Project,
    options: &ServeOptions,
    tools: Option<&Toolbox>,
    folder: &Path,
    address: SocketAddr,
) -> Result<()> {
    let watch = match (options.source, tools) {
        (Source::Watch, Some(tools)) => Some(watch::start(project, tools, folder).await?),
        _ => None,
    };
    if !folder.join("index.html").is_file() {
        bail!("there is no build to serve: run `cargo xtask serve` without --no-build");
    }
    announce(address);
    #[cfg(feature = "app")]
    if options.class {
        class::announce(&url(address));
    }
    if options.open {
        open::in_browser(&url(address));
    }
    match watch {
        Some(watch) => watch.run().await,
        None => std::future::pending().await,
    }
}

/// Listens on the first free port from `first` on, and says so when it is another one.
async fn listen(address: IpAddr, first: u16) -> Result<TcpListener> {
    for port in first..=first.saturating_add(PORTS) {
        match TcpListener::bind((address, port)).await {
            Ok(listener) => {
                if port != first {
                    say::note(&format!("port {first} is taken: using {port}"));
                }
                return Ok(listener);
            }
            Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {}
            Err(error) => {
                return Err(error).with_context(|| format!("cannot listen on {address}:{port}"));
            }
        }
    }
    bail!("all ports from {first} on are taken: choose another with --port")
}

fn announce(address: SocketAddr) {
    if !address.ip().is_loopback() {
        say::note(
            "everybody on this network can open the app now, over plain http: no password, and \
             on their machines it cannot be kept for use without this server",
        );
        if let Some(ip) = network_address().filter(|_| address.ip().is_unspecified()) {
            say::note(&format!("others open http://{ip}:{}/", address.port()));
        }
    }
    println!("知行 is ready: {}   (Ctrl-C ends it)", url(address));
}

/// The address that this machine's own browser uses.
fn url(address: SocketAddr) -> String {
    if address.ip().is_unspecified() {
        return format!("http://127.0.0.1:{}/", address.port());
    }
    format!("http://{address}/")
}

/// This machine's address on its network; choosing a route sends nothing.
fn network_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    socket.connect("192.0.2.1:9").ok()?;
    Some(socket.local_addr().ok()?.ip())
}

/// Waits for Ctrl-C, or for the request of a test runner to end.
async fn asked_to_stop() -> Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        pressed = tokio::signal::ctrl_c() => pressed?,
        _ = terminate.recv() => {}
    }
    eprintln!();
    say::done("stopped");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_taken_port_leads_to_the_next_free_one() {
        let address = IpAddr::from([127, 0, 0, 1]);
        let taken = TcpListener::bind((address, 0)).await.unwrap();
        let first = taken.local_addr().unwrap().port();
        let listener = listen(address, first).await.unwrap();
        assert!(listener.local_addr().unwrap().port() > first);
    }

    #[test]
    fn the_address_shown_can_be_opened() {
        let shown = |address: &str| url(address.parse().unwrap());
        assert_eq!(shown("127.0.0.1:8080"), "http://127.0.0.1:8080/");
        assert_eq!(shown("0.0.0.0:81"), "http://127.0.0.1:81/");
        assert_eq!(shown("[::1]:8080"), "http://[::1]:8080/");
    }
}
