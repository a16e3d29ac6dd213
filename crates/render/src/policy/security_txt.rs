//! Owns `security.txt` as RFC 9116 defines it: where to report, in a form that machines find.
//! Must never name a contact that nobody reads, or be valid longer than the policy behind it.

use caveat_advisory::{Consent, Contact, Date, Policy, Project, Timestamp};

/// RFC 9116 asks for less than a year.
const LONGEST: i64 = 364 * 86_400;

/// The file, or why there is none.
pub(crate) fn text(project: &Project, as_of: Timestamp) -> Result<String, String> {
    let policy = &project.policy;
    let contacts: Vec<&str> = policy
        .contacts
        .iter()
        .filter_map(Contact::reachable)
        .collect();
    if contacts.is_empty() {
        return Err("no contact of the policy is live".to_owned());
    }
    let expires = expires(policy, as_of)?;
    let url = &project.feed.url;
    let mut fields: Vec<(&str, String)> = Vec::new();
    fields.extend(
        contacts
            .iter()
            .map(|contact| ("Contact", (*contact).to_owned())),
    );
    fields.push(("Expires", expires.to_string()));
    fields.extend(keys(policy, as_of).map(|key| ("Encryption", key)));
    // A list on which nobody ever is would thank nobody.
    if policy.names_in(Consent::Thanks) {
        fields.push(("Acknowledgments", format!("{url}/thanks/")));
    }
    fields.push(("Canonical", format!("{url}/.well-known/security.txt")));
    fields.push(("Policy", format!("{url}/policy/")));
    fields.extend(caveat_csaf::metadata_url(project).map(|url| ("CSAF", url)));
    let bad = fields.iter().find(|(_, value)| !is_one_word(value));
    if let Some((name, _)) = bad {
        return Err(format!(
            "a value of `{name}` has a space or a character that is not ASCII"
        ));
    }
    let line = |(name, value): &(&str, String)| format!("{name}: {value}\n");
    Ok(fields.iter().map(line).collect())
}

/// The next review, and never a year ahead. Without a date for a review a year is all that can be said.
fn expires(policy: &Policy, as_of: Timestamp) -> Result<Timestamp, String> {
    let far = Timestamp::from_second(as_of.as_second() + LONGEST);
    let far = far.map_err(|_| format!("there is no time a year after {as_of}"))?;
    let Some(document) = &policy.document else {
        return Ok(far);
    };
    let review = document.next_review;
    match midnight(review) {
        Some(at) if at > as_of => Ok(at.min(far)),
        _ => Err(format!(
            "the policy was to be looked at again by {review}, which is past"
        )),
    }
}

fn midnight(day: Date) -> Option<Timestamp> {
    format!("{day}T00:00:00Z").parse().ok()
}

/// Keys that can still be used.
fn keys(policy: &Policy, as_of: Timestamp) -> impl Iterator<Item = String> {
    let good = move |expires: Option<Date>| {
        expires.is_none_or(|day| midnight(day).is_some_and(|at| at > as_of))
    };
    let keys = policy.keys.iter().filter(move |key| good(key.expires));
    keys.map(|key| key.url.clone())
}

fn is_one_word(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_graphic())
}
