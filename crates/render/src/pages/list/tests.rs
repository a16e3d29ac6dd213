//! Owns the proof that no advisory moves from one page of a list to another.
//! Must never render a page.

use super::*;

#[test]
fn a_page_that_is_full_never_changes() {
    let before: Vec<usize> = (0..250).collect();
    let after: Vec<usize> = (0..390).collect();
    let (before, after) = (paged("l/", &before), paged("l/", &after));
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
    let items: Vec<usize> = (0..250).collect();
    let pages = paged("l/", &items);
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
    let pages = paged("l/", &items);
    assert_eq!(pages.len(), 1);
    assert!(pages[0].2.is_none());
}
