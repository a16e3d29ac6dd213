//! Owns helpers and tests of the crate as a whole.

mod clean;
mod lost;
mod round;

use std::sync::Arc;

use caveat_advisory::{Date, Document, Draft, Project};
use caveat_diag::{Report, Source};
use proptest::prelude::*;

use crate::facts::Facts;
use crate::page::Page;
use crate::{Origin, Settings, adopt, read};

pub(crate) fn settings() -> Settings {
    let said = |text: &str| (text.to_owned(), Origin::Said);
    Settings {
        name: said("Demo Advisories"),
        url: said("https://advisories.demo.org"),
        id_prefix: said("x_DEMO"),
        license: said("CC-BY-4.0"),
        ecosystem: Some("crates.io".to_owned()),
        packages: vec!["demo".to_owned()],
        repository: None,
        as_of: Date::constant(2026, 11, 21),
    }
}

pub(crate) fn facts(text: &str) -> Facts {
    let page = Page::read(Arc::new(Source::new("SECURITY.md", text)));
    read::read(&page, &settings())
}

/// The oddities of a text, as lines and codes, without notes.
pub(crate) fn odd(text: &str) -> Vec<(usize, &'static str)> {
    let mut report = Report::default();
    adopt(
        "SECURITY.md",
        text.as_bytes().to_vec(),
        &settings(),
        &mut report,
    );
    let sorted = report.sorted().into_iter();
    let warnings = sorted.filter(|found| found.level == caveat_diag::Level::Warning);
    let line = |found: &caveat_diag::Diagnostic| {
        let at = found.primary();
        (at.source.position(&at.span).line, found.code)
    };
    warnings.map(line).collect()
}

/// The lines at which a text has this oddity.
pub(crate) fn lines(code: &str, text: &str) -> Vec<usize> {
    let found = odd(text).into_iter();
    found
        .filter(|(_, found)| *found == code)
        .map(|(line, _)| line)
        .collect()
}

/// Reads what was written; what is wrong with its shape.
pub(crate) fn faults(bytes: &[u8]) -> String {
    let mut report = Report::default();
    let text = adopt(
        "SECURITY.md",
        bytes.to_vec(),
        &settings(),
        &mut Report::default(),
    );
    let draft = Draft {
        path: "caveat.toml".to_owned(),
        bytes: text.clone().into_bytes(),
    };
    Document::<Project>::read(draft, &mut report);
    if report.is_empty() {
        String::new()
    } else {
        format!("{text}\n{}", caveat_diag::emit::short(&report))
    }
}

#[test]
fn every_oddity_is_in_the_docs_as_it_is_here() {
    let docs = include_str!("../../../docs/adopting.md");
    for oddity in crate::ODDITIES {
        let line = format!("| `{}` | {} |", oddity.code, oddity.says);
        assert!(docs.contains(&line), "{line}");
    }
}

const PIECES: [&str; 24] = [
    "# Security Policy\n",
    "## Supported Versions\n",
    "| Version | Supported |\n|---|---|\n",
    "| 1.0.x | :white_check_mark: |\n",
    "| < 1.0 | :x: |\n",
    "- **Email**: a@b.org (planned)\n",
    "- **Critical**: Fix within 24-48 hours\n",
    "```\n",
    "---\n",
    "### Safe Harbor\n",
    "Version 1, 2026-01-02\n",
    "<table>\n<tr><td>",
    "</table>\n",
    "Subject: [X] y\n",
    "**Last Updated**: May 2025\n",
    "- **Day 3-7**: assessment\n",
    "\u{f8ff}üîí",
    "'''\"\"\"\\",
    "\r\n",
    "\t",
    "&lt;[a](https://x.org/",
    ") <b@c.org>",
    "All inputs are validated.\n",
    "Version   Supported\n1.0   yes\n",
];

proptest! {
    #[test]
    fn any_bytes_give_a_file_that_is_read(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert_eq!(faults(&bytes), "");
    }

    #[test]
    fn any_text_gives_a_file_that_is_read(text in "(?s).{0,200}") {
        prop_assert_eq!(faults(text.as_bytes()), "");
    }

    #[test]
    fn any_pieces_of_a_policy_in_any_order_give_a_file_that_is_read(
        pieces in proptest::collection::vec((0usize..PIECES.len(), 0usize..30), 0..40),
    ) {
        let text: String = pieces.iter().map(|(at, cut)| {
            let piece = PIECES[*at];
            // Now and then a piece is damaged.
            let end = if *cut < 5 { piece.floor_char_boundary(*cut) } else { piece.len() };
            &piece[..end]
        }).collect();
        prop_assert_eq!(faults(text.as_bytes()), "");
    }
}
