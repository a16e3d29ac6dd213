//! Owns small histories with known answers, and an oracle that is too slow to be wrong.
//! Must never read a repository: those tests are beside the reader.

mod histories;
mod oracle;
mod tagging;

use std::collections::BTreeMap;

use caveat_versions::Order;

use crate::{Commit, Derived, Facts, Graph, Id, PatchId, Refusal, Tag, derive, mentions, subject};

/// A history as people draw it: `name parent parent | message`, `{name}` in a message being that commit's hash.
pub(crate) struct History {
    commits: Vec<Commit>,
    names: BTreeMap<String, u32>,
    patches: BTreeMap<u32, PatchId>,
    tags: Vec<Tag>,
}

pub(crate) fn id(name: &str) -> Id {
    let mut bytes = [0xab; 20];
    bytes[..name.len()].copy_from_slice(name.as_bytes());
    Id::new(bytes)
}

/// Reads a history; a commit without a message is called by its name.
pub(crate) fn history(lines: &str) -> History {
    let mut history = History {
        commits: Vec::new(),
        names: BTreeMap::new(),
        patches: BTreeMap::new(),
        tags: Vec::new(),
    };
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        history.line(line);
    }
    history
}

impl History {
    fn line(&mut self, line: &str) {
        let (drawn, message) = line.split_once(" | ").unwrap_or((line, ""));
        let mut words = drawn.split_whitespace();
        let name = words.next().expect("a name");
        let place = u32::try_from(self.commits.len()).expect("few");
        let parents = words.map(|parent| self.names[parent]).collect();
        let mut message = message.replace("\\n", "\n");
        for known in self.names.keys() {
            message = message.replace(&format!("{{{known}}}"), &id(known).to_string());
        }
        let mentions = mentions(&message);
        self.commits.push(Commit {
            id: id(name),
            parents,
            author: "A <a@example.org>".into(),
            written: i64::from(place),
            subject: if message.is_empty() {
                name
            } else {
                subject(&message)
            }
            .into(),
            picked: mentions.picked,
            reverts: mentions.reverts,
        });
        self.names.insert(name.to_owned(), place);
    }

    /// Tags commits: `v1.0.0=a`.
    pub(crate) fn tags(mut self, tags: &str) -> Self {
        for tag in tags.split_whitespace() {
            let (name, commit) = tag.rsplit_once('=').expect("name=commit");
            let (name, commit) = (name.to_owned(), self.names[commit]);
            self.tags.push(Tag { name, commit });
        }
        self
    }

    /// Gives two commits one author, date and subject; and one patch, if they change the same.
    pub(crate) fn twins(mut self, one: &str, other: &str, same_patch: bool) -> Self {
        let (one, other) = (self.names[one], self.names[other]);
        let Commit {
            written, subject, ..
        } = self.commits[one as usize].clone();
        let twin = &mut self.commits[other as usize];
        (twin.written, twin.subject) = (written, subject);
        for (at, place) in [one, other].into_iter().enumerate() {
            let patch = if same_patch { 0 } else { at };
            self.patches
                .insert(place, [u8::try_from(patch).expect("small"); 20]);
        }
        self
    }

    pub(crate) fn try_derive(&self, introduced: &str, fixed: &str) -> Result<Derived, Refusal> {
        let graph = Graph::new(self.commits.clone(), self.tags.clone()).expect("in order");
        let list = |names: &str| -> Vec<String> {
            let names = names.split_whitespace();
            names.map(|name| id(name).to_string()).collect()
        };
        let facts = Facts {
            introduced_by: list(introduced),
            fixed_by: list(fixed),
            order: Order::SemVer,
            tags: Vec::new(),
            names: vec!["demo".to_owned()],
            shared: false,
        };
        derive(&graph, &facts, &mut |place, _| {
            self.patches.get(&place).copied()
        })
    }

    pub(crate) fn derive(&self, introduced: &str, fixed: &str) -> Derived {
        self.try_derive(introduced, fixed).expect("derived")
    }

    /// The ranges as they are written.
    pub(crate) fn ranges(&self, introduced: &str, fixed: &str) -> Vec<String> {
        let derived = self.derive(introduced, fixed);
        let ranges = derived.ranges.iter();
        ranges.map(caveat_versions::Interval::expression).collect()
    }
}
