//! Owns the form people read: rustc's look, by annotate-snippets.
//! Must never hand the printer a whole file: cost grows with what is shown, not with what was read.

use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level as Look, Origin, Patch, Renderer, Snippet};

use crate::{Diagnostic, Fix, Label, Level, Report, Source};

/// Lines longer than this many bytes are named, not shown.
const WIDEST_LINE: usize = 2_000;

/// All findings, each followed by an empty line; with colour if asked.
pub fn human(report: &Report, colour: bool) -> String {
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    render(report, &renderer, None)
}

/// The same in colour, each code a link to its page below `site`, where terminals know links.
pub fn human_linked(report: &Report, site: Option<&str>) -> String {
    render(report, &Renderer::styled(), site)
}

fn render(report: &Report, renderer: &Renderer, site: Option<&str>) -> String {
    let mut out = String::new();
    for found in report.sorted() {
        let fixes = found.fixes.iter().filter_map(suggestion);
        let groups: Vec<Group<'_>> = std::iter::once(group(found, site)).chain(fixes).collect();
        out.push_str(&renderer.render(&groups));
        out.push_str("\n\n");
    }
    out
}

fn group<'a>(found: &'a Diagnostic, site: Option<&str>) -> Group<'a> {
    let title = look(found.level)
        .primary_title(&found.message)
        .id(found.code);
    let title = match site {
        Some(site) => title.id_url(format!("{site}/rules/{}/", found.code)),
        None => title,
    };
    let mut group = Group::with_title(title);
    for labels in by_source(&found.labels) {
        group = match snippet(labels[0].source.as_ref(), &labels, found.primary()) {
            Some(snippet) => group.element(snippet),
            None => group.element(origin(labels[0])),
        };
    }
    for note in &found.notes {
        group = group.element(Look::NOTE.message(note));
    }
    for help in &found.help {
        group = group.element(Look::HELP.message(help));
    }
    group
}

/// The lines that a fix changes, before and after; none where they are too long to show.
fn suggestion(fix: &Fix) -> Option<Group<'_>> {
    let span = fix.span.range();
    let (window, first_line) = fix.source.lines_around(span.clone());
    let text = fix.source.text().get(window.clone())?;
    let widest = text.lines().chain(fix.replacement.lines()).map(str::len);
    if widest.max().unwrap_or(0) > WIDEST_LINE {
        return None;
    }
    let patch = Patch::new(
        span.start - window.start..span.end - window.start,
        fix.replacement.as_str(),
    );
    let snippet = Snippet::source(text).line_start(first_line).fold(true);
    let title = Look::HELP.secondary_title(&fix.title);
    Some(title.element(snippet.patch(patch)))
}

fn look(level: Level) -> Look<'static> {
    match level {
        Level::Error => Look::ERROR,
        Level::Warning => Look::WARNING,
        Level::Note => Look::NOTE,
    }
}

/// Labels of one file belong in one snippet; files keep the order in which they are first named.
fn by_source(labels: &[Label]) -> Vec<Vec<&Label>> {
    let mut groups: Vec<Vec<&Label>> = Vec::new();
    for label in labels {
        match groups
            .iter_mut()
            .find(|group| Arc::ptr_eq(&group[0].source, &label.source))
        {
            Some(group) => group.push(label),
            None => groups.push(vec![label]),
        }
    }
    groups
}

fn snippet<'a>(
    source: &'a Source,
    labels: &[&'a Label],
    primary: &Label,
) -> Option<Snippet<'a, annotate_snippets::Annotation<'a>>> {
    let start = labels.iter().map(|label| label.span.start()).min()?;
    let end = labels.iter().map(|label| label.span.end()).max()?;
    let (window, first_line) = source.lines_around(start..end);
    let text = &source.text()[window.clone()];
    if text.lines().any(|line| line.len() > WIDEST_LINE) {
        return None;
    }
    let annotations = labels.iter().map(|label| {
        let main = std::ptr::eq(*label, primary);
        let kind = if main {
            AnnotationKind::Primary
        } else {
            AnnotationKind::Context
        };
        let span = label.span.start() - window.start..label.span.end() - window.start;
        kind.span(span)
            .label((!label.text.is_empty()).then_some(label.text.as_str()))
    });
    let snippet = Snippet::source(text)
        .line_start(first_line)
        .path(source.path())
        .fold(true);
    Some(snippet.annotations(annotations.collect::<Vec<_>>()))
}

fn origin(label: &Label) -> Origin<'_> {
    let place = label.source.position(&label.span);
    Origin::path(label.source.path())
        .line(place.line)
        .char_column(place.column)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use snapbox::{assert_data_eq, str};

    fn one(found: Diagnostic) -> Report {
        let mut report = Report::default();
        report.push(found);
        report
    }

    #[test]
    fn a_finding_looks_like_one_of_rustc() {
        let text = "a = 1\nintroduced = \"1.4.0\"\nfixed = \"1.3.9\"\n";
        let source = Arc::new(Source::new("advisories/x.toml", text));
        let found = Diagnostic::error(
            "range-order",
            "`1.3.9` is before `1.4.0`",
            &source,
            source.span(35..42),
        )
        .here("fixed here")
        .also(&source, source.span(19..26), "introduced here")
        .help("swap them");
        assert_data_eq!(
            human(&one(found), false),
            str![[r#"
error[range-order]: `1.3.9` is before `1.4.0`
 --> advisories/x.toml:3:9
  |
2 | introduced = "1.4.0"
  |              ------- introduced here
3 | fixed = "1.3.9"
  |         ^^^^^^^ fixed here
  |
  = help: swap them


"#]]
        );
    }

    #[test]
    fn two_files_are_shown_one_after_the_other() {
        let a = Arc::new(Source::new("a.toml", "id = \"X-1\"\n"));
        let b = Arc::new(Source::new("b.toml", "\nid = \"X-1\"\n"));
        let found = Diagnostic::error("duplicate-id", "id used twice", &b, b.span(6..11)).also(
            &a,
            a.span(5..10),
            "first used here",
        );
        assert_data_eq!(
            human(&one(found), false),
            str![[r#"
error[duplicate-id]: id used twice
 --> b.toml:2:6
  |
2 | id = "X-1"
  |      ^^^^^
  |
 ::: a.toml:1:6
  |
1 | id = "X-1"
  |      ----- first used here


"#]]
        );
    }

    #[test]
    fn a_line_of_a_megabyte_is_named_and_not_shown() {
        let source = Arc::new(Source::new("a.toml", "x".repeat(1 << 20)));
        let report = one(Diagnostic::error("c", "m", &source, source.span(9..10)));
        let shown = human(&report, false);
        assert!(
            shown.len() < 200 && shown.contains("a.toml:1:10"),
            "{shown}"
        );
    }

    proptest! {
        #[test]
        fn any_text_and_any_place_can_be_shown(text in "(?s).{0,80}", a in 0usize..90, b in 0usize..90, c in 0usize..90, d in 0usize..90) {
            let source = Arc::new(Source::new("a", text));
            let found = Diagnostic::error("c", "m", &source, source.span(a..a + b))
                .also(&source, source.span(c..c + d), "there");
            human(&one(found), true);
        }
    }
}
