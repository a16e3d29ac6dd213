//! Owns the sentences on one release: how it stands, and what to do.
//! Must never say that a release is safe: what no advisory names, nobody may have looked at.

/// What is said of a version that no list of releases has.
pub const UNRELEASED: &str =
    "This version is in no list of releases: it was never released, or is not yet.";

/// How a release stands that so many advisories name.
pub fn standing(advisories: usize) -> String {
    match advisories {
        0 => "No advisory of this feed names this version as affected.".to_owned(),
        1 => "Affected by 1 advisory.".to_owned(),
        many => format!("Affected by {many} advisories."),
    }
}

/// What somebody who uses an affected release has to do.
pub fn todo(target: Option<&str>) -> String {
    target.map_or_else(
        || "No version is known that no advisory names.".to_owned(),
        |version| format!("Upgrade to {version}, or to a later version of the same branch."),
    )
}
