//! Owns mails of what is not public: when packagers may be told and when it is too late, what everybody may know ahead, and
//! letters to those who reported it.
//! Must never tell anything of what is public, or of what anybody can see in a tag.

use std::fs;
use std::path::Path;

use caveat_advisory::{Packager, Timestamp};
use caveat_check::{Early, Told, early};
use caveat_clock::Calendar;
use caveat_diag::Report;
use caveat_load::{root_above, work_tree};
use caveat_mail::{Ahead, Patch, ahead_mails, early_mail, reporter_mail};

use super::released::not_released;
use super::{Mail, MailFault, Message, chosen};
use crate::args::Args;
use crate::cmd::{as_of, now};
use crate::failure::Failure;
use crate::output;

/// One message for each packager, to be encrypted. `None` where something is wrong with the files.
pub(super) fn letters(
    args: &Args,
    mail: &Mail,
    report: &mut Report,
) -> Result<Option<Vec<Message>>, Failure> {
    let as_of = as_of(&mail.time, now)?;
    let Some(early) = opened(args, &mail.id, as_of, report)? else {
        return Ok(None);
    };
    not_released(args, mail, &early)?;
    let from = sender(&early)?;
    let patches = mail.patch.iter().map(|file| patch(args, file));
    let patches: Vec<Patch> = patches.collect::<Result<_, _>>()?;
    let packagers = &early.project.policy.packagers;
    let letters = packagers
        .iter()
        .map(|packager| early_mail(&early, packager, from, patches.clone(), as_of));
    let letters: Vec<Message> = letters.collect::<Result<_, _>>()?;
    let messages = chosen(letters, mail, "`[[policy.packager]]`")?;
    let told = |packager: &&Packager| messages.iter().any(|one| one.receiver == packager.name);
    for packager in packagers.iter().filter(told) {
        in_time(packager, &early, as_of)?;
        remind(packager);
    }
    Ok(Some(messages))
}

/// What everybody may know ahead, to the project's own lists.
pub(super) fn announcement(
    args: &Args,
    mail: &Mail,
    report: &mut Report,
) -> Result<Option<Vec<Message>>, Failure> {
    let as_of = as_of(&mail.time, now)?;
    let mut flaws = Vec::new();
    for id in std::iter::once(&mail.id).chain(&mail.with) {
        let Some(early) = opened(args, id, as_of, report)? else {
            return Ok(None);
        };
        sender(&early)?;
        flaws.push(early);
    }
    let ahead = Ahead::new(&flaws).ok_or(MailFault::OtherDays)?;
    let project = &flaws[0].project;
    let mails = ahead_mails(&ahead, project, as_of);
    chosen(mails, mail, "live mail list of style `project`").map(Some)
}

/// A letter for each credit, to be encrypted.
pub(super) fn reporters(
    args: &Args,
    mail: &Mail,
    report: &mut Report,
) -> Result<Option<Vec<Message>>, Failure> {
    let as_of = as_of(&mail.time, now)?;
    let Some(early) = opened(args, &mail.id, as_of, report)? else {
        return Ok(None);
    };
    let from = sender(&early)?;
    let credits = early.entry.advisory.credits.iter();
    let address = mail.address.as_deref();
    let letters = credits.map(|credit| reporter_mail(&early, credit, from, address, as_of));
    let letters: Vec<Message> = letters.collect::<Result<_, _>>()?;
    if letters.is_empty() {
        return Err(MailFault::NoCredit(mail.id.clone()).into());
    }
    let messages = chosen(letters, mail, "`[[credit]]`")?;
    if address.is_some() && messages.len() > 1 {
        return Err(MailFault::ManyMessages(messages.len()).into());
    }
    output::warning("encrypt this before it leaves this machine: it tells what is not public");
    Ok(Some(messages))
}

/// The advisory, where it can be told early. `None` where something is wrong with the files.
fn opened(
    args: &Args,
    name: &str,
    as_of: Timestamp,
    report: &mut Report,
) -> Result<Option<Early>, Failure> {
    let input = work_tree(&root_above(&args.directory)?)?;
    let id = || name.to_owned();
    match early(input, as_of, name, report) {
        None => Ok(None),
        Some(Told::Early(early)) => Ok(Some(*early)),
        Some(Told::Public) => Err(MailFault::IsPublic(id()).into()),
        Some(Told::NoEmbargo) => Err(MailFault::NoEnd(id()).into()),
        Some(Told::Unknown) => Err(Failure::UnknownId(id(), String::new())),
    }
}

fn sender(early: &Early) -> Result<&str, Failure> {
    let mail = early.project.mail.as_ref();
    mail.map(|mail| mail.from.as_str()).ok_or(Failure::NoSender)
}

fn patch(args: &Args, file: &Path) -> Result<Patch, Failure> {
    let path = args.directory.join(file);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let bytes = fs::read(&path).map_err(|source| Failure::Read {
        path: path.clone(),
        source,
    })?;
    // A name becomes part of headers and of lines.
    let name = name.chars().filter(|c| !c.is_control()).collect();
    Ok(Patch { name, bytes })
}

fn in_time(packager: &Packager, early: &Early, as_of: Timestamp) -> Result<(), Failure> {
    let calendar = Calendar::new(early.project.policy.calendar.as_ref());
    let by = calendar.latest_start(early.until, packager.lead);
    if as_of <= by {
        return Ok(());
    }
    Err(MailFault::TooLate {
        name: packager.name.clone(),
        lead: packager.lead.words(),
        by,
    }
    .into())
}

fn remind(packager: &Packager) {
    let to = packager.url.trim_start_matches("mailto:");
    output::warning(&match &packager.key {
        Some(key) => format!("encrypt this to {key} before it leaves this machine, for {to}"),
        None => format!(
            "caveat.toml names no key of {}: find a private way to {to}",
            packager.name
        ),
    });
}
