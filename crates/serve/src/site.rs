//! Owns the files of the site as a browser asks for them.
//! Must never look at a disk: what is not in the edition is not there.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use caveat_artifact::SitePath;

use crate::board::Shown;
use crate::page::{POLICY, missing, of_faults, with_script};
use crate::routes::Desk;

/// What a browser asks for.
pub(crate) async fn file(State(desk): State<Desk>, request: Request) -> Response {
    let shown = desk.board.now();
    let Some(path) = decoded(request.uri().path()) else {
        return html(StatusCode::BAD_REQUEST, missing(&shown.mark));
    };
    found(&shown, &path)
}

fn found(shown: &Shown, path: &str) -> Response {
    let Some(site) = &shown.site else {
        let faults = shown.faults.as_deref().unwrap_or_default();
        return html(StatusCode::SERVICE_UNAVAILABLE, of_faults(faults));
    };
    let at = |path: &str| site.get(&SitePath::new(path).ok()?);
    let page = format!("{path}index.html");
    let is_directory = path.is_empty() || path.ends_with('/');
    let name = if is_directory { &page } else { path };
    match at(name) {
        Some(bytes) if is_page(name) => html(StatusCode::OK, with_script(bytes, &shown.mark)),
        Some(bytes) => sent(StatusCode::OK, kind(name), bytes.clone()),
        None if !is_directory && at(&format!("{path}/index.html")).is_some() => {
            onward(path, &shown.mark)
        }
        None => html(StatusCode::NOT_FOUND, missing(&shown.mark)),
    }
}

fn is_page(name: &str) -> bool {
    kind(name).starts_with("text/html")
}

/// A directory without its slash: links of its page are relative.
fn onward(path: &str, mark: &str) -> Response {
    let path = SitePath::new(path).map(|path| format!("/{}/", path.address()));
    let Ok(Ok(place)) = path.map(|path| HeaderValue::from_str(&path)) else {
        return html(StatusCode::NOT_FOUND, missing(mark));
    };
    (StatusCode::TEMPORARY_REDIRECT, [(LOCATION, place)]).into_response()
}

fn html(status: StatusCode, page: Vec<u8>) -> Response {
    sent(status, "text/html; charset=utf-8", page)
}

/// Every file with the policy of pages: a picture is a page as well when it is opened by itself.
pub(crate) fn sent(status: StatusCode, kind: &'static str, body: impl Into<Body>) -> Response {
    let headers = [
        (CONTENT_TYPE, kind),
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (CACHE_CONTROL, "no-store"),
    ];
    (status, headers, body.into()).into_response()
}

fn kind(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "atom" => "application/atom+xml; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "zip" => "application/zip",
        "gz" => "application/gzip",
        "eml" => "message/rfc822",
        "txt" | "md" | "csv" | "asc" | "pub" | "toml" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// The path without its first slash, and without percent-encoding.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.strip_prefix('/').unwrap_or(path).bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || char::from(rest.next()?).to_digit(16);
        let (high, low) = (digit()?, digit()?);
        bytes.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Bytes;
    use std::sync::Arc;

    fn status(path: &str) -> (u16, String) {
        let file = |path: &str| {
            (
                SitePath::new(path).expect("a path"),
                Bytes::from_static(b"x"),
            )
        };
        let files = ["index.html", "a/index.html", "osv/Azure Linux/all.zip"];
        let shown = Shown {
            site: Some(Arc::new(files.into_iter().map(file).collect())),
            ..Shown::default()
        };
        let response = decoded(path).map_or_else(
            || html(StatusCode::BAD_REQUEST, missing("")),
            |path| found(&shown, &path),
        );
        let place = response.headers().get(LOCATION);
        let place = place.map_or("", |place| place.to_str().expect("ASCII"));
        (response.status().as_u16(), place.to_owned())
    }

    #[test]
    fn pages_are_found_by_their_directories_and_nothing_outside() {
        for (path, expected, place) in [
            ("/", 200, ""),
            ("/index.html", 200, ""),
            ("/a/", 200, ""),
            ("/a", 307, "/a/"),
            ("/osv/Azure%20Linux/all.zip", 200, ""),
            ("/b", 404, ""),
            ("//", 404, ""),
            ("/../etc/passwd", 404, ""),
            ("/a/%2e%2e/index.html", 404, ""),
            ("/a%2findex.html", 200, ""),
            ("/%ff", 400, ""),
            ("/%", 400, ""),
            ("/a%00", 404, ""),
        ] {
            assert_eq!(status(path), (expected, place.to_owned()), "{path}");
        }
    }
}
