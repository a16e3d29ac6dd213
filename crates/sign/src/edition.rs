//! Owns signing an edition for machines, and its renewal: TUF metadata by hands, beside what people verify.
//! Must never let a hand sign for a role that it was not brought for.

use std::collections::BTreeMap;

use caveat_artifact::Artifact;
use caveat_tuf::{
    DIRECTORY, Edition, Fingerprint, Key, Press, Refusal, Role, Signer, State, target_path,
};
use caveat_verify::{SIGNATURES, SUMS};

use crate::bundle::file;
use crate::hand::{Hand, proven};
use crate::{Bundle, SignError, Stamp, minisigned};

/// Who signs what: the same hand may be among both.
#[derive(Clone, Copy)]
pub struct Hands<'a> {
    /// For the list of files and the snapshot of it.
    pub publish: &'a [&'a dyn Hand],
    /// For the timestamp.
    pub freshness: &'a [&'a dyn Hand],
}

impl std::fmt::Debug for Hands<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names = |hands: &[&dyn Hand]| {
            let name = |hand: &&dyn Hand| hand.public().fingerprint();
            hands.iter().map(name).collect::<Vec<_>>()
        };
        let mut shown = f.debug_struct("Hands");
        shown.field("publish", &names(self.publish));
        shown.field("freshness", &names(self.freshness));
        shown.finish()
    }
}

impl Signer for Hands<'_> {
    fn sign(&mut self, role: Role, key: &Key, message: &[u8]) -> Result<Option<[u8; 64]>, Refusal> {
        let hands = match role {
            Role::Root => &[],
            Role::Targets | Role::Snapshot => self.publish,
            Role::Timestamp => self.freshness,
        };
        let held = |hand: &&&dyn Hand| hand.public().as_bytes() == key.as_bytes();
        let hand = hands.iter().find(held);
        let signed = hand.map(|hand| proven(*hand, message)).transpose();
        signed.map_err(|error| Box::new(error) as Refusal)
    }
}

impl Bundle {
    /// Adds an edition: `files` by their names, and the list of all files itself. What has to be kept before any of it
    /// is shown comes back with it.
    ///
    /// # Errors
    /// [`SignError`].
    pub fn with_edition(
        mut self,
        press: &Press<'_>,
        mut files: BTreeMap<String, Vec<u8>>,
        hands: &mut Hands<'_>,
    ) -> Result<(Self, State), SignError> {
        let sums = self.artifacts.iter();
        let sums = sums.filter(|artifact| artifact.path().as_ref() == SUMS);
        files.extend(sums.map(|artifact| (SUMS.to_owned(), artifact.bytes().to_vec())));
        let prints = files.iter();
        let prints = prints.map(|(name, bytes)| (name.clone(), Fingerprint::of(bytes)));
        let prints: BTreeMap<_, _> = prints.collect();
        let edition = press.publish(prints.clone(), hands)?;
        for (name, bytes) in files {
            let path = target_path(&name, &prints[&name]);
            self.artifacts
                .push(file(&format!("{DIRECTORY}{path}"), bytes)?);
        }
        let (documents, state) = documents(edition)?;
        self.artifacts.extend(documents);
        Ok((self, state))
    }

    /// A file of it, by its path.
    pub fn file(&self, path: &str) -> Option<&[u8]> {
        let mut artifacts = self.artifacts.iter();
        let found = artifacts.find(|artifact| artifact.path().as_ref() == path);
        found.map(Artifact::bytes)
    }
}

/// Files that take the place of others of the same name in a tree that is out, the timestamp last.
#[derive(Debug)]
pub struct Renewal {
    artifacts: Vec<Artifact>,
    state: State,
}

impl Renewal {
    /// Says that what is out is still the newest.
    ///
    /// # Errors
    /// [`SignError`].
    pub fn timestamp(press: &Press<'_>, hands: &mut Hands<'_>) -> Result<Self, SignError> {
        Self::of(press.heartbeat(hands)?)
    }

    /// Signs the list of files that is out once more, the snapshot of it and a timestamp: all of them end later then.
    ///
    /// # Errors
    /// [`SignError`].
    pub fn list(
        press: &Press<'_>,
        files: BTreeMap<String, Fingerprint>,
        hands: &mut Hands<'_>,
    ) -> Result<Self, SignError> {
        Self::of(press.publish(files, hands)?)
    }

    fn of(edition: Edition) -> Result<Self, SignError> {
        let (artifacts, state) = documents(edition)?;
        Ok(Self { artifacts, state })
    }

    /// Renews minisign's form as well, which says to people until when the list of so many files is new.
    ///
    /// # Errors
    /// [`SignError`].
    pub fn with_minisign(
        mut self,
        sums: &[u8],
        files: usize,
        hand: &dyn Hand,
        stamp: &Stamp,
    ) -> Result<Self, SignError> {
        let mini = minisigned(sums, files, hand, stamp)?;
        self.artifacts.insert(0, file(SIGNATURES[1], mini)?);
        Ok(self)
    }

    /// What has to be kept before any of it is shown.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// A file of it, by its path.
    pub fn file(&self, path: &str) -> Option<&[u8]> {
        let mut artifacts = self.artifacts.iter();
        let found = artifacts.find(|artifact| artifact.path().as_ref() == path);
        found.map(Artifact::bytes)
    }

    /// The files, in the order in which readers may see them.
    pub fn into_artifacts(self) -> Vec<Artifact> {
        self.artifacts
    }
}

fn documents(edition: Edition) -> Result<(Vec<Artifact>, State), SignError> {
    let files = edition.files.into_iter();
    let files = files.map(|(path, bytes)| file(&path, bytes));
    let files = files.collect::<Result<_, _>>()?;
    Ok((files, edition.state))
}
