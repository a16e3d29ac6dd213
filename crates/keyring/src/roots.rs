//! Owns `keys/root/`: the line of signed roots, the draft of the next, and whether they say what the keyring says.
//! Must never take a root that a client would refuse.

use caveat_advisory::Draft as File;
use caveat_diag::{Level, Report};
use caveat_tuf::{Chain, Draft};
use jiff::Timestamp;

use crate::files::{DRAFT, Kind};
use crate::health::{Concern, Matter, Urgency, ahead, days};
use crate::read::of_file;
use crate::{Entry, Keyring, Role};

const CODE: &str = "keyring-roots";

/// The roots from the first on, and the draft. Faults are reported.
pub(crate) fn read(files: &[File], report: &mut Report) -> (Option<Chain>, Option<Draft>) {
    let mut roots: Vec<(u64, &File)> = Vec::new();
    for file in files {
        match Kind::of(&file.path) {
            Kind::Root(version) => roots.push((version, file)),
            Kind::StrayRoot => report.push(
                of_file(Level::Error, CODE, &file.path, "nobody reads this file as a root")
                    .help("a root is named by its version, `3.root.json`; the next one is `draft.json` until it is signed"),
            ),
            _ => {}
        }
    }
    roots.sort_by_key(|(version, _)| *version);
    let chain = chain(&roots, report);
    let draft = files.iter().find(|file| file.path == DRAFT);
    // Where the line is broken, nobody knows what a draft would follow.
    let whole = chain.as_ref().map_or(0, |chain| chain.newest().version()) == roots.len() as u64;
    let draft = draft.filter(|_| whole);
    let draft = draft.and_then(|file| next(file, chain.as_ref(), report));
    (chain, draft)
}

fn chain(roots: &[(u64, &File)], report: &mut Report) -> Option<Chain> {
    let mut chain: Option<Chain> = None;
    for (at, (version, file)) in roots.iter().enumerate() {
        let expected = at as u64 + 1;
        if *version != expected {
            let message = format!("root {expected} is missing, and this is root {version}");
            let found = of_file(Level::Error, CODE, &file.path, &message);
            report.push(found.help("roots are never taken out: bring the missing one back from the history of the repository"));
            return chain;
        }
        let bytes = file.bytes.clone();
        let grown = match &mut chain {
            None => Chain::begin(bytes).map(|first| chain = Some(first)),
            Some(chain) => chain.add(bytes),
        };
        if let Err(reason) = grown {
            let found = of_file(Level::Error, CODE, &file.path, &reason.to_string());
            report.push(found.help("a published root is never edited: bring it back from the history of the repository"));
            return chain;
        }
    }
    chain
}

/// A draft harms nobody while it is one: what is wrong with it is a warning.
fn next(file: &File, chain: Option<&Chain>, report: &mut Report) -> Option<Draft> {
    match Draft::read(&file.bytes, chain.map(Chain::newest)) {
        Ok(draft) => Some(draft),
        Err(error) => {
            let found = of_file(Level::Warning, CODE, &file.path, &error.to_string());
            report.push(found.help("begin anew: `caveat keys root draft --anew`"));
            None
        }
    }
}

/// Holders of the newest signed root who sign no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// The root.
    pub version: u64,
    /// What the keyring calls their keys.
    pub gone: Vec<String>,
    /// How many are left.
    pub left: u64,
    /// How many it takes for the next root.
    pub needed: u64,
}

pub(crate) fn loss(keyring: &Keyring) -> Option<Loss> {
    let newest = keyring.chain()?.newest();
    let holders = &newest.keyring().root;
    let held = |entry: &&Entry| {
        let mut keys = holders.keys();
        keys.any(|key| key.as_bytes() == entry.public.as_bytes())
    };
    let gone = keyring.revoked().iter().filter(held);
    let gone: Vec<String> = gone.map(|entry| entry.name.clone()).collect();
    (!gone.is_empty()).then(|| Loss {
        version: newest.version(),
        left: holders.keys().count() as u64 - gone.len() as u64,
        needed: holders.threshold(),
        gone,
    })
}

/// What is to be done where a root has to follow.
const BEGIN: &str =
    "`caveat keys root draft`, then `caveat keys root sign --key FILE` by those who hold root keys";

/// What is to be done about the roots.
pub(crate) fn concerns(keyring: &Keyring, at: Timestamp, all: &mut Vec<Concern>) {
    let Some(wanted) = keyring.to_tuf() else {
        return;
    };
    let newest = keyring.chain().map(Chain::newest);
    if let Some(newest) = newest.filter(|newest| *newest.keyring() != wanted) {
        let message = format!(
            "root {} names other keys than the keyring: clients refuse what new keys sign",
            newest.version()
        );
        all.push(behind(Urgency::Now, message, BEGIN));
    }
    match keyring.draft() {
        Some(draft) if *draft.root().keyring() != wanted => {
            let message =
                format!("{DRAFT} does not say what the keyring says: nobody should sign it");
            all.push(behind(
                Urgency::Soon,
                message,
                "`caveat keys root draft --anew`",
            ));
        }
        Some(draft) => {
            let message = format!("root {} waits for signatures", draft.root().version());
            all.push(behind(
                Urgency::Soon,
                message,
                "`caveat keys root status` says whose",
            ));
        }
        None if newest.is_none() => {
            let message = "there is no signed root: nothing of TUF is published".to_owned();
            all.push(behind(Urgency::Soon, message, BEGIN));
        }
        None => {}
    }
    if let Some(loss) = keyring.loss().filter(|loss| loss.left < loss.needed) {
        let message = format!(
            "root {} cannot be followed: {} of its keys are left, and it takes {}",
            loss.version, loss.left, loss.needed
        );
        all.push(behind(
            Urgency::Now,
            message,
            "`caveat keys root status` says what to do",
        ));
    }
    all.extend(keyring.chain().and_then(|chain| ends(chain, at)));
}

fn behind(urgency: Urgency, message: String, help: &str) -> Concern {
    Concern::new(urgency, Matter::Behind, "role.root").says(message, help)
}

fn ends(chain: &Chain, at: Timestamp) -> Option<Concern> {
    let (version, end) = (chain.newest().version(), chain.newest().expires());
    let (urgency, message) = if end <= at {
        let message = format!("root {version} ended at {end}: clients call everything stale");
        (Urgency::Now, message)
    } else if end.duration_since(at) <= ahead(Role::Root) {
        let message = format!("root {version} ends {}, at {end}", days(at, end));
        (Urgency::Soon, message)
    } else {
        return None;
    };
    Some(Concern::new(urgency, Matter::Ends, "role.root").says(message, BEGIN))
}
