//! Owns the stories of the five policies that caveat was made for: every oddity of each is told, with its line.
//! Must never hold a text that is not ours: they are read where they lie, or passed over.

use std::fs;
use std::path::Path;

use crate::init::FLAGS;
use crate::repository::Repository;

/// An oddity without `adopt-`, and its lines.
type Odd = (&'static str, &'static [usize]);

/// Lines and codes of the warnings of a report in one line each.
fn warnings(short: &str) -> Vec<(usize, String)> {
    let mut found: Vec<(usize, String)> = short.lines().filter_map(warning).collect();
    found.sort();
    found
}

fn warning(line: &str) -> Option<(usize, String)> {
    let mut pieces = line.strip_prefix("SECURITY.md:")?.splitn(3, ':');
    let number = pieces.next()?.parse().ok()?;
    let code = pieces.nth(1)?.trim().strip_prefix("warning[adopt-")?;
    Some((number, code.split(']').next()?.to_owned()))
}

fn expected(odd: &[Odd]) -> Vec<(usize, String)> {
    let lines = odd
        .iter()
        .flat_map(|(code, lines)| lines.iter().map(move |line| (*line, (*code).to_owned())));
    let mut all: Vec<_> = lines.collect();
    all.sort();
    all
}

/// One of the five texts, in a room of its own. They are not ours to keep: without them the story is over.
#[expect(
    clippy::print_stdout,
    reason = "a story that was not told should say so"
)]
fn seed(name: &str) -> Option<Repository> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/seeds")
        .join(name);
    let text = fs::read(&path).ok();
    if text.is_none() {
        println!(
            "note: {} is not here: this story was not told",
            path.display()
        );
    }
    text.map(|text| Repository::empty().bytes("SECURITY.md", &text))
}

fn tells(name: &str, odd: &[Odd]) {
    let Some(repository) = seed(name) else { return };
    let outcome = repository
        .caveat(&format!("init --from SECURITY.md --format short {FLAGS}"))
        .exits(0);
    assert_eq!(warnings(&outcome.err), expected(odd));
    let checked = repository.caveat("check --format short");
    for shape in [
        "syntax",
        "unknown-key",
        "missing-key",
        "wrong-value",
        "not-utf8",
    ] {
        assert!(
            !checked.err.contains(&format!("[{shape}]")),
            "{}",
            checked.err
        );
    }
}

#[test]
fn every_oddity_of_the_debugger_is_told() {
    let odd: &[Odd] = &[
        ("status-symbol", &[11, 12]),
        ("support-unreleased", &[11, 12]),
        ("support-gap", &[12]),
        ("claim-absolute", &[19, 27, 47, 50, 62]),
        ("bare-address", &[79, 182, 203]),
        ("placeholder", &[79, 182, 203, 205, 208]),
        ("single-route", &[80]),
        ("missing-referent", &[81, 183, 204]),
        ("calendar-missing", &[120]),
        ("disclosure-open", &[123]),
        ("fix-before-assessment", &[126]),
        ("severity-undefined", &[126, 127, 128, 129]),
        ("time-range", &[126]),
        ("exploited-unfixed", &[163]),
        ("no-interval", &[164]),
        (
            "claim-evidence",
            &[179, 189, 190, 191, 192, 195, 196, 197, 198],
        ),
        ("list-is-intake", &[182]),
        ("date-incomplete", &[223, 224]),
        ("review-overdue", &[224]),
        ("final-newline", &[225]),
    ];
    tells("explainable-moe-debugger.md", odd);
}

#[test]
fn every_oddity_of_mithril_is_told() {
    let odd: &[Odd] = &[
        ("status-symbol", &[7]),
        ("support-gap", &[7]),
        ("bare-address", &[19]),
        ("placeholder", &[19]),
        ("single-route", &[20]),
        ("severity-undefined", &[36]),
        ("safe-harbour-undated", &[39]),
        ("safe-harbour-statute", &[44]),
        ("disclosure-open", &[51]),
        ("claim-absolute", &[73]),
    ];
    tells("mithril.md", odd);
}

#[test]
fn every_oddity_of_the_lab_is_told() {
    let odd: &[Odd] = &[
        ("status-symbol", &[9]),
        ("support-gap", &[9]),
        (
            "mojibake",
            &[15, 24, 32, 38, 58, 75, 79, 83, 104, 128, 135, 139],
        ),
        ("bare-address", &[17, 141, 143]),
        ("foreign-domain", &[17]),
        ("single-route", &[17]),
        ("severity-undefined", &[36]),
        ("claim-absolute", &[41, 43, 53, 62, 66]),
        ("claim-evidence", &[47]),
        ("final-newline", &[147]),
    ];
    tells("neural-operator-foundation-lab.md", odd);
}

#[test]
fn every_oddity_of_neuraldbg_is_told() {
    let odd: &[Odd] = &[
        ("status-symbol", &[9, 10]),
        ("support-gap", &[10]),
        ("bare-address", &[21]),
        ("free-mail", &[21]),
        ("single-route", &[21]),
        ("no-interval", &[37]),
        ("claim-absolute", &[77]),
        ("claim-evidence", &[78]),
        ("missing-referent", &[97, 98, 106]),
    ];
    tells("neuraldbg.md", odd);
}

#[test]
fn every_oddity_of_torsh_is_told() {
    let odd: &[Odd] = &[
        ("status-symbol", &[9, 10]),
        ("support-gap", &[10]),
        ("support-overlap", &[10]),
        ("bare-address", &[21, 241]),
        ("placeholder", &[21, 241]),
        ("no-interval", &[35]),
        ("schedule-conflict", &[36]),
        ("severity-undefined", &[36]),
        ("claim-absolute", &[75, 76, 77, 109, 131]),
        ("broken-sentence", &[115]),
        ("disclosure-words", &[155]),
        ("exploited-unfixed", &[160]),
        ("disclosure-open", &[171]),
        ("cve-rule", &[177]),
        ("claim-evidence", &[197, 203]),
        ("version-of-product", &[255]),
    ];
    tells("torsh.md", odd);
}

#[test]
fn the_twelve_damaged_lines_of_the_lab_are_put_back_byte_for_byte() {
    let meant = [
        "### 🔒 Private Reporting (Preferred)",
        "### 📋 Information to Include",
        "### ⏱️ Response Timeline",
        "### 🛡️ Security Measures",
        "## 🔍 Known Security Considerations",
        "## 🚨 Security Best Practices",
        "# ✅ Good: Use official model loading",
        "# ❌ Avoid: Direct pickle loading",
        "## 🔧 Security Configuration",
        "## 📚 Security Resources",
        "## 🏆 Acknowledgments",
        "## 📞 Contact",
    ];
    let Some(repository) = seed("neural-operator-foundation-lab.md") else {
        return;
    };
    let outcome = repository
        .caveat("init --from SECURITY.md --dry-run --format json")
        .exits(0);
    let report: serde_json::Value = serde_json::from_str(&outcome.out).unwrap();
    let text = report.to_string();
    for line in meant {
        let quoted = serde_json::to_string(line).unwrap();
        assert!(text.contains(&quoted), "{quoted} in {text}");
    }
}
