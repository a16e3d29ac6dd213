//! Owns how a text can name a person: by the whole name, however it is spelled, by the family name, a handle or a page.
//! Must never take a word of the language for a name: what nobody can tell apart is let be.

use std::ops::Range;

use caveat_advisory::Credit;

use crate::spelled::Spelled;

/// The name without a company in brackets or after a comma.
pub(crate) fn person(name: &str) -> &str {
    let end = name.find(" (").or_else(|| name.find(','));
    name[..end.unwrap_or(name.len())].trim()
}

/// Last words of the names of companies and teams, which are words of the language.
const NO_FAMILY: [&str; 21] = [
    "Company",
    "Corporation",
    "Finder",
    "Foundation",
    "Group",
    "Institute",
    "Labs",
    "Limited",
    "Network",
    "Project",
    "Reporter",
    "Research",
    "Researcher",
    "Scanner",
    "Security",
    "Software",
    "Solutions",
    "Systems",
    "Team",
    "Technologies",
    "University",
];

/// What gives a person away.
pub(crate) struct Traces<'c> {
    pub(crate) name: &'c str,
    /// The words of the name; in small letters where capitals cannot matter.
    words: String,
    small: bool,
    family: Option<&'c str>,
    /// Host and path of their page.
    page: Option<String>,
    handle: Option<String>,
}

impl<'c> Traces<'c> {
    pub(crate) fn new(credit: &'c Credit, ours: &[&str]) -> Option<Self> {
        // Two letters are initials at best, and stand in too many words' places.
        let name = person(credit.name.as_deref()?);
        let name = (name.chars().count() > 2).then_some(name)?;
        let parts: Vec<&str> = name.split_whitespace().collect();
        // `A. Finder` and `a finder` differ by their capitals alone.
        let small = parts.len() > 1 && parts.iter().all(|part| part.chars().count() > 2);
        let own = |url: &String| !ours.iter().any(|ours| ours.starts_with(url.as_str()));
        let page = credit.url.as_ref().filter(|url| own(url));
        let page = page.map(|url| address(url)).filter(|page| page.len() > 5);
        Some(Self {
            name,
            words: Spelled::new(name, small).words().to_owned(),
            small,
            family: parts
                .last()
                .copied()
                .filter(|last| parts.len() > 1 && is_family(last)),
            handle: page.as_deref().and_then(handle),
            page,
        })
    }

    /// Is it a name that nobody else's text has by chance?
    pub(crate) fn is_whole(&self) -> bool {
        self.small
    }

    /// Where a text names them. `open` is the same text with spaces for code and addresses.
    pub(crate) fn find(&self, text: &str, open: &str) -> Option<Range<usize>> {
        self.named(text)
            .or_else(|| self.by_family(open))
            .or_else(|| self.linked(text))
    }

    /// The whole name, whatever marks, emphasis and spaces are between its letters.
    pub(crate) fn named(&self, text: &str) -> Option<Range<usize>> {
        Spelled::new(text, self.small).find(&self.words)
    }

    /// Their page, or `@` and their name there.
    pub(crate) fn linked(&self, text: &str) -> Option<Range<usize>> {
        let lower = text.to_ascii_lowercase();
        let handle = self.handle.as_ref().map(|handle| format!("@{handle}"));
        let traces = self.page.iter().chain(&handle);
        let mut hits = traces.flat_map(|trace| {
            let hits = lower.match_indices(trace.as_str());
            hits.map(|(at, trace)| at..at + trace.len())
        });
        let part = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
        hits.find(|at| !lower[at.end..].starts_with(part) && !lower[..at.start].ends_with(part))
    }

    fn by_family(&self, open: &str) -> Option<Range<usize>> {
        let family = self.family?;
        let mut hits = open
            .match_indices(family)
            .map(|(at, _)| at..at + family.len());
        hits.find(|at| is_whole(open, at) && !begins_sentence(open, at))
    }
}

