//! Owns the rule `cvss-v3-missing`: beside a CVSS 4 vector stands one of CVSS 3.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "cvss-v3-missing",
    says: "beside a CVSS 4 vector stands one of CVSS 3",
    why: "Many scanners and dashboards still read CVSS 3 only. To them a record with nothing but CVSS 4 has no \
        severity, and it sinks to the end of their lists.",
    example: r#"cvss = ["CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"]
"#,
    instead: r#"cvss = [
  "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N",
  "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
]
"#,
    level: Level::Note,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let is = |major: char| {
        move |score: &Result<crate::Score, String>| {
            score
                .as_ref()
                .is_ok_and(|score| score.version.starts_with(major))
        }
    };
    let Some(newest) = candidate.scores.iter().position(is('4')) else {
        return;
    };
    let readable = |score| is('3')(score) || score.is_err();
    if !candidate.stands() || candidate.scores.iter().any(readable) {
        return;
    }
    let field = format!("cvss[{newest}]");
    let found = finder.at(
        &candidate.document,
        &field,
        "only readers of CVSS 4 see a score",
    );
    finder.push(found.help("add a vector of CVSS 3.1 beside it"));
}

#[cfg(test)]
mod tests {
    use crate::tests::said_after;

    #[test]
    fn a_vector_of_version_3_alone_is_read_by_all() {
        let v30 = said_after(&[("CVSS:3.1", "CVSS:3.0")]);
        assert_eq!(v30, "");
    }
}
