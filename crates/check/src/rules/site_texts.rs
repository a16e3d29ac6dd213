//! Owns the rule `site-texts`: a catalogue of texts fits to the pages.

use std::sync::Arc;

use caveat_diag::{Level, Source};
use caveat_texts::{Catalogue, Texts, is_tag};

use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "site-texts",
    says: "a catalogue of texts fits to what pages say",
    why: "A text that no page says is a slip in its name, and the page goes on to say the old one. A text without one of its places \
        drops a fact, such as the fixed version.",
    example: r#"# site-templates/texts/en.toml
[card]
fixed = "a fix is out"
"#,
    instead: r#"# site-templates/texts/en.toml
[card]
fixed = "a fix is out in {versions}"
"#,
    level: Level::Error,
    firm: true,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    for (name, bytes) in finder.facts.templates {
        let Some(file) = name.strip_prefix("texts/") else {
            continue;
        };
        let path = format!("site-templates/{name}");
        if let Some(tag) = file.strip_suffix(".toml").filter(|tag| is_tag(tag)) {
            catalogue(finder, tag, &path, bytes);
        } else {
            let found = finder.file(&path, "this is no catalogue of texts");
            finder.push(found.help("name it by the tag of its language: `texts/de.toml`"));
        }
    }
}

fn catalogue(finder: &mut Finder<'_>, tag: &str, path: &str, bytes: &[u8]) {
    let (source, invalid) = Source::decode(path, bytes.to_vec());
    let source = Arc::new(source);
    if let Some(span) = invalid {
        let found = finder.in_source(&source, span, "this is not UTF-8 text");
        return finder.push(found);
    }
    let (read, mut faults) = Catalogue::read(tag, source.text());
    faults.extend(read.against(Texts::english_catalogue()));
    for fault in faults {
        let found = finder.in_source(&source, source.span(fault.range), fault.message);
        finder.push(match fault.help {
            Some(help) => found.help(help),
            None => found,
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::breaks;

    #[test]
    fn every_catalogue_is_looked_at_and_nothing_else_lies_there() {
        let broken = "# site-templates/texts/pl.toml\n[search]\nfound = { one = \"{count}\", other = \"{count}\" }\n";
        assert!(breaks("site-texts", broken), "Polish has more forms");
        assert!(breaks(
            "site-texts",
            "# site-templates/texts/notes.txt\nx\n"
        ));
        assert!(breaks(
            "site-texts",
            "# site-templates/texts/de.toml\n[card\n"
        ));
        assert!(!breaks(
            "site-texts",
            "# site-templates/texts/de.toml\n[nav]\nsearch = \"Finden\"\n"
        ));
    }
}
