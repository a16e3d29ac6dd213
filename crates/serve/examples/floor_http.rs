//! Owns the floor that `make bench` measures against: the same connections, and an answer that is always the same.
//! Must never be part of a program.

use axum::Router;
use axum::routing::any;

fn main() -> Result<(), caveat_serve::Error> {
    let routes = Router::new().fallback(any(|| async { "{}" }));
    let ready = |socket| say(&format!("the floor is at http://{socket}/"));
    caveat_serve::serve_routes(([127, 0, 0, 1], 0).into(), &routes, ready, || {})
}

fn say(line: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "{line}");
}
