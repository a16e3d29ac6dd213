//! Owns the rule `policy-key-fingerprint`: fingerprints of OpenPGP keys are whole, in capital letters without spaces.

use caveat_diag::{Level, quoted};

use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "policy-key-fingerprint",
    says: "fingerprints of OpenPGP keys are whole, in capital letters without spaces",
    why: "Programs compare them byte by byte. The short ids that some tools show can be forged in \
        minutes.",
    example: r#"# caveat.toml
[[policy.key]]
fingerprint = "89ABCDEF01234567"
url = "https://pytorch.org/key.asc"
"#,
    instead: r#"# caveat.toml
[[policy.key]]
fingerprint = "0123456789ABCDEF0123456789ABCDEF01234567"
url = "https://pytorch.org/key.asc"
"#,
    level: Level::Error,
    firm: false,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let policy = finder.facts.policy();
    let keys = policy.keys.iter().enumerate();
    let mut all: Vec<(String, &str)> = keys
        .map(|(at, key)| {
            (
                format!("policy.key[{at}].fingerprint"),
                key.fingerprint.as_str(),
            )
        })
        .collect();
    let own = all.len();
    let packagers = policy.packagers.iter().enumerate();
    all.extend(packagers.filter_map(|(at, packager)| {
        Some((
            format!("policy.packager[{at}].key"),
            packager.key.as_deref()?,
        ))
    }));
    for (field, written) in &all {
        if is_fingerprint(written) {
            continue;
        }
        let bare = respelt(written);
        let found = finder.project(field, format!("{} is no fingerprint", quoted(written)));
        let found =
            found.help("write all 40 digits (64 for keys of version 6), capital, without spaces");
        let project = finder.facts.project;
        finder.push(if is_fingerprint(&bare) {
            crate::mend::value(found, project, field, (written, &bare))
        } else {
            found
        });
    }
    twins(finder, &all[..own]);
}

fn twins(finder: &mut Finder<'_>, keys: &[(String, &str)]) {
    for (nth, (field, written)) in keys.iter().enumerate() {
        if let Some((first, _)) = keys[..nth].iter().find(|(_, other)| other == written) {
            let found = finder.project(field, "this key is listed twice");
            finder.push(finder.also(found, first, "first here"));
        }
    }
}

fn is_fingerprint(text: &str) -> bool {
    let digit = |byte: u8| byte.is_ascii_digit() || (b'A'..=b'F').contains(&byte);
    let same = text
        .bytes()
        .all(|byte| text.as_bytes().first() == Some(&byte));
    [40, 64].contains(&text.len()) && text.bytes().all(digit) && !same
}

/// As programs write it, from how people and tools show it.
fn respelt(text: &str) -> String {
    let text = text.strip_prefix("0x").unwrap_or(text);
    let kept = text.chars().filter(|c| !matches!(c, ' ' | ':'));
    kept.map(|c| c.to_ascii_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::{is_fingerprint, respelt};

    #[test]
    fn what_tools_show_is_made_whole_and_short_ids_are_not() {
        let whole = "0123456789ABCDEF0123456789ABCDEF01234567";
        for shown in [
            "0123 4567 89AB CDEF 0123  4567 89AB CDEF 0123 4567",
            "0x0123456789abcdef0123456789abcdef01234567",
        ] {
            assert!(!is_fingerprint(shown) && respelt(shown) == whole, "{shown}");
        }
        let zeros = "0".repeat(40);
        for bad in [
            "",
            "to be added",
            "0x89ABCDEF",
            &zeros,
            &"G".repeat(40),
            &whole[1..],
        ] {
            assert!(!is_fingerprint(&respelt(bad)), "{bad}");
        }
        assert!(is_fingerprint(&(whole.to_owned() + &whole[..24])));
    }
}
