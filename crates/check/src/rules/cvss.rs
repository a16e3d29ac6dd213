//! Owns the rule `cvss`: CVSS vectors are whole and right, one for each version.

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};
use caveat_diag::{Level, quoted};

pub(super) static RULE: Rule = Rule {
    code: "cvss",
    says: "CVSS vectors are whole and right, one for each version",
    why: "Scanners sort and filter by the score they compute from the vector. A vector that misses a \
        metric counts as no score for some and breaks others; two vectors of one version give two \
        scores.",
    example: r#"cvss = ["CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:X"]
"#,
    instead: r#"cvss = ["CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"]
"#,
    level: Level::Error,
    firm: true,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let document = &candidate.document;
    let mut majors: Vec<(&str, usize)> = Vec::new();
    for (at, (score, written)) in candidate
        .scores
        .iter()
        .zip(&candidate.advisory().cvss)
        .enumerate()
    {
        let field = format!("cvss[{at}]");
        match score {
            Err(error) => {
                let message = format!("{} is no CVSS vector: {error}", quoted(written));
                let found = finder.at(document, &field, message);
                let found = match respelt(written) {
                    Some(right) => crate::mend::value(found, document, &field, (written, &right)),
                    None => found,
                };
                finder
                    .push(found.help(
                        "copy the whole vector from a calculator, all base metrics included",
                    ));
            }
            // OSV has one type for 3.0 and 3.1.
            Ok(score) => match majors
                .iter()
                .find(|(major, _)| *major == &score.version[..1])
            {
                Some((major, first)) => {
                    let same = candidate.scores[*first].as_ref().ok() == Some(score);
                    let first = document.at(&format!("cvss[{first}]"));
                    let mut found =
                        finder.at(document, &field, format!("a second vector of CVSS {major}"));
                    if same {
                        found = crate::mend::item(found, document, &field);
                    }
                    finder.push(
                        found
                            .also(document.source(), first, "the first")
                            .help("keep one of the two"),
                    );
                }
                None => majors.push((&score.version[..1], at)),
            },
        }
    }
}

/// The vector, if only its case or what surrounds it is wrong.
fn respelt(written: &str) -> Option<String> {
    let upper = written.trim().trim_end_matches('/').to_ascii_uppercase();
    crate::cvss::score(&upper).ok().map(|score| score.vector)
}
