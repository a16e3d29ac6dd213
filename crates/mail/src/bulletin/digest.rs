//! Owns what a period brought: advisories published, updated and withdrawn, each in one of the three.
//! Must never leave out a period in which nothing happened.

use std::collections::BTreeMap;

use caveat_advisory::Revision;
use caveat_check::{Book, Entry};
use caveat_texts::Texts;

use super::period::Period;

/// What one period brought.
pub struct Digest<'b> {
    /// Which one.
    pub period: Period,
    /// For the first time.
    pub published: Vec<&'b Entry>,
    /// Published before, with what readers were told.
    pub updated: Vec<(&'b Entry, Vec<&'b Revision>)>,
    /// Withdrawn, in whatever period they were published.
    pub withdrawn: Vec<&'b Entry>,
}

impl Digest<'_> {
    fn new(period: Period) -> Self {
        Self {
            period,
            published: Vec::new(),
            updated: Vec::new(),
            withdrawn: Vec::new(),
        }
    }

    /// One sentence.
    pub fn summary(&self, texts: &Texts) -> String {
        let counts = [
            ("published", self.published.len()),
            ("updated", self.updated.len()),
            ("withdrawn", self.withdrawn.len()),
        ];
        if counts.iter().all(|(_, count)| *count == 0) {
            return texts.word("bulletin.none");
        }
        texts.say(
            "bulletin.summary",
            &counts.map(|(name, count)| (name, count.into())),
        )
    }
}

/// One digest for each period from that of the first advisory to the last one that is over. None without a promise.
pub fn digests(book: &Book) -> Vec<Digest<'_>> {
    let Some(length) = book.project().policy.bulletin else {
        return Vec::new();
    };
    let of = |at| Period::of(length, at);
    let first = book.entries().iter().map(|entry| of(entry.published)).min();
    let (Some(first), now) = (first, of(book.as_of())) else {
        return Vec::new();
    };
    let over = std::iter::successors(Some(first), |period| Some(period.next()));
    let over = over.take_while(|period| *period < now);
    let mut digests: BTreeMap<Period, Digest<'_>> =
        over.map(|period| (period, Digest::new(period))).collect();
    for entry in book.entries() {
        sort_in(&mut digests, entry, of);
    }
    digests.into_values().collect()
}

fn sort_in<'b>(
    digests: &mut BTreeMap<Period, Digest<'b>>,
    entry: &'b Entry,
    of: impl Fn(caveat_advisory::Timestamp) -> Period,
) {
    let published = of(entry.published);
    let withdrawn = entry.advisory.withdrawn.as_ref();
    let withdrawn = withdrawn.map(|withdrawal| of(withdrawal.at));
    if let Some(digest) = withdrawn.and_then(|period| digests.get_mut(&period)) {
        digest.withdrawn.push(entry);
    }
    if withdrawn != Some(published)
        && let Some(digest) = digests.get_mut(&published)
    {
        digest.published.push(entry);
    }
    for revision in entry.advisory.revisions.iter().skip(1) {
        let period = of(revision.at);
        let told = period == published || Some(period) == withdrawn;
        let Some(digest) = digests.get_mut(&period).filter(|_| !told) else {
            continue;
        };
        match digest.updated.last_mut() {
            Some((last, notes)) if std::ptr::eq(*last, entry) => notes.push(revision),
            _ => digest.updated.push((entry, vec![revision])),
        }
    }
}
