//! Owns bytes that come from strangers and go to them: so many at a time for all together.
//! Must never begin to keep a body whose size, if it is told, is too much.

use std::sync::Arc;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_LENGTH;
use caveat_query::{Code, Refusal};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use crate::limits::{BODY, BODY_TIME, ROOM, SMALL};

/// Room is given in steps of so many bytes.
const STEP: usize = 1 << 10;

/// The memory for bodies and answers under way, but for small ones: whoever holds all of it keeps no question waiting.
#[derive(Clone, Debug)]
pub(crate) struct Room(Arc<Semaphore>);

/// Bytes that give their room back when the last of them is gone.
struct Held {
    bytes: Vec<u8>,
    _room: Permit,
}

/// A part of the room; a small one needs none.
pub(crate) type Permit = Option<OwnedSemaphorePermit>;

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
    ) -> Result<(Bytes, Permit), Refusal> {
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
        let room = self.take(length)?;
        let late = |_| Refusal::new(Code::DeadlineExceeded, "the body did not come in time");
        let read = timeout(BODY_TIME, to_bytes(body, BODY)).await;
        let bytes = read.map_err(late)?.map_err(|_| too_large())?;
        Ok((bytes, room))
    }

    /// An answer, which takes room until it is sent.
    pub(crate) fn hold(&self, bytes: Vec<u8>) -> Result<Bytes, Refusal> {
        let room = self.take(bytes.len())?;
        Ok(Bytes::from_owner(Held { bytes, _room: room }))
    }

    fn take(&self, length: usize) -> Result<Permit, Refusal> {
        if length <= SMALL {
            return Ok(None);
        }
        let room = Arc::clone(&self.0).try_acquire_many_owned(steps(length));
        let full = |_| Refusal::new(Code::Unavailable, "too much is under way; ask again");
        room.map(Some).map_err(full)
    }
}

/// Never more than all there is: one answer may always be sent.
fn steps(length: usize) -> u32 {
    u32::try_from(length.min(ROOM).div_ceil(STEP)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_comes_back_when_an_answer_is_sent_and_small_ones_need_none() {
        let room = Room::new();
        let all = room.hold(vec![0; ROOM]).expect("all of it");
        assert!(room.hold(vec![0; SMALL + 1]).is_err());
        assert!(room.hold(vec![0; SMALL]).is_ok());
        let part = all.slice(1..2);
        drop(all);
        assert!(
            room.hold(vec![0; SMALL + 1]).is_err(),
            "a part is not sent yet"
        );
        drop(part);
        assert!(room.hold(vec![0; ROOM]).is_ok());
        assert!(
            room.hold(vec![0; ROOM * 2]).is_ok(),
            "one may always be sent"
        );
    }
}
