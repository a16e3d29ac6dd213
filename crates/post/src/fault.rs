//! Owns why a message did not go.
//! Must never hold a password.

use std::io;
use std::path::PathBuf;

/// Why nothing can go on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// An address of a server that cannot be read.
    #[error("`{0}` is no mail server: write `smtp://HOST`, `smtp://HOST:PORT` or `smtps://HOST`")]
    Server(String),
    /// Somebody wrote a password where everybody sees it.
    #[error(
        "a mail server's address holds no name or password: others see command lines; use CAVEAT_SMTP_USER and CAVEAT_SMTP_PASSWORD_FILE"
    )]
    Password,
    /// The server could not be reached, or did not speak.
    #[error("{server}: {reason}")]
    Connection {
        /// Which one.
        server: String,
        /// What the library says.
        reason: String,
    },
    /// Nothing goes to another machine in the clear.
    #[error(
        "{0} offers no STARTTLS, and nothing is sent in the clear beyond this machine; try `smtps://`"
    )]
    NoTls(String),
    /// The name and password were refused.
    #[error("{server} refused the name or the password: {reason}")]
    Login {
        /// Which server.
        server: String,
        /// What it said.
        reason: String,
    },
    /// The connection broke after the message was begun: nobody knows whether it arrived.
    #[error(
        "the connection broke while a message to {to} was on its way: {reason}; nobody knows whether it arrived"
    )]
    Lost {
        /// To whom.
        to: String,
        /// What the library says.
        reason: String,
    },
    /// The ledger cannot be read or written.
    #[error("cannot keep the ledger `{path}`: {source}")]
    Ledger {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Somebody else sends.
    #[error("another `caveat mail --send` holds the ledger `{0}`; wait until it ends")]
    Locked(PathBuf),
    /// A ledger that somebody changed.
    #[error("`{path}:{line}` is no line of a ledger; nothing is sent until somebody has looked")]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// Which line, from 1.
        line: usize,
    },
}

/// The server does not take one message; it said so, and the connection holds.
#[derive(Debug, thiserror::Error)]
#[error("{to}: {reason}")]
pub struct Refused {
    /// To whom.
    pub to: String,
    /// What the server said.
    pub reason: String,
}
