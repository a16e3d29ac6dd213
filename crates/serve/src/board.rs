//! Owns what is shown at the moment: the last good edition, and what is wrong since.
//! Must never take a good edition down for a faulty one.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Bytes;
use caveat_artifact::SitePath;
use caveat_query::Index;
use tokio::sync::watch;

use crate::{Edition, News};

/// The files of a site; whoever is sent one needs no copy.
pub(crate) type Files = BTreeMap<SitePath, Bytes>;

/// Everything that a request looks at. It stays whole while the next edition is made.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shown {
    pub(crate) index: Option<Arc<Index>>,
    pub(crate) site: Option<Arc<Files>>,
    pub(crate) mark: Arc<str>,
    /// Why the files as they lie there now cannot be shown.
    pub(crate) faults: Option<Arc<str>>,
    /// The program was told to stop.
    pub(crate) is_over: bool,
}

/// Where editions are put up, and looked at.
#[derive(Debug)]
pub(crate) struct Board(watch::Sender<Shown>);

impl Board {
    pub(crate) fn new(first: News) -> Self {
        let mut shown = Shown::default();
        shown.put(first);
        Self(watch::Sender::new(shown))
    }

    pub(crate) fn post(&self, news: News) {
        self.0.send_modify(|shown| shown.put(news));
    }

    pub(crate) fn stop(&self) {
        self.0.send_modify(|shown| shown.is_over = true);
    }

    pub(crate) fn now(&self) -> Shown {
        self.0.borrow().clone()
    }

    pub(crate) fn follow(&self) -> watch::Receiver<Shown> {
        self.0.subscribe()
    }
}

impl Shown {
    fn put(&mut self, news: News) {
        match news {
            News::Good(edition) => {
                let Edition { index, site, mark } = *edition;
                self.index = Some(Arc::new(index));
                let file = |(path, bytes): (SitePath, Vec<u8>)| (path, Bytes::from(bytes));
                self.site = site.map(|site| Arc::new(site.into_iter().map(file).collect()));
                self.mark = mark.into();
                self.faults = None;
            }
            News::Faulty(faults) => self.faults = Some(faults.into()),
        }
    }
}
