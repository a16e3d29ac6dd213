//! Owns the rule `extra`: data without a key of its own is small, says something, and nothing that the record says already.

use caveat_advisory::{Data, Extra, PACKAGE_KEYS, RECORD_KEYS, size_of_rows};
use caveat_diag::{Level, quoted};

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "extra",
    says: "`extra` is small, and says nothing that the record says already",
    why: "What stands there comes out in every record that this advisory becomes. A key that the record has \
        already would say two things, and a large table is downloaded by everybody who asks for the flaw.",
    example: r#"[extra]
severity = "HIGH"
"#,
    instead: r#"[extra]
tracker = "PROJECT-4711"
"#,
    level: Level::Error,
    firm: true,
    run: Run::Advisory(judge),
};

/// All tables of an advisory together, in bytes.
const LARGEST: usize = 64 << 10;
/// Levels of lists and tables.
const DEEPEST: usize = 8;

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let advisory = candidate.advisory();
    let mut size = size(&advisory.extra);
    table(finder, candidate, "extra", &advisory.extra, RECORD_KEYS);
    for (at, row) in advisory.affected.iter().enumerate() {
        size += self::size(&row.extra) + self::size(&row.ecosystem_extra);
        let name = |key: &str| format!("affected[{at}].{key}");
        table(finder, candidate, &name("extra"), &row.extra, &[]);
        let ecosystem = &row.ecosystem_extra;
        let field = name("ecosystem-extra");
        table(finder, candidate, &field, ecosystem, PACKAGE_KEYS);
    }
    if size > LARGEST {
        let message = format!("`extra` has {size} bytes in all: more than {LARGEST}");
        let found = finder.at(&candidate.document, "extra", message);
        finder.push(found.help("link to what is so long"));
    }
}

fn size(rows: &Extra) -> usize {
    if rows.is_empty() {
        0
    } else {
        size_of_rows(rows)
    }
}

fn table(finder: &mut Finder<'_>, candidate: &Candidate, name: &str, rows: &Extra, taken: &[&str]) {
    for (key, value) in rows {
        let field = format!("{name}.{key}");
        if taken.contains(&key.as_str()) {
            let message = format!("{} is said by every record already", quoted(key));
            let found = finder.at(&candidate.document, &field, message);
            finder.push(found.help("take it out, or give it another name"));
        }
        if value.has_gaps() {
            let message = "this is empty, or something in it is: that says nothing";
            let found = finder.at(&candidate.document, &field, message);
            finder.push(found.help("leave it out: some programs stumble over what is empty"));
        }
        if depth(value) > DEEPEST {
            let message = format!("this is nested deeper than {DEEPEST} levels");
            let found = finder.at(&candidate.document, &field, message);
            finder.push(found.help("write it flatter, or link to it"));
        }
    }
}

/// The table that it stands in counts.
fn depth(value: &Data) -> usize {
    value.depth() + 1
}

#[cfg(test)]
mod tests {
    use crate::tests::breaks;

    #[test]
    fn size_depth_and_keys_have_limits_wherever_it_stands() {
        let row = |text: &str| {
            format!("[[affected]]\npackage = \"torch\"\nversions = [\"< 1.2.0\"]\n{text}")
        };
        let deep = |levels: usize| format!("a = {}1{}", "[".repeat(levels), "]".repeat(levels));
        let long = |length: usize| format!("a = \"{}\"", "b".repeat(length));
        for good in [
            format!("[extra]\n{}", deep(7)),
            format!("[extra]\n{}", long(65_000)),
            row("extra = { severity = 'LOW' }"),
            row("ecosystem-extra = { os = ['windows'] }"),
        ] {
            assert!(!breaks("extra", &good), "{good}");
        }
        for bad in [
            format!("[extra]\n{}", deep(8)),
            format!("[extra]\n{}", long(66_000)),
            "[extra]\nlicense = 'MIT'".to_owned(),
            row(&format!("extra = {{ {} }}", long(66_000))),
            row("ecosystem-extra = { imports = ['a'] }"),
            "[extra]\na = ''".to_owned(),
            row("extra = { a = [1, []] }"),
        ] {
            assert!(breaks("extra", &bad), "{bad}");
        }
    }
}
