//! Owns the stories of a site with a look and a language of its own.
//! Must never depend on what else a page says.

use std::fs;

use crate::repository::{NOW, PROJECT, Repository, advisory, place};

const LOGO: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\"><path d=\"M0 0h8v8z\"/></svg>\n";

const SITE: &str = r##"
[site]
language = "de"
[site.theme]
headings = "serif"
[site.theme.logo]
file = "site-templates/assets/logo.svg"
alt = "Eine Fackel"
[site.theme.light]
accent = "#7a1fa2"
link = "#5b1480"
"##;

fn dressed(site: &str) -> Repository {
    Repository::empty()
        .file("caveat.toml", &format!("{PROJECT}{site}"))
        .file(&place(1), &advisory(1))
        .file("site-templates/assets/logo.svg", LOGO)
}

fn page(repository: &Repository, path: &str) -> String {
    fs::read_to_string(repository.path("public").join(path)).unwrap()
}

#[test]
fn a_feed_has_its_own_colours_logo_and_language() {
    let repository = dressed(SITE).commit(NOW);
    repository.caveat("build --out public").exits(0);
    let search = page(&repository, "search/index.html");
    assert!(
        search.contains("<html lang=\"de\" dir=\"ltr\">"),
        "{search}"
    );
    assert!(
        search.contains("<h1>Suche</h1>") && search.contains("Zum Inhalt springen"),
        "{search}"
    );
    // A slash of a value is escaped, as browsers read it.
    let search = search.replace("&#x2f;", "/");
    let logo = search.split("src=\"../assets/").nth(1).unwrap();
    let (name, rest) = logo.split_once('"').unwrap();
    assert!(rest.starts_with(" alt=\"Eine Fackel\""), "{rest}");
    assert_eq!(page(&repository, &format!("assets/{name}")), LOGO);
    let style = page(&repository, "style.css");
    assert!(
        style.contains("--accent: #7a1fa2;") && style.contains("--headings: Charter"),
        "{style}"
    );
    let advisory = page(&repository, "advisories/x_STORY-2026-0001/index.html");
    assert!(
        advisory.contains("PyTorch auf 2.0.1 oder neuer aktualisieren.")
            && advisory.contains("<html lang=\"de\""),
        "{advisory}"
    );
    let mail = page(&repository, "mail/x_STORY-2026-0001/r1.announce.txt");
    assert!(
        mail.contains("Upgrade PyTorch to 2.0.1 or later."),
        "{mail}"
    );
}

#[test]
fn one_text_can_be_replaced_and_a_language_added() {
    let german = dressed(SITE).file(
        "site-templates/texts/de.toml",
        "[nav]\nsearch = \"Finden <b>\"\n",
    );
    let german = german.commit(NOW);
    german.caveat("build --out public").exits(0);
    let search = page(&german, "search/index.html");
    assert!(
        search.contains(">Finden &lt;b&gt;</a>") && search.contains("<h1>Suche</h1>"),
        "{search}"
    );
    let polish = SITE.replace("\"de\"", "\"pl\"");
    let polish = dressed(&polish).file(
        "site-templates/texts/pl.toml",
        "[nav]\nsearch = \"Szukaj\"\n",
    );
    polish
        .caveat("check")
        .exits(0)
        .says("only there in English");
    let polish = polish.commit(NOW);
    polish.caveat("build --out public").exits(0);
    assert!(page(&polish, "search/index.html").contains(">Szukaj</a>"));
}

#[test]
fn what_cannot_be_read_used_or_said_is_told_with_its_place() {
    let faint = dressed(&SITE.replace("#5b1480", "#b58bd0"));
    let said = faint.caveat("check").exits(1);
    said.says("error[site-contrast]")
        .says("`link` on `background` has a contrast of 2.")
        .says(":1, less than 4.5:1");
    let script = dressed(SITE).file(
        "site-templates/assets/logo.svg",
        "<svg><script>alert(1)</script></svg>",
    );
    script
        .caveat("check")
        .exits(1)
        .says("error[site-file]")
        .says("it has the element `script`");
    let unused = dressed("");
    unused
        .caveat("check")
        .exits(1)
        .says("names this file nowhere");
    let strange = dressed(&SITE.replace("\"de\"", "\"fr\""));
    strange
        .caveat("check")
        .exits(1)
        .says("error[site-language]")
        .says("there are no texts in `fr`");
    let slip = dressed(SITE).file(
        "site-templates/texts/de.toml",
        "[nav]\nseach = \"Finden\"\n",
    );
    let said = slip.caveat("check").exits(1);
    said.says("error[site-texts]")
        .says("site-templates/texts/de.toml:2:9")
        .says("did you mean `nav.search`?");
}

#[test]
fn a_broken_template_shows_its_line() {
    let template = "{% extends \"base.html\" %}\n{% block main %}\n<p>{{ t(\"nav.serch\") }}</p>\n{% endblock %}\n";
    let broken = dressed(SITE)
        .file("site-templates/404.html", template)
        .commit(NOW);
    let said = broken.caveat("build --out public").exits(2);
    said.says("site-templates/404.html:3:7: ")
        .says("no text is called `nav.serch`")
        .says("3 | <p>{{ t(\"nav.serch\") }}</p>");
    assert!(!broken.path("public").exists());
}

#[test]
fn a_template_without_an_end_is_told_instead_of_waited_for() {
    let template =
        "{% for i in range(99999) %}{% for j in range(99999) %}{{ i }}{% endfor %}{% endfor %}";
    let endless = dressed(SITE)
        .file("site-templates/404.html", template)
        .commit(NOW);
    endless
        .caveat("build --out public")
        .exits(2)
        .says("site-templates/404.html:1:");
    assert!(!endless.path("public").exists());
}
