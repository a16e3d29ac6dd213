//! Owns the mail of each advisory to each list: the body for pasting, and the whole message.
//! Must never send anything, name a date that is not in the record, or need anything outside the text to be understood.

mod body;
mod early;
mod envelope;

use caveat_advisory::{MailList, MailStyle};
use caveat_artifact::Sink;
use caveat_check::{Book, Entry};
use rayon::prelude::*;

use crate::Error;
use crate::error::put;
use caveat_words::{join, products};

pub use early::early_mail;
pub(crate) use envelope::{Envelope, host};

/// `mail/ID/rN.CHANNEL.txt` and `.eml`, for the last revision of every advisory and every list.
pub(crate) fn render(book: &Book, sink: &dyn Sink) -> Result<(), Error> {
    let Some(mail) = &book.project().mail else {
        return Ok(());
    };
    book.entries().par_iter().try_for_each(|entry| {
        mail.lists.iter().try_for_each(|list| {
            let letter = Letter { book, entry, list };
            let path = path(entry, &list.name);
            let body = letter.body();
            put(
                sink,
                format!("{path}.eml"),
                letter.message(&mail.from, &body)?,
            )?;
            put(sink, format!("{path}.txt"), body)
        })
    })
}

/// Where the mail of an advisory's last revision is, without ending.
pub(crate) fn path(entry: &Entry, channel: &str) -> String {
    path_of(entry, entry.told, channel)
}

/// The same for an earlier revision.
pub(crate) fn path_of(entry: &Entry, revision: usize, channel: &str) -> String {
    format!("mail/{}/r{revision}.{channel}", entry.id)
}

/// The numbers of the revisions before the last that mails told of.
pub(crate) fn told_before(entry: &Entry) -> impl Iterator<Item = usize> {
    (1..entry.told).filter(|number| *number == 1 || !entry.advisory.revisions[number - 1].editorial)
}

/// A subject with more branches than this is not read to its end.
const MOST_BRANCHES: usize = 3;

struct Letter<'b> {
    book: &'b Book,
    entry: &'b Entry,
    list: &'b MailList,
}

impl Letter<'_> {
    /// The last one that mails tell of; editorial ones have none.
    fn revision(&self) -> usize {
        self.entry.told
    }

    /// The project's list has a tag and the id; oss-security wants product, versions and flaw, and nothing else.
    fn subject(&self) -> String {
        let entry = self.entry;
        let title = entry.advisory.title.trim().replace('`', "");
        let update = match (&entry.advisory.withdrawn, self.revision()) {
            (Some(_), _) => "WITHDRAWN ",
            _ => "",
        };
        let revised = if self.revision() > 1 {
            format!(" (revision {})", self.revision())
        } else {
            String::new()
        };
        match self.list.style {
            MailStyle::Project => {
                let tag = format!("[{} security]", products(entry));
                format!(
                    "{tag} {update}{}: {title} ({}){revised}",
                    entry.id, entry.severity.label
                )
            }
            MailStyle::OssSecurity => {
                let cve = entry
                    .advisory
                    .aliases
                    .iter()
                    .find(|alias| alias.starts_with("CVE-"));
                let id = cve.unwrap_or(&entry.id);
                format!(
                    "{update}{id}: {}: {title}{revised}",
                    self.products_with_versions()
                )
            }
        }
    }

    fn products_with_versions(&self) -> String {
        let one = |affected: &caveat_check::AffectedPackage| {
            let branches = affected.branches.iter();
            let branches = branches.map(caveat_versions::Interval::expression);
            let versions = match affected.branches.len() {
                0..=MOST_BRANCHES => join(branches.collect(), "or"),
                count => format!("({count} branches)"),
            };
            format!("{} {versions}", affected.package.title)
        };
        join(self.entry.affected.iter().map(one).collect(), "and")
    }

    fn message(&self, from: &str, body: &str) -> Result<Vec<u8>, Error> {
        let envelope = Envelope {
            from,
            to: Some(&self.list.to),
            subject: &self.subject(),
            date: self.entry.told_at(),
            id: self.id(self.revision()),
            earlier: told_before(self.entry).map(|nth| self.id(nth)).collect(),
        };
        envelope.seal(body, &format!("{}.eml", path(self.entry, &self.list.name)))
    }

    /// The same for every build, different for every revision and list.
    fn id(&self, revision: usize) -> String {
        let host = host(self.book.project());
        format!("{}.r{revision}.{}@{host}", self.entry.id, self.list.name)
    }
}
