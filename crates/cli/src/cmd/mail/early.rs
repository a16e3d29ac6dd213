//! Owns when packagers may be told, and when it is too late.
//! Must never tell anything of what is public, or of what anybody can see in a tag.

use caveat_advisory::{Packager, Timestamp};
use caveat_check::{Early, Told, early};
use caveat_clock::Calendar;
use caveat_diag::Report;
use caveat_load::{root_above, work_tree};
use caveat_render::early_mail;

use super::released::not_released;
use super::{Mail, Message, chosen};
use crate::args::Args;
use crate::cmd::{as_of, now};
use crate::failure::Failure;
use crate::output;

/// One message for each packager, to be encrypted. `None` where something is wrong with the files.
pub(super) fn messages(
    args: &Args,
    mail: &Mail,
    report: &mut Report,
) -> Result<Option<Vec<Message>>, Failure> {
    let as_of = as_of(&mail.time, now)?;
    let input = work_tree(&root_above(&args.directory)?)?;
    let id = || mail.id.clone();
    let early = match early(input, as_of, &mail.id, report) {
        None => return Ok(None),
        Some(Told::Early(early)) => early,
        Some(Told::Public) => return Err(Failure::IsPublic(id())),
        Some(Told::NoEmbargo) => return Err(Failure::NoEnd(id())),
        Some(Told::Unknown) => return Err(Failure::UnknownId(id(), String::new())),
    };
    not_released(args, mail, &early)?;
    let sender = early.project.mail.as_ref().ok_or(Failure::NoSender)?;
    let mut messages = Vec::new();
    for packager in &early.project.policy.packagers {
        messages.push(Message {
            to: packager.name.clone(),
            bytes: early_mail(&early, packager, &sender.from, as_of)?,
        });
    }
    let messages = chosen(messages, mail, "`[[policy.packager]]`")?;
    let told = |packager: &&Packager| messages.iter().any(|message| message.to == packager.name);
    for packager in early.project.policy.packagers.iter().filter(told) {
        in_time(packager, &early, as_of)?;
        remind(packager);
    }
    Ok(Some(messages))
}

fn in_time(packager: &Packager, early: &Early, as_of: Timestamp) -> Result<(), Failure> {
    let calendar = Calendar::new(early.project.policy.calendar.as_ref());
    let by = calendar.latest_start(early.until, packager.lead);
    if as_of <= by {
        return Ok(());
    }
    Err(Failure::TooLate {
        name: packager.name.clone(),
        lead: packager.lead.words(),
        by,
    })
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
