//! Owns one package of an advisory as plain data: which, and what of it has the flaw.
//! Must never hold parsed versions: those belong to `check`.

use crate::Extra;
use crate::leaf::vocabulary;

/// How an advisory names a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackageRef {
    /// The key of a `[[package]]` of `caveat.toml`.
    Key(String),
    /// Spelled out.
    Named {
        /// OSV ecosystem.
        ecosystem: String,
        /// Name within it.
        name: String,
    },
}

/// One package and the versions of it that have the flaw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Affected {
    /// Which package.
    pub package: PackageRef,
    /// Range strings, one per branch.
    pub versions: Vec<String>,
    /// Commits that brought the flaw.
    pub introduced_by: Vec<String>,
    /// Commits that removed it.
    pub fixed_by: Vec<String>,
    /// Functions through which it is reached.
    pub functions: Vec<String>,
    /// Features or modules that must be in use.
    pub features: Vec<String>,
    /// Why versions that are supported get no fix.
    pub no_fix: Option<String>,
    /// The fix is made, and no release has it yet.
    pub fix_unreleased: bool,
    /// What is to be known of single fixes.
    pub fixes: Vec<FixNote>,
    /// Why `versions` differs from what the history of the code says.
    pub differs_from_git: Option<String>,
    /// What the form has no key for; public.
    pub extra: Extra,
    /// The same, as the package's own ecosystem defines it.
    pub ecosystem_extra: Extra,
}

/// What is to be known of one fixed version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FixNote {
    /// The version, as a range names it.
    pub version: String,
    /// Who can get it, where that is not everybody.
    pub availability: Option<String>,
    /// The next version that was released: this one never was.
    pub upgrade_to: Option<String>,
}

/// What is said of versions that no range names as affected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// Of which package.
    pub package: PackageRef,
    /// Range strings; none are all versions.
    pub versions: Vec<String>,
    /// What.
    pub state: StatusKind,
    /// Which of the reasons that scanners know.
    pub justification: Option<Justification>,
    /// Why, or how that is known.
    pub reason: Option<String>,
}

vocabulary! {
    /// What is known of versions that no range names as affected.
    StatusKind, "status" {
        /// Somebody looked, and the flaw is not there.
        NotAffected = "not-affected" / "Not affected",
        /// Nobody looked.
        NotAnalysed = "not-analysed" / "Not analysed",
    }
}

vocabulary! {
    /// Why versions are not affected: the words that all forms of VEX share, spelled as they spell them.
    Justification, "justification" {
        /// What has the flaw is no part of them.
        ComponentNotPresent = "component_not_present" / "Component not present",
        /// The code that has the flaw is not in them.
        CodeNotPresent = "vulnerable_code_not_present" / "Vulnerable code not present",
        /// It is in them, and never runs.
        CodeNotExecuted = "vulnerable_code_not_in_execute_path" / "Vulnerable code never runs",
        /// It runs, and no attacker has a hold on it.
        CodeNotControlled = "vulnerable_code_cannot_be_controlled_by_adversary" / "Vulnerable code out of an attacker's reach",
        /// Something in them keeps it from being exploited.
        Mitigated = "inline_mitigations_already_exist" / "Mitigations are built in",
    }
}

impl Affected {
    /// A package and its ranges, of which nothing else is known.
    pub fn new(package: PackageRef, versions: Vec<String>) -> Self {
        Self {
            package,
            versions,
            introduced_by: Vec::new(),
            fixed_by: Vec::new(),
            functions: Vec::new(),
            features: Vec::new(),
            no_fix: None,
            fix_unreleased: false,
            fixes: Vec::new(),
            differs_from_git: None,
            extra: Extra::new(),
            ecosystem_extra: Extra::new(),
        }
    }
}
