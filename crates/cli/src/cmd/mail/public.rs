//! Owns the mails of what is public: of an advisory, of a release, and of an embargo that is over.
//! Must never write of an advisory what a build would not.

use caveat_advisory::nearest;
use caveat_check::{Book, Entry, check};
use caveat_diag::Report;
use caveat_load::{root_above, work_tree};
use caveat_mail::{Occasion, letters, over_mails, release_mails};

use super::{Kind, Mail, MailFault, Message, chosen, word};
use crate::args::Args;
use crate::cmd::{as_of, now, warn_of_embargoed, warn_of_embargoed_in};
use crate::failure::Failure;

/// What is checked, or `None` where something is wrong with the files.
pub(super) fn book(args: &Args, mail: &Mail, report: &mut Report) -> Result<Option<Book>, Failure> {
    let as_of = as_of(&mail.time, now)?;
    let input = work_tree(&root_above(&args.directory)?)?;
    Ok(check(input, as_of, report))
}

/// The mails of a published advisory, as a build writes them.
pub(super) fn messages(
    args: &Args,
    mail: &Mail,
    kind: Option<Kind>,
    report: &mut Report,
) -> Result<Option<Vec<Message>>, Failure> {
    let Some(book) = book(args, mail, report)? else {
        return Ok(None);
    };
    let entry = entry(&book, mail)?;
    let is = Occasion::of(entry).word();
    // Whatever the reason, the first mail announces it.
    let first = kind == Some(Kind::Announce) && entry.told == 1;
    let first = first && entry.advisory.withdrawn.is_none();
    if kind.is_some_and(|kind| word(kind) != is && !first) {
        return Err(MailFault::OtherKind(is).into());
    }
    chosen(letters(&book, entry), mail, "live mail list").map(Some)
}

/// The mail to packagers when what they were told is public.
pub(super) fn over(
    args: &Args,
    mail: &Mail,
    report: &mut Report,
) -> Result<Option<Vec<Message>>, Failure> {
    let Some(book) = book(args, mail, report)? else {
        return Ok(None);
    };
    let mails = over_mails(&book, entry(&book, mail)?);
    chosen(mails, mail, "`[[policy.packager]]`").map(Some)
}

/// The mail of a release that fixes several flaws.
pub(super) fn release(
    args: &Args,
    mail: &Mail,
    report: &mut Report,
) -> Result<Option<Vec<Message>>, Failure> {
    let Some(book) = book(args, mail, report)? else {
        return Ok(None);
    };
    warn_of_embargoed(&book);
    let all: Vec<Message> = release_mails(&book).collect();
    let release = |one: &Message| {
        let path = one.path.strip_prefix("mail/release/")?;
        let name = path.strip_suffix(&one.receiver)?.strip_suffix('.')?;
        Some(name.to_owned())
    };
    let names: Vec<String> = all.iter().filter_map(release).collect();
    let wanted = |one: &Message| release(one).is_some_and(|name| name == mail.id);
    let mails: Vec<Message> = all.into_iter().filter(wanted).collect();
    if mails.is_empty() {
        let near = nearest(&mail.id, names.iter().map(String::as_str));
        let hint = near.map_or_else(
            || "; write PACKAGE/VERSION, as in `mail/release/` of the site".to_owned(),
            |near| format!("; did you mean `{near}`?"),
        );
        return Err(Failure::UnknownWord {
            what: "release that fixes several flaws, and has a mail,",
            word: mail.id.clone(),
            hint,
        });
    }
    chosen(mails, mail, "live mail list of style `project`").map(Some)
}

fn entry<'b>(book: &'b Book, mail: &Mail) -> Result<&'b Entry, Failure> {
    let found = book.entries().iter().find(|entry| entry.id == mail.id);
    let found = found.ok_or_else(|| {
        let hint = "; `--kind pre-disclosure` is for what is not published";
        Failure::UnknownId(mail.id.clone(), hint.to_owned())
    })?;
    warn_of_embargoed_in(found);
    Ok(found)
}
