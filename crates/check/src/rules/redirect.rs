//! Owns the rule `redirect`: each redirect leads from an address of the site to another one.

use caveat_advisory::Redirect;
use caveat_artifact::SitePath;
use caveat_diag::Level;

use crate::rule::{Finder, Rule, Run};

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

fn judge(finder: &mut Finder<'_>) {
    let document = finder.facts.project;
    let all = &document.data().redirects;
    let file = |path: &str| SitePath::new(Redirect::file(path));
    for (at, redirect) in all.iter().enumerate() {
        let from = format!("redirect[{at}].from");
        let to = format!("redirect[{at}].to");
        let path =
            "write a path below the site's root, without a slash in front: `packages/PyPI/torch/`";
        let source = file(&redirect.from);
        let target = file(&redirect.to);
        if let Err(error) = &source {
            finder.push(finder.at(document, &from, error.to_string()).help(path));
        } else if source == target {
            finder.push(finder.at(document, &to, "it leads to itself"));
        }
        if let (Err(error), false) = (&target, redirect.to.starts_with("https://")) {
            finder.push(finder.at(document, &to, error.to_string()).help(path));
        }
        let earlier = all[..at].iter();
        if earlier
            .map(|other| file(&other.from))
            .any(|other| other == source)
        {
            let message = "another redirect leads on from here already";
            finder.push(finder.at(document, &from, message));
        }
    }
}
