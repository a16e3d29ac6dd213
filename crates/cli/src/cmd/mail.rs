//! Owns `caveat mail`: the messages that tell of an advisory, a release or a period, for a program that sends mail.
//! Must never send anything unasked, or write what is not public where others look.

mod bulletin;
mod early;
mod fault;
mod out;
mod public;
mod released;
mod send;

use std::path::PathBuf;
use std::process::ExitCode;

use caveat_advisory::nearest;
use caveat_diag::Report;
use caveat_mail::Mail as Message;
use clap::ValueEnum;

use crate::args::{Args, Time};
use crate::failure::Failure;
use crate::output;

pub(crate) use fault::MailFault;

/// Which advisory, and which mail.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Prints one message (RFC 5322), or writes one file for each receiver. Receivers are the live lists of
`[[mail.list]]`; of a release, a bulletin and a pre-announcement those of style `project`; of a pre-disclosure and of
its end the packagers of `[[policy.packager]]`; of a report those who are credited.

Examples:
  caveat mail x_MLSA-2026-0001 --to announce | sendmail -t
  caveat mail x_MLSA-2026-0001 --kind withdrawal --out ~/outbox
  caveat mail x_MLSA-2026-0001 --send smtps://mail.example.org          # a dry run
  CAVEAT_SMTP_USER=me CAVEAT_SMTP_PASSWORD_FILE=~/.smtp caveat mail x_MLSA-2026-0001 --send smtps://mail.example.org --yes
  caveat mail torsh/0.1.3 --kind release --to announce
  caveat mail 2026-Q4 --kind bulletin --to announce
  caveat mail x_MLSA-2026-0002 --kind pre-disclosure --to Debian --repository ../torsh --patch fix.patch | gpg -e -r KEY
  caveat mail x_MLSA-2026-0002 --kind pre-announcement --with x_MLSA-2026-0003 --to announce"
)]
pub(crate) struct Mail {
    /// Id of an advisory; of what is not public also the name of a draft; PACKAGE/VERSION of a release; the period of a bulletin: 2026-11, 2026-Q4 or 2026
    id: String,
    /// Which mail [default: what its last revision calls for]
    #[arg(long, value_enum)]
    kind: Option<Kind>,
    /// Only to this list, packager or person
    #[arg(long, value_name = "NAME")]
    to: Option<String>,
    /// Where a report's author reads mail: no advisory holds such addresses
    #[arg(long, value_name = "ADDRESS")]
    address: Option<String>,
    /// Write into this directory, which nobody else can read, instead of printing
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Show what would be sent by this server, `smtp://HOST[:PORT]` or `smtps://HOST[:PORT]`, and send it after a yes
    #[arg(long, value_name = "SERVER", conflicts_with_all = ["out", "as_of"])]
    send: Option<String>,
    /// Send without asking
    #[arg(long, requires = "send")]
    yes: bool,
    /// What was sent by this machine [default: `sent.ledger` in the state directory]
    #[arg(long, value_name = "FILE", requires = "send")]
    ledger: Option<PathBuf>,
    /// Messages that were begun did arrive: somebody has seen them
    #[arg(long, requires = "send", conflicts_with = "resend")]
    arrived: bool,
    /// Messages that were begun did not arrive: send them again
    #[arg(long, requires = "send")]
    resend: bool,
    /// A clone of the package: refuse when a tag there has the fix
    #[arg(long, value_name = "PATH")]
    repository: Option<PathBuf>,
    /// A fix that goes with a pre-disclosure, named in the text with its SHA-256
    #[arg(long, value_name = "FILE")]
    patch: Vec<PathBuf>,
    /// Another flaw that the same release fixes, for a pre-announcement
    #[arg(long, value_name = "ID")]
    with: Vec<String>,
    #[command(flatten)]
    time: Time,
}

