//! Owns the published feed that tests tamper with: its tree has every layer.
//! Must never be clever: what it publishes is whole.

use std::collections::BTreeMap;
use std::path::Path;

use caveat_tuf::{Chain, DIRECTORY, Draft, Fingerprint, Lifetimes, Press, State, target_path};
use jiff::{SignedDuration, Timestamp as Time};

pub(crate) use crate::hands::*;

/// A feed and what its readers are served.
#[derive(Clone)]
pub(crate) struct Feed {
    pub(crate) chain: Chain,
    pub(crate) state: Option<State>,
    pub(crate) publish: u8,
    pub(crate) freshness: u8,
    /// Who signs the list, as a certificate where there is one.
    pub(crate) certificate: Option<Vec<u8>>,
    pub(crate) name: String,
    pub(crate) seq: u64,
    pub(crate) tree: BTreeMap<String, Vec<u8>>,
}

impl Feed {
    /// A feed without an edition.
    pub(crate) fn new() -> Self {
        let mut draft =
            Draft::first(keyring(&ROOTS, PUBLISH, FRESHNESS), later(24 * 365)).expect("good");
        endorse(&mut draft, &[1, 2]);
        Self {
            chain: Chain::begin(draft.finish().expect("whole")).expect("good"),
            state: None,
            publish: PUBLISH,
            freshness: FRESHNESS,
            certificate: None,
            name: FEED.to_owned(),
            seq: 0,
            tree: BTreeMap::new(),
        }
    }

    /// A feed with two editions, of three records.
    pub(crate) fn published() -> Self {
        let mut feed = Self::new();
        feed.records(&[("EX-1", "one"), ("EX-2", "two")]);
        feed.edition(later(0));
        feed.records(&[("EX-1", "one"), ("EX-2", "two, revised"), ("EX-3", "three")]);
        feed.edition(later(1));
        feed
    }

    /// One that somebody else made and signed whole, under the same name, and counted from `seq`.
    pub(crate) fn forged(seq: u64) -> Self {
        let mut forged = Self::new();
        let ring = keyring(&[60, 61, 62], 63, 64);
        let mut draft = Draft::first(ring, later(24 * 365)).expect("good");
        endorse(&mut draft, &[60, 61]);
        forged.chain = Chain::begin(draft.finish().expect("whole")).expect("good");
        (forged.publish, forged.freshness, forged.seq) = (63, 64, seq);
        forged.records(&[("EX-1", "nothing to see")]);
        forged.edition(later(2));
        forged
    }

    pub(crate) fn root(&self) -> Vec<u8> {
        self.chain.get(1).expect("there").1.to_vec()
    }

    /// Puts records, their archive and the rest of a site into the tree; signs nothing.
    pub(crate) fn records(&mut self, records: &[(&str, &str)]) {
        self.tree.retain(|path, _| path.starts_with(DIRECTORY));
        let all: Vec<_> = records
            .iter()
            .map(|(id, summary)| (format!("{id}.json"), record(id, summary).into_bytes()))
            .collect();
        self.put("osv/all.zip", zipped(&all));
        for (name, bytes) in all {
            self.put(&format!("osv/{name}"), bytes);
        }
        self.put("osv/all.json", "[]");
        self.put("index.html", "<p>Advisories.</p>\n");
        self.put("keys/keyring.json", "{}\n");
        self.put("keys/revoked", "");
    }

    pub(crate) fn put(&mut self, path: &str, bytes: impl Into<Vec<u8>>) {
        self.tree.insert(path.to_owned(), bytes.into());
    }

    pub(crate) fn text(&self, path: &str) -> String {
        String::from_utf8(self.tree[path].clone()).expect("text")
    }

    /// The paths of records.
    fn record_paths(&self) -> Vec<String> {
        let record = |path: &&String| {
            let name = path
                .strip_prefix("osv/")
                .and_then(|name| name.strip_suffix(".json"));
            name.is_some_and(|id| id != "all" && !id.contains('/'))
        };
        self.tree.keys().filter(record).cloned().collect()
    }

    /// Who signs in OpenSSH's form.
    pub(crate) fn signer(&self) -> Vec<u8> {
        let key = || public(self.publish).to_blob();
        self.certificate.clone().unwrap_or_else(key)
    }

