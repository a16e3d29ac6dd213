//! Owns the rule `credit-elsewhere`: nobody who did not agree is named in the text of another advisory or of the policy.

use caveat_advisory::{Document, Project};
use caveat_diag::{Level, quoted};
use rayon::prelude::*;

use crate::candidate::Candidate;
use crate::crowd::Crowd;
use crate::person::person;
use crate::rule::{Finder, Rule, Run};
use crate::text::{extras, links, texts};
use crate::unnamed::{Silent, all_silent};
use crate::wording::{project_links, wordings};

pub(super) static RULE: Rule = Rule {
    code: "credit-elsewhere",
    says: "nobody who did not agree is named in another advisory or in the policy",
    why: "Whoever takes their consent back is to be found nowhere. A text that thanks them in passing, in \
        a file without their credit, is where nobody looks.",
    example: r#"# caveat.toml
[[policy.guidance]]
title = "Loading checkpoints"
text = "Ask Quentin Quarry."
# advisories/2026/x_T-2026-0001.toml
[[credit]]
name = "Quentin Quarry"
role = "finder"
"#,
    instead: r#"# caveat.toml
[[policy.guidance]]
title = "Loading checkpoints"
text = "Ask the team."
# advisories/2026/x_T-2026-0001.toml
[[credit]]
name = "Quentin Quarry"
role = "finder"
"#,
    level: Level::Error,
    firm: true,
    run: Run::Feed(judge),
};

/// A text that names somebody: whose file, which field, and by which row of the silent.
struct Hit<'a> {
    file: Option<&'a Candidate>,
    field: String,
    text: &'a str,
    who: usize,
}

fn judge(finder: &mut Finder<'_>) {
    let facts = finder.facts;
    let silent = all_silent(facts.project.data(), facts.candidates);
    let Some(crowd) = Crowd::new(silent.iter().map(|one| &one.traces).collect()) else {
        return;
    };
    let named = |text: &str| crowd.named(text);
    let project = facts.project.data();
    let mut hits: Vec<Hit<'_>> = of_project(project)
        .into_iter()
        .flat_map(|row| hit((None, row), &named))
        .collect();
    let advisories = facts.candidates.par_iter().flat_map_iter(|one| {
        let written = texts(one).into_iter().chain(links(one)).chain(extras(one));
        let written = written.map(move |row| (Some(one), row));
        written.flat_map(|row| hit(row, &named)).collect::<Vec<_>>()
    });
    hits.extend(advisories.collect::<Vec<_>>());
    for hit in hits {
        report(finder, &hit, &silent[hit.who]);
    }
}

/// Contacts, packagers and the sender of mails are people who stand there on purpose.
fn is_chosen(field: &str) -> bool {
    let person = ["policy.contact[", "policy.packager["];
    let by_name = field.ends_with("].name") && person.iter().any(|one| field.starts_with(one));
    by_name || field == "mail.from"
}

/// Every text and link of caveat.toml that names nobody on purpose.
pub(super) fn of_project(project: &Project) -> Vec<(String, &str)> {
    let texts = wordings(project).into_iter();
    let texts = texts.filter(|wording| !is_chosen(&wording.field));
    let texts = texts.map(|wording| (wording.field, wording.text));
    let links = project_links(project).into_iter();
    let links = links.map(|link| (link.field, link.url));
    let packages = project.packages.iter().enumerate();
    let homes = packages.filter_map(|(at, package)| {
        Some((
            format!("package[{at}].repository"),
            package.repository.as_deref()?,
        ))
    });
    texts.chain(links).chain(homes).collect()
}

fn hit<'a>(
    (file, (field, text)): (Option<&'a Candidate>, (String, &'a str)),
    named: &impl Fn(&str) -> Vec<usize>,
) -> Vec<Hit<'a>> {
    if field.starts_with("credit[") {
        return Vec::new();
    }
    let hits = named(text).into_iter();
    let hit = |who| Hit {
        file,
        field: field.clone(),
        text,
        who,
    };
    hits.map(hit).collect()
}

fn report(finder: &mut Finder<'_>, hit: &Hit<'_>, silent: &Silent<'_>) {
    // In their own advisory `text-credit` speaks.
    let own = |file: &Candidate| {
        let credits = file.advisory().credits.iter();
        let mut names = credits.filter_map(|credit| credit.name.as_deref());
        names.any(|name| person(name) == silent.traces.name)
    };
    if hit.file.is_some_and(own) {
        return;
    }
    let place = silent.traces.by_name_or_page(hit.text).unwrap_or_default();
    let message = format!(
        "{} did not agree to be named here",
        quoted(&silent.traces.name)
    );
    let found = match hit.file {
        Some(file) => on(finder, &file.document, hit, place, &message),
        None => on(finder, finder.facts.project, hit, place, &message),
    };
    let credited = &silent.candidate.document;
    let span = credited.at(&format!("credit[{}]", silent.at));
    let found = found.also(credited.source(), span, "without `advisory` in `consent`");
    finder.push(found.help("leave the name out, or ask them and add `advisory` to `consent`"));
}

