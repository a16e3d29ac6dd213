//! Owns a bulletin as a whole message to each of the project's own lists, one thread for all periods.
//! Must never write to a list of other people's: there one mail tells of one flaw.

use caveat_advisory::{Mail, MailList, MailStyle, State};
use caveat_check::Book;

use super::digest::Digest;
use super::period::Period;
use crate::Error;
use crate::mail::{Envelope, host};

/// The lists that get bulletins.
fn lists(mail: &Mail) -> impl Iterator<Item = &MailList> {
    let own = |list: &&MailList| list.style == MailStyle::Project && list.state == State::Live;
    mail.lists.iter().filter(own)
}

/// The message to each list, by the list's name. `before` is the first period, and the one before this.
pub(super) fn letters(
    book: &Book,
    digest: &Digest<'_>,
    text: &str,
    before: &[Period],
) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let Some(mail) = &book.project().mail else {
        return Ok(Vec::new());
    };
    let letter = |list: &MailList| {
        let subject = title(book, digest);
        let earlier = before.iter().map(|period| id(book, *period, list));
        let envelope = Envelope {
            from: &mail.from,
            to: Some(&list.to),
            subject: &subject,
            date: digest.period.end(),
            id: id(book, digest.period, list),
            earlier: earlier.collect(),
        };
        let bytes = envelope.seal(text, "bulletin.eml")?;
        Ok((list.name.clone(), bytes))
    };
    lists(mail).map(letter).collect()
}

/// What it is called.
pub(super) fn title(book: &Book, digest: &Digest<'_>) -> String {
    let name = &book.project().feed.name;
    format!("{name}: security bulletin, {}", digest.period.words())
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
