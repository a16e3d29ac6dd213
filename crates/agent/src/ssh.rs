//! Owns the ssh-agent protocol (draft-ietf-sshm-ssh-agent), as much of it as asks for keys and signatures.
//! Must never believe a length that the agent says, or take a key that it did not ask for.

use std::io::{self, Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use caveat_sign::{Hand, HandError};
use caveat_verify::{PublicKey, Reader, put};

use crate::PATIENCE;

/// Longest message in either direction: that of OpenSSH's agent.
const LARGEST: usize = 256 << 10;
/// Kinds of messages: what is asked, and what comes back.
const LIST: u8 = 11;
const LISTED: u8 = 12;
const SIGN: u8 = 13;
const SIGNED: u8 = 14;

/// An agent, by its socket. Each question is a connection of its own.
#[derive(Clone, Debug)]
pub struct Agent {
    socket: PathBuf,
    patience: Duration,
}

/// Why an agent did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum AgentError {
    /// Nobody is there.
    #[error("no ssh-agent answers at `{socket}`: {source}; start one with `eval $(ssh-agent)`")]
    Gone {
        /// Where.
        socket: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
    /// It takes too long.
    #[error("the ssh-agent gave no answer within {} seconds", .0.as_secs())]
    Slow(Duration),
    /// The connection broke.
    #[error("the ssh-agent went away: {0}")]
    Broken(io::Error),
    /// It says no.
    #[error(
        "the ssh-agent refused; it may be locked, may want a confirmation, or the key may be kept from this use"
    )]
    Refused,
    /// It says something else.
    #[error("the ssh-agent gave an answer that is none")]
    Garbled,
    /// More than an agent reads.
    #[error("{0} bytes are too long for an ssh-agent")]
    TooLong(usize),
    /// A signature of something else, or by somebody else.
    #[error("the ssh-agent gave a signature that does not verify")]
    Unproven,
}

/// A key that an agent has.
#[derive(Clone, Debug)]
pub struct AgentHand {
    agent: Agent,
    public: PublicKey,
}

impl Agent {
    /// The agent at a socket, which is not asked yet.
    pub fn new(socket: &Path) -> Self {
        Self::with_patience(socket, PATIENCE)
    }

    /// The same, with another limit for each answer.
    pub fn with_patience(socket: &Path, patience: Duration) -> Self {
        let socket = socket.to_owned();
        Self { socket, patience }
    }

    /// All Ed25519 keys that the agent has; other keys and certificates are passed over.
    ///
    /// # Errors
    /// [`AgentError`].
    pub fn hands(&self) -> Result<Vec<AgentHand>, AgentError> {
        let answer = self.ask(&[LIST])?;
        let keys = listed(&answer).ok_or(AgentError::Garbled)?;
        let hand = |public| AgentHand {
            agent: self.clone(),
            public,
        };
        Ok(keys.into_iter().map(hand).collect())
    }

    fn ask(&self, question: &[u8]) -> Result<Vec<u8>, AgentError> {
        if question.len() > LARGEST {
            return Err(AgentError::TooLong(question.len()));
        }
        let gone = |source| AgentError::Gone {
            socket: self.socket.clone(),
            source,
        };
        let stream = UnixStream::connect(&self.socket).map_err(gone)?;
        let mut talk = Talk {
            stream,
            until: Instant::now() + self.patience,
        };
        let mut message = Vec::with_capacity(question.len() + 4);
        put(&mut message, question);
        let answer = talk.send(&message).and_then(|()| talk.receive());
        answer.map_err(|error| match error.kind() {
            io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => AgentError::Slow(self.patience),
            io::ErrorKind::InvalidData => AgentError::Garbled,
            _ => AgentError::Broken(error),
        })
    }

    fn sign(&self, key: &PublicKey, message: &[u8]) -> Result<[u8; 64], AgentError> {
        let mut question = vec![SIGN];
        put(&mut question, &key.to_blob());
        put(&mut question, message);
        question.extend_from_slice(&0u32.to_be_bytes());
        let answer = self.ask(&question)?;
        let signature = signed(&answer)?;
        key.verifies(message, &signature)
            .then_some(signature)
            .ok_or(AgentError::Unproven)
    }
}

impl Hand for AgentHand {
    fn public(&self) -> &PublicKey {
        &self.public
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], HandError> {
        self.agent
            .sign(&self.public, message)
            .map_err(HandError::new)
    }
}

/// A connection that ends at a moment, however small the pieces are in which it goes on.
struct Talk {
    stream: UnixStream,
    until: Instant,
}

impl Talk {
    fn left(&self) -> io::Result<Duration> {
        let left = self.until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        Ok(left)
    }

    fn send(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            self.stream.set_write_timeout(Some(self.left()?))?;
            match self.stream.write(bytes) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(count) => bytes = &bytes[count..],
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn receive(&mut self) -> io::Result<Vec<u8>> {
        let mut length = [0; 4];
        self.fill(&mut length)?;
        let length = usize::try_from(u32::from_be_bytes(length)).unwrap_or(usize::MAX);
        if !(1..=LARGEST).contains(&length) {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let mut answer = vec![0; length];
        self.fill(&mut answer)?;
        Ok(answer)
    }

    fn fill(&mut self, mut buffer: &mut [u8]) -> io::Result<()> {
        while !buffer.is_empty() {
            self.stream.set_read_timeout(Some(self.left()?))?;
            match self.stream.read(buffer) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(count) => buffer = &mut buffer[count..],
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

/// The keys in an answer.
fn listed(answer: &[u8]) -> Option<Vec<PublicKey>> {
    let (kind, rest) = answer.split_first()?;
    let mut reader = Reader(rest);
    let (count, mut keys) = (reader.number()?, Vec::new());
    for _ in 0..count {
        let (blob, _comment) = (reader.string()?, reader.string()?);
        keys.extend(PublicKey::from_blob(blob));
    }
    (*kind == LISTED && reader.end().is_some()).then_some(keys)
}

/// The signature in an answer (RFC 8709, section 6).
fn signed(answer: &[u8]) -> Result<[u8; 64], AgentError> {
    let read = |rest| {
        let mut outer = Reader(rest);
        let mut inner = Reader(outer.string()?);
        outer.end()?;
        (inner.string()? == b"ssh-ed25519").then_some(())?;
        let signature = inner.string()?.try_into().ok()?;
        inner.end()?;
        Some(signature)
    };
    match answer.split_first() {
        Some((&SIGNED, rest)) => read(rest).ok_or(AgentError::Garbled),
        // All other answers are ways to say no.
        _ => Err(AgentError::Refused),
    }
}
