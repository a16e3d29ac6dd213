//! Owns the rule `stray-file`: every file among the advisories is one.

use std::path::Path;

use crate::rule::{Finder, Rule, Run};
use caveat_diag::Level;

pub(super) static RULE: Rule = Rule {
    code: "stray-file",
    says: "every file among the advisories is one",
    why: "A file with a slip in its name or extension is an advisory that is silently never published.",
    example: r#"# advisories/2026/x_T-2026-0002.tml
title = "This is never read"
"#,
    instead: r#"# advisories/README.md
How to write an advisory.
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    for path in finder.facts.strays {
        let name = Path::new(path)
            .file_name()
            .map(|name| name.to_string_lossy())
            .unwrap_or_default();
        let found = finder.file(
            path,
            format!("`{name}` is no advisory: only .toml files are read"),
        );
        finder.push(found.help("rename it to end in `.toml`, or move it elsewhere"));
    }
}
