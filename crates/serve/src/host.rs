//! Owns under which names this server may be asked.
//! Must never let a page of somebody else read what is on this machine by giving its own name our address.

use std::net::IpAddr;

use axum::extract::Request;
use axum::http::header::HOST;

use crate::Address;

/// The names that may be asked for; none where everybody may ask anyway.
#[derive(Clone, Debug)]
pub(crate) struct Names(Option<Vec<String>>);

impl Names {
    pub(crate) fn new(address: &Address) -> Self {
        let names = address.hosts.iter();
        let names = names.map(|name| name.to_ascii_lowercase()).collect();
        Self(address.socket.ip().is_loopback().then_some(names))
    }

    /// May a request for this host be answered? One that names none comes from no browser.
    pub(crate) fn allow(&self, request: &Request) -> bool {
        let Some(names) = &self.0 else {
            return true;
        };
        let host = request
            .uri()
            .authority()
            .map(axum::http::uri::Authority::as_str);
        let header = request.headers().get(HOST);
        let Some(host) = host.or_else(|| header.map(|host| host.to_str().unwrap_or_default()))
        else {
            return true;
        };
        let host = without_port(host).to_ascii_lowercase();
        let host = host.trim_end_matches('.');
        let ip = host.trim_start_matches('[').trim_end_matches(']');
        let ip: Option<IpAddr> = ip.parse().ok();
        host == "localhost"
            || host.ends_with(".localhost")
            || ip.is_some_and(|ip| ip.is_loopback())
            || names.iter().any(|name| name == host)
    }
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    fn allows(listen: &str, host: &str) -> bool {
        let address = Address {
            socket: listen.parse().expect("an address"),
            hosts: vec!["Feed.example.org".to_owned()],
        };
        let request = Request::builder().header(HOST, host).body(Body::empty());
        Names::new(&address).allow(&request.expect("a request"))
    }

    #[test]
    fn a_strange_name_for_this_machine_is_refused() {
        for host in [
            "localhost",
            "LOCALHOST:80",
            "a.localhost:1",
            "127.0.0.1:8080",
            "127.1.2.3",
            "[::1]:9",
            "feed.example.org",
            "feed.example.org.:1",
        ] {
            assert!(allows("127.0.0.1:0", host), "{host}");
        }
        for host in [
            "evil.example",
            "127.0.0.1.evil.example",
            "localhost.evil.example:80",
            "192.168.1.1",
            "ä",
            "",
            "[::2]",
        ] {
            assert!(!allows("127.0.0.1:0", host), "{host}");
            assert!(allows("192.168.1.1:0", host), "{host}");
        }
    }
}
