//! Owns how tags are read: schemes, several packages, and the file that keeps the result.
//! Must never name a project that exists.

use caveat_advisory::{Document, Draft, Lock};
use caveat_versions::Order;

use super::history;
use crate::scheme::{Question, schemes};
use crate::{Ambiguous, Scheme, Tag, locked, text};

fn chosen(names: &str, declared: &str, shared: bool, tags: &str) -> Result<Vec<String>, Ambiguous> {
    let list = |text: &str| {
        text.split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let tag = |(name, commit): (&str, u32)| Tag {
        name: name.to_owned(),
        commit,
    };
    let tags: Vec<Tag> = tags.split_whitespace().zip(0..).map(tag).collect();
    let question = Question {
        declared: &list(declared),
        names: &list(names),
        shared,
        order: Order::SemVer,
    };
    let schemes = schemes(&question, &tags)?;
    Ok(schemes.iter().map(Scheme::pattern).collect())
}

#[test]
fn one_scheme_in_use_is_taken() {
    for (tags, pattern) in [
        ("v1.0.0 v1.1.0-rc.1 nightly", "v{version}"),
        ("1.0.0 latest", "{version}"),
        ("release-1.0.0", "release-{version}"),
        ("demo-1.0.0 demo-tool-1.0.0", "demo-{version}"),
        ("demo/v1.0.0", "demo/v{version}"),
        ("demo@1.0.0", "demo@{version}"),
    ] {
        assert_eq!(
            chosen("demo", "", false, tags),
            Ok(vec![pattern.to_owned()]),
            "{tags}"
        );
    }
}

#[test]
fn a_scheme_that_changed_is_taken_whole_where_no_version_is_named_twice() {
    let both = ["v{version}", "{version}"].map(str::to_owned).to_vec();
    assert_eq!(chosen("demo", "", false, "0.9.0 v1.0.0"), Ok(both));
    assert!(matches!(
        chosen("demo", "", false, "1.0.0 v1.0.0"),
        Err(Ambiguous::Several(..))
    ));
}

#[test]
fn packages_of_one_repository_have_their_own_tags() {
    let tags = "one-v1.0.0 two-v1.0.0 two-v1.1.0";
    let own = ["two-v{version}"].map(str::to_owned).to_vec();
    assert_eq!(chosen("two", "", true, tags), Ok(own));
    for name in ["two", "three"] {
        let found = chosen(name, "", true, "v0.1.0").expect_err("of any");
        assert!(matches!(found, Ambiguous::Whose(..)), "{found}");
    }
    // Tags without a name may be of any of them, as those with one may be of a namesake elsewhere.
    let found = chosen("two", "", true, "two-v1.0.0 v0.1.0").expect_err("both");
    assert!(matches!(found, Ambiguous::Several(..)), "{found}");
}

#[test]
fn what_is_declared_is_taken_and_must_fit() {
    let tags = "one-v1.0.0 v0.1.0";
    let declared = ["one-v{version}", "v{version}"].map(str::to_owned).to_vec();
    assert_eq!(
        chosen("one", "one-v{version} v{version}", true, tags),
        Ok(declared)
    );
    let error = chosen("one", "r{version}", true, tags).expect_err("no tag");
    assert!(
        error.to_string().contains("`tags = [\"name-v{version}\"]`"),
        "{error}"
    );
}

#[test]
fn a_pattern_names_the_version_once() {
    for wrong in ["v1", "{version}{version}", "v {version}", ""] {
        assert_eq!(Scheme::parse(wrong), None, "{wrong}");
    }
    let scheme = Scheme::parse("a-{version}-final").expect("a pattern");
    let version = scheme.version(Order::SemVer, "a-1.0.0-final");
    assert_eq!(version.expect("fits").to_string(), "1.0.0");
    assert_eq!(
        scheme
            .version(Order::SemVer, "a-b-1.0.0-final")
            .map(|v| v.to_string()),
        None
    );
}

#[test]
fn a_lock_is_read_as_it_was_written() {
    let line = history("a\nb a\nc b").tags("v1.0.0=a v1.1.0=b v1.2.0=c");
    let derived = line.derive("b", "c");
    let facts = crate::Facts {
        introduced_by: vec![super::id("b").to_string()],
        fixed_by: vec![super::id("c").to_string()],
        order: Order::SemVer,
        tags: Vec::new(),
        names: Vec::new(),
        shared: false,
    };
    let mut package = locked(
        "npm",
        "demo",
        Some("https://example.org/d"),
        &facts,
        &derived,
    );
    package.tagged[0].tag = "v\"1\\\u{1}".to_owned();
    let packages = vec![package];
    let written = text(&packages);
    let draft = Draft {
        path: "x.lock".to_owned(),
        bytes: written.clone().into_bytes(),
    };
    let read = Document::<Lock>::read(draft, &mut caveat_diag::Report::default());
    let read = read.expect(&written);
    assert_eq!(read.data().packages, packages);
    let digest = caveat_artifact::sha256(Lock::body(&written).as_bytes());
    assert_eq!(read.data().digest, Some(digest));
}
