//! Owns the rule `site-language`: the site speaks a language that there are texts for.

use caveat_diag::{Level, quoted};
use caveat_texts::{BUILT_IN, is_tag};

use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "site-language",
    says: "there are texts in the language of the site",
    why: "Pages say in which language they are, and screen readers speak them so. Without texts the site would be English under another name.",
    example: r#"# caveat.toml
[site]
language = "fr"
"#,
    instead: r#"# caveat.toml
[site]
language = "de"
"#,
    level: Level::Error,
    firm: true,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let facts = finder.facts;
    let Some(tag) = &facts.project.data().site.language else {
        return;
    };
    let file = format!("texts/{tag}.toml");
    let known =
        BUILT_IN.iter().any(|(known, _)| known == tag) || facts.templates.contains_key(&file);
    let known_tags: Vec<&str> = BUILT_IN.iter().map(|(known, _)| *known).collect();
    let near = known_tags.iter().find(|one| one.eq_ignore_ascii_case(tag));
    let (message, help) = if let Some(near) = near.filter(|_| !known) {
        let message = format!("{} is written `{near}`", quoted(tag));
        (message, "capitals count in the names of files".to_owned())
    } else if !is_tag(tag) {
        (
            format!("{} is no tag of a language", quoted(tag)),
            "write it as in `<html lang>`: `de`, `pt-BR`".to_owned(),
        )
    } else if !known {
        let help = format!(
            "texts are there in {}; others can be added in `site-templates/{file}`",
            known_tags.join(", ")
        );
        (format!("there are no texts in {}", quoted(tag)), help)
    } else {
        return;
    };
    let found = finder.project("site.language", message);
    finder.push(found.help(help));
}

#[cfg(test)]
mod tests {
    use crate::tests::{breaks, said_of_example};

    #[test]
    fn a_language_may_be_the_repositorys_own() {
        let own = "# caveat.toml\n[site]\nlanguage = \"fr\"\n# site-templates/texts/fr.toml\n[nav]\nsearch = \"Recherche\"\n";
        assert!(!breaks("site-language", own));
        assert!(breaks("site-language", &own.replace("\"fr\"", "\"../fr\"")));
    }

    #[test]
    fn capitals_are_told_how_it_is_written() {
        let said = said_of_example("# caveat.toml\n[site]\nlanguage = \"DE\"\n");
        assert!(said.contains("`DE` is written `de`"), "{said}");
    }
}
