//! Owns what git says of an advisory whose record is written otherwise: that nobody changed it since readers saw it.
//! Must never take the absence of a witness for a good word.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use caveat_advisory::{Line, Past, PastState, Timestamp, changes};
use caveat_check::base;
use caveat_diag::Report;

use crate::desk::{Desk, advisory};
use crate::failure::Failure;

/// Why a record may be written otherwise because somebody changed its advisory.
pub(super) enum Doubt {
    /// The record itself says something else.
    Tells,
    /// Git knows these fields to be others.
    Changed(Vec<String>),
    /// Git does not know what readers saw.
    Unknown,
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tells => f.write_str("tells something else than what is out"),
            Self::Changed(fields) => write!(f, "was changed: {}", fields.join(", ")),
            Self::Unknown => f.write_str(
                "may have been changed: git does not have the state from which what is out was made",
            ),
        }
    }
}

/// The past as it was when what is out was signed. What was committed later, readers have not seen: where history was
/// written anew, nothing is left.
#[derive(Debug)]
pub(super) struct Unchanged {
    past: Option<Arc<dyn Past>>,
    states: BTreeMap<String, Vec<PastState>>,
    signed: Timestamp,
}

impl Unchanged {
    /// Reads the past once for all advisories.
    pub(super) fn since(desk: &Desk, signed: Timestamp) -> Self {
        let past = desk.input.past.clone();
        let mut states: BTreeMap<String, Vec<PastState>> = BTreeMap::new();
        for name in past.iter().flat_map(|past| past.names(Line::Public)) {
            let all = past.iter().flat_map(|past| past.states(Line::Public, name));
            let seen = all.filter(|state| state.commit.time <= signed);
            states.insert(name.to_owned(), seen.cloned().collect());
        }
        Self {
            past,
            states,
            signed,
        }
    }

    /// What speaks against it that nobody changed this advisory; `None` is nothing.
    pub(super) fn doubt(&self, desk: &Desk, id: &str) -> Result<Option<Doubt>, Failure> {
        // `check` has read it: it can be read.
        let draft = desk.advisory(id)?;
        let (_, now) = advisory(draft, &mut Report::default()).ok_or(Failure::Faulty)?;
        let last = now.revisions.last().map(|last| last.at);
        let Some(base) = last.and_then(|last| base(self, id, last, self.signed)) else {
            return Ok(Some(Doubt::Unknown));
        };
        let mut fields: Vec<String> = Vec::new();
        for change in changes(&base, &now) {
            if !fields.contains(&change.field) {
                fields.push(change.field);
            }
        }
        Ok((!fields.is_empty()).then_some(Doubt::Changed(fields)))
    }
}

impl Past for Unchanged {
    fn end(&self) -> Option<&str> {
        self.past.as_ref()?.end()
    }

    fn names(&self, _: Line) -> Vec<&str> {
        self.states.keys().map(String::as_str).collect()
    }

    fn states(&self, _: Line, name: &str) -> &[PastState] {
        self.states.get(name).map_or(&[], Vec::as_slice)
    }

    fn content(&self, bytes: &[u8]) -> String {
        let past = self.past.as_ref();
        past.map(|past| past.content(bytes)).unwrap_or_default()
    }

    fn bytes(&self, content: &str) -> Option<Vec<u8>> {
        self.past.as_ref()?.bytes(content)
    }
}
