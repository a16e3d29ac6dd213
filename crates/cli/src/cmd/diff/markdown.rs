//! Owns a comparison as Markdown, for the comment of a pull request.
//! Must never let a value of an advisory become markup, or call somebody by name.

use caveat_diag::{Level, Report};
use caveat_gate::{Finding, Pages};

use super::Seen;
use super::change::Changed;
use super::text::{MOST, field, flip, words};
use crate::cmd::publish::counts;
use crate::output::plural;

pub(super) fn markdown(seen: &Seen) -> String {
    let mut text = format!(
        "### What readers would see, compared with {}\n\n",
        code(&seen.base)
    );
    if seen.advisories.is_empty() {
        text += "No advisory changes.\n\n";
    }
    text += &seen.advisories.iter().map(advisory).collect::<String>();
    if !seen.gate.is_empty() {
        text += "#### What the gate says\n\n";
        text += &seen.gate.iter().map(finding).collect::<String>();
        text += "\n";
    }
    text + &files(&seen.files)
}

/// What is said where faults keep everything from being published: how many, for they may be of what is not public.
pub(super) fn faulty(report: &Report) -> String {
    let errors = plural(report.count(Level::Error), "error");
    format!("### Nothing can be published: {errors}\n\n`caveat check` says which.\n")
}

fn advisory(one: &Changed) -> String {
    let mut text = format!(
        "**{}** {}: {}\n\n",
        code(&one.id),
        one.kind.word(),
        code(&one.title)
    );
    for row in &one.fields {
        text += &format!("- {}\n", field(row, code));
    }
    for turned in &one.verdicts {
        text += &format!("- scanners: {}\n", code(&flip(turned)));
    }
    if let Some(mail) = &one.mail {
        text += &format!(
            "- mail due: {} to {}\n",
            mail.kind,
            code(&mail.lists.join(", "))
        );
    }
    text + "\n"
}

fn finding(one: &Finding) -> String {
    let (level, help) = words(one);
    let id = one.id.as_ref().map(|id| format!("{} ", code(id)));
    format!(
        "- **{level}** `{}` {}{} ({help}: {})\n",
        one.code,
        id.unwrap_or_default(),
        code(&one.says),
        code(&one.help)
    )
}

fn files(pages: &Pages) -> String {
    let lists = [
        ("added", &pages.added),
        ("changed", &pages.changed),
        ("redirected", &pages.redirected),
        ("removed", &pages.removed),
    ];
    let mut text = format!("<details><summary>{}</summary>\n\n", counts(pages));
    for (what, paths) in lists {
        for path in paths.iter().take(MOST) {
            text += &format!("- {what}: {}\n", code(path));
        }
        if paths.len() > MOST {
            text += &format!("- {what}: {} more\n", paths.len() - MOST);
        }
    }
    text + "\n</details>\n"
}

/// In backticks, more of them than the text has in a row: nothing in it is markup then, no name is called.
fn code(text: &str) -> String {
    let runs = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(runs + 1);
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let space = if runs > 0 { " " } else { "" };
    format!("{fence}{space}{line}{space}{fence}")
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn no_value_ends_its_backticks() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("`a` ``b``\n@c"), "``` `a` ``b`` @c ```");
    }
}
