//! Owns notes as the body of a release on GitHub.
//! Must never call somebody by a name in a text, or link a number to an issue that has nothing to do with it.

use crate::Release;
use crate::item::{Item, counted};
use crate::markdown::{escaped, names, started, title};

pub(crate) fn body(release: &Release<'_>, items: &[Item]) -> String {
    let (package, version) = (&release.package.title, release.version);
    let head = format!(
        "## Security\n\n{} {version} fixes {}.\n",
        quiet(&started(package)),
        counted(items)
    );
    let parts = items.iter().map(|item| format!("\n{}\n", part(item)));
    head + &parts.collect::<String>()
}

fn part(item: &Item) -> String {
    let url = &item.url;
    let heading = format!(
        "### {}: {}",
        quiet(&escaped(&item.severity)),
        title(&item.title, |part| quiet(&escaped(part)))
    );
    let row = |name: &str, value: &str| format!("- **{name}**: {value}");
    let mut rows = vec![row("Advisory", &names(item))];
    let affected = quiet(&escaped(&item.affected));
    rows.push(row("Affected versions", &affected));
    let only = item.only_with.as_deref();
    rows.extend(only.map(|only| row("Condition", &quiet(&escaped(only)))));
    let todo = item.upgrade.as_deref();
    rows.extend(todo.map(|todo| row("What to do", &escaped(todo))));
    let ties = item.ties.iter().map(|tie| row("Related", &escaped(tie)));
    rows.extend(ties);
    if item.conditional {
        let see = format!("not every installation is; see [the advisory]({url})");
        rows.push(row("Am I affected?", &see));
    }
    if item.workaround {
        rows.push(row("Workaround", &format!("[known]({url}#workarounds)")));
    }
    let mut parts = vec![heading, quiet(&started(&item.impact)), rows.join("\n")];
    parts.extend(item.thanks(|name| quiet(&escaped(name))));
    parts.join("\n\n")
}

/// GitHub makes `@name` a mention and `#1` an issue, escaped or not; an empty comment keeps them apart.
fn quiet(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        out.push(c);
        if matches!(c, '@' | '#') && chars.peek().is_some_and(|next| next.is_alphanumeric()) {
            out.push_str("<!-- -->");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::item::samples::{HOSTILE, item};
    use pulldown_cmark::{Event, Options, Parser, Tag};

    #[test]
    fn nobody_is_called_and_no_issue_is_linked() {
        assert_eq!(
            quiet(&escaped("@a or #1 @ #")),
            "@<!-- -->a or \\#<!-- -->1 @ \\#"
        );
        let title = title("`@a` @b", |part| quiet(&escaped(part)));
        assert_eq!(title, "`@a` @<!-- -->b");
    }

    #[test]
    fn hostile_text_makes_no_markup() {
        for text in HOSTILE {
            let body = part(&item(text));
            for event in Parser::new_ext(&body, Options::ENABLE_TABLES) {
                match event {
                    Event::InlineHtml(html) => assert_eq!(&*html, "<!-- -->", "{body}"),
                    Event::Html(_) | Event::Rule | Event::Start(Tag::Image { .. }) => {
                        panic!("{event:?} of {body}")
                    }
                    Event::Start(Tag::Link { dest_url, .. }) => {
                        assert!(dest_url.starts_with("https://story."), "{body}");
                    }
                    _ => {}
                }
            }
        }
    }
}
