//! Owns the hands of a run: every key that was brought, from files, variables, an agent, or programs.
//! Must never sign with a key that nobody brought, or let one sign for a role that the keyring does not give it.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use caveat_advisory::Timestamp;
use caveat_agent::{Agent, Exec};
use caveat_keyring::{Entry, Keyring, Refused, Role};
use caveat_load::SECRETS;
use caveat_sign::{Hand, SecretKey};
use caveat_verify::PublicKey;

use crate::failure::Failure;
use crate::key::public_key;
use crate::refusal::Refusal;
use crate::secret::{path_variable, secret_text, secret_variable, variable};

/// Variables that hold a key, each with the one that says in which file it is.
const VARIABLES: [[&str; 2]; 3] = [
    ["CAVEAT_KEY", "CAVEAT_KEY_FILE"],
    ["CAVEAT_KEY_FRESHNESS", "CAVEAT_KEY_FRESHNESS_FILE"],
    ["CAVEAT_KEY_OPENPGP", "CAVEAT_KEY_OPENPGP_FILE"],
];

/// Where the keys of a run are.
#[derive(Clone, Debug, Default, clap::Args)]
pub(crate) struct HandArgs {
    /// Private key to sign with, in a file that only you can read; may be said more than once
    #[arg(long, value_name = "FILE")]
    pub(crate) key: Vec<PathBuf>,
    /// Who else signs: `agent` (ssh-agent), `agent:SHA256:...` for one key of it, or `exec:PROGRAM=FILE.pub`
    #[arg(long, value_name = "WHO")]
    pub(crate) signer: Vec<SignerName>,
}

/// A signer as it is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SignerName {
    /// All keys of the agent, or the one with this fingerprint.
    Agent(Option<String>),
    /// A program, and the file of its public key.
    Exec { program: PathBuf, public: PathBuf },
}

impl std::str::FromStr for SignerName {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "agent" {
            return Ok(Self::Agent(None));
        }
        if let Some(fingerprint) = text.strip_prefix("agent:") {
            let known = fingerprint.starts_with("SHA256:");
            return known
                .then(|| Self::Agent(Some(fingerprint.to_owned())))
                .ok_or(
                    "after `agent:` comes a fingerprint, `SHA256:...`, as `ssh-add -l` prints it",
                );
        }
        let usage = "a signer is `agent`, `agent:SHA256:...`, or `exec:PROGRAM=FILE.pub`";
        let (program, public) = text
            .strip_prefix("exec:")
            .and_then(|rest| rest.rsplit_once('='))
            .filter(|(program, public)| !program.is_empty() && !public.is_empty())
            .ok_or(usage)?;
        let (program, public) = (program.into(), public.into());
        Ok(Self::Exec { program, public })
    }
}

/// One key, and who brought it.
struct Brought {
    hand: Arc<dyn Hand>,
    /// In words: a path, a variable, `the ssh-agent`.
    place: String,
    /// Named by itself; of an agent all keys are asked, and most of them have nothing to do with this.
    named: bool,
}

/// Every key of a run, each once.
pub(crate) struct Hands {
    brought: Vec<Brought>,
}

impl Hands {
    /// Reads all keys that the arguments and the environment name. Paths are below `at`; none may be inside `root`, where
    /// one `git add` is enough to publish it.
    pub(crate) fn of_run(at: &Path, root: &Path, args: &HandArgs) -> Result<Self, Failure> {
        let mut hands = Self {
            brought: Vec::new(),
        };
        for file in &args.key {
            hands.file(root, &at.join(file))?;
        }
        for [text, path] in VARIABLES {
            let value = secret_variable(text)?;
            match (value, path_variable(path)?) {
                (Some(_), Some(_)) => return Err(Refusal::Both(text, path).into()),
                (Some(value), None) => hands.secret(text.to_owned(), &value)?,
                (None, Some(path)) => hands.file(root, &at.join(path))?,
                (None, None) => {}
            }
        }
        for signer in &args.signer {
            hands.signer(at, signer)?;
        }
        Ok(hands)
    }

    /// Nobody, for a rehearsal.
    pub(crate) fn none() -> Self {
        Self {
            brought: Vec::new(),
        }
    }

    fn file(&mut self, root: &Path, path: &Path) -> Result<(), Failure> {
        let real = path.canonicalize();
        if real.is_ok_and(|real| real.starts_with(root)) {
            return Err(Refusal::Inside(path.to_owned()).into());
        }
        self.secret(path.display().to_string(), &secret_text(path)?)
    }

    fn secret(&mut self, place: String, text: &str) -> Result<(), Failure> {
        let key = SecretKey::parse(text).map_err(|source| Failure::Key {
            place: place.clone(),
            source,
        })?;
        self.add(Arc::new(key), place, true);
        Ok(())
    }

    fn signer(&mut self, at: &Path, signer: &SignerName) -> Result<(), Failure> {
        match signer {
            SignerName::Exec { program, public } => {
                let public = public_key(&at.join(public))?;
                // As a shell finds programs: what has a slash is a path, all else is looked for.
                let program = if program.components().count() > 1 {
                    at.join(program)
                } else {
                    program.clone()
                };
                let place = format!("the signer `{}`", program.display());
                self.add(Arc::new(Exec::new(&program, public, &SECRETS)), place, true);
            }
            SignerName::Agent(one) => self.agent(one.as_deref())?,
        }
        Ok(())
    }

