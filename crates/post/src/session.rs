//! Owns a connection to a mail server, and the order in which ledger and server hear of a message.
//! Must never end a message before the ledger says that it was begun.

use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{SmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::ClientId;

use crate::ledger::Ledger;
use crate::server::{Login, Server};
use crate::{Error, Parcel, Refused};

/// How long a server may be silent: what RFC 5321 asks for at the end of a message, halved.
const PATIENCE: Duration = Duration::from_mins(5);
/// How long it may take to be there at all.
const GREETING: Duration = Duration::from_secs(30);

/// An open connection.
pub struct Session {
    connection: SmtpConnection,
    words: String,
}

impl Session {
    /// Connects, in private wherever the way leaves this machine, and logs in where there is a login.
    ///
    /// # Errors
    /// A server that cannot be reached, that has no encryption, or that refuses the login.
    pub fn open(server: &Server, login: Option<&Login>) -> Result<Self, Error> {
        let words = server.words();
        let failed = |error: SmtpError| Error::Connection {
            server: words.clone(),
            reason: why(&error),
        };
        let tls = || TlsParameters::new(server.host.clone()).map_err(failed);
        let hello = ClientId::default();
        let wrapped = if server.tls { Some(tls()?) } else { None };
        let place = (server.host.as_str(), server.port);
        let mut connection =
            SmtpConnection::connect(place, Some(GREETING), &hello, wrapped.as_ref(), None)
                .map_err(failed)?;
        let patient = connection.set_timeout(Some(PATIENCE));
        patient.map_err(|error| Error::Connection {
            server: words.clone(),
            reason: error.to_string(),
        })?;
        // On this machine nobody listens, and its own certificate is known to few.
        if connection.can_starttls() && (login.is_some() || !server.is_here()) {
            connection.starttls(&tls()?, &hello).map_err(failed)?;
        }
        if !connection.is_encrypted() && !server.is_here() {
            return Err(Error::NoTls(words));
        }
        if let Some(login) = login {
            let credentials = Credentials::new(login.user.clone(), login.password.clone());
            let answer = connection.auth(DEFAULT_MECHANISMS, &credentials);
            answer.map_err(|error| Error::Login {
                server: words.clone(),
                reason: why(&error),
            })?;
        }
        Ok(Self { connection, words })
    }

    /// Sends one message, and says so in the ledger before and after. A refusal of this message alone is no error.
    ///
    /// # Errors
    /// A connection that breaks, or a ledger that cannot be written.
    pub fn send(
        &mut self,
        parcel: &Parcel,
        ledger: &mut Ledger,
        clock: &dyn Fn() -> String,
    ) -> Result<Result<(), Refused>, Error> {
        if let Err(error) = self.announce(parcel) {
            return self.refused(parcel, &error);
        }
        ledger.begun(&parcel.key, &clock())?;
        // The library ends a message with a line end of its own.
        let bytes = parcel.bytes.strip_suffix(b"\r\n").unwrap_or(&parcel.bytes);
        match self.connection.message(bytes) {
            Ok(_) => {
                ledger.arrived(&parcel.key, &clock())?;
                Ok(Ok(()))
            }
            Err(error) if is_answer(&error) => {
                ledger.failed(&parcel.key, &clock())?;
                self.refused(parcel, &error)
            }
            Err(error) => Err(Error::Lost {
                to: parcel.key.to.clone(),
                reason: why(&error),
            }),
        }
    }

    /// Says goodbye. What was sent is sent, whatever the answer.
    pub fn close(mut self) {
        drop(self.connection.quit());
    }

    /// All that comes before the message itself.
    fn announce(&mut self, parcel: &Parcel) -> Result<(), Unannounced> {
        let address = |text: &str| {
            let read = text.parse::<Address>();
            read.map_err(|_| Unannounced::Address(text.to_owned()))
        };
        let (from, to) = (address(&parcel.from)?, address(&parcel.key.to)?);
        self.connection.command(Mail::new(Some(from), vec![]))?;
        self.connection.command(Rcpt::new(to, vec![]))?;
        self.connection.command(Data)?;
        Ok(())
    }

    /// One message less, or the end of all.
    fn refused(
        &mut self,
        parcel: &Parcel,
        error: &impl Said,
    ) -> Result<Result<(), Refused>, Error> {
        let broken = |reason| Error::Connection {
            server: self.words.clone(),
            reason,
        };
        if !error.is_answer() {
            return Err(broken(error.said()));
        }
        let reset = self.connection.command(Rset);
        reset.map_err(|error| broken(why(&error)))?;
        Ok(Err(Refused {
            to: parcel.key.to.clone(),
            reason: error.said(),
        }))
    }
}

/// Why a message was not even begun.
enum Unannounced {
    Address(String),
    Server(SmtpError),
}

impl From<SmtpError> for Unannounced {
    fn from(error: SmtpError) -> Self {
        Self::Server(error)
    }
}

/// Something that a server said, or did not.
trait Said {
    fn is_answer(&self) -> bool;
    fn said(&self) -> String;
}

impl Said for Unannounced {
    fn is_answer(&self) -> bool {
        match self {
            Self::Address(_) => true,
            Self::Server(error) => is_answer(error),
        }
    }

    fn said(&self) -> String {
        match self {
            Self::Address(text) => format!("`{text}` is no address that a server takes"),
            Self::Server(error) => why(error),
        }
    }
}

impl Said for SmtpError {
    fn is_answer(&self) -> bool {
        is_answer(self)
    }

    fn said(&self) -> String {
        why(self)
    }
}

/// Did the server say no? Then it is known that it has not taken the message.
fn is_answer(error: &SmtpError) -> bool {
    error.is_permanent() || error.is_transient()
}

/// The sentence and what is below it, on one line.
fn why(error: &SmtpError) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        let more = inner.to_string();
        if !text.contains(&more) {
            text.push_str(&format!(": {more}"));
        }
        cause = inner.source();
    }
    text.replace(['\r', '\n'], " ")
}
