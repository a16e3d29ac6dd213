//! Owns the rule `credit-remembered`: who was credited once and is not any more is named in no text.

use caveat_advisory::Document;
use caveat_diag::{Diagnostic, Level, quoted};
use rayon::prelude::*;

use super::credit_elsewhere::of_project;
use crate::candidate::Candidate;
use crate::crowd::Crowd;
use crate::rule::{Finder, Rule, Run};
use crate::text::{extras, links, texts};
use crate::unnamed::{Gone, all_gone};

pub(super) static RULE: Rule = Rule {
    code: "credit-remembered",
    says: "who was credited once and is not any more is named in no text",
    why: "Whoever takes their consent back may be taken out of the credits altogether. The texts that thank them in \
        passing stay, and only git still knows that the name is one. A name that changed its spelling is changed in \
        the texts, too.",
    example: r#"# was advisories/2026/x_T-2026-0001.toml
impact = "Code runs, as Quentin Quarry showed."
credit = [{ name = "Quentin Quarry", role = "finder", consent = ["advisory"] }]
# advisories/2026/x_T-2026-0001.toml
impact = "Code runs, as Quentin Quarry showed."
revision = [
  { at = 2026-11-19T00:00:00Z, note = "First published." },
  { at = 2026-11-19T12:00:00Z, note = "Added the second branch." },
  { at = 2026-11-19T14:00:00Z, note = "Credits changed.", editorial = true, changed = [{ field = "credit" }] },
]
"#,
    instead: r#"# was advisories/2026/x_T-2026-0001.toml
impact = "Code runs, as Quentin Quarry showed."
credit = [{ name = "Quentin Quarry", role = "finder", consent = ["advisory"] }]
# advisories/2026/x_T-2026-0001.toml
impact = "Code runs, as the finder showed."
revision = [
  { at = 2026-11-19T00:00:00Z, note = "First published." },
  { at = 2026-11-19T12:00:00Z, note = "Added the second branch." },
  { at = 2026-11-19T14:00:00Z, note = "Credits and impact changed.", editorial = true, changed = [{ field = "impact" }, { field = "credit" }] },
]
"#,
    level: Level::Error,
    // A name that was no person's can then be told from here on.
    firm: false,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let facts = finder.facts;
    let gone = all_gone(facts.project.data(), facts.candidates);
    let Some(crowd) = Crowd::new(gone.iter().map(|one| &one.traces).collect()) else {
        return;
    };
    let project = facts.project;
    for (field, text) in of_project(project.data()) {
        for who in crowd.named(text) {
            report(finder, project, (&field, text), &gone[who]);
        }
    }
    let written = facts.candidates.par_iter().flat_map_iter(|one| {
        let rows = texts(one).into_iter().chain(links(one)).chain(extras(one));
        let rows = rows.filter(|(field, _)| !field.starts_with("credit["));
        rows.flat_map(|(field, text)| {
            let hits = crowd.named(text).into_iter();
            hits.map(move |who| (one, field.clone(), text, who))
        })
        .collect::<Vec<_>>()
    });
    let written: Vec<(&Candidate, String, &str, usize)> = written.collect();
    for (one, field, text, who) in written {
        report(finder, &one.document, (&field, text), &gone[who]);
    }
}

fn report<T>(
    finder: &mut Finder<'_>,
    document: &Document<T>,
    (field, text): (&str, &str),
    gone: &Gone<'_>,
) {
    let place = gone.traces.by_name_or_page(text).unwrap_or_default();
    let name = quoted(&gone.traces.name);
    let message = format!("{name} is credited no more, and named here");
    let span = document.within(field, text, place);
    let commit = gone.commit.short();
    let found: Diagnostic = finder.on(document, span, message);
    let found = found.note(format!("commit {commit} has the credit"));
    finder.push(
        found.help("leave the name out, or ask them and credit them with `advisory` in `consent`"),
    );
}