fn on<T>(
    finder: &Finder<'_>,
    document: &Document<T>,
    hit: &Hit<'_>,
    place: std::ops::Range<usize>,
    message: &str,
) -> caveat_diag::Diagnostic {
    finder.on(
        document,
        document.within(&hit.field, hit.text, place),
        message,
    )
}

#[cfg(test)]
mod tests {
    use crate::tests::{breaks, said_of};

    #[test]
    fn the_policy_names_nobody_by_a_short_name_a_page_a_handle_or_a_repository() {
        let two = |project: &str, name: &str| {
            let url = "https://example.net/quokka";
            format!(
                "# caveat.toml\n{project}\n# advisories/2026/x_T-2026-0001.toml\n[[credit]]\nname = \"{name}\"\nrole = \"finder\"\nurl = \"{url}\"\n"
            )
        };
        let text =
            |text: &str| format!("[[policy.guidance]]\ntitle = \"Loading\"\ntext = \"{text}\"\n");
        for (project, name) in [
            (text("Ask Xi Chen."), "Xi Chen"),
            (text("Ask Z. Quokkason."), "Z. Quokkason"),
            (text("感谢李小龙的报告."), "李小龙"),
            (text("Ask Quokkason."), "Quokkason"),
            (text("Ask @quokka."), "Zoë Quokkason"),
            (text("See https://example.net/quokka/x."), "Zoë Quokkason"),
            (
                text("See https://example.com/zoe-quokkason/x."),
                "Zoë Quokkason",
            ),
            (
                "[[package]]\necosystem = \"PyPI\"\nname = \"torch\"\ntitle = \"PyTorch\"\nrepository = \"https://github.com/zoe-quokkason/x\"\n".to_owned(),
                "Zoë Quokkason",
            ),
        ] {
            assert!(breaks("credit-elsewhere", &two(&project, name)), "{project}");
        }
        for name in ["Bob", "Zoë Quokkason", "team"] {
            assert!(!breaks(
                "credit-elsewhere",
                &two(&text("Ask the team."), name)
            ));
        }
    }

    #[test]
    fn short_texts_name_nobody_either_and_contacts_are_there_by_choice() {
        let credit = "# advisories/2026/x_T-2026-0001.toml\n[[credit]]\nname = \"Quentin Quarry\"\nrole = \"finder\"\n";
        let said = |project: &str| {
            let text = format!("# caveat.toml\n{project}\n{credit}");
            breaks("credit-elsewhere", &text)
        };
        for project in [
            "[[policy.guidance]]\ntitle = \"What Quentin Quarry found\"\ntext = \"Ask the team.\"\n",
            "[feed]\nname = \"Quentin Quarry\"\n",
            "[[mail.list]]\nname = \"a\"\nto = \"a@test-advisories.dev\"\nstyle = \"project\"\naudience = \"Friends of Quentin Quarry\"\n",
            "[[policy.channel]]\nname = \"Blog of Quentin Quarry\"\nurl = \"https://example.org/blog\"\n",
        ] {
            assert!(said(project), "{project}");
        }
        for project in [
            "[mail]\nfrom = \"Quentin Quarry <a@test-advisories.dev>\"\n",
            "[[policy.contact]]\nname = \"Quentin Quarry\"\nurl = \"mailto:q@test-advisories.dev\"\n",
        ] {
            assert!(!said(project), "{project}");
        }
    }

    #[test]
    fn consent_in_any_advisory_lets_others_name_somebody() {
        let one = "advisories/2026/x_T-2026-0001.toml";
        let two = "advisories/2026/x_T-2026-0002.toml";
        let id = ("id = \"x_T-2026-0001\"", "id = \"x_T-2026-0002\"");
        let quiet = (
            "name = \"A. Finder\"\nrole = \"finder\"\nconsent = [\"advisory\"]",
            "name = \"Quentin Quarry\"\nrole = \"finder\"",
        );
        let loud = ("A. Finder", "Quentin Quarry");
        let names = ("The loader trusts", "Quentin\\n*Quarry*: the loader trusts");
        let said = |other: &[(&str, &str)]| said_of(&[(one, &[quiet]), (two, other)]);
        assert!(
            said(&[id, names]).contains("[credit-elsewhere]"),
            "{}",
            said(&[id, names])
        );
        assert!(!said(&[id, names, loud]).contains("[credit-elsewhere]"));
    }
}