    /// Signs the records and the list of what is in the tree, and makes metadata of it.
    pub(crate) fn edition(&mut self, now: Time) {
        self.seq += 1;
        let line = public(self.publish).to_openssh(&self.name) + "\n";
        self.put("keys/feed.pub", line);
        for path in self.record_paths() {
            let signature = ssh(self.publish, &self.signer(), &self.name, &self.tree[&path]);
            self.put(&format!("{path}.sig"), signature);
        }
        self.list(now);
        self.metadata(now);
    }

    /// The list of files, and its signatures.
    pub(crate) fn list(&mut self, now: Time) {
        let own = |path: &&String| path.starts_with(DIRECTORY) || path.starts_with("SHA256SUMS");
        let mut sums = String::new();
        for (path, bytes) in self.tree.iter().filter(|(path, _)| !own(path)) {
            sums += &format!("{}  {path}\n", sha256(bytes));
        }
        let expires = now
            .checked_add(SignedDuration::from_hours(24 * 7))
            .expect("in time");
        let comment = format!(
            "feed={} file=SHA256SUMS seq={} issued={now} expires={expires}",
            self.name, self.seq
        );
        let signature = ssh(self.publish, &self.signer(), &self.name, sums.as_bytes());
        self.put("SHA256SUMS.sig", signature);
        self.put(
            "SHA256SUMS.minisig",
            mini(self.publish, &comment, sums.as_bytes()),
        );
        self.put("SHA256SUMS", sums);
    }

    /// The index of what is in the tree.
    pub(crate) fn index(&self) -> String {
        let one = |path: &String| {
            let (id, bytes) = (&path[4..path.len() - 5], &self.tree[path]);
            let (length, sha256) = (bytes.len(), sha256(bytes));
            format!(
                "\"{id}\":{{\"length\":{length},\"modified\":\"{START}\",\"sha256\":\"{sha256}\"}}"
            )
        };
        let entries: Vec<_> = self.record_paths().iter().map(one).collect();
        format!("{{{}}}", entries.join(","))
    }

    /// Metadata of what is in the tree.
    pub(crate) fn metadata(&mut self, now: Time) {
        let targets = [
            ("SHA256SUMS", self.tree["SHA256SUMS"].clone()),
            ("all.zip", self.tree["osv/all.zip"].clone()),
            ("keyring.json", self.tree["keys/keyring.json"].clone()),
            ("index.json", self.index().into_bytes()),
        ];
        self.targets(now, &targets);
    }

    /// Metadata of these targets.
    pub(crate) fn targets(&mut self, now: Time, targets: &[(&str, Vec<u8>)]) {
        let mut listed = BTreeMap::new();
        for (name, bytes) in targets {
            let file = Fingerprint::of(bytes);
            self.put(
                &format!("{DIRECTORY}{}", target_path(name, &file)),
                bytes.clone(),
            );
            listed.insert((*name).to_owned(), file);
        }
        let mut hands = Hands(vec![self.publish, self.freshness]);
        let edition = self
            .press(now)
            .publish(listed, &mut hands)
            .expect("published");
        self.tree.extend(edition.files);
        self.state = Some(edition.state);
    }

    /// A new timestamp, and a new comment beside it.
    pub(crate) fn heartbeat(&mut self, now: Time) {
        self.seq += 1;
        let mut hands = Hands(vec![self.freshness]);
        let edition = self.press(now).heartbeat(&mut hands).expect("renewed");
        self.tree.extend(edition.files);
        self.state = Some(edition.state);
        self.list(now);
    }

    fn press(&self, now: Time) -> Press<'_> {
        Press {
            chain: &self.chain,
            state: self.state.as_ref(),
            now,
            lifetimes: Lifetimes::default(),
        }
    }

    /// Other keys, by a new root that these sign.
    pub(crate) fn rotate(&mut self, publish: u8, freshness: u8, signers: &[u8]) {
        let ring = keyring(&ROOTS, publish, freshness);
        let mut draft = Draft::next(self.chain.newest(), ring, later(24 * 365)).expect("good");
        endorse(&mut draft, signers);
        self.chain
            .add(draft.finish().expect("whole"))
            .expect("good");
        (self.publish, self.freshness) = (publish, freshness);
    }

    pub(crate) fn write(&self, directory: &Path) {
        for (path, bytes) in &self.tree {
            let path = directory.join(path);
            std::fs::create_dir_all(path.parent().expect("below")).expect("made");
            std::fs::write(path, bytes).expect("written");
        }
    }
}
