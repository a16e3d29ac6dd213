//! Owns `caveat explain`: a rule's page in the terminal, or the list of all rules.
//! Must never say anything that the rule's own page does not.

use std::process::ExitCode;

use caveat_advisory::nearest;
use caveat_check::{RULES, Rule};

use crate::failure::Failure;
use crate::output;

/// What to explain.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  caveat explain                 every rule in one line
  caveat explain range-overlap   what it says, why, an example, and what to write instead")]
pub(crate) struct Explain {
    /// Code of a rule, as it stands in brackets after `error` or `warning`
    rule: Option<String>,
}

pub(crate) fn run(explain: &Explain) -> Result<ExitCode, Failure> {
    match &explain.rule {
        None => output::data(list().as_bytes())?,
        Some(code) => output::data(page(find(code)?).as_bytes())?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Brackets and level are taken along when people copy a code.
fn find(written: &str) -> Result<&'static Rule, Failure> {
    let code = written
        .rsplit('[')
        .next()
        .unwrap_or(written)
        .trim_end_matches([']', ':']);
    caveat_check::rule(code).ok_or_else(|| {
        let near = nearest(code, RULES.iter().map(|rule| rule.code));
        let hint = near.map(|near| format!("; did you mean `{near}`?"));
        Failure::UnknownRule(code.to_owned(), hint.unwrap_or_default())
    })
}

fn list() -> String {
    let widest = RULES.iter().map(|rule| rule.code.len()).max().unwrap_or(0);
    let line = |rule: &&Rule| {
        format!(
            "{:widest$}  {:7}  {}\n",
            rule.code,
            rule.level.word(),
            rule.sentence()
        )
    };
    RULES.iter().map(line).collect()
}

fn page(rule: &Rule) -> String {
    let mut page = format!(
        "{}[{}]: {}\n\n{}\n",
        rule.level.word(),
        rule.code,
        rule.sentence(),
        wrapped(rule.why)
    );
    if !rule.example.is_empty() {
        page += &format!("\nThis breaks it:\n\n{}", indented(rule.example));
    }
    page += &format!("\nThis is as it should be:\n\n{}", indented(rule.instead));
    page += &if rule.firm {
        "\nIt protects the readers of a feed: no project can relax it.\n".to_owned()
    } else {
        format!(
            "\ncaveat.toml can set it: `[[rule]]` with `code = \"{}\"` and `level = \"off\"`.\n",
            rule.code
        )
    };
    page
}

fn indented(example: &str) -> String {
    let line = |line: &str| {
        if line.is_empty() {
            "\n".to_owned()
        } else {
            format!("    {line}\n")
        }
    };
    example.lines().map(line).collect()
}

/// Lines of at most 80 characters.
fn wrapped(text: &str) -> String {
    let (mut out, mut width) = (String::new(), 0);
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > 80 {
            out.push('\n');
            width = 0;
        } else if width > 0 {
            out.push(' ');
            width += 1;
        }
        out.push_str(word);
        width += length;
    }
    out
}
