//! Owns the addresses of mails that are no more: those of earlier revisions, and of lists that are only planned.
//! Must never lead from a mail of one list to that of another.

use caveat_advisory::{MailList, Project, State};
use caveat_artifact::{PathError, SitePath};
use caveat_check::{Book, Entry};

use super::Leads;

/// Mails of releases to lists that are only planned: the page of an advisory tells what they would.
pub(super) fn planned(book: &Book, leads: &mut Leads) -> Result<(), PathError> {
    for (from, id) in caveat_mail::planned_release_paths(book) {
        let to = SitePath::new(format!("advisories/{id}/index.html"))?.address();
        for ending in ["eml", "txt"] {
            leads.insert(SitePath::new(format!("{from}.{ending}"))?, to.clone());
        }
    }
    Ok(())
}

/// Mails of earlier revisions: the last one of the same list tells all. Where a list is only planned, the page does.
pub(super) fn earlier(book: &Book, entry: &Entry, leads: &mut Leads) -> Result<(), PathError> {
    let mut lead = |from: &str, to: &dyn Fn(&str) -> String| {
        for ending in ["eml", "txt"] {
            let to = SitePath::new(to(ending))?.address();
            leads.insert(SitePath::new(format!("{from}.{ending}"))?, to);
        }
        Ok(())
    };
    for list in live_lists(book.project()) {
        let last = caveat_mail::path(entry, &list.name);
        for from in caveat_mail::earlier_paths(entry, &list.name) {
            lead(&from, &|ending| format!("{last}.{ending}"))?;
        }
    }
    for from in caveat_mail::planned_paths(book, entry) {
        lead(&from, &|_| format!("advisories/{}/index.html", entry.id))?;
    }
    Ok(())
}

pub(super) fn live_lists(project: &Project) -> impl Iterator<Item = &MailList> {
    let lists = project.mail.iter().flat_map(|mail| &mail.lists);
    lists.filter(|list| list.state == State::Live)
}