/// A capital, four letters, and no word that companies end in.
fn is_family(last: &str) -> bool {
    let capital = last.starts_with(char::is_uppercase);
    let letters = last
        .chars()
        .all(|c| c.is_alphabetic() || c == '-' || c == '\'');
    capital && letters && last.chars().count() >= 4 && !NO_FAMILY.contains(&last)
}

fn is_whole(text: &str, at: &Range<usize>) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    !text[..at.start].ends_with(part) && !text[at.end..].starts_with(part)
}

/// There a capital says nothing, unless something belongs to the word.
fn begins_sentence(text: &str, at: &Range<usize>) -> bool {
    let owner = ["'s", "\u{2019}s"]
        .iter()
        .any(|s| text[at.end..].starts_with(s));
    let before = text[..at.start].trim_end();
    !owner && (before.is_empty() || before.ends_with(['.', '!', '?', ':', '-', '*', '#', '>', '|']))
}

/// Host and path, in small letters.
pub(crate) fn address(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    rest.trim_end_matches('/').to_ascii_lowercase()
}

/// The one word of a path, as forges and networks have it.
fn handle(page: &str) -> Option<String> {
    let (_, path) = page.split_once('/')?;
    let name = path.trim_start_matches('@');
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    (name.len() > 2 && name.bytes().all(plain)).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use caveat_advisory::CreditRole;
    use proptest::prelude::*;

    use super::*;

    fn found<'t>(name: &str, url: &str, text: &'t str) -> Option<&'t str> {
        let credit = Credit {
            name: Some(name.to_owned()),
            role: CreditRole::Finder,
            url: (!url.is_empty()).then(|| url.to_owned()),
            consent: Vec::new(),
            agreed: None,
            evidence: None,
        };
        let place = Traces::new(&credit, &["https://github.com/acme/tool"])?.find(text, text)?;
        Some(&text[place])
    }

    #[test]
    fn a_whole_name_is_found_in_every_spelling() {
        for text in [
            "by Zoë Finder.",
            "ZOE FINDER",
            "Zoe\u{308}\n Finder",
            "**Zoë** _Finder_",
            "[Zoë Finder](x)",
            "zoë-finder",
        ] {
            assert!(found("Zoë Finder", "", text).is_some(), "{text}");
        }
        assert_eq!(
            found("Zoë Finder", "", "see **Zoë** Finder!"),
            Some("Zoë** Finder")
        );
    }

    #[test]
    fn parts_of_words_initials_and_words_of_the_language_name_nobody() {
        for (name, text) in [
            ("Finder", "Finders keep it"),
            ("AF", "AF"),
            ("A. Finder", "Use what a finder proposed."),
            (
                "Ann Young",
                "Young objects are collected. Young, too. The young die.",
            ),
            ("Acme Research", "Our Research says so."),
            ("Ann Li", "Li is found"),
            ("Ann Page", "- Page faults"),
        ] {
            assert_eq!(found(name, "", text), None, "{name} in {text}");
        }
        assert_eq!(found("Finder", "", "by Finder."), Some("Finder"));
    }

    #[test]
    fn a_family_name_a_handle_and_a_page_name_somebody_too() {
        assert_eq!(found("Ann Young", "", "as Young proposed"), Some("Young"));
        assert_eq!(found("Ann Young", "", "Young's patch"), Some("Young"));
        let url = "https://github.com/AnnY/";
        for text in [
            "thanks @anny!",
            "[a](https://github.com/anny/poc)",
            "GitHub.com/AnnY",
        ] {
            assert!(found("Ann Young", url, text).is_some(), "{text}");
        }
        assert_eq!(found("Ann Young", url, "@anny-b github.com/annyb"), None);
        assert_eq!(
            found(
                "Ann Young",
                "https://github.com/acme",
                "https://github.com/acme/tool"
            ),
            None
        );
    }

    proptest! {
        #[test]
        fn any_text_is_searched_without_a_slip(text in "\\PC{0,30}(Zoë|Finder|\u{308}|ß|İ|ﬁ){0,4}\\PC{0,9}") {
            let place = found("Zoë Finder", "https://x.org/zoe", &text);
            prop_assert!(place.is_none_or(|place| !place.is_empty()));
        }
    }
}
