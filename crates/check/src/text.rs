//! Owns the prose of an advisory as a list of fields, for rules that read all of it.
//! Must never miss a field: text that no rule reads is text that nobody checked.

use caveat_advisory::{Advisory, texts_of};

use crate::candidate::Candidate;

/// Every piece of free text of an advisory, with the name of its field.
pub(crate) fn texts(candidate: &Candidate) -> Vec<(String, &str)> {
    let a: &Advisory = candidate.advisory();
    let mut all = vec![
        ("title".to_owned(), a.title.as_str()),
        ("impact".to_owned(), &a.impact),
        ("description".to_owned(), &a.description),
    ];
    let optional = [
        ("severity-reason", &a.severity_reason),
        ("affected-if", &a.affected_if),
        ("workaround", &a.workaround),
    ];
    for (field, text) in optional {
        all.extend(text.as_deref().map(|text| (field.to_owned(), text)));
    }
    all.extend(past(a));
    for (at, credit) in a.credits.iter().enumerate() {
        all.extend(
            credit
                .name
                .as_deref()
                .map(|name| (format!("credit[{at}].name"), name)),
        );
    }
    all.extend(parts(a));
    all.extend(excuses(a));
    let note = a
        .withdrawn
        .as_ref()
        .and_then(|withdrawn| withdrawn.note.as_deref());
    all.extend(note.map(|note| ("withdrawn.note".to_owned(), note)));
    all
}

/// What revisions say, old and new values among it.
fn past(a: &Advisory) -> Vec<(String, &str)> {
    let mut all = Vec::new();
    for (at, revision) in a.revisions.iter().enumerate() {
        all.push((format!("revision[{at}].note"), revision.note.as_str()));
        for (key, reason) in revision.reasons() {
            all.extend(reason.map(|text| (format!("revision[{at}].{key}"), text)));
        }
        for (nth, change) in revision.changed.iter().enumerate() {
            for (key, side) in [("from", &change.from), ("to", &change.to)] {
                let side = side.as_deref();
                let name = format!("revision[{at}].changed[{nth}].{key}");
                all.extend(side.map(|text| (name, text)));
            }
        }
    }
    all
}

/// What is said of each package.
fn parts(a: &Advisory) -> Vec<(String, &str)> {
    let mut all = Vec::new();
    for (at, affected) in a.affected.iter().enumerate() {
        for (nth, function) in affected.functions.iter().enumerate() {
            all.push((
                format!("affected[{at}].functions[{nth}]"),
                function.as_str(),
            ));
        }
        for (nth, feature) in affected.features.iter().enumerate() {
            all.push((format!("affected[{at}].features[{nth}]"), feature));
        }
        let no_fix = affected.no_fix.as_deref();
        all.extend(no_fix.map(|text| (format!("affected[{at}].no-fix"), text)));
        for (nth, fix) in affected.fixes.iter().enumerate() {
            let field = format!("affected[{at}].fix[{nth}].availability");
            all.extend(fix.availability.as_deref().map(|text| (field, text)));
        }
    }
    for (at, status) in a.statuses.iter().enumerate() {
        let field = format!("status[{at}].reason");
        all.extend(status.reason.as_deref().map(|text| (field, text)));
    }
    all
}

/// Why promises were not kept: readers see it.
fn excuses(a: &Advisory) -> Vec<(String, &str)> {
    let late = &a.late_reason;
    let ended = a.embargo.as_ref().and_then(|one| one.ended_early.as_ref());
    let all = [
        ("late-reason.acknowledge", late.acknowledge.as_ref()),
        ("late-reason.assess", late.assess.as_ref()),
        ("late-reason.update", late.update.as_ref()),
        ("late-reason.fix", late.fix.as_ref()),
        ("late-reason.review", late.review.as_ref()),
        ("late-reason.disclose", late.disclose.as_ref()),
        ("embargo.ended-early", ended),
    ];
    let written = all
        .into_iter()
        .filter_map(|(field, text)| Some((field, text?)));
    written
        .map(|(field, text)| (field.to_owned(), text.as_str()))
        .collect()
}

