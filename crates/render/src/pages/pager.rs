//! Owns how a list is cut into pages, and the way through them.
//! Must never move anything from one page to another: pages are counted from the oldest.

use caveat_texts::Texts;
use serde::Serialize;

/// How many advisories a page has: cards of so many, with the style sheet, are less than 60 kB.
pub(crate) const PAGE: usize = 40;

/// The way through the pages of one list. Paths are from the site's root.
#[derive(Serialize)]
pub(crate) struct Pager {
    /// The number of this page; none for the newest advisories, which are on a page of their own, too.
    number: Option<usize>,
    of: usize,
    newest: String,
    newer: Option<String>,
    older: Option<String>,
    oldest: String,
}

impl Pager {
    /// Of page `number` of `of` pages of the list at `path`.
    fn new(path: &str, number: Option<usize>, of: usize) -> Self {
        let page = |number: usize| format!("{path}page/{number}/");
        let newer = number.map(|number| match number {
            _ if number == of => path.to_owned(),
            _ => page(number + 1),
        });
        let older = match number {
            None => Some(page(of)),
            Some(1) => None,
            Some(number) => Some(page(number - 1)),
        };
        Self {
            number,
            of,
            newest: path.to_owned(),
            newer,
            older,
            oldest: page(1),
        }
    }
}

/// The title of a page of a list: no two pages have the same.
pub(crate) fn numbered(texts: &Texts, title: String, pager: Option<&Pager>) -> String {
    match pager.and_then(|pager| pager.number) {
        Some(number) => {
            let values = [("title", title.into()), ("number", number.into())];
            texts.say("pager.numbered", &values)
        }
        None => title,
    }
}

/// The pages of a list, of so many each: first the newest under the list's own address, then all by number. `items` are
/// oldest first.
pub(crate) fn paged<'i, T>(
    path: &str,
    items: &'i [T],
    size: usize,
) -> Vec<(String, &'i [T], Option<Pager>)> {
    if items.len() <= size {
        return vec![(path.to_owned(), items, None)];
    }
    let of = items.len().div_ceil(size);
    let newest = (
        path.to_owned(),
        &items[items.len() - size..],
        Some(Pager::new(path, None, of)),
    );
    let numbered = items.chunks(size).enumerate().map(|(at, items)| {
        let number = at + 1;
        let pager = Pager::new(path, Some(number), of);
        (format!("{path}page/{number}/"), items, Some(pager))
    });
    std::iter::once(newest).chain(numbered).collect()
}

/// The numbered pages that a list of advisories or people had when it was longer, and lacks now.
pub(crate) fn lost(path: &str, now: usize, ever: usize) -> impl Iterator<Item = String> {
    let pages = |items: usize| {
        if items > PAGE {
            items.div_ceil(PAGE)
        } else {
            0
        }
    };
    (pages(now) + 1..=pages(ever)).map(move |number| format!("{path}page/{number}/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_is_full_never_changes() {
        let before: Vec<usize> = (0..2 * PAGE + 5).collect();
        let after: Vec<usize> = (0..3 * PAGE + 9).collect();
        let (before, after) = (paged("l/", &before, PAGE), paged("l/", &after, PAGE));
        let full = |pages: &[(String, &[usize], Option<Pager>)]| -> Vec<(String, Vec<usize>)> {
            let pages = pages.iter().skip(1).take(2);
            pages
                .map(|(path, items, _)| (path.clone(), items.to_vec()))
                .collect()
        };
        assert_eq!(full(&before), full(&after));
        assert_eq!(before[0].1.len(), PAGE, "the newest are together");
        assert_eq!(before.len(), 4);
        assert_eq!(after.len(), 5);
    }

    #[test]
    fn every_page_leads_to_its_neighbours() {
        let items: Vec<usize> = (0..2 * PAGE + 5).collect();
        let pages = paged("l/", &items, PAGE);
        let ways = pages.iter().map(|(path, _, way)| {
            let way = way.as_ref().expect("several pages");
            (path.as_str(), way.newer.as_deref(), way.older.as_deref())
        });
        assert_eq!(
            ways.collect::<Vec<_>>(),
            [
                ("l/", None, Some("l/page/3/")),
                ("l/page/1/", Some("l/page/2/"), None),
                ("l/page/2/", Some("l/page/3/"), Some("l/page/1/")),
                ("l/page/3/", Some("l/"), Some("l/page/2/")),
            ]
        );
    }

    #[test]
    fn a_short_list_is_one_page() {
        let items: Vec<usize> = (0..PAGE).collect();
        let pages = paged("l/", &items, PAGE);
        assert_eq!(pages.len(), 1);
        assert!(pages[0].2.is_none());
    }
}