    fn agent(&mut self, one: Option<&str>) -> Result<(), Failure> {
        let socket = variable("SSH_AUTH_SOCK").ok_or(Refusal::NoAgent)?;
        let hands = Agent::new(Path::new(&socket))
            .hands()
            .map_err(Refusal::Agent)?;
        let is_it = |hand: &&_| one.is_none_or(|one| Hand::public(*hand).fingerprint() == one);
        let mut found = hands.iter().filter(is_it).peekable();
        if let (Some(one), None) = (one, found.peek()) {
            return Err(Refusal::NotInAgent(one.to_owned()).into());
        }
        for hand in found {
            self.add(
                Arc::new(hand.clone()),
                "the ssh-agent".to_owned(),
                one.is_some(),
            );
        }
        Ok(())
    }

    /// One key may be brought in two ways: the first counts.
    fn add(&mut self, hand: Arc<dyn Hand>, place: String, named: bool) {
        let known = |brought: &Brought| brought.hand.public() == hand.public();
        if !self.brought.iter().any(known) {
            self.brought.push(Brought { hand, place, named });
        }
    }

    /// All of them.
    pub(crate) fn all(&self) -> impl Iterator<Item = &dyn Hand> {
        self.brought.iter().map(|brought| &*brought.hand)
    }

    /// The one with this key, to be lent to other threads.
    pub(crate) fn lend(&self, key: &PublicKey) -> Option<Arc<dyn Hand>> {
        let mut all = self.brought.iter().map(|brought| &brought.hand);
        all.find(|hand| hand.public() == key).cloned()
    }

    /// Those that may sign for a role now, in the order of the keyring, each with what the keyring says of it.
    pub(crate) fn of<'a>(
        &'a self,
        keyring: &'a Keyring,
        role: Role,
        at: Timestamp,
    ) -> Vec<(&'a dyn Hand, &'a Entry)> {
        let may = |entry: &'a Entry| {
            let hand = self.all().find(|hand| *hand.public() == entry.public)?;
            keyring.may_sign(role, hand.public(), at).ok()?;
            Some((hand, entry))
        };
        keyring.keys(role).iter().filter_map(may).collect()
    }

    /// The same, where as many are needed as the keyring says.
    pub(crate) fn enough<'a>(
        &'a self,
        keyring: &'a Keyring,
        role: Role,
        at: Timestamp,
    ) -> Result<Vec<(&'a dyn Hand, &'a Entry)>, Refusal> {
        let there = self.of(keyring, role, at);
        let needed = keyring.threshold(role);
        if u64::try_from(there.len()).unwrap_or(u64::MAX) >= needed {
            return Ok(there);
        }
        let why = self.brought.iter().filter_map(|brought| {
            let refused = keyring.may_sign(role, brought.hand.public(), at).err()?;
            Some((brought.place.clone(), refused))
        });
        // What nearly fits says most.
        let why = why.max_by_key(|(_, refused)| match refused {
            Refused::Unknown(_) => 0,
            Refused::Role { .. } => 1,
            Refused::Early { .. } | Refused::Late { .. } | Refused::Revoked { .. } => 2,
        });
        // A key that is good for something else is not the fault: the one that is asked for is missing.
        let elsewhere = |why: &Refused| matches!(why, Refused::Role { has, .. } if !has.is_empty());
        match why {
            Some((place, why)) if there.is_empty() && !elsewhere(&why) => {
                Err(Refusal::Key { place, why })
            }
            _ => Err(too_few(role, there.len(), needed)),
        }
    }

    /// A key that was named, and may sign nothing now, is a mistake that somebody should hear of.
    pub(crate) fn refuse_strangers(&self, keyring: &Keyring, at: Timestamp) -> Result<(), Refusal> {
        for brought in self.brought.iter().filter(|brought| brought.named) {
            let public = brought.hand.public();
            let roles = keyring.roles_of(public);
            if roles.contains(&Role::Root) {
                let entry = keyring.keys(Role::Root).iter();
                let entry = entry.filter(|entry| entry.public == *public);
                let name = entry.map(|entry| entry.name.clone()).collect();
                let place = brought.place.clone();
                return Err(Refusal::Root { place, name });
            }
            let role = roles.first().copied().unwrap_or(Role::Publish);
            if let Err(why) = keyring.may_sign(role, public, at) {
                let place = brought.place.clone();
                return Err(Refusal::Key { place, why });
            }
        }
        Ok(())
    }
}

/// What is missing, and by which name a machine would have it.
fn too_few(role: Role, there: usize, needed: u64) -> Refusal {
    let [text, file] = match role {
        Role::Freshness => VARIABLES[1],
        Role::OpenPgp => VARIABLES[2],
        Role::Root | Role::Publish | Role::SshCa => VARIABLES[0],
    };
    let blank = |value: OsString| value.as_encoded_bytes().trim_ascii().is_empty();
    let unset = variable(text).is_none_or(blank) && variable(file).is_none();
    Refusal::TooFew {
        role,
        there,
        needed,
        variable: text,
        unset: if unset {
            format!(", for {text} is not set, or to nothing")
        } else {
            String::new()
        },
    }
}
