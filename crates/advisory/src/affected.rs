//! Owns one package of an advisory as plain data: which, and what of it has the flaw.
//! Must never hold parsed versions: those belong to `check`.

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
    /// Why `versions` differs from what the history of the code says.
    pub differs_from_git: Option<String>,
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
            differs_from_git: None,
        }
    }
}
