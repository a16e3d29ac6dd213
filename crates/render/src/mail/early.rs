//! Owns the letter to those who hear of a flaw before the public: the terms first, then what they need.
//! Must never tell anything in a header, which nobody encrypts, or name who found it.

use caveat_advisory::{Packager, Timestamp};
use caveat_check::Early;
use sha2::{Digest as _, Sha256};

use super::body::{commits, field, flaw, names, section, todo};
use super::{Envelope, host};
use crate::Error;
use crate::plain::{to_plain, wrap};

/// The message to one packager, to be encrypted and sent. `from` is the sender, `now` its date.
///
/// # Errors
/// What the library cannot write.
pub fn early_mail(
    early: &Early,
    packager: &Packager,
    from: &str,
    now: Timestamp,
) -> Result<Vec<u8>, Error> {
    let title = format!("Embargoed security notice of {}", early.project.feed.name);
    let to = packager.url.strip_prefix("mailto:");
    let envelope = Envelope {
        from,
        to: to.map(one_address).transpose()?,
        subject: &title,
        date: now,
        id: id(early, packager),
        earlier: Vec::new(),
    };
    envelope.seal(&body(early, packager), "mail")
}

/// The check refuses all else; a secret is worth a second look.
fn one_address(to: &str) -> Result<&str, Error> {
    let odd = |c: char| c.is_whitespace() || c.is_control() || ",;:<>?&%\"()[]\\".contains(c);
    let one = to
        .split_once('@')
        .filter(|(user, host)| !user.is_empty() && !host.contains('@'));
    if one.is_none() || to.contains(odd) {
        return Err(Error::Text {
            path: "mail".to_owned(),
            reason: format!("`{to}` is not one plain address"),
        });
    }
    Ok(to)
}

/// The same for the same letter, and no word of it.
fn id(early: &Early, packager: &Packager) -> String {
    let what = format!("{} {} {}", early.entry.id, early.until, packager.name);
    let digest = Sha256::digest(what.as_bytes());
    let hex = digest
        .iter()
        .take(12)
        .fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
    format!("{hex}@{}", host(&early.project))
}

fn body(early: &Early, packager: &Packager) -> String {
    let advisory = &early.entry.advisory;
    let mut parts = vec![terms(early, packager), head(early)];
    parts.extend([todo(&early.entry), flaw(&early.entry)]);
    parts.extend(section("AM I AFFECTED?", advisory.affected_if.as_ref()));
    parts.extend(section("WORKAROUNDS", advisory.workaround.as_ref()));
    parts.extend(commits(&early.entry));
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

fn head(early: &Early) -> String {
    let entry = &early.entry;
    let mut lines = vec![
        wrap(
            &format!("{}: {}", entry.id, entry.advisory.title.trim()),
            "",
            "  ",
        ),
        String::new(),
        field("Severity", &entry.severity.label),
    ];
    lines.extend(names(entry));
    for score in &entry.scores {
        let name = format!("CVSS {}", score.version);
        lines.push(field(
            &name,
            &format!("{} {}", score.display(), score.vector),
        ));
    }
    lines.push(field("Public", &early.until.to_string()));
    lines.join("\n")
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
