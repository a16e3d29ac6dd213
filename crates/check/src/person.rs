//! Owns how a text can name a person: by the whole name, however it is spelled, by the family name, a handle or a page.
//! Must never take a word of the language for a name: what nobody can tell apart is let be.

use std::ops::Range;

use caveat_advisory::Credit;

use crate::spelling::{Spelled, Spelling, is_unspaced};
use crate::surname::{NO_FAMILY, SHORT_WORDS, is_word};

/// The name without a company in brackets or after a comma.
pub(crate) fn person(name: &str) -> &str {
    let end = name.find(" (").or_else(|| name.find(','));
    name[..end.unwrap_or(name.len())].trim()
}

/// How the capitals of a name count.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Capitals {
    /// Not at all: no text has these words by chance.
    Idle,
    /// Each word begins as it does in the name: `A. Finder` is not `a finder`.
    Initials,
    /// All of them: one word may be a word of the language.
    All,
}

/// What gives a person away.
#[derive(Clone)]
pub(crate) struct Traces {
    pub(crate) name: String,
    /// The words of the name, as they are looked for.
    words: String,
    capitals: Capitals,
    spelling: Spelling,
    family: Option<String>,
    /// Host and path of their page.
    page: Option<String>,
    handle: Option<String>,
}

impl Traces {
    /// Those of whom a credit names.
    pub(crate) fn of(credit: &Credit, ours: &[&str]) -> Option<Self> {
        Self::new(credit.name.as_deref()?, credit.url.as_deref(), ours)
    }

    /// `url` is a page of theirs, unless it is one of `ours`.
    pub(crate) fn new(name: &str, url: Option<&str>, ours: &[&str]) -> Option<Self> {
        // Two letters are initials at best, and stand in too many words' places.
        let name = person(name);
        let name = (name.chars().count() > 2).then_some(name)?;
        let parts: Vec<&str> = name.split_whitespace().collect();
        let capitals = capitals(&parts);
        let spelling = Spelling {
            small: capitals != Capitals::All,
            joined: name.chars().all(|c| is_unspaced(c) || !c.is_alphanumeric()),
        };
        let own = |url: &&str| !ours.iter().any(|ours| ours.starts_with(url));
        let page = url.filter(own);
        let page = page.map(address).filter(|page| is_theirs(page));
        Some(Self {
            name: name.to_owned(),
            words: Spelled::new(name, spelling).words().to_owned(),
            capitals,
            spelling,
            family: parts
                .last()
                .filter(|last| parts.len() > 1 && is_family(last))
                .map(|last| (*last).to_owned()),
            handle: page.as_deref().and_then(handle),
            page,
        })
    }

    /// Is it a name that nobody else's text has by chance?
    pub(crate) fn is_whole(&self) -> bool {
        let letters = self.words.chars().filter(|c| c.is_alphanumeric()).count();
        let handle = || {
            self.name
                .contains(|c: char| c.is_uppercase() || !c.is_alphabetic())
        };
        match self.capitals {
            _ if self.spelling.joined => letters >= 3,
            Capitals::All => letters >= 5 && handle() && !NO_FAMILY.contains(&self.name.as_str()),
            _ => letters >= 3,
        }
    }

    /// Words of the page and the handle, for those who look for many people at once.
    pub(crate) fn pages(&self) -> impl Iterator<Item = String> + '_ {
        let handle = self.handle.iter().map(|handle| format!("@{handle}"));
        self.page.iter().cloned().chain(handle)
    }

    /// Where a text names them. `open` is the same text with spaces for code and addresses.
    pub(crate) fn find(&self, text: &str, open: &str) -> Option<Range<usize>> {
        self.by_name_or_page(text).or_else(|| self.by_family(open))
    }

    /// By the whole name or by their page: in a text of anybody's, and in a link.
    pub(crate) fn by_name_or_page(&self, text: &str) -> Option<Range<usize>> {
        self.named(text).or_else(|| self.linked(text))
    }

    /// The whole name, whatever marks, emphasis and spaces are between its letters.
    pub(crate) fn named(&self, text: &str) -> Option<Range<usize>> {
        let spelled = Spelled::new(text, self.spelling);
        spelled.find(&self.words, |place| {
            self.capitals != Capitals::Initials
                || is_slug(&text[place.clone()])
                || self.has_initials(&text[place])
        })
    }

    /// Does each word begin with a capital that does so in the name?
    fn has_initials(&self, text: &str) -> bool {
        let first = |text: &str| -> Vec<bool> {
            let words = text.split(|c: char| !c.is_alphanumeric());
            let firsts = words.filter_map(|word| word.chars().next());
            firsts.map(char::is_lowercase).collect()
        };
        let (name, text) = (first(&self.name), first(text));
        name.iter().zip(&text).all(|(name, text)| *name || !text)
    }

    /// Their page, or `@` and their name there.
    fn linked(&self, text: &str) -> Option<Range<usize>> {
        let lower = text.to_ascii_lowercase();
        let traces: Vec<String> = self.pages().collect();
        let mut hits = traces.iter().flat_map(|trace| {
            let hits = lower.match_indices(trace.as_str());
            hits.map(|(at, trace)| at..at + trace.len())
        });
        let part = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
        hits.find(|at| !lower[at.end..].starts_with(part) && !lower[..at.start].ends_with(part))
    }

    fn by_family(&self, open: &str) -> Option<Range<usize>> {
        let family = self.family.as_deref()?;
        if !is_word(family) {
            let spelled = Spelled::new(open, Spelling::SMALL);
            let words = Spelled::new(family, Spelling::SMALL);
            return spelled.find(words.words(), |_| true);
        }
        let mut hits = open
            .match_indices(family)
            .map(|(at, _)| at..at + family.len());
        hits.find(|at| is_whole(open, at) && !begins_sentence(open, at))
    }
}

/// What `Xi Chen` is in any letters, `Jo So` is by its capitals alone, and `Mask` is nobody in small letters.
fn capitals(parts: &[&str]) -> Capitals {
    let short = |part: &&str| {
        let letters = part.chars().filter(|c| c.is_alphanumeric()).count();
        letters < 2 || SHORT_WORDS.contains(&part.to_lowercase().as_str())
    };
    match parts {
        [_] => Capitals::All,
        _ if parts.iter().any(short) => Capitals::Initials,
        _ => Capitals::Idle,
    }
}

/// Words held together by anything but spaces, and long enough to be a name: `z-quokkason`, never `x-ray`.
fn is_slug(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    !text.contains(char::is_whitespace) && words.any(|word| word.chars().count() >= 7)
}

/// Hosts of many people's pages.
const SHARED: [&str; 9] = [
    "bsky.app",
    "github.com",
    "gitlab.com",
    "hackerone.com",
    "huntr.com",
    "huntr.dev",
    "linkedin.com",
    "twitter.com",
    "x.com",
];

fn is_theirs(page: &str) -> bool {
    page.len() > 5 && !SHARED.contains(&page)
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
mod tests;
