//! Owns hands whose private key is elsewhere: with an ssh-agent, or with a program that somebody named.
//! Must never hand on a signature that does not verify, wait for ever, or start a shell.

mod exec;
mod family;
mod ssh;
#[cfg(test)]
mod tests;

pub use exec::{Exec, ExecError};
pub use ssh::{Agent, AgentError, AgentHand};

use std::time::Duration;

/// For how long a signature may take: people confirm, tokens want to be touched.
pub const PATIENCE: Duration = Duration::from_mins(1);
