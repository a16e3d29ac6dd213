//! Owns which mails are part of the site, each as a body for pasting and as a whole message.
//! Must never hold a sentence, or a mail of what is not public.

use caveat_artifact::Sink;
use caveat_check::Book;
use caveat_mail::{Mail, letters, release_mails};
use rayon::prelude::*;

use crate::Error;
use crate::error::put;

/// `mail/ID/rN.LIST.txt` and `.eml` for the last revision of every advisory, and `mail/release/PACKAGE/VERSION.LIST` for
/// every release that fixes several flaws.
pub(crate) fn render(book: &Book, sink: &dyn Sink) -> Result<(), Error> {
    let entries = book.entries().par_iter();
    entries.try_for_each(|entry| {
        let mails = letters(book, entry);
        mails.iter().try_for_each(|mail| both(sink, mail))
    })?;
    let releases = release_mails(book);
    releases.par_iter().try_for_each(|mail| both(sink, mail))
}

/// The body, and the whole message.
fn both(sink: &dyn Sink, mail: &Mail) -> Result<(), Error> {
    put(sink, format!("{}.eml", mail.path), mail.message()?)?;
    put(sink, format!("{}.txt", mail.path), mail.body.as_str())
}
