//! Owns how a page is made: its template, its address, and what every page is given.
//! Must never know which pages there are.

use std::sync::{Mutex, PoisonError};

use caveat_advisory::Timestamp;
use caveat_artifact::{Sink, SitePath};
use caveat_check::Book;
use caveat_texts::Texts;
use minijinja::Value;
use serde::Serialize;

use crate::error::put;
use crate::headers::content_security_policy;
use crate::sitemap::Places;
use crate::templates::{SiteTemplates, Templates, value};
use crate::view::{self, Page};
use crate::{Edition, Error};

/// What every page is made with.
pub(crate) struct Press<'b> {
    pub(crate) book: &'b Book,
    pub(super) templates: SiteTemplates<'b>,
    pub(crate) sink: &'b dyn Sink,
    /// Whether CSAF documents will have signatures beside them.
    pub(crate) signed: bool,
    site: Value,
    /// Every page so far.
    places: Mutex<Places>,
}

impl<'b> Press<'b> {
    pub(crate) fn new(
        book: &'b Book,
        edition: &Edition,
        templates: &'b Templates,
        sink: &'b dyn Sink,
    ) -> Self {
        let templates = SiteTemplates::new(templates, &book.project().site);
        let site = view::site(book, edition, &templates);
        Self {
            book,
            templates,
            sink,
            signed: edition.openpgp.is_some(),
            site: value(&site),
            places: Mutex::default(),
        }
    }

    /// The words of the pages that a template makes.
    pub(crate) fn texts_of(&self, template: &str) -> &Texts {
        self.templates.texts_of(template)
    }

    /// The address of the site, without a slash at the end.
    pub(crate) fn url(&self) -> &str {
        &self.book.project().feed.url
    }

    /// Renders one template to one file. `path` ends in `.html`; a page called `index.html` is linked by its directory.
    pub(crate) fn page(
        &self,
        template: &str,
        path: &str,
        title: &str,
        description: &str,
        data: &impl Serialize,
    ) -> Result<(), Error> {
        let address = path.strip_suffix("index.html").unwrap_or(path);
        let page = Page {
            title: title.to_owned(),
            description: description.to_owned(),
            canonical: format!("{}/{address}", self.url()),
            path: address.to_owned(),
            content_security_policy: content_security_policy(address),
            language: self.texts_of(template).tag().to_owned(),
        };
        self.note(address, None);
        // Nothing in it needs to be escaped, and a page has it hundreds of times.
        let root = Value::from_safe_string("../".repeat(path.matches('/').count()));
        let base = minijinja::context! { root, page => value(&page), site => self.site.clone() };
        let context = minijinja::context! { ..value(data), ..base };
        put(self.sink, path, self.templates.page(template, context)?)
    }

    /// The plain text beside a page, by a template of its own.
    pub(crate) fn twin(
        &self,
        template: &str,
        directory: &str,
        data: &impl Serialize,
    ) -> Result<(), Error> {
        let canonical = format!("{}/{directory}", self.url());
        let page = minijinja::context! { canonical };
        let base = minijinja::context! { page, site => self.site.clone() };
        let context = minijinja::context! { ..value(data), ..base };
        let text = self.templates.page(template, context)?;
        put(self.sink, format!("{directory}index.txt"), text + "\n")
    }

    /// Every page that was made, for the sitemap.
    pub(crate) fn into_places(self) -> Places {
        let places = self.places.into_inner();
        places.unwrap_or_else(PoisonError::into_inner)
    }

    /// Remembers a page, and when it changed where that is known. The one for what is missing is none.
    pub(super) fn note(&self, address: &str, changed: Option<Timestamp>) {
        if address == "404.html" {
            return;
        }
        let path = SitePath::new(format!("{address}index.html"));
        let path = path.map_or_else(|_| address.to_owned(), |path| path.address());
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        let known = places.entry(path.into_boxed_str()).or_default();
        *known = changed.or(*known);
    }

    /// The page at an address that leads on.
    pub(crate) fn moved(&self, from: &SitePath, to: &str) -> Result<(), Error> {
        let to = if to.starts_with("https://") {
            to.to_owned()
        } else {
            format!("{}/{to}", self.url())
        };
        let language = self.texts_of("redirect.html").tag();
        let page = minijinja::context! { language };
        let context = minijinja::context! { to, page, site => self.site.clone() };
        let page = self.templates.page("redirect.html", context)?;
        put(self.sink, from.as_ref(), page)
    }
}
