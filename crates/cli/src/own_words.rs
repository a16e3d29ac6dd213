//! Owns what the program says by itself: the site of a project without advisories, and of a made-up one with two advisories.
//! Must never use the templates of a project: what they tell is what a build looks for.

use std::collections::BTreeMap;

use caveat_advisory::{Document, Draft, Input, Project, Timestamp};
use caveat_artifact::Memory;
use caveat_canary::Withheld;
use caveat_check::{check, settled};
use caveat_convert::convert;
use caveat_diag::Report;
use caveat_render::{Edition, Templates, render};

/// Its few own words are single letters, so that nobody's secret is spared by chance.
const PROJECT: &str = r#"[feed]
name = "F"
url = "https://f.example.org"
id-prefix = "x_F"
license = "CC-BY-4.0"
[[package]]
key = "p"
ecosystem = "PyPI"
name = "p"
title = "P"
repository = "https://github.com/f/p"
[mail]
from = "F <f@f.example.org>"
[[mail.list]]
name = "f"
to = "g@f.example.org"
style = "project"
[policy]
[[policy.severity]]
id = "f"
definition = "F."
[[policy.contact]]
name = "F"
url = "mailto:f@f.example.org"
"#;

const ADVISORY: &str = r#"id = "x_F-2026-0001"
title = "F"
severity = "f"
impact = "F."
description = "F."
cwe = ["CWE-125"]
cve = "pending"
affected-if = "F."
workaround = "F."
[[affected]]
package = "p"
versions = [">= 1.0.0, < 2.0.1"]
[[affected]]
ecosystem = "PyPI"
name = "q"
versions = ["< 1.0.1"]
[[reference]]
type = "fix"
url = "https://f.example.org/f"
[[credit]]
name = "F"
role = "finder"
consent = ["advisory", "release-notes", "thanks", "annual-report"]
agreed = 2026-01-01
[[revision]]
at = 2026-01-02T00:00:00Z
note = "F."
"#;

/// What the second one has besides: all that a mail can say of one that is new.
const AGAIN: &str = r#"[[relation]]
type = "incomplete-fix-of"
id = "x_F-2026-0001"
[embargo]
until = 2026-01-01T00:00:00Z
agreed-with = ["F"]
ended-early = "F."
"#;

/// Spares what the program says by itself. Costs nothing where nothing is withheld.
pub(crate) fn spare_own_words(
    withheld: &mut Withheld,
    project: Option<Draft>,
    as_of: Timestamp,
    edition: &Edition,
) {
    if withheld.is_empty() {
        return;
    }
    withheld.spare(Templates::built_in());
    // The examples of rules name flaws, and nobody's secret is in them.
    withheld.spare_all(own_words(as_of, edition).iter().map(String::as_str));
    let project = project.and_then(|project| {
        let document = Document::<Project>::read(project, &mut Report::default())?;
        let bytes = settled(&document).into_bytes();
        let path = document.path().to_owned();
        site(Some(Draft { path, bytes }), Vec::new(), as_of, edition)
    });
    let project = project.unwrap_or_default();
    withheld.spare_words(project.iter().map(String::as_str));
}

/// The texts of all pages, records and mails of the made-up project. Empty where one of them cannot be made.
fn own_words(as_of: Timestamp, edition: &Edition) -> Vec<String> {
    let draft = |path: &str, text: &str| Draft {
        path: path.to_owned(),
        bytes: text.as_bytes().to_vec(),
    };
    let off = caveat_check::RULES.iter().filter(|rule| !rule.firm);
    let off = off.map(|rule| format!("[[rule]]\ncode = \"{}\"\nlevel = \"off\"\n", rule.code));
    let text = PROJECT.to_owned() + &off.collect::<String>();
    let again = ADVISORY.replace("2026-0001", "2026-0002") + AGAIN;
    // Together they make the mail of a release.
    let advisories = vec![
        draft("advisories/2026/x_F-2026-0001.toml", ADVISORY),
        draft("advisories/2026/x_F-2026-0002.toml", &again),
    ];
    let made_up = Some(draft("caveat.toml", &text));
    site(made_up, advisories, as_of, edition).unwrap_or_default()
}

fn site(
    project: Option<Draft>,
    advisories: Vec<Draft>,
    as_of: Timestamp,
    edition: &Edition,
) -> Option<Vec<String>> {
    let input = Input {
        project,
        advisories,
        ..Input::default()
    };
    let book = check(input, as_of, &mut Report::default())?;
    let records = convert(&book).ok()?;
    let templates = Templates::new(&BTreeMap::new()).ok()?;
    let sink = Memory::default();
    render(&book, &records, edition, &templates, &sink).ok()?;
    let files = sink.into_files().into_iter();
    let texts = files.map(|(path, bytes)| format!("{path}\n{}", String::from_utf8_lossy(&bytes)));
    Some(texts.collect())
}

#[cfg(test)]
mod tests {
    use caveat_render::Key;

    use super::*;

    #[test]
    fn the_program_says_the_words_of_its_formats() {
        let edition = Edition {
            generator: "Caveat".to_owned(),
            local: false,
            key: Key {
                fingerprint: "F".to_owned(),
                openssh: "F".to_owned(),
                allowed_signers: "F".to_owned(),
                minisign: "F".to_owned(),
            },
            openpgp: None,
            layers: None,
        };
        let as_of = "2026-11-20T00:00:00Z".parse().expect("a time");
        let said = own_words(as_of, &edition).concat();
        for word in [
            "sha256sum",
            "schema_version",
            "database_specific",
            "allowed_signers",
            "\"events\"",
            "Upgrade P to 2.0.1 or later.",
            "Upgrade from 1.0.0, or any version since, to 2.0.1.",
            "Upgrade from any earlier version to 1.0.1.",
            "Not every installation is affected",
            "fixes 2 security issues",
            "PUBLISHED EARLY",
            "INCOMPLETE FIX OF",
        ] {
            assert!(said.contains(word), "{word}");
        }
    }
}
