//! Owns one channel of one advisory: what was made for it, and what is left to people.
//! Must never say that somebody was told: nothing is sent here.

use caveat_advisory::{Channel, MailList, State};
use caveat_artifact::Manifest;
use caveat_check::{Book, Entry};

use super::has;

/// A channel that the severity class promises, and how far it is.
pub(super) struct Told<'b> {
    /// As the policy names it.
    pub(super) name: &'b str,
    pub(super) kind: &'static str,
    /// Files for it.
    pub(super) made: Vec<String>,
    pub(super) next: Next,
}

/// What comes next.
pub(super) enum Next {
    /// Somebody has to do this.
    Do(String),
    /// It is there already, for this reason.
    There(String),
    /// Nobody can be told there, for this reason.
    Skipped(String),
}

/// What became of the promise to tell this channel.
pub(super) fn told<'b>(book: &Book, entry: &Entry, name: &'b str, manifest: &Manifest) -> Told<'b> {
    let mail = book.project().mail.as_ref();
    let mut lists = mail.iter().flat_map(|mail| &mail.lists);
    let list = lists.find(|list| list.name == name);
    let mut channels = book.project().policy.channels.iter();
    let channel = channels.find(|channel| channel.name == name);
    let (kind, made, next) = match (list, channel) {
        (Some(list), _) => by_mail(entry, list, manifest),
        (None, Some(channel)) => ("channel", Vec::new(), elsewhere(book, entry, channel)),
        (None, None) => {
            let why = "caveat.toml has no list or channel of this name";
            ("unknown", Vec::new(), Next::Skipped(why.to_owned()))
        }
    };
    Told {
        name,
        kind,
        made,
        next,
    }
}

fn by_mail(
    entry: &Entry,
    list: &MailList,
    manifest: &Manifest,
) -> (&'static str, Vec<String>, Next) {
    let path = format!("{}.eml", caveat_mail::path(entry, &list.name));
    let made = if has(manifest, &path) {
        vec![path]
    } else {
        Vec::new()
    };
    let next = if list.state == State::Planned {
        Next::Skipped("the list is only planned".to_owned())
    } else {
        let command = format!("caveat mail {} --to {}", entry.id, list.name);
        Next::Do(format!("send it to {}: {command}", list.to))
    };
    ("mail-list", made, next)
}

fn elsewhere(book: &Book, entry: &Entry, channel: &Channel) -> Next {
    let Some(url) = channel
        .url
        .as_deref()
        .filter(|_| channel.state == State::Live)
    else {
        return Next::Skipped("the channel is only planned".to_owned());
    };
    if is_of_site(&book.project().feed.url, url) {
        return Next::There("this build is it".to_owned());
    }
    let named =
        |alias: &&String| alias.starts_with("GHSA-") && url.contains("/security/advisories");
    if let Some(alias) = entry.advisory.aliases.iter().find(named) {
        return Next::There(format!("`aliases` names {alias}"));
    }
    let page = format!("{}/advisories/{}/", book.project().feed.url, entry.id);
    Next::Do(format!("post {page} at {url}"))
}

/// The site itself, or a page of it.
fn is_of_site(site: &str, url: &str) -> bool {
    let rest = url.strip_prefix(site);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