/// Every text of `extra`, its keys as well. It is public, and read by programs alone: no rule of style is for it.
pub(crate) fn extras(candidate: &Candidate) -> Vec<(String, &str)> {
    let a = candidate.advisory();
    let mut all = Vec::new();
    texts_of(&a.extra, "extra", &mut all);
    for (at, row) in a.affected.iter().enumerate() {
        texts_of(&row.extra, &format!("affected[{at}].extra"), &mut all);
        let name = format!("affected[{at}].ecosystem-extra");
        texts_of(&row.ecosystem_extra, &name, &mut all);
    }
    all
}

/// Every link of an advisory, with the name of its field.
pub(crate) fn links(candidate: &Candidate) -> Vec<(String, &str)> {
    let a = candidate.advisory();
    let references = a.references.iter().enumerate();
    let mut all: Vec<_> = references
        .map(|(at, link)| (format!("reference[{at}].url"), link.url.as_str()))
        .collect();
    for (at, credit) in a.credits.iter().enumerate() {
        all.extend(
            credit
                .url
                .as_deref()
                .map(|url| (format!("credit[{at}].url"), url)),
        );
    }
    all
}

/// What is wrong with a link, if anything. `mailto:` only where `mail` allows it.
pub(crate) fn link_fault(url: &str, mail: bool) -> Option<&'static str> {
    if !url.bytes().all(|byte| byte.is_ascii_graphic())
        || url.contains(['"', '<', '>', '\\', '`', '{', '}'])
    {
        return Some("has characters that a link cannot have; percent-encode them");
    }
    if let Some(address) = url.strip_prefix("mailto:") {
        let (address, more) = address.split_once('?').unwrap_or((address, ""));
        if mail && !(more.is_empty() || is_subject(more)) {
            return Some("says more than an address and a subject");
        }
        let plausible = is_address(address);
        return (!mail || !plausible).then_some("is no link readers can follow; use https");
    }
    let Some(rest) = url.strip_prefix("https://") else {
        return Some("is not an https link");
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let labels = |host: &str| host.split('.').all(|label| !label.is_empty());
    let good = host.contains('.')
        && labels(host.split(':').next().unwrap_or_default())
        && !host.contains('@');
    (!good).then_some("names no host")
}

/// The only header that a link may set: any other sends the mail to somebody else.
fn is_subject(query: &str) -> bool {
    let subject = query.strip_prefix("subject=");
    let lower = query.to_ascii_lowercase();
    subject.is_some_and(|text| !text.contains('&')) && !lower.contains("%0")
}

/// Is it one plain mail address, with nothing around it or behind it?
pub(crate) fn is_address(text: &str) -> bool {
    let Some((user, host)) = text.split_once('@') else {
        return false;
    };
    let plain = text
        .bytes()
        .all(|byte| byte.is_ascii_graphic() && !b"<>,;:\"()[]\\%?&".contains(&byte));
    let label = |label: &str| {
        !label.is_empty()
            && label
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    plain && !user.is_empty() && host.contains('.') && host.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::link_fault;

    #[test]
    fn a_mail_link_goes_to_one_address_and_sets_no_header_but_the_subject() {
        let good = "mailto:a+b@example.org?subject=Report%20of%20x";
        assert_eq!(link_fault(good, true), None);
        for bad in [
            "mailto:a@debian.org,evil@x.org",
            "mailto:a@debian.org;evil@x.org",
            "mailto:a@debian.org?bcc=evil@x.org",
            "mailto:a@debian.org?subject=x&bcc=evil@x.org",
            "mailto:a@debian.org?subject=x%0D%0ABcc:y@x.org",
            "mailto:a%0d%0aBcc:b@debian.org",
            "mailto:a@debian.org%2cevil@x.org",
            "mailto:a@b@debian.org",
        ] {
            assert!(link_fault(bad, true).is_some(), "{bad}");
        }
    }

    #[test]
    fn only_links_a_reader_can_follow_pass() {
        assert_eq!(link_fault("https://example.org/a?b=c#d", false), None);
        assert_eq!(link_fault("mailto:a@example.org", true), None);
        for bad in [
            "http://example.org",
            "javascript:alert(1)",
            "https://",
            "https://localhost/x",
            "https://a..b/",
            "https://user@example.org/",
            "https://exämple.org/",
            "https://example.org/a b",
            "mailto:",
            "data:,x",
            "",
        ] {
            assert!(link_fault(bad, true).is_some(), "{bad}");
        }
        assert!(link_fault("mailto:a@example.org", false).is_some());
    }
}
