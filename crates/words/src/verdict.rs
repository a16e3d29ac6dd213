//! Owns the sentences on one release: how it stands, and what to do.
//! Must never say that a release is safe: what no advisory names, nobody may have looked at.

use caveat_texts::Texts;

/// What is said of a version that no list of releases has.
pub fn unreleased(texts: &Texts) -> String {
    texts.word("release.unreleased")
}

/// How a release stands that so many advisories name.
pub fn standing(texts: &Texts, advisories: usize) -> String {
    if advisories == 0 {
        return texts.word("release.clear");
    }
    texts.say("release.affected-by", &[("count", advisories.into())])
}

/// What somebody who uses an affected release has to do.
pub fn todo(texts: &Texts, target: Option<&str>) -> String {
    target.map_or_else(
        || texts.word("release.no-upgrade"),
        |version| texts.say("release.upgrade", &[("version", version.into())]),
    )
}
