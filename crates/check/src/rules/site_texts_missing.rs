//! Owns the rule `site-texts-missing`: a language of the repository's own has every text.

use caveat_diag::Level;
use caveat_texts::{BUILT_IN, Catalogue, Texts, is_tag};

use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "site-texts-missing",
    says: "the language of the site has every text",
    why: "What is missing is said in English, in the middle of a page that says it is in another language.",
    example: r#"# caveat.toml
[site]
language = "fr"
# site-templates/texts/fr.toml
[nav]
search = "Recherche"
"#,
    instead: r#"# caveat.toml
[site]
language = "de"
# site-templates/texts/de.toml
[nav]
search = "Finden"
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Feed(judge),
};

/// So many are named.
const SHOWN: usize = 5;

fn judge(finder: &mut Finder<'_>) {
    let facts = finder.facts;
    let Some(tag) = facts
        .project
        .data()
        .site
        .language
        .as_deref()
        .filter(|tag| is_tag(tag))
    else {
        return;
    };
    let name = format!("texts/{tag}.toml");
    let Some(bytes) = facts
        .templates
        .get(&name)
        .filter(|_| BUILT_IN.iter().all(|(known, _)| *known != tag))
    else {
        return;
    };
    let own = Catalogue::read(tag, &String::from_utf8_lossy(bytes)).0;
    let missing = own.missing(Texts::english_catalogue());
    if missing.is_empty() {
        return;
    }
    let shown: Vec<String> = missing
        .iter()
        .take(SHOWN)
        .map(|key| format!("`{key}`"))
        .collect();
    let more = if missing.len() > SHOWN {
        " and others"
    } else {
        ""
    };
    let message = format!(
        "{} of the site are only there in English: {}{more}",
        count(missing.len()),
        shown.join(", ")
    );
    let found = finder.file(&format!("site-templates/{name}"), message);
    finder.push(found.help("translate the texts of site-templates/texts/en.toml of the program"));
}

fn count(number: usize) -> String {
    match number {
        1 => "1 text".to_owned(),
        _ => format!("{number} texts"),
    }
}
