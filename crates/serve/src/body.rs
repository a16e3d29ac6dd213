//! Owns bytes that come from strangers and go to them: so many at a time for all together.
//! Must never begin to keep a body whose size, if it is told, is too much.

use std::sync::Arc;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_LENGTH;
use caveat_query::{Code, Refusal};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use crate::limits::{BODY, BODY_TIME, ROOM};

/// Room is given in steps of so many bytes.
const STEP: usize = 1 << 10;

/// The memory for bodies and answers under way.
#[derive(Clone, Debug)]
pub(crate) struct Room(Arc<Semaphore>);

/// Bytes that give their room back when the last of them is gone.
struct Held {
    bytes: Vec<u8>,
    _room: OwnedSemaphorePermit,
}

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Room {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Semaphore::new(ROOM / STEP)))
    }

    /// The whole body, and its room.
    pub(crate) async fn read(
        &self,
        headers: &HeaderMap,
        body: Body,
    ) -> Result<(Bytes, OwnedSemaphorePermit), Refusal> {
        let too_large = || {
            let message = format!("the body is larger than {BODY} bytes");
            Refusal::new(Code::ResourceExhausted, &message)
        };
        let told = headers.get(CONTENT_LENGTH);
        let told = told.and_then(|told| told.to_str().ok()?.parse::<usize>().ok());
        let length = told.unwrap_or(BODY);
        if length > BODY {
            return Err(too_large());
        }
        let read = async {
            let room = Arc::clone(&self.0).acquire_many_owned(steps(length)).await;
            let room = room.map_err(|_| full())?;
            let bytes = to_bytes(body, BODY).await.map_err(|_| too_large())?;
            Ok((bytes, room))
        };
        let late = || Refusal::new(Code::DeadlineExceeded, "the body did not come in time");
        timeout(BODY_TIME, read).await.map_err(|_| late())?
    }

    /// An answer, which takes room until it is sent.
    pub(crate) fn hold(&self, bytes: Vec<u8>) -> Result<Bytes, Refusal> {
        let room = Arc::clone(&self.0).try_acquire_many_owned(steps(bytes.len()));
        let _room = room.map_err(|_| full())?;
        Ok(Bytes::from_owner(Held { bytes, _room }))
    }
}

/// Never more than all there is: one answer may always be sent.
fn steps(length: usize) -> u32 {
    u32::try_from(length.min(ROOM).div_ceil(STEP)).unwrap_or(u32::MAX)
}

fn full() -> Refusal {
    Refusal::new(Code::Unavailable, "too much is under way; ask again")
}
