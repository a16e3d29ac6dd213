//! Owns a rule's page in the terminal.
//! Must never say anything that the rule does not.

use caveat_check::Rule;

use super::wrapped;

pub(super) fn page(rule: &Rule) -> String {
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
