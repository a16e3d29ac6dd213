//! Owns which lists a mail goes to.
//! Must never write to a list that is only planned: nobody reads it, or somebody else does.

use caveat_advisory::{Mail as Settings, MailList, MailStyle, Project, State};

/// The sender and each list that works today.
pub(crate) fn live(project: &Project) -> impl Iterator<Item = (&Settings, &MailList)> {
    let all = project.mail.iter();
    let all = all.flat_map(|mail| mail.lists.iter().map(move |list| (mail, list)));
    all.filter(|(_, list)| list.state == State::Live)
}

/// The same for the project's own lists: to others one mail tells of one flaw.
pub(crate) fn own(project: &Project) -> impl Iterator<Item = (&Settings, &MailList)> {
    live(project).filter(|(_, list)| list.style == MailStyle::Project)
}
