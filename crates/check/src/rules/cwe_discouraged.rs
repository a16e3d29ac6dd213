//! Owns the rule `cwe-discouraged`: a weakness is one that flaws may be mapped to.
//! Must never refuse a weakness: some flaws have no finer one.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::cwe::weakness;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "cwe-discouraged",
    says: "a weakness is one that flaws may be mapped to",
    why: "CWE marks some entries as not for mapping: they are so wide that they tell a reader nothing (`CWE-20`, \
        `CWE-119`), or name two weaknesses in a row. CVE and NVD ask for a finer one.",
    example: r#"cwe = ["CWE-119"]
"#,
    instead: r#"cwe = ["CWE-787"]
"#,
    level: Level::Note,
    firm: false,
    run: Run::Advisory(judge),
};

/// Entries with `Usage: Discouraged` in their Mapping Notes (CWE 4.16), each with finer ones where some are common.
/// What is prohibited (categories, views, deprecated entries) is refused by the rule `cwe` already.
const DISCOURAGED: &[(u32, &str)] = &[
    (20, "CWE-1284, CWE-1286 or CWE-1287"),
    (74, "CWE-78, CWE-79, CWE-89 or CWE-94"),
    (75, ""),
    (118, ""),
    (119, "CWE-125, CWE-787 or CWE-416"),
    (138, ""),
    (200, "CWE-201, CWE-209 or CWE-532"),
    (234, ""),
    (269, "CWE-250, CWE-266 or CWE-862"),
    (274, ""),
    (284, "CWE-862, CWE-863 or CWE-306"),
    (285, "CWE-862 or CWE-863"),
    (287, "CWE-306, CWE-295 or CWE-1390"),
    (300, ""),
    (311, "CWE-319 or CWE-312"),
    (330, "CWE-331, CWE-338 or CWE-340"),
    (345, "CWE-346, CWE-347 or CWE-352"),
    (372, ""),
    (400, "CWE-770, CWE-1333 or CWE-835"),
    (435, ""),
    (610, "CWE-22, CWE-601 or CWE-918"),
    (657, ""),
    (662, "CWE-362 or CWE-667"),
    (664, ""),
    (665, "CWE-908 or CWE-1188"),
    (666, ""),
    (668, ""),
    (680, "CWE-190 and CWE-787"),
    (682, "CWE-190, CWE-191 or CWE-369"),
    (690, "CWE-252 and CWE-476"),
    (691, ""),
    (692, ""),
    (693, ""),
    (697, ""),
    (703, ""),
    (707, ""),
    (710, ""),
    (755, "CWE-248 or CWE-754"),
    (786, "CWE-125 or CWE-787"),
    (788, "CWE-125 or CWE-787"),
    (834, "CWE-835"),
    (1426, ""),
];

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    for (at, name) in candidate.advisory().cwe.iter().enumerate() {
        let Some(known) = weakness(name) else {
            continue;
        };
        let Ok(row) = DISCOURAGED.binary_search_by_key(&known.number, |(number, _)| *number) else {
            continue;
        };
        let found = finder.at(
            &candidate.document,
            &format!("cwe[{at}]"),
            format!("`{name}` ({}) is not for mapping flaws to", known.name),
        );
        let page = format!(
            "https://cwe.mitre.org/data/definitions/{}.html",
            known.number
        );
        finder.push(match DISCOURAGED[row].1 {
            "" => found.help(format!("name a finer one: see the Mapping Notes of {page}")),
            better => found.help(format!(
                "name a finer one, for example {better}: see {page}"
            )),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::DISCOURAGED;
    use crate::cwe::weakness;

    #[test]
    fn the_list_is_sorted_and_neither_it_nor_its_advice_is_unknown_or_in_vain() {
        assert!(DISCOURAGED.windows(2).all(|pair| pair[0].0 < pair[1].0));
        for (number, finer) in DISCOURAGED {
            assert!(weakness(&format!("CWE-{number}")).is_some(), "{number}");
            for word in finer
                .split([' ', ','])
                .filter(|word| word.starts_with("CWE-"))
            {
                let finer = weakness(word).unwrap_or_else(|| panic!("{word}"));
                let listed = DISCOURAGED
                    .iter()
                    .any(|(number, _)| *number == finer.number);
                assert!(!listed && !finer.name.starts_with("DEPRECATED"), "{word}");
            }
        }
    }
}