/// What a mail is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// The advisory is new
    Announce,
    /// It is new, and an earlier fix was not enough, or was undone
    Regression,
    /// It is new, before the day that was agreed
    PublishedEarly,
    /// It was revised
    Update,
    /// It was withdrawn
    Withdrawal,
    /// A release fixes several flaws
    Release,
    /// A period is over
    Bulletin,
    /// A release is coming: its day and the highest severity
    PreAnnouncement,
    /// Packagers hear of it before the public
    PreDisclosure,
    /// Packagers hear that it is public now
    EmbargoOver,
    /// Whoever reported it hears the day, and how they will be named
    Reporter,
}

pub(crate) fn run(args: &Args, mail: &Mail) -> Result<ExitCode, Failure> {
    let out = mail.out.as_ref().map(|out| args.directory.join(out));
    if let Some(out) = &out {
        out::is_private(out)?;
    }
    fits(mail)?;
    if mail.send.is_some() {
        send::may_be_sent(mail)?;
    }
    let mut report = Report::default();
    let messages = match mail.kind {
        Some(Kind::PreDisclosure) => early::letters(args, mail, &mut report)?,
        Some(Kind::PreAnnouncement) => early::announcement(args, mail, &mut report)?,
        Some(Kind::Reporter) => early::reporters(args, mail, &mut report)?,
        Some(Kind::Bulletin) => bulletin::messages(args, mail, &mut report)?,
        Some(Kind::Release) => public::release(args, mail, &mut report)?,
        Some(Kind::EmbargoOver) => public::over(args, mail, &mut report)?,
        kind => public::messages(args, mail, kind, &mut report)?,
    };
    let Some(messages) = messages else {
        output::report(&report);
        return Ok(output::exit_code(&report));
    };
    if let Some(server) = &mail.send {
        return send::run(args, mail, &messages, server);
    }
    match (out, &messages[..]) {
        (Some(out), _) => out::write(&out, &mail.id, &messages)?,
        (None, [message]) => output::data(&local(message)?)?,
        (None, _) => return Err(MailFault::ManyMessages(messages.len()).into()),
    }
    Ok(ExitCode::SUCCESS)
}

/// The message with the line ends of this machine: `git send-email` takes a CR for a part of the text. None is lost: where one
/// belongs to a text or file, it is encoded.
fn local(message: &Message) -> Result<Vec<u8>, Failure> {
    let mut bytes = message.message()?;
    bytes.retain(|byte| *byte != b'\r');
    Ok(bytes)
}

/// Refuses an option that the kind would not look at.
fn fits(mail: &Mail) -> Result<(), Failure> {
    let options = [
        (!mail.patch.is_empty(), "--patch", Kind::PreDisclosure),
        (
            mail.repository.is_some(),
            "--repository",
            Kind::PreDisclosure,
        ),
        (!mail.with.is_empty(), "--with", Kind::PreAnnouncement),
        (mail.address.is_some(), "--address", Kind::Reporter),
    ];
    let odd = options
        .into_iter()
        .find(|(given, _, kind)| *given && mail.kind != Some(*kind));
    match odd {
        Some((_, option, kind)) => Err(MailFault::OtherOption {
            option,
            kind: word(kind),
        }
        .into()),
        None => Ok(()),
    }
}

/// As it is typed.
fn word(kind: Kind) -> String {
    let value = kind.to_possible_value();
    value.map_or_else(String::new, |value| value.get_name().to_owned())
}

/// Those to one receiver, or all.
fn chosen(
    mut messages: Vec<Message>,
    mail: &Mail,
    what: &'static str,
) -> Result<Vec<Message>, Failure> {
    let names = messages.iter().map(|message| message.receiver.clone());
    let names: Vec<String> = names.collect();
    if mail.out.is_some() {
        out::is_distinct(&mail.id, &messages)?;
    }
    let to = mail.to.as_deref();
    if let Some(to) = to {
        messages.retain(|message| message.receiver == to);
    }
    if messages.is_empty() {
        let to = to.unwrap_or("of any name");
        let near = nearest(to, names.iter().map(String::as_str));
        return Err(MailFault::NoReceiver {
            what,
            name: to.to_owned(),
            hint: near
                .map(|near| format!("; did you mean `{near}`?"))
                .unwrap_or_default(),
        }
        .into());
    }
    Ok(messages)
}
