//! Owns bulletins as mail: one period that is over, to each of the project's own lists, one thread for all periods.
//! Must never write to a list of other people's: there one mail tells of one flaw.

mod digest;
mod period;
mod text;

use caveat_advisory::MailList;
use caveat_check::Book;
use caveat_texts::Texts;

use crate::Mail;
use crate::envelope::host;
use crate::lists::own;

pub use digest::{Digest, digests};
pub use period::Period;

/// What a bulletin answers: the first of all and the one before. More would make headers of old feeds long.
pub fn thread(earlier: &[Digest<'_>]) -> Vec<Period> {
    let ends = [earlier.first(), earlier.get(1..).and_then(<[_]>::last)];
    let periods = ends.into_iter().flatten().map(|digest| digest.period);
    periods.collect()
}

impl Digest<'_> {
    /// The text for a mail.
    pub fn text(&self, book: &Book) -> String {
        text::text(self, book)
    }

    /// The message to each list. `before` is the first period, and the one before this.
    pub fn mails(&self, book: &Book, before: &[Period]) -> Vec<Mail> {
        let text = self.text(book);
        let mail = |(settings, list): (&caveat_advisory::Mail, &MailList)| Mail {
            path: format!("bulletins/{}/bulletin.{}", self.period.key(), list.name),
            receiver: list.name.clone(),
            from: settings.from.clone(),
            to: Some(list.to.clone()),
            reply_to: list.reply_to.clone(),
            subject: title(book, self),
            date: self.period.end(),
            id: id(book, self.period, list),
            earlier: before.iter().map(|one| id(book, *one, list)).collect(),
            body: text.clone(),
            patches: Vec::new(),
        };
        own(book.project()).map(mail).collect()
    }
}

/// What it is called.
fn title(book: &Book, digest: &Digest<'_>) -> String {
    let name = &book.project().feed.name;
    format!(
        "{name}: security bulletin, {}",
        digest.period.words(Texts::english())
    )
}

/// The same for every build, different for every period and list.
fn id(book: &Book, period: Period, list: &MailList) -> String {
    format!(
        "bulletin.{}.{}@{}",
        period.key(),
        list.name,
        host(book.project())
    )
}
