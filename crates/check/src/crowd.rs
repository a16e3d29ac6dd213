//! Owns the search for many people in a text at once.
//! Must never find anybody whom the search for them alone does not find.

use std::borrow::Borrow;

use aho_corasick::AhoCorasick;

use crate::person::Traces;
use crate::spelling::{Spelled, Spelling};

/// Many people, in the order of their names.
pub(crate) struct Crowd<T> {
    people: Vec<T>,
    /// One word of each name, in the letters of a text.
    words: AhoCorasick,
    /// Pages and handles, and whose they are.
    pages: AhoCorasick,
    owners: Vec<usize>,
}

impl<T: Borrow<Traces>> Crowd<T> {
    /// `None` where there is nobody.
    pub(crate) fn new(people: Vec<T>) -> Option<Self> {
        let words = AhoCorasick::new(people.iter().map(|one| rare(&one.borrow().name)));
        let pages = people.iter().enumerate();
        let pages = pages.flat_map(|(who, one)| one.borrow().pages().map(move |page| (page, who)));
        let (pages, owners): (Vec<String>, Vec<usize>) = pages.unzip();
        let pages = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(pages);
        let crowd = Self {
            words: words.ok()?,
            pages: pages.ok()?,
            owners,
            people,
        };
        (!crowd.people.is_empty()).then_some(crowd)
    }

    /// Rows of those whom a text names.
    pub(crate) fn named(&self, text: &str) -> Vec<usize> {
        let spelled = Spelled::new(text, Spelling::SMALL);
        let words = self.words.find_overlapping_iter(spelled.words());
        let pages = self.pages.find_overlapping_iter(text);
        let pages = pages.map(|hit| self.owners[hit.pattern().as_usize()]);
        let hits = words.map(|hit| hit.pattern().as_usize()).chain(pages);
        let mut hits: Vec<usize> = hits.collect();
        hits.sort_unstable();
        hits.dedup();
        let person = |who: usize| -> &Traces { self.people[who].borrow() };
        hits.retain(|who| person(*who).by_name_or_page(text).is_some());
        // The same person with two pages stands side by side.
        hits.dedup_by_key(|who| person(*who).name.to_lowercase());
        hits
    }
}

/// The longest word of a name, as a text is spelled.
fn rare(name: &str) -> String {
    let spelled = Spelled::new(name, Spelling::SMALL);
    let words = spelled.words().split(' ');
    let longest = words.max_by_key(|word| word.len());
    longest.unwrap_or_default().to_owned()
}
