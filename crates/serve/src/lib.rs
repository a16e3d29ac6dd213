//! Owns the door to the network: HTTP on one address, the API of `query` and the preview of a site behind it.
//! Must never read an advisory, write anything, or let a stranger's request take more than its share of memory or time.

mod api;
mod board;
mod body;
mod connection;
mod host;
mod limits;
mod page;
mod preview;
mod routes;
mod site;
mod watch;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;

use caveat_artifact::SitePath;
use caveat_query::Index;

use board::Board;
pub use connection::serve_routes;
pub use watch::{Rebuild, Watching};

/// Where to listen, and for whom.
#[derive(Clone, Debug)]
pub struct Address {
    /// Where.
    pub socket: SocketAddr,
    /// Names beside those of this machine under which it may be asked, where it listens to this machine alone.
    pub hosts: Vec<String>,
}

/// What can be asked, and seen.
#[derive(Debug)]
pub struct Edition {
    /// For questions.
    pub index: Index,
    /// The files of the site; none where only questions are answered.
    pub site: Option<BTreeMap<SitePath, Vec<u8>>>,
    /// Another one where a file of the site is another.
    pub mark: String,
}

/// What a look at the files came to.
#[derive(Debug)]
pub enum News {
    /// They can be shown.
    Good(Box<Edition>),
    /// They cannot, and this is why, for people.
    Faulty(String),
}

/// Why nothing is served.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address cannot be had.
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, std::io::Error),
    /// The machine has no threads or signals left.
    #[error("cannot serve: {0}")]
    System(#[from] std::io::Error),
    /// Changes cannot be seen.
    #[error("cannot watch the files: {0}; --no-watch serves them as they are now")]
    Watch(#[from] notify::Error),
}

/// Serves until the program is told to stop; `again` looks at what is saved meanwhile. `ready` hears the address, which matters where the port was 0.
///
/// # Errors
/// What keeps it from beginning; nothing that a client does ends it.
pub fn serve(
    address: &Address,
    first: News,
    again: Option<(Watching, Rebuild)>,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), Error> {
    let shows_site = match &first {
        News::Good(edition) => edition.site.is_some(),
        News::Faulty(_) => true,
    };
    let board = Arc::new(Board::new(first));
    let _running = again
        .map(|(watching, rebuild)| watching.run(rebuild, Arc::clone(&board)))
        .transpose()?;
    let routes = routes::routes(&board, shows_site, address);
    serve_routes(address.socket, &routes, ready, move || board.stop())
}
