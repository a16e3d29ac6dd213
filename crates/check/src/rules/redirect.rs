//! Owns the rule `redirect`: each redirect leads from an address of the site to another one.

use caveat_advisory::Redirect;
use caveat_artifact::{PathError, SitePath};
use caveat_diag::{Level, quoted};

use crate::rule::{Finder, Rule, Run};
use crate::text::link_fault;

pub(super) static RULE: Rule = Rule {
    code: "redirect",
    says: "each redirect leads from an address of the site, named once, to another one",
    why: "An address that was published stays, or leads on. One that leads to itself, or nowhere, is as good as gone.",
    example: r#"# caveat.toml
[[redirect]]
from = "/packages/PyPI/torhc/"
to = "packages/PyPI/torch/"
"#,
    instead: r#"# caveat.toml
[[redirect]]
from = "packages/PyPI/torhc/"
to = "packages/PyPI/torch/"
"#,
    level: Level::Error,
    firm: true,
    run: Run::Feed(judge),
};

/// Files of the feed itself, by which readers find and believe all others.
const OWN: [&str; 5] = [
    "SHA256SUMS",
    "SHA256SUMS.sig",
    "SHA256SUMS.minisig",
    "_headers",
    "_redirects",
];

fn judge(finder: &mut Finder<'_>) {
    let document = finder.facts.project;
    let all = &document.data().redirects;
    for at in 0..all.len() {
        if let Some((message, help)) = from_fault(all, at) {
            let found = finder.at(document, &format!("redirect[{at}].from"), message);
            finder.push(found.help(help));
        }
        if let Some((message, help)) = to_fault(all, at, &document.data().feed.url) {
            let found = finder.at(document, &format!("redirect[{at}].to"), message);
            finder.push(found.help(help));
        }
    }
}

const A_PATH: &str =
    "write a path below the site's root, without a slash in front: `packages/PyPI/torch/`";

fn file(path: &str) -> Result<SitePath, PathError> {
    SitePath::new(Redirect::file(path))
}

/// What is wrong with where it leads from, and what to do.
fn from_fault(all: &[Redirect], at: usize) -> Option<(String, String)> {
    let from = &all[at].from;
    let source = match file(from) {
        Ok(source) => source,
        Err(error) => return Some((error.to_string(), A_PATH.to_owned())),
    };
    let earlier = all[..at].iter().map(|other| file(&other.from));
    if earlier.flatten().any(|other| other == source) {
        let message = "another redirect leads on from here already";
        return Some((message.to_owned(), "keep one of the two".to_owned()));
    }
    let own = OWN.contains(&source.as_ref());
    own.then(|| {
        let message = format!("readers find and believe the feed by `{from}`");
        (message, "take this redirect out".to_owned())
    })
}

/// The same for where it leads to.
fn to_fault(all: &[Redirect], at: usize, feed: &str) -> Option<(String, String)> {
    let Redirect { from, to } = &all[at];
    if to.starts_with("https://") {
        if let Some(fault) = link_fault(to, false) {
            let help = "write a whole address, such as `https://example.org/new/`";
            return Some((format!("{} {fault}", quoted(to)), help.to_owned()));
        }
        let own = to.strip_prefix(feed).filter(|rest| rest.starts_with('/'));
        return own.map(|path| {
            let help = format!("write `{}`", path.trim_start_matches('/'));
            ("this is a page of the site itself".to_owned(), help)
        });
    }
    let target = match file(to) {
        Ok(target) => target,
        Err(error) => return Some((error.to_string(), A_PATH.to_owned())),
    };
    if file(from).is_ok_and(|source| source == target) {
        return Some((
            "it leads to itself".to_owned(),
            "name a page that is there".to_owned(),
        ));
    }
    let next = all
        .iter()
        .find(|other| file(&other.from).is_ok_and(|one| one == target));
    next.map(|next| {
        let message = format!("another redirect leads on from `{to}`");
        (message, format!("lead to the end of it: `{}`", next.to))
    })
}

#[cfg(test)]
mod tests {
    use crate::tests::said_of_example;

    fn said(rows: &[(&str, &str)]) -> String {
        let rows = rows
            .iter()
            .map(|(from, to)| format!("[[redirect]]\nfrom = {from:?}\nto = {to:?}\n"));
        said_of_example(&format!("# caveat.toml\n{}", rows.collect::<String>()))
    }

    #[test]
    fn an_address_that_would_be_more_than_one_word_of_the_list_is_refused() {
        for to in [
            "https://a.example\n/osv/* https://evil.example 301!",
            "https://evil.example.com/ 200!",
            "https://a b.example/",
            "https://",
            "https:///x",
            "//evil.example/",
        ] {
            assert!(said(&[("old.html", to)]).contains("[redirect]"), "{to}");
        }
        assert_eq!(said(&[("old.html", "https://a.example/new?x=1#y")]), "");
    }

    #[test]
    fn a_redirect_to_a_redirect_is_refused_and_its_end_is_named() {
        let said = said(&[("a/", "b/"), ("b/", "a/")]);
        assert!(
            said.contains("another redirect leads on from `b/`"),
            "{said}"
        );
        assert!(
            said.contains("another redirect leads on from `a/`"),
            "{said}"
        );
    }

    #[test]
    fn the_files_that_readers_believe_all_others_by_stay() {
        for own in super::OWN {
            assert!(said(&[(own, "index.html")]).contains("believe"), "{own}");
        }
    }

    #[test]
    fn a_page_of_the_site_itself_is_written_as_a_path() {
        let url = "https://test-advisories.dev";
        let said = said(&[("old/", &format!("{url}/old/"))]);
        assert!(said.contains("a page of the site itself"), "{said}");
    }
}
