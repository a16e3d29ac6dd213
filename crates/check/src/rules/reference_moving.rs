//! Owns the rule `reference-moving`: a link to source code names a tag or a commit.

use caveat_advisory::ReferenceType;
use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::destination::{Destination, destination, place};
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "reference-moving",
    says: "a link to source code names a tag or a commit",
    why: "A file at the head of a branch is another one tomorrow: lines move, the flawed code is gone once it is \
        fixed, and the link shows a reader something that was never meant.",
    example: r#"[[reference]]
type = "fix"
url = "https://github.com/pytorch/pytorch/blob/main/torch/serialization.py#L100"
"#,
    instead: r#"[[reference]]
type = "fix"
url = "https://github.com/pytorch/pytorch/blob/v1.2.0/torch/serialization.py#L100"
"#,
    level: Level::Note,
    firm: false,
    run: Run::Advisory(judge),
};

/// Ends of the names of files that are read as they are now: a changelog, a security policy, a record.
const DOCUMENTS: [&str; 9] = [
    ".md", ".rst", ".txt", ".adoc", ".json", ".yaml", ".yml", ".toml", ".html",
];

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    for (at, link) in candidate.advisory().references.iter().enumerate() {
        let Some(Destination::Head {
            branch,
            file,
            lines,
        }) = destination(&link.url)
        else {
            continue;
        };
        if !lines && (is_document(file) || link.kind == ReferenceType::Package) {
            continue;
        }
        let field = format!("reference[{at}].url");
        let span = candidate
            .document
            .within(&field, &link.url, place(&link.url, branch));
        let message = format!("`{branch}` is a branch: tomorrow this leads to another text");
        let found = finder.on(&candidate.document, span, message);
        finder.push(found.help("put the tag or the commit in its place"));
    }
}

/// Names without an ending are `CHANGES`, `NEWS`, a folder.
fn is_document(file: &str) -> bool {
    let name = file.rsplit('/').next().unwrap_or(file).to_ascii_lowercase();
    !name.contains('.') || DOCUMENTS.iter().any(|end| name.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::is_document;

    #[test]
    fn what_is_to_be_read_as_it_is_now_may_be_at_a_head() {
        for file in [
            "CHANGELOG.md",
            "docs/SECURITY.rst",
            "NEWS",
            "vulns/PYSEC-2021-1.yaml",
            "pocs/a",
        ] {
            assert!(is_document(file), "{file}");
        }
        assert!(!is_document("src/a.c") && !is_document("a/b.py"));
    }
}
