//! Owns `--fix`: rounds of checking and mending, in memory.
//! Must never write: what comes out is old and new bytes, for the pen.

use std::collections::BTreeMap;
use std::path::Path;

use caveat_advisory::{Draft, Input};
use caveat_diag::{Fixed, Report, apply};

use crate::pen::{Old, Sheet};

/// Fixes that overlap or follow from each other need more than one round; so many are never needed.
const MOST_ROUNDS: usize = 8;

/// A file before and after.
pub(crate) struct Mended {
    pub(crate) before: Vec<u8>,
    pub(crate) after: Vec<u8>,
    /// How many fixes were made.
    pub(crate) count: usize,
}

/// Mends until nothing more can be: the changed files, by path. `input` is then as they are.
pub(crate) fn mend(
    input: &mut Input,
    judge: impl Fn(&Input) -> Report,
) -> BTreeMap<String, Mended> {
    let mut all = BTreeMap::new();
    for _ in 0..MOST_ROUNDS {
        let fixed = apply(&judge(input)).into_iter();
        let made = fixed.map(|fixed| put(input, fixed, &mut all));
        if made.filter(|made| *made).count() == 0 {
            break;
        }
    }
    all
}

/// The mended files, each instead of what was read.
pub(crate) fn sheets(root: &Path, files: &BTreeMap<String, Mended>) -> Vec<Sheet> {
    let sheet = |(path, mended): (&String, &Mended)| Sheet {
        path: root.join(path),
        bytes: mended.after.clone(),
        instead_of: Some(Old {
            path: root.join(path),
            bytes: mended.before.clone(),
        }),
    };
    files.iter().map(sheet).collect()
}

/// Puts a new text in place of what was read; not where the file was not read as it stands.
fn put(input: &mut Input, fixed: Fixed, all: &mut BTreeMap<String, Mended>) -> bool {
    let same = |draft: &&mut Draft| {
        draft.path == fixed.source.path() && draft.bytes == fixed.source.text().as_bytes()
    };
    let mut drafts = input.project.iter_mut().chain(&mut input.advisories);
    let Some(draft) = drafts.find(same) else {
        return false;
    };
    let before = std::mem::replace(&mut draft.bytes, fixed.text.into_bytes());
    let mended = all.entry(draft.path.clone()).or_insert_with(|| Mended {
        before,
        after: Vec::new(),
        count: 0,
    });
    mended.after.clone_from(&draft.bytes);
    mended.count += fixed.count;
    true
}
