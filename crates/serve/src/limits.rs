//! Owns how much a client may have of this machine.
//! Must never depend on what a client says of itself.

use std::time::Duration;

/// Connections at a time; more wait until one ends.
pub(crate) const CONNECTIONS: usize = 256;
/// Bytes of the head of a request.
pub(crate) const HEAD: usize = 32 << 10;
/// Headers of a request.
pub(crate) const HEADERS: usize = 64;
/// Bytes of a body: a thousand long questions.
pub(crate) const BODY: usize = 2 << 20;
/// Bytes of a body or an answer that is not counted: as many as there are connections are little.
pub(crate) const SMALL: usize = 16 << 10;
/// Bytes of all other bodies and answers that are under way.
pub(crate) const ROOM: usize = 64 << 20;
/// For a head to come, and for the next request of a connection to begin.
pub(crate) const HEAD_TIME: Duration = Duration::from_secs(15);
/// For a body to come whole.
pub(crate) const BODY_TIME: Duration = Duration::from_secs(15);
/// For a peer to take anything of an answer.
pub(crate) const WRITE_TIME: Duration = Duration::from_secs(15);
/// For what is under way when the program is told to stop.
pub(crate) const GRACE: Duration = Duration::from_secs(5);
