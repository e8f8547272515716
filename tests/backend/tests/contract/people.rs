//! Who asks, the class, courses, CORS.

use axum::body::Body;
use axum::http::Request;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::json;
use zhixing::domain::time::Moment;
use zhixing_backend::{Course, DEMO_CLASS, Enrolment, Role};

use crate::support::{Backend, FAR, PARTNER, basic, person};

#[test]
fn anybody_may_ask_what_it_is() {
    let about = Backend::new().get("", "/about");
    assert_eq!(about.status, 200);
    let about = about.json();
    assert_eq!(about["contract"], "zhixing-plain/1");
    assert_eq!(about["audiences"], true);
    let clock = Moment::parse_rfc3339(about["clock"].as_str().unwrap()).unwrap();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let now = Moment(i64::try_from(now.unwrap().as_millis()).unwrap());
    assert!((0..60_000).contains(&now.since(clock)), "{clock:?}");
}

#[test]
fn everybody_is_told_who_they_are() {
    let backend = Backend::new();
    for (name, title, role, class) in [
        ("li-na", "李娜", "learner", DEMO_CLASS),
        ("chen", "陈老师", "tutor", DEMO_CLASS),
        ("qian", "QIAN", "learner", FAR),
    ] {
        let me = backend.get(name, "/me");
        assert_eq!(me.status, 200);
        let account = json!({"homePage": class, "name": name});
        let expected = json!({"account": account, "name": title, "role": role, "class": class});
        assert_eq!(me.json(), expected);
    }
}

#[test]
fn nothing_but_the_right_password_lets_in() {
    let backend = Backend::new();
    let code = |plain: &[u8]| format!("Basic {}", BASE64_STANDARD.encode(plain));
    let right = basic("li-na", "li-na-2026");
    let with = |credentials: &[&str], path: &str| {
        let mut request = Request::builder().uri(path);
        for credential in credentials {
            request = request.header("Authorization", *credential);
        }
        backend.send(request.body(Body::empty()).unwrap())
    };
    // The right one first, so that what is remembered of it lets nobody else in.
    assert_eq!(with(&[&right], "/me").status, 200);
    assert_eq!(with(&[&right.replace("Basic", "bAsIc")], "/me").status, 200);
    for (what, credentials) in [
        ("wrong", basic("li-na", "li-na-2027")),
        ("of somebody else", basic("li-na", "chen-2026")),
        ("nobody", basic("nobody", "nobody-2026")),
        ("empty", basic("", "")),
        ("no colon", code(b"li-na")),
        ("not UTF-8", code(b"li-na:\xff\xfe")),
        ("not base64", "Basic ???".to_owned()),
        ("another scheme", right.replace("Basic", "Bearer")),
        ("no scheme", right.replace("Basic ", "")),
        ("SQL", basic("' OR 1=1 --", "x")),
    ] {
        assert!(with(&[&credentials], "/me").is_fault(401), "{what}");
    }
    assert!(with(&[&right, &right], "/me").is_fault(401), "twice");
    for path in [
        "/me",
        "/roster",
        "/courses",
        "/records?class=x",
        "/records/x",
    ] {
        let reply = with(&[], path);
        assert!(reply.is_fault(401), "{path}");
        assert!(
            reply
                .header("www-authenticate")
                .unwrap()
                .starts_with("Basic ")
        );
    }
    assert_eq!(with(&[], "/attachments/x").status, 401);
}

#[test]
fn the_roster_is_the_askers_class() {
    let backend = Backend::new();
    let key = BASE64_STANDARD.encode([7; 32]);
    let Enrolment::Person(mut tutor, _) = person("chen", Role::Tutor, DEMO_CLASS) else {
        panic!("a person");
    };
    tutor.key = Some(key.clone());
    backend
        .store
        .enrol(&Enrolment::Person(tutor, "new".to_owned()))
        .unwrap();
    let roster = backend.get("li-na", "/roster");
    assert_eq!(roster.status, 200);
    let expected = json!({
        "class": DEMO_CLASS, "title": "示范班", "path": ["示范省", "示范县", "示范学校"],
        "people": [{"id": "chen", "name": "CHEN", "role": "tutor", "key": key},
            {"id": "li-na", "name": "李娜", "role": "learner"},
            {"id": "wang-wei", "name": "王伟", "role": "learner"}],
        "partners": [{"class": PARTNER, "title": "别的班"}],
    });
    assert_eq!(roster.json(), expected);
    assert_eq!(
        backend.get("sun", "/roster").json()["partners"][0]["class"],
        DEMO_CLASS
    );
    assert_eq!(backend.get("qian", "/roster").json()["partners"], json!([]));
    assert_eq!(
        backend.get("chen", "/me").status,
        401,
        "the old password is gone"
    );
}

#[test]
fn courses_are_what_was_enrolled() {
    let backend = Backend::new();
    assert_eq!(
        backend.get("li-na", "/courses").json(),
        json!({"courses": []})
    );
    let [id, version, title, url] = ["tag:x,2026:c", "2", "课", "https://x.example/c"];
    let course = Course {
        id: id.to_owned(),
        version: version.to_owned(),
        title: title.to_owned(),
        url: url.to_owned(),
    };
    backend.store.enrol(&Enrolment::Course(course)).unwrap();
    let course = json!({"id": id, "version": version, "title": title, "url": url});
    assert_eq!(
        backend.get("li-na", "/courses").json(),
        json!({"courses": [course]})
    );
}

#[test]
fn pages_of_any_origin_may_ask() {
    let backend = Backend::new();
    let headers = [
        ("Origin", "https://school.example"),
        ("Access-Control-Request-Method", "PUT"),
        ("Access-Control-Request-Private-Network", "true"),
    ];
    // A preflight carries no credentials.
    let reply = backend.ask("", "OPTIONS", "/records", &headers, Body::empty());
    assert_eq!(reply.status, 204);
    for (name, value) in [
        ("access-control-allow-origin", "*"),
        ("access-control-allow-methods", "GET, HEAD, POST, PUT"),
        (
            "access-control-allow-headers",
            "Authorization, Content-Type, Content-Range",
        ),
        ("access-control-max-age", "7200"),
        ("access-control-allow-private-network", "true"),
    ] {
        assert_eq!(reply.header(name), Some(value), "{name}");
    }
    for (who, path) in [("li-na", "/me"), ("", "/me"), ("", "/nowhere")] {
        let reply = backend.get(who, path);
        assert_eq!(
            reply.header("access-control-allow-origin"),
            Some("*"),
            "{path}"
        );
        assert_eq!(
            reply.header("access-control-expose-headers"),
            Some("Upload-Received")
        );
        assert_eq!(reply.header("cache-control"), Some("no-store"));
        assert_eq!(reply.header("set-cookie"), None);
    }
}

#[test]
fn other_addresses_and_methods_are_said_to_be_none() {
    let backend = Backend::new();
    for path in [
        "/",
        "/nowhere",
        "/about/",
        "//about",
        "/records/a/b",
        "/records/../me",
        "/%ff",
    ] {
        assert!(backend.get("li-na", path).is_fault(404), "{path}");
    }
    for (method, path, allowed) in [
        ("DELETE", "/records", "GET,HEAD,POST"),
        ("POST", "/about", "GET,HEAD"),
        ("PATCH", "/attachments/x", "GET,HEAD,PUT"),
    ] {
        let reply = backend.ask("li-na", method, path, &[], Body::empty());
        assert!(reply.is_fault(405), "{method} {path}");
        assert_eq!(reply.header("allow"), Some(allowed));
    }
}
