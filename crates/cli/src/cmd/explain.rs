//! Owns `caveat explain`: the page of a rule, an oddity or a key in the terminal, or the list of rules and oddities.
//! Must never say anything that their own pages and the form do not.

mod key;
mod oddity;
mod rule;

use std::ffi::OsStr;
use std::process::ExitCode;

use caveat_adopt::EXPLANATIONS;
use caveat_advisory::nearest;
use caveat_check::RULES;
use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};

use crate::failure::Failure;
use crate::output;

/// What to explain.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  caveat explain                        every rule and every oddity of a SECURITY.md in one line
  caveat explain range-overlap          what it says, why, an example, and what to write instead
  caveat explain adopt-time-range       an oddity that `caveat init --from` reports
  caveat explain caveat.toml            every key of that file; `advisory` has those of an advisory
  caveat explain policy.contact         the keys of one table, or one key")]
pub(crate) struct Explain {
    /// Code of a rule or an oddity, as it stands in brackets after `error` or `warning`; a file, a table or a key
    #[arg(value_name = "CODE|KEY", value_parser = Names, hide_possible_values = true)]
    name: Option<String>,
}

pub(crate) fn run(explain: &Explain) -> Result<ExitCode, Failure> {
    let text = explain.name.as_deref().map_or_else(|| Ok(list()), find)?;
    output::data(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// Every page of this name: some tables are called as a rule is.
fn find(written: &str) -> Result<String, Failure> {
    let code = code(written);
    let rule = caveat_check::rule(code).map(rule::page);
    let oddity = EXPLANATIONS.iter().find(|page| page.code == code);
    let mut keys = key::pages(written).peekable();
    let keys: Vec<String> = match keys.peek() {
        Some(_) => keys.collect(),
        None => key::pages(code).collect(),
    };
    let pages = rule.into_iter().chain(oddity.map(oddity::page));
    let pages: Vec<String> = pages.chain(keys).collect();
    if pages.is_empty() {
        return Err(unknown(written, code));
    }
    Ok(pages.join("\n"))
}

fn unknown(written: &str, code: &str) -> Failure {
    let as_code = nearest(code, codes()).map(str::to_owned);
    let as_key = key::nearest(written);
    // Only keys have dots.
    let near = if written.contains('.') {
        as_key.or(as_code)
    } else {
        as_code.or(as_key)
    };
    let hint = near.map(|near| format!("; did you mean `{near}`?"));
    Failure::Unexplained(written.to_owned(), hint.unwrap_or_default())
}

/// Brackets and level are taken along when people copy a code.
fn code(written: &str) -> &str {
    let code = written.rsplit('[').next().unwrap_or(written);
    code.trim_end_matches([']', ':'])
}

fn codes() -> impl Iterator<Item = &'static str> {
    let oddities = EXPLANATIONS.iter().map(|page| page.code);
    RULES.iter().map(|rule| rule.code).chain(oddities)
}

fn list() -> String {
    let widest = codes().map(str::len).max().unwrap_or(0);
    let rules = RULES
        .iter()
        .map(|rule| (rule.code, rule.level.word(), rule.sentence()));
    let oddities = EXPLANATIONS
        .iter()
        .map(|page| (page.code, "oddity", sentence(page.says())));
    let line = |(code, kind, says)| format!("{code:widest$}  {kind:7}  {says}\n");
    rules.chain(oddities).map(line).collect()
}

/// What shells offer. Anything may be typed: people copy codes with their brackets.
#[derive(Clone)]
struct Names;

impl TypedValueParser for Names {
    type Value = String;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let names = codes().chain(key::FILES.map(|(name, _)| name));
        Some(Box::new(names.map(PossibleValue::new)))
    }
}

/// With a capital and a full stop.
fn sentence(says: &str) -> String {
    let mut letters = says.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    format!("{first}{}.", letters.as_str())
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
