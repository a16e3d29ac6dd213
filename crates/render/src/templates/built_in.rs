//! Owns which templates there are, and their texts from the repository's `site-templates`.
//! Must never hold markup of its own.

macro_rules! built_in {
    ($($name:literal,)*) => {
        &[$(($name, include_str!(concat!("../../../../site-templates/", $name)))),*]
    };
}

/// The stylesheet.
pub(super) const STYLE: &str = "style.css";
/// The script of the page that searches.
pub(super) const SCRIPT: &str = "search.js";

/// Every template by its name.
pub(super) const BUILT_IN: &[(&str, &str)] = built_in![
    "404.html",
    "_macros.html",
    "_plot.html",
    "_policy.html",
    "_timeline.html",
    "about.html",
    "advisory.html",
    "announced.html",
    "base.html",
    "bulletin.html",
    "bulletins.html",
    "disputed.html",
    "index.html",
    "list.html",
    "matrix.html",
    "package.html",
    "package.txt",
    "packages.html",
    "policy.html",
    "redirect.html",
    "release.html",
    "release.txt",
    "report.html",
    "reports.html",
    "rule.html",
    "rules.html",
    "search.html",
    "search.js",
    "style.css",
    "thanks.html",
    "verify.html",
    "weaknesses.html",
];

/// Plain text beside pages: in English on every site, as the mails beside them are and as the programs that read them expect.
pub(super) const TWINS: &[&str] = &["package.txt", "release.txt"];

/// Are its pages in the site's language?
pub(super) fn speaks(template: &str) -> bool {
    !TWINS.contains(&template)
}
