//! Owns signing by another program: the message goes to its standard input, 64 bytes come from its standard output.
//! Must never start a shell, read more than a signature, or lend the program a variable with a secret.

use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use caveat_sign::{Hand, HandError};
use caveat_verify::PublicKey;

use crate::PATIENCE;
use crate::family::Family;

/// How often a program that closed its output is asked whether it has ended.
const TICK: Duration = Duration::from_millis(5);

/// A program that signs with one key.
#[derive(Clone, Debug)]
pub struct Exec {
    program: PathBuf,
    public: PublicKey,
    without: Vec<String>,
    patience: Duration,
}

/// Why a program gave no signature.
#[derive(Debug, thiserror::Error)]
pub enum ExecError {
    /// It did not start, or could not be talked to.
    #[error("cannot run the signer `{program}`: {source}")]
    Run {
        /// Which.
        program: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
    /// It says no.
    #[error("the signer `{program}` failed: {status}")]
    Failed {
        /// Which.
        program: PathBuf,
        /// How it ended.
        status: ExitStatus,
    },
    /// It takes too long.
    #[error("the signer `{program}` did not end within {} seconds, and was stopped", patience.as_secs())]
    Slow {
        /// Which.
        program: PathBuf,
        /// How long it had.
        patience: Duration,
    },
    /// It wrote something else.
    #[error("the signer `{0}` did not write the 64 bytes of a signature to its standard output")]
    Length(PathBuf),
    /// A signature of something else, or by another key.
    #[error("the signer `{program}` gave a signature that does not verify with {key}")]
    Unproven {
        /// Which.
        program: PathBuf,
        /// Fingerprint of the key that it should have.
        key: String,
    },
}

impl Exec {
    /// A program that signs with this key. It gets no arguments, and none of the variables named in `without`.
    pub fn new(program: &Path, public: PublicKey, without: &[&str]) -> Self {
        Self {
            program: program.to_owned(),
            public,
            without: without.iter().map(|&name| name.to_owned()).collect(),
            patience: PATIENCE,
        }
    }

    /// The same, with another limit for each signature.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    fn signature(&self, message: &[u8]) -> Result<[u8; 64], ExecError> {
        let mut family = self.start().map_err(|source| self.run_error(source))?;
        let given = self.given(&mut family, message);
        if given.is_ok() {
            family.let_go();
        } else {
            // It runs yet, or what it started does.
            family.end();
        }
        given
    }

    fn given(&self, family: &mut Family, message: &[u8]) -> Result<[u8; 64], ExecError> {
        let program = self.program.clone();
        let told = self.converse(family, message);
        let told = told.map_err(|source| self.run_error(source))?;
        let Some((output, status)) = told else {
            let patience = self.patience;
            return Err(ExecError::Slow { program, patience });
        };
        // Of one that wrote more nothing else counts: it may have ended because nobody read on.
        if output.len() <= 64 && !status.success() {
            return Err(ExecError::Failed { program, status });
        }
        let Ok(signature) = output.try_into() else {
            return Err(ExecError::Length(program));
        };
        let key = self.public.fingerprint();
        self.public
            .verifies(message, &signature)
            .then_some(signature)
            .ok_or(ExecError::Unproven { program, key })
    }

    fn start(&self) -> io::Result<Family> {
        let mut command = Command::new(&self.program);
        for name in &self.without {
            command.env_remove(name);
        }
        Family::start(command.stdin(Stdio::piped()).stdout(Stdio::piped()))
    }

    /// What it wrote and how it ended; `None` where it takes too long.
    fn converse(
        &self,
        family: &mut Family,
        message: &[u8],
    ) -> io::Result<Option<(Vec<u8>, ExitStatus)>> {
        let until = Instant::now() + self.patience;
        let pipes = family.pipes();
        let (Some(mut stdin), Some(stdout)) = pipes else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let (sender, receiver) = mpsc::channel();
        let message = message.to_owned();
        // Threads that are left alone: what keeps a pipe open after its end must not keep us.
        thread::spawn(move || {
            // A program may sign without reading all; what it then says is looked at.
            drop(stdin.write_all(&message));
        });
        thread::spawn(move || {
            let mut output = Vec::new();
            let read = stdout.take(65).read_to_end(&mut output);
            drop(sender.send(read.map(|_| output)));
        });
        let output = loop {
            if let Ok(output) = receiver.recv_timeout(TICK) {
                break output?;
            }
            // Of one that failed nothing else is waited for: what it started may keep the pipe open.
            if let Some(status) = family.status()?.filter(|status| !status.success()) {
                let output = receiver.recv_timeout(TICK * 10).unwrap_or(Ok(Vec::new()))?;
                return Ok(Some((output, status)));
            }
            if Instant::now() >= until {
                return Ok(None);
            }
        };
        while Instant::now() < until {
            if let Some(status) = family.status()? {
                return Ok(Some((output, status)));
            }
            thread::sleep(TICK);
        }
        Ok(None)
    }

    fn run_error(&self, source: io::Error) -> ExecError {
        ExecError::Run {
            program: self.program.clone(),
            source,
        }
    }
}

impl Hand for Exec {
    fn public(&self) -> &PublicKey {
        &self.public
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], HandError> {
        self.signature(message).map_err(HandError::new)
    }
}
