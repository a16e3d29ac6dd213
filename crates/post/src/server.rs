//! Owns which mail server, and how private the way to it is.
//! Must never let a password or a message go in the clear beyond this machine.

use std::net::IpAddr;

use crate::Error;

/// A mail server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    pub(crate) host: String,
    pub(crate) port: u16,
    /// From the first byte on.
    pub(crate) tls: bool,
}

/// A name and a password for it.
#[derive(Clone)]
pub struct Login {
    /// Who.
    pub user: String,
    /// Never printed.
    pub password: String,
}

impl Server {
    /// Reads `smtp://HOST[:PORT]` or `smtps://HOST[:PORT]`.
    ///
    /// # Errors
    /// Anything else, and above all a password.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let wrong = || Error::Server(text.to_owned());
        let (tls, rest) = match text.split_once("://") {
            Some(("smtp", rest)) => (false, rest),
            Some(("smtps", rest)) => (true, rest),
            _ => return Err(wrong()),
        };
        if rest.contains('@') {
            return Err(Error::Password);
        }
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let (host, port) = split(rest).ok_or_else(wrong)?;
        let plain = |c: char| c.is_ascii_alphanumeric() || "-._:".contains(c);
        if host.is_empty() || !host.chars().all(plain) {
            return Err(wrong());
        }
        let mut server = Self {
            host: host.to_owned(),
            port: 0,
            tls,
        };
        server.port = match port {
            Some(port) => port.parse().map_err(|_| wrong())?,
            None if tls => 465,
            None if server.is_here() => 25,
            None => 587,
        };
        Ok(server)
    }

    /// Is it this machine? What goes there is seen by nobody else.
    pub fn is_here(&self) -> bool {
        let address = self.host.parse::<IpAddr>();
        self.host == "localhost" || address.is_ok_and(|address| address.is_loopback())
    }

    /// For people.
    pub fn words(&self) -> String {
        let scheme = if self.tls { "smtps" } else { "smtp" };
        if self.host.contains(':') {
            format!("{scheme}://[{}]:{}", self.host, self.port)
        } else {
            format!("{scheme}://{}:{}", self.host, self.port)
        }
    }
}

/// Host and port; an address with colons stands in brackets.
fn split(text: &str) -> Option<(&str, Option<&str>)> {
    if let Some(rest) = text.strip_prefix('[') {
        let (host, rest) = rest.split_once(']')?;
        return match rest {
            "" => Some((host, None)),
            _ => Some((host, Some(rest.strip_prefix(':')?))),
        };
    }
    match text.split_once(':') {
        Some((_, port)) if port.contains(':') => None,
        Some((host, port)) => Some((host, Some(port))),
        None => Some((text, None)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_are_read_with_their_usual_ports() {
        for (text, words, here) in [
            ("smtp://localhost", "smtp://localhost:25", true),
            ("smtp://127.0.0.1:8025", "smtp://127.0.0.1:8025", true),
            ("smtp://[::1]:8025/", "smtp://[::1]:8025", true),
            (
                "smtp://mail.example.org",
                "smtp://mail.example.org:587",
                false,
            ),
            (
                "smtps://mail.example.org",
                "smtps://mail.example.org:465",
                false,
            ),
        ] {
            let server = Server::parse(text).expect(text);
            assert_eq!((server.words().as_str(), server.is_here()), (words, here));
        }
        for wrong in [
            "mail.example.org",
            "http://a",
            "smtp://",
            "smtp://a:b",
            "smtp://a:1:2",
            "smtp://a b",
            "smtp://a:99999",
            "smtp://[::1",
        ] {
            assert!(
                matches!(Server::parse(wrong), Err(Error::Server(_))),
                "{wrong}"
            );
        }
    }

    #[test]
    fn a_password_does_not_belong_on_a_command_line() {
        let refused = Server::parse("smtp://me:secret@mail.example.org");
        let said = refused.expect_err("a password").to_string();
        assert!(!said.contains("secret"), "{said}");
    }
}
