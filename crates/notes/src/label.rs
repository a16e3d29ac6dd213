//! Owns what the markers of a changelog name, and which heading is that of a release.
//! Must never take one release for another.

use caveat_splice::Section;
use caveat_versions::Version;

use crate::{Fault, Release};

/// What begins a part of a changelog that is ours: `<!-- caveat notes PACKAGE VERSION sha256:… -->`.
pub(crate) const NAME: &str = "caveat notes";

/// What the marker of a release names.
pub(crate) fn label(release: &Release<'_>) -> String {
    let version = release.version.canonical();
    format!("{} {}", word(&release.package.key), word(&version))
}

/// Does a marker name this package?
pub(crate) fn is_of(label: &str, package: &str) -> bool {
    let mut words = label.split(' ');
    words.next() == Some(&word(package)) && words.count() == 1
}

/// One word in which no comment can end.
fn word(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>' | b'%') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// The section of a release: of the headings that name its version the highest.
///
/// # Errors
/// There is none, or two claim to be.
pub(crate) fn section<'s>(
    sections: &'s [Section],
    release: &Release<'_>,
) -> Result<&'s Section, Fault> {
    let named = sections
        .iter()
        .filter(|one| names(one, release.version, release));
    let named: Vec<&Section> = named.collect();
    let highest = named.iter().map(|one| one.level).min();
    let mut named = named.into_iter().filter(|one| Some(one.level) == highest);
    match (named.next(), named.next()) {
        (Some(section), None) => Ok(section),
        (Some(_), Some(again)) => Err(Fault::TwoHeadings {
            line: again.line,
            version: release.version.to_string(),
        }),
        (None, _) => Err(Fault::NoHeading {
            version: release.version.to_string(),
            others: sections.iter().filter_map(version_word).collect(),
        }),
    }
}

fn names(section: &Section, version: &Version, release: &Release<'_>) -> bool {
    let order = release.package.ecosystem.order();
    let is = |word: &str| {
        let found = || Version::found(order?, word).ok();
        word == version.canonical() || found().is_some_and(|found| found == *version)
    };
    section.level <= 3 && words(&section.title).any(is)
}

/// The words of a heading that may be its version: the first, and the one after a name such as `Version`.
fn words(title: &str) -> impl Iterator<Item = &str> {
    let words = title.split_whitespace().take(2);
    let words = words.map(|word| word.trim_matches(|c| "[](),:".contains(c)));
    // `package@1.2.3` is how some write it.
    let words = words.map(|word| word.rsplit_once('@').map_or(word, |(_, version)| version));
    words.map(|word| match word.strip_prefix(['v', 'V']) {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => rest,
        _ => word,
    })
}

/// The version that a heading seems to name.
pub(crate) fn version_word(section: &Section) -> Option<String> {
    let digit = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit());
    let of_release = section.level <= 3 && section.level > 1;
    let word = words(&section.title).find(digit).filter(|_| of_release);
    word.map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_names_its_version_in_many_ways() {
        for title in [
            "[1.2.3] - 2026-11-20",
            "1.2.3",
            "v1.2.3 (2026-11-20)",
            "Version 1.2.3",
            "torch@1.2.3",
        ] {
            assert!(words(title).any(|word| word == "1.2.3"), "{title}");
        }
        assert!(words("Notes on 1.2.3").all(|word| word != "1.2.3"));
    }

    #[test]
    fn no_name_ends_a_comment() {
        assert_eq!(word("a--> <b%"), "a--%3E%20%3Cb%25");
        assert!(is_of("torch 1.0", "torch") && !is_of("torchvision 1.0", "torch"));
    }
}
