//! Owns the end of a publication with a line of roots: signed in memory, proven, on the disk, remembered, and only then seen.
//! Must never show readers what git does not remember, or remember what may still fail.

use std::collections::BTreeMap;
use std::path::PathBuf;

use caveat_convert::Records;
use caveat_edition::{Entry, index};
use caveat_publish::{Sealed, Staging};
use caveat_sign::{Bundle, Hands};
use caveat_tuf::DIRECTORY;
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::machine::{Machine, below};
use crate::output;

/// What readers see now.
pub(crate) struct Counted {
    /// The number of the signing.
    pub(crate) seq: u64,
    /// Until when clients call it fresh.
    pub(crate) until: String,
    /// Files that readers may still ask for, and that are not where they were said to be.
    missing: Vec<String>,
}

impl Counted {
    /// For programs.
    pub(crate) fn json(&self) -> Value {
        json!({ "seq": self.seq, "fresh_until": self.until, "missing": self.missing })
    }

    /// For people.
    pub(crate) fn says(&self) -> String {
        format!("signed as number {}, fresh until {}", self.seq, self.until)
    }

    pub(crate) fn warn(&self) {
        if let Some(first) = self.missing.first() {
            let files = output::plural(self.missing.len(), "file");
            output::warning(&format!(
                "{files} of earlier editions are not there, as `{first}`: whoever has just asked for the old timestamp may miss \
                 them once"
            ));
        }
    }
}

/// What is to be signed, and where it goes.
pub(crate) struct LettingOut<'a> {
    pub(crate) machine: &'a Machine<'a>,
    /// Where the last edition is, the best place first.
    pub(crate) places: &'a [PathBuf],
    pub(crate) records: &'a Records,
    /// Files to list, by name.
    pub(crate) caught: BTreeMap<String, Vec<u8>>,
}

impl LettingOut<'_> {
    /// Adds the edition to the bundle, and shows all of it.
    pub(crate) fn run(
        self,
        bundle: Bundle,
        mut hands: Hands<'_>,
        staging: Staging,
    ) -> Result<Counted, Failure> {
        let machine = self.machine;
        let mut files = self.caught;
        let records = self.records.all().iter();
        let records = records.map(|record| {
            let entry = Entry::of(record.bytes(), &record.modified());
            (record.id().to_owned(), entry)
        });
        files.extend(index(records.collect()));
        let (bundle, state) = bundle
            .with_edition(&machine.press(), files, &mut hands)
            .map_err(|refused| machine.explained(refused))?;
        let made = |name: &str| {
            let file = bundle.file(&format!("{DIRECTORY}{name}"));
            file.map(<[u8]>::to_vec)
        };
        let nowhere = PathBuf::new();
        let before = self.places.first().unwrap_or(&nowhere);
        let until = machine.prove(before, made)?;
        let sealed = staging.sealed(bundle)?;
        let missing = keep(machine, self.places, &sealed)?;
        // A disk that is full, or a power that fails, shows itself before anything is remembered.
        sealed.settle()?;
        machine.advance(&state, "publish")?;
        sealed.show()?;
        Ok(Counted {
            seq: state.seq(),
            until: until.to_string(),
            missing,
        })
    }
}

/// Carries over what readers may still ask for: what was not found anywhere.
fn keep(
    machine: &Machine<'_>,
    places: &[PathBuf],
    sealed: &Sealed,
) -> Result<Vec<String>, Failure> {
    let find = |name: &str| {
        let mut found = places.iter().map(|place| below(place, name));
        found.find_map(Result::transpose).transpose()
    };
    let mut missing = Vec::new();
    for kept in machine.superseded()?.kept(find)? {
        let mut there = false;
        for place in places {
            there = there || sealed.keep(place, &kept)?;
        }
        if !there {
            missing.push(kept.path.to_string());
        }
    }
    Ok(missing)
}
