//! Owns the rule `revision-widens`: where the feed says so, more versions get an advisory of their own.

use caveat_advisory::Widen;
use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::narrower::wider;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "revision-widens",
    says: "where `feed.widen` is `follow-up`, a published advisory never names more versions",
    why: "Some projects never widen a published advisory: who read that they are not affected would have to read it again. What \
        turns out to be affected too gets an advisory of its own that follows the first.",
    example: r#"# caveat.toml
[feed]
widen = "follow-up"
# was advisories/2026/x_T-2026-0001.toml
affected = [{ package = "torch", versions = [">= 1.0.0, < 2.0.0"] }]
revision = [{ at = 2026-11-18T12:00:00Z, note = "First published." }]
# advisories/2026/x_T-2026-0001.toml
affected = [{ package = "torch", versions = [">= 0.9.0, < 2.0.0"] }]
revision = [
  { at = 2026-11-18T12:00:00Z, note = "First published." },
  { at = 2026-11-19T12:00:00Z, note = "0.9.0 is affected too.", changed = [{ field = "affected[torch].versions", from = ">= 1.0.0, < 2.0.0", to = ">= 0.9.0, < 2.0.0" }] },
]
"#,
    instead: r#"# caveat.toml
[feed]
widen = "allow"
# was advisories/2026/x_T-2026-0001.toml
affected = [{ package = "torch", versions = [">= 1.0.0, < 2.0.0"] }]
revision = [{ at = 2026-11-18T12:00:00Z, note = "First published." }]
# advisories/2026/x_T-2026-0001.toml
affected = [{ package = "torch", versions = [">= 0.9.0, < 2.0.0"] }]
revision = [
  { at = 2026-11-18T12:00:00Z, note = "First published." },
  { at = 2026-11-19T12:00:00Z, note = "0.9.0 is affected too.", changed = [{ field = "affected[torch].versions", from = ">= 1.0.0, < 2.0.0", to = ">= 0.9.0, < 2.0.0" }] },
]
"#,
    level: Level::Error,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let project = finder.facts.project.data();
    let Some(before) = &candidate.witness.public.before else {
        return;
    };
    if project.feed.widen == Widen::Allow {
        return;
    }
    for one in wider(before, candidate, project) {
        let found = finder.at(&candidate.document, &one.field, &one.says);
        let found = finder.also(found, "feed.widen", "promised here");
        finder.push(found.help(
            "write another advisory with a `[[relation]]` of type `follow-up-of` to this one",
        ));
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::{PROJECT, said_once_published_in};

    const PROMISE: &str = "license = \"CC-BY-4.0\"\nwiden = \"follow-up\"";
    const TOLD: &str = "note = \"A correction.\"\nchanged = [{ field = \"affected[torch].versions\" }]\nnarrows = \"Why.\"\n";

    fn said(project: &str, edit: (&str, &str)) -> String {
        said_once_published_in(project, &[edit], TOLD)
    }

    #[test]
    fn more_versions_are_refused_where_the_feed_promises_a_follow_up() {
        let promised = PROJECT.replace("license = \"CC-BY-4.0\"", PROMISE);
        for edit in [
            (">= 1.0.0, < 1.2.0", ">= 0.9.0, < 1.2.0"),
            ("< 1.2.0", "< 1.2.1"),
            ("< 1.2.0\"", "< 1.2.0\", \">= 1.5.0, < 1.6.0\""),
        ] {
            let text = said(&promised, edit);
            assert!(
                text.contains("error[revision-widens]: more versions of `PyPI/torch`"),
                "{text}"
            );
            let text = said(PROJECT, edit);
            assert!(!text.contains("revision-widens"), "{edit:?}: {text}");
        }
    }

    #[test]
    fn fewer_versions_and_another_spelling_widen_nothing() {
        let promised = PROJECT.replace("license = \"CC-BY-4.0\"", PROMISE);
        for edit in [("< 1.2.0", "< 1.1.0"), ("< 1.2.0", "< 1.2")] {
            let text = said(&promised, edit);
            assert!(!text.contains("revision-widens"), "{edit:?}: {text}");
        }
    }

    #[test]
    fn another_package_is_more_versions_too() {
        let promised = PROJECT.replace("license = \"CC-BY-4.0\"", PROMISE);
        let other = "[[affected]]\necosystem = \"npm\"\nname = \"torchling\"\nversions = [\"< 3.0.0\"]\n[[reference]]";
        let text = said(&promised, ("[[reference]]", other));
        assert!(text.contains("more versions of `npm/torchling`"), "{text}");
    }
}
