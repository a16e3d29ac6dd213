//! Owns the rule `stray-file`: every file among the advisories is one.

use std::path::Path;

use crate::rule::{Finder, Rule, Run};
use caveat_advisory::Draft;

pub(super) static RULE: Rule = Rule::warning(
    "stray-file",
    "every file among the advisories is one",
    Run::Feed(judge),
);

fn judge(finder: &mut Finder<'_>) {
    for path in finder.facts.strays {
        let draft = Draft {
            path: path.clone(),
            bytes: Vec::new(),
        };
        let name = Path::new(path)
            .file_name()
            .map(|name| name.to_string_lossy())
            .unwrap_or_default();
        let found = finder.file(
            &draft,
            format!("`{name}` is no advisory: only .toml files are read"),
        );
        finder.push(found.help("rename it to end in `.toml`, or move it elsewhere"));
    }
}
