//! Owns `caveat mail`: the messages that tell of an advisory or a period, for a program that sends mail.
//! Must never send anything, or write what is not public where others look.

mod bulletin;
mod early;
mod out;
mod released;

use std::path::PathBuf;
use std::process::ExitCode;

use caveat_advisory::nearest;
use caveat_artifact::Memory;
use caveat_check::{Entry, check};
use caveat_convert::convert;
use caveat_diag::Report;
use caveat_load::{root_above, work_tree};
use caveat_render::{Templates, render};
use clap::ValueEnum;

use super::show::preview;
use super::{as_of, now, warn_of_embargoed};
use crate::args::{Args, Time};
use crate::failure::Failure;
use crate::output;

/// Which advisory, and which mail.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Prints one message (RFC 5322), or writes one file for each receiver. Receivers of announce, update and
withdrawal are the lists of `[[mail.list]]`; those of pre-disclosure the packagers of
`[[policy.packager]]`, of an advisory under embargo or a draft; those of a bulletin the project's own live
lists. Nothing is sent.

Examples:
  caveat mail x_MLSA-2026-0001 --to announce | sendmail -t
  caveat mail x_MLSA-2026-0001 --kind withdrawal --out ~/outbox
  caveat mail 2026-Q4 --kind bulletin --to announce
  caveat mail x_MLSA-2026-0002 --kind pre-disclosure --to Debian --repository ../torsh | gpg -e -r KEY"
)]
pub(crate) struct Mail {
    /// Id of an advisory; for pre-disclosure also the name of a draft, for bulletin a period: 2026-11, 2026-Q4 or 2026
    id: String,
    /// Which mail [default: what its last revision calls for]
    #[arg(long, value_enum)]
    kind: Option<Kind>,
    /// Only to this list or packager
    #[arg(long, value_name = "NAME")]
    to: Option<String>,
    /// Write into this directory, which nobody else can read, instead of printing
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// A clone of the package: refuse when a tag there has the fix
    #[arg(long, value_name = "PATH")]
    repository: Option<PathBuf>,
    #[command(flatten)]
    time: Time,
}

/// What a mail is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// The advisory is new
    Announce,
    /// It was revised
    Update,
    /// It was withdrawn
    Withdrawal,
    /// Packagers hear of it before the public
    PreDisclosure,
    /// A period is over
    Bulletin,
}

/// A message and who gets it.
pub(crate) struct Message {
    pub(crate) to: String,
    pub(crate) bytes: Vec<u8>,
}

pub(crate) fn run(args: &Args, mail: &Mail) -> Result<ExitCode, Failure> {
    let out = mail.out.as_ref().map(|out| args.directory.join(out));
    if let Some(out) = &out {
        out::is_private(out)?;
    }
    let mut report = Report::default();
    let messages = match mail.kind {
        Some(Kind::PreDisclosure) => early::messages(args, mail, &mut report)?,
        Some(Kind::Bulletin) => bulletin::messages(args, mail, &mut report)?,
        kind => public(args, mail, kind, &mut report)?,
    };
    let Some(messages) = messages else {
        output::report(&report);
        return Ok(output::exit_code(&report));
    };
    match (out, &messages[..]) {
        (Some(out), _) => out::write(&out, &mail.id, &messages)?,
        (None, [message]) => output::data(&message.bytes)?,
        (None, _) => return Err(Failure::ManyMessages(messages.len())),
    }
    Ok(ExitCode::SUCCESS)
}

/// The mail of a published advisory, as a build writes it.
fn public(
    args: &Args,
    mail: &Mail,
    kind: Option<Kind>,
    report: &mut Report,
) -> Result<Option<Vec<Message>>, Failure> {
    let as_of = as_of(&mail.time, now)?;
    let input = work_tree(&root_above(&args.directory)?)?;
    let templates = Templates::new(&input.templates)?;
    let Some(book) = check(input, as_of, report) else {
        return Ok(None);
    };
    let Some(entry) = book.entries().iter().find(|entry| entry.id == mail.id) else {
        let hint = "; `--kind pre-disclosure` is for what is not published";
        return Err(Failure::UnknownId(mail.id.clone(), hint.to_owned()));
    };
    let (is, word) = kind_of(entry);
    if kind.is_some_and(|kind| kind != is) {
        return Err(Failure::OtherKind(word));
    }
    let book = book.only(&mail.id);
    warn_of_embargoed(&book);
    let records = convert(&book).map_err(Box::new)?;
    let sink = Memory::default();
    render(&book, &records, &preview(), &templates, &sink)?;
    let letter = |(path, bytes): (caveat_artifact::SitePath, Vec<u8>)| {
        let name = path.as_ref().strip_prefix("mail/")?.strip_suffix(".eml")?;
        let (_, to) = name.rsplit_once('/')?.1.split_once('.')?;
        Some(Message {
            to: to.to_owned(),
            bytes,
        })
    };
    let messages = sink.into_files().into_iter().filter_map(letter).collect();
    chosen(messages, mail, "mail list").map(Some)
}

/// What the last revision is.
fn kind_of(entry: &Entry) -> (Kind, &'static str) {
    match (&entry.advisory.withdrawn, entry.told) {
        (Some(_), _) => (Kind::Withdrawal, "withdrawal"),
        (None, 0 | 1) => (Kind::Announce, "announce"),
        (None, _) => (Kind::Update, "update"),
    }
}

/// Those to one receiver, or all.
fn chosen(
    mut messages: Vec<Message>,
    mail: &Mail,
    what: &'static str,
) -> Result<Vec<Message>, Failure> {
    let names: Vec<String> = messages.iter().map(|message| message.to.clone()).collect();
    if mail.out.is_some() {
        out::is_distinct(&mail.id, &messages)?;
    }
    let to = mail.to.as_deref();
    if let Some(to) = to {
        messages.retain(|message| message.to == to);
    }
    if messages.is_empty() {
        let to = to.unwrap_or("of any name");
        let near = nearest(to, names.iter().map(String::as_str));
        return Err(Failure::NoReceiver {
            what,
            name: to.to_owned(),
            hint: near
                .map(|near| format!("; did you mean `{near}`?"))
                .unwrap_or_default(),
        });
    }
    Ok(messages)
}
