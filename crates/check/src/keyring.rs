//! Owns handing what a keyring says of itself to the rules.
//! Must never say what is only advice: `caveat keys doctor` does.

use caveat_keyring::{Matter, Urgency};

use crate::rule::Finder;

/// Reports every concern of one matter.
pub(crate) fn concerns(finder: &mut Finder<'_>, matter: Matter) {
    let facts = finder.facts;
    let Some(keyring) = facts.keyring else {
        return;
    };
    let feed = facts.project.data().feed.principal();
    for concern in keyring.concerns(feed, facts.as_of) {
        if concern.matter == matter && concern.urgency != Urgency::Advice {
            let span = keyring.at(&concern.field);
            let found = finder.in_source(keyring.source(), span, &concern.message);
            finder.push(found.help(&concern.help));
        }
    }
}
