//! Owns the letter to those who hear of a flaw before the public: the terms first, then what they need.
//! Must never tell anything in a header, which nobody encrypts, or name who found it.

use caveat_advisory::{Packager, Project, State, Timestamp};
use caveat_check::Early;
use caveat_words::lines::wrap;
use caveat_words::plain::to_plain;
use sha2::{Digest as _, Sha256};

use crate::envelope::host;
use crate::{Error, Mail, digest, facts};

/// A file that goes with a letter: a fix that is not public.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patch {
    /// Its name, without directories.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// The message to one packager, to be encrypted and sent. `from` is the sender, `now` its date.
///
/// # Errors
/// An address that is none.
pub fn early_mail(
    early: &Early,
    packager: &Packager,
    from: &str,
    patches: Vec<Patch>,
    now: Timestamp,
) -> Result<Mail, Error> {
    let to = packager.url.strip_prefix("mailto:");
    let id = format!("{} {} {}", early.entry.id, early.until, packager.name);
    Ok(Mail {
        path: format!("{}.{}", early.entry.id, packager.name),
        receiver: packager.name.clone(),
        from: from.to_owned(),
        to: to.map(one_address).transpose()?.map(str::to_owned),
        reply_to: None,
        subject: subject(&early.project, packager),
        date: now,
        // The same for the same letter, and no word of it.
        id: format!("{}@{}", digest(&id, 12), host(&early.project)),
        earlier: Vec::new(),
        body: body(early, packager, from, &patches),
        patches,
    })
}

/// No word of the flaw: subjects are not encrypted. A packager's own list may want a mark before it.
fn subject(project: &Project, packager: &Packager) -> String {
    let mark = packager.subject.as_ref();
    let mark = mark.map_or(String::new(), |mark| format!("{} ", mark.trim()));
    format!("{mark}Embargoed security notice of {}", project.feed.name)
}

/// The check refuses all else; a secret is worth a second look.
pub(crate) fn one_address(to: &str) -> Result<&str, Error> {
    let odd = |c: char| c.is_whitespace() || c.is_control() || ",;:<>?&%\"()[]\\".contains(c);
    let one = to
        .split_once('@')
        .filter(|(user, host)| !user.is_empty() && !host.contains('@'));
    if one.is_none() || to.contains(odd) {
        return Err(Error {
            path: "mail".to_owned(),
            reason: format!("`{to}` is not one plain address"),
        });
    }
    Ok(to)
}

fn body(early: &Early, packager: &Packager, from: &str, patches: &[Patch]) -> String {
    let entry = &early.entry;
    let parts = [
        Some(terms(early, packager)),
        Some(talk(early, from)),
        Some(head(early)),
        Some(facts::todo(entry)),
        Some(facts::affected(entry)),
        Some(facts::impact(entry)),
        Some(facts::description(entry)),
        facts::affected_if(entry),
        facts::workarounds(entry),
        facts::commits(entry),
        files(patches),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join("\n\n") + "\n"
}

fn terms(early: &Early, packager: &Packager) -> String {
    let until = format!("{} (UTC)", early.until);
    let deploy = if packager.may_deploy {
        "You may ship the fix before that time, without saying what it mends."
    } else {
        "You may not ship the fix, or anything that shows it, before that time."
    };
    let mut lines = vec![
        format!(
            "This is for {} alone. Nothing of it may become known before {until}.",
            packager.name
        ),
        deploy.to_owned(),
        format!(
            "You hear of it at least {} before publication.",
            packager.lead.words()
        ),
    ];
    lines.extend(packager.terms.iter().map(|terms| terms.trim().to_owned()));
    lines.extend(packager.key.iter().map(|key| {
        format!("It was encrypted to the key {key}. Keep it encrypted, and answer encrypted.")
    }));
    let lines: Vec<String> = lines.iter().map(|line| wrap(line, "* ", "  ")).collect();
    let disclosure = early.project.policy.disclosure.as_ref();
    let policy = disclosure.and_then(|disclosure| disclosure.terms.as_deref());
    let policy = policy.map(|terms| format!("\n\n{}", to_plain(terms)));
    format!(
        "EMBARGOED UNTIL {until}\n\n{}{}",
        lines.join("\n"),
        policy.unwrap_or_default()
    )
}

/// Who answers, how a new date is told, and where the public will read of it.
fn talk(early: &Early, from: &str) -> String {
    let project = &early.project;
    let mut lines = vec![wrap(
        &format!(
            "If the date changes, or the flaw becomes known before it, you get another letter from {from}: the last one holds."
        ),
        "* ",
        "  ",
    )];
    let mut contacts = project.policy.contacts.iter();
    let contact = contacts.find_map(|one| Some((&one.name, one.reachable()?)));
    if let Some((name, url)) = contact {
        let url = url.trim_start_matches("mailto:");
        lines.push(format!(
            "{}\n  {url}",
            wrap(&format!("Questions and leaks: {name}"), "* ", "  ")
        ));
    }
    lines.extend(facts::keys(project));
    if early
        .entry
        .advisory
        .id
        .as_deref()
        .is_some_and(|id| id == early.entry.id && !id.starts_with('('))
    {
        let page = facts::page(project, &early.entry);
        lines.push(format!("* The public text will be at\n  {page}"));
    } else {
        lines.push(format!(
            "* The public text will be at\n  {}/",
            project.feed.url
        ));
    }
    let lists = project.mail.iter().flat_map(|mail| &mail.lists);
    let lists = lists.filter(|list| list.state == State::Live);
    lines.extend(lists.map(|list| format!("* It will be sent to\n  {}", list.to)));
    format!("HOW WE TALK\n\n{}", lines.join("\n"))
}

fn head(early: &Early) -> String {
    let entry = &early.entry;
    let mut lines = vec![facts::heading(entry), String::new()];
    lines.push(facts::field("Severity", &entry.severity.label));
    lines.extend(facts::names(entry));
    lines.extend(facts::weaknesses(entry));
    lines.extend(facts::scores(entry));
    lines.push(facts::field("Public", &early.until.to_string()));
    lines.join("\n")
}

/// Each file with its hash, so that whoever keeps it elsewhere can tell it is the same.
fn files(patches: &[Patch]) -> Option<String> {
    let one = |patch: &Patch| {
        let hash = base16ct::lower::encode_string(&Sha256::digest(&patch.bytes));
        format!("{}\n  {hash}", wrap(&patch.name, "* ", "  "))
    };
    let lines: Vec<String> = patches.iter().map(one).collect();
    (!lines.is_empty()).then(|| {
        format!(
            "PATCHES\n\nAttached, each with its SHA-256:\n\n{}",
            lines.join("\n")
        )
    })
}

#[cfg(test)]
mod tests {
    use super::one_address;

    #[test]
    fn a_letter_goes_to_one_address() {
        assert_eq!(one_address("a@debian.org").ok(), Some("a@debian.org"));
        for bad in [
            "",
            "a",
            "a@b.org,c@d.org",
            "a@b.org?bcc=c@d.org",
            "a@b.org;c",
            "a%0d%0a@b.org",
            "a@b@c.org",
        ] {
            assert!(one_address(bad).is_err(), "{bad}");
        }
    }
}
