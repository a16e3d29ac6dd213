//! Owns putting two publications before the gate, and saying what it found.
//! Must never judge by itself, or load a record that did not change.

use std::path::Path;

use caveat_advisory::{Draft, Timestamp};
use caveat_artifact::Manifest;
use caveat_csaf::OPENPGP_KEY;
use caveat_gate::{Finding, Record, Scale, Tree, Verdict, differing, gate, redirected};
use caveat_publish::Out;
use caveat_verify::PublicKey;

use crate::failure::Failure;
use crate::key::{is_published, published_keys};
use crate::output;
use crate::street::Ready;

/// What is out at a directory: signed by a key of the repository, or by the one that signs now. `None` where nothing is.
pub(crate) fn what_is_out(
    directory: &Path,
    feed: &str,
    keys: &[Draft],
    signer: Option<&PublicKey>,
) -> Result<Option<Out>, Failure> {
    let mut trusted = published_keys(keys)?;
    trusted.extend(signer.copied());
    Ok(Out::read(directory, feed, &trusted)?)
}

/// What is out, for whoever only compares: the key that it carries itself will do, and is said to.
pub(crate) fn out_or_copy(directory: &Path, feed: &str, keys: &[Draft]) -> Result<Out, Failure> {
    let own = caveat_verify::site_key(directory).ok();
    let out = what_is_out(directory, feed, keys, own.as_ref())?;
    let out = out.ok_or_else(|| Failure::NothingOut(directory.to_owned()))?;
    if !is_published(out.key(), keys)? {
        output::warning(
            "what is out is signed by no key of keys/: it is compared with, and not trusted",
        );
    }
    Ok(out)
}

/// What a build takes the place of: of whatever feed it says it is, by whatever key it carries.
pub(crate) fn replaced(
    directory: &Path,
    feed: &str,
    keys: &[Draft],
    signer: &PublicKey,
) -> Result<Option<Out>, Failure> {
    let own = caveat_verify::site_key(directory).ok();
    let feed = caveat_verify::site_feed(directory).unwrap_or_else(|_| feed.to_owned());
    what_is_out(directory, &feed, keys, own.as_ref().or(Some(signer)))
}

/// When what is out was signed. Without that nobody can say what would be older, or come too late.
pub(crate) fn issued(out: &Out) -> Result<Timestamp, Failure> {
    moment(out.issued()).ok_or_else(|| Failure::Untimed(out.directory().to_owned()))
}

fn moment(said: Option<&str>) -> Option<Timestamp> {
    said?.parse().ok()
}

/// What is out, with every record that the new files do not have as it is.
pub(crate) fn old_tree(out: &mut Out, new: &Manifest) -> Result<Tree, Failure> {
    let redirects = out.redirects()?;
    if redirects.is_none() {
        output::warning(
            "`_redirects` of what is out is listed and not there: addresses that it leads on from are not compared",
        );
    }
    let mut tree = Tree {
        files: out.manifest().clone(),
        issued: issued(out)?,
        redirects: redirected(&redirects.unwrap_or_default()),
        ..Tree::default()
    };
    let before = caveat_gate::ids(out.manifest()).into_keys();
    let before: std::collections::BTreeSet<String> = before.map(str::to_owned).collect();
    for id in differing(&tree.files, new) {
        if before.contains(&id) {
            let record = Record::read(&id, &out.record(&id)?)?;
            tree.records.insert(id, record);
        }
    }
    Ok(tree)
}

/// What would be out, with every record that the old files do not have as it is.
pub(crate) fn new_tree(ready: &Ready, files: &Manifest, old: &Manifest) -> Result<Tree, Failure> {
    let signed = files.files().keys();
    let signed = signed.into_iter().any(|path| path.as_ref() == OPENPGP_KEY);
    let mut tree = Tree {
        files: files.clone(),
        issued: ready.book.as_of(),
        redirects: redirected(&caveat_render::redirects(&ready.book, signed)?),
        ..Tree::default()
    };
    let differing = differing(old, files);
    for record in ready.records.all() {
        if differing
            .binary_search_by(|id| id.as_str().cmp(record.id()))
            .is_ok()
        {
            let read = Record::read(record.id(), record.bytes())?;
            tree.records.insert(record.id().to_owned(), read);
        }
    }
    Ok(tree)
}

/// Everything that the gate says, by the classes of the new policy.
pub(crate) fn findings(old: &Tree, new: &Tree, ready: &Ready) -> Vec<Finding> {
    let classes = ready.book.project().policy.severities.iter();
    let scale = Scale {
        classes: classes.map(|class| class.id.as_str()).collect(),
        score: |vector| Some(caveat_check::score(vector).ok()?.score),
    };
    gate(old, new, &scale)
}

/// Prints every finding, and says whether one of them is refused.
pub(crate) fn say(found: &[Finding]) -> bool {
    for one in found {
        output::say(&format!("{}\n", words(one)));
    }
    let refused = refused(found);
    if let Some(first) = found.iter().find(|one| one.verdict == Verdict::Refused) {
        let count = output::plural(refused, "refusal");
        output::done(&format!(
            "{count}; `caveat explain {}` says more",
            first.code
        ));
    }
    refused > 0
}

/// How many findings keep it from being published.
pub(crate) fn refused(found: &[Finding]) -> usize {
    let refused = found.iter().filter(|one| one.verdict == Verdict::Refused);
    refused.count()
}

fn words(one: &Finding) -> String {
    let (colour, level, help) = match one.verdict {
        Verdict::Refused => ("31", "error", "help"),
        Verdict::Warning => ("33", "warning", "help"),
        Verdict::Stated => ("36", "note", "reason"),
    };
    let id = one
        .id
        .as_ref()
        .map(|id| format!("{id}: "))
        .unwrap_or_default();
    let head = format!(
        "\u{1b}[1;{colour}m{level}[{}]\u{1b}[0m\u{1b}[1m:\u{1b}[0m {id}{}",
        one.code, one.says
    );
    let lines = [
        ("out", &one.from),
        ("new", &one.to),
        (help, &Some(one.help.clone())),
    ];
    let said = lines.into_iter().filter_map(|(name, text)| {
        let text = text.as_ref().filter(|text| !text.is_empty())?;
        Some(format!("\n  = {name}: {text}"))
    });
    head + &said.collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::moment;

    #[test]
    fn a_time_that_nobody_can_read_is_none_rather_than_the_oldest() {
        assert!(moment(Some("2026-11-20T00:00:00Z")).is_some());
        for said in [None, Some(""), Some("yesterday"), Some("2026-11-20")] {
            assert_eq!(moment(said), None, "{said:?}");
        }
    }
}
