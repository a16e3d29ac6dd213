//! Owns files over HTTP from this machine, one connection for each.
//! Must never look for a host: an address in numbers is all that it understands.

use std::io::{Error, Read as _, Write as _};
use std::net::TcpStream;

use bytes::Bytes;
use tough::{Transport, TransportError, TransportErrorKind, TransportStream};
use url::Url;

#[derive(Clone, Debug)]
pub(crate) struct Loopback;

#[async_trait::async_trait]
impl Transport for Loopback {
    async fn fetch(&self, url: Url) -> Result<TransportStream, TransportError> {
        match get(&url) {
            Ok(Some(body)) => Ok(Box::pin(futures::stream::iter([Ok(Bytes::from(body))]))),
            Ok(None) => Err(TransportError::new(TransportErrorKind::FileNotFound, url)),
            Err(error) => Err(TransportError::new_with_cause(
                TransportErrorKind::Other,
                url,
                error,
            )),
        }
    }
}

/// What is there, or nothing where there is none.
fn get(url: &Url) -> Result<Option<Vec<u8>>, Error> {
    let host = format!(
        "{}:{}",
        url.host_str().unwrap_or_default(),
        url.port().unwrap_or(80)
    );
    let mut stream = TcpStream::connect(host)?;
    write!(stream, "GET {} HTTP/1.0\r\n\r\n", url.path())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n");
    let end = end.ok_or_else(|| Error::other("an answer without a head"))?;
    let head = String::from_utf8_lossy(&answer[..end]);
    match head.split(' ').nth(1) {
        Some("200") => Ok(Some(answer.split_off(end + 4))),
        Some("404") => Ok(None),
        _ => Err(Error::other(
            head.lines().next().unwrap_or_default().to_owned(),
        )),
    }
}
