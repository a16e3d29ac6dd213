//! Owns the tests of the Haskell database's mapping.
//! Must never depend on a real database.

use super::{assert_holds, good, run, settings};
use crate::Form::Haskell;

const ADVISORY: &str = r##"```toml
[advisory]
id = "HSEC-2024-0007"
cwe = [194, 20]
capec = [1]
keywords = ["dos"]
aliases = ["CVE-2024-12345"]

[[affected]]
package = "demo"
cvss = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"
os = ["mingw32"]
declarations = { "Demo.run" = ">= 0.2" }
[[affected.versions]]
introduced = "0.1.0.0"
fixed = "0.2"
[[affected.versions]]
introduced = "1.0"

[[affected]]
ghc-component = "rts"
cvss = "CVSS:3.1/AV:L/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"
[[affected.versions]]
introduced = "9.2.4"
fixed = "9.2.5"

[[affected]]
package = "other"
repository-url = "https://hackage.example.org/"
[[affected.versions]]
introduced = "1"

[[references]]
type = "FIX"
url = "https://example.org/fix"
```

# A crafted number takes all memory

It is expanded.
"##;

#[test]
fn every_fact_of_a_haskell_advisory_has_its_place() {
    let imported = good(Haskell, "a.md", ADVISORY, "x_T");
    assert_eq!(imported.path, "drafts/HSEC-2024-0007.toml");
    assert_holds(
        &imported,
        &[
            "title = \"A crafted number takes all memory\"",
            "cwe = [\"CWE-194\", \"CWE-20\"]",
            "aliases = [\"HSEC-2024-0007\", \"CVE-2024-12345\"]",
            "ecosystem = \"Hackage\"\nname = \"demo\"\nversions = [\">= 0.1.0.0, < 0.2\", \">= 1.0\"]\nfunctions = [\"Demo.run\"]\n",
            "[affected.ecosystem-extra.affects]\nos = [\"mingw32\"]\n",
            "ecosystem = \"GHC\"\nname = \"rts\"\nversions = [\">= 9.2.4, < 9.2.5\"]\n",
            "type = \"fix\"\nurl = \"https://example.org/fix\"",
            "[extra]\ncapec = [1]\nkeywords = [\"dos\"]\n",
            "\"affected[0].cvss\" = \"CVSS:3.1/AV:N/",
            "\"affected[1].cvss\" = \"CVSS:3.1/AV:L/",
            "\"affected[0].declarations\" = { \"Demo.run\" = \">= 0.2\" }",
            "\"affected[2]\" = { package = \"other\", repository-url = ",
        ],
    );
    assert_eq!(imported.text.matches("[[affected]]").count(), 2);
}

#[test]
fn a_date_that_only_git_knows_is_made_and_said() {
    let (imported, said) = run(Haskell, "a.md", ADVISORY, &settings("HSEC"));
    assert!(said.contains("warning[date-made]"), "{said}");
    let imported = imported.expect("imported");
    assert_eq!(imported.path, "2024/HSEC-2024-0007.toml");
    assert_holds(
        &imported,
        &["stands for it, correct it\n[[revision]]\nat = 2024-01-01T12:00:00Z"],
    );
    let dated = ADVISORY.replace("[advisory]", "[advisory]\ndate = 2024-05-06T07:08:09+02:00");
    let (imported, said) = run(Haskell, "a.md", &dated, &settings("HSEC"));
    assert!(!said.contains("date-made"), "{said}");
    assert_holds(&imported.expect("imported"), &["at = 2024-05-06T05:08:09Z"]);
}

#[test]
fn what_one_pair_of_versions_ends_another_may_go_on_with() {
    let pairs = "[[affected.versions]]\nintroduced = \"0.1.0.0\"\nfixed = \"0.2\"\n[[affected.versions]]\nintroduced = \"1.0\"";
    let text = ADVISORY.replace(
        pairs,
        "[[affected.versions]]\nintroduced = \"1.0\"\nfixed = \"1.2\"\n[[affected.versions]]\nintroduced = \"1.1\"",
    );
    assert_ne!(text, ADVISORY);
    let imported = good(Haskell, "a.md", &text, "x_T");
    assert!(
        imported.text.contains("versions = [\">= 1.0\"]"),
        "{}",
        imported.text
    );
}
