//! Owns what makes a keyring one: names that have keys, roles that can sign, powers that are apart.
//! Must never stop at the first fault.

use std::collections::BTreeMap;

use caveat_advisory::{Document, KeyPeriod, KeyringFile, RoleTable, nearest};
use caveat_diag::{Diagnostic, Report, quoted};
use caveat_tuf::Holders;

use crate::files::path_of;
use crate::read::Shelf;
use crate::{Entry, Role};

/// A keyring while it is looked at.
pub(crate) struct Assembly<'a> {
    document: &'a Document<KeyringFile>,
    shelf: &'a Shelf<'a>,
    report: &'a mut Report,
}

impl<'a> Assembly<'a> {
    pub(crate) fn new(
        document: &'a Document<KeyringFile>,
        shelf: &'a Shelf<'a>,
        report: &'a mut Report,
    ) -> Self {
        Self {
            document,
            shelf,
            report,
        }
    }

    fn file(&self) -> &'a KeyringFile {
        self.document.data()
    }

    fn fault(&self, code: &'static str, field: &str, message: String) -> Diagnostic {
        let span = self.document.at(field);
        Diagnostic::error(code, message, self.document.source(), span)
    }

    /// Every mention of a key: the field, and the name.
    fn mentions(&self) -> Vec<(String, &'a str)> {
        let mut all = Vec::new();
        for (role, table) in &self.file().roles {
            all.extend(in_role(*role, table));
        }
        let periods = self.file().keys.iter();
        all.extend(periods.map(|(name, _)| (format!("key.{name}"), name.as_str())));
        let revoked = self.file().revoked.iter();
        all.extend(revoked.map(|(name, _)| (format!("revoked.{name}"), name.as_str())));
        all
    }

    /// Each name is a file that holds a key; a time to sign is not empty.
    pub(crate) fn names(&mut self) {
        for (field, name) in self.mentions() {
            let found = match self.shelf.keys.get(name) {
                None => self.absent(&field, name),
                Some(Err(error)) => {
                    let message = format!("{} cannot be used: {error}", path_of(name));
                    self.fault("keyring-key", &field, message).help(
                        "put there the `.pub` file of an Ed25519 key as `ssh-keygen` wrote it",
                    )
                }
                Some(Ok(key)) if caveat_tuf::Key::from_bytes(key.as_bytes()).is_err() => {
                    let message = format!("{} is a weak key", path_of(name));
                    self.fault("keyring-key", &field, message)
                        .help("make another: `caveat keys generate`")
                }
                Some(Ok(_)) => continue,
            };
            self.report.push(found);
        }
        for (name, KeyPeriod { from, until }) in &self.file().keys {
            if from.zip(*until).is_some_and(|(from, until)| until <= from) {
                let field = format!("key.{name}.until");
                let message = format!(
                    "the key {} may never sign: its time ends before it begins",
                    quoted(name)
                );
                let found = self.fault("keyring-period", &field, message);
                self.report
                    .push(found.help("write the later of the two into `until`"));
            }
        }
    }

    fn absent(&self, field: &str, name: &str) -> Diagnostic {
        let message = format!(
            "there is no key {}: {} is missing",
            quoted(name),
            path_of(name)
        );
        let found = self.fault("keyring-key", field, message);
        let known = self.shelf.keys.keys().copied();
        match nearest(name, known) {
            Some(near) => found.help(format!("did you mean `{near}`?")),
            None => found.help(format!("commit the public key as {}", path_of(name))),
        }
    }

    /// Roles can be filled, and no key has powers that must be apart.
    pub(crate) fn roles(&mut self) {
        for (role, table) in &self.file().roles {
            self.role(*role, table);
        }
        let roles = &self.file().roles;
        let all: Vec<(Role, String, &str)> = roles
            .iter()
            .flat_map(|(role, table)| {
                in_role(*role, table).map(|(field, name)| (*role, field, name))
            })
            .collect();
        for (at, (role, field, name)) in all.iter().enumerate() {
            let key = self.shelf.key(name);
            for (before, earlier_field, earlier) in &all[..at] {
                let same = key.is_some() && key == self.shelf.key(earlier);
                if !same || (name == earlier && may_share(*before, *role)) {
                    continue;
                }
                let message = shared((*before, earlier), (*role, name));
                let found = self.fault("keyring-role", field, message);
                let (source, span) = (self.document.source(), self.document.at(earlier_field));
                let found = found.also(source, span, "here first");
                self.report.push(found.help(shared_help(*before, *role)));
            }
        }
    }

    fn role(&mut self, role: Role, table: &RoleTable) {
        let word = role.as_str();
        let (count, asked) = (table.keys.len(), usize::from(table.threshold));
        let single = matches!(role, Role::SshCa | Role::OpenPgp);
        let (field, message, help) = if count == 0 {
            let message = format!("the role {word} has no keys");
            ("keys", message, "name a key, or take the table out")
        } else if single && asked > 1 {
            let message = format!(
                "the role {word} cannot ask for {asked} signatures: the form has room for one"
            );
            ("threshold", message, "take `threshold` out")
        } else if asked > count {
            let message = format!("the role {word} asks for {asked} signatures of {count} keys");
            ("threshold", message, "name more keys, or ask for fewer")
        } else {
            return;
        };
        let found = self.fault("keyring-role", &format!("role.{word}.{field}"), message);
        self.report.push(found.help(help));
    }

    /// No revoked key has a role, under this name or another.
    pub(crate) fn revoked(&mut self) {
        for (role, table) in &self.file().roles {
            for (field, name) in in_role(*role, table) {
                let key = self.shelf.key(name);
                let revoked = self.file().revoked.iter().find(|(revoked, _)| {
                    revoked == name || (key.is_some() && key == self.shelf.key(revoked))
                });
                let Some((revoked, _)) = revoked else {
                    continue;
                };
                let message = format!(
                    "the key {} is revoked, and still of {}",
                    quoted(name),
                    role.as_str()
                );
                let found = self.fault("keyring-revoked", &field, message);
                let span = self.document.at(&format!("revoked.{revoked}"));
                let found = found.also(self.document.source(), span, "revoked here");
                self.report.push(found.help("take it out of the role"));
            }
        }
    }

    fn entry(&self, name: &str) -> Option<Entry> {
        let periods = &self.file().keys;
        let period = periods.iter().find(|(known, _)| known == name);
        let period = period.map_or(KeyPeriod::default(), |(_, period)| *period);
        let mut entry = Entry::new(name, self.shelf.key(name)?, period);
        let certificate = self.shelf.certificates.get(name);
        let certificate = certificate.and_then(|read| read.as_ref().ok());
        entry.certificate = certificate.map(|read| read.as_blob().to_vec());
        let revoked = self.file().revoked.iter();
        let mut revoked = revoked.filter(|(known, _)| known == name);
        entry.revoked = revoked.next().map(|(_, revocation)| revocation.clone());
        Some(entry)
    }

    pub(crate) fn by_role(&self) -> BTreeMap<Role, Vec<Entry>> {
        let entries = |table: &RoleTable| {
            let names = table.keys.iter();
            names.filter_map(|name| self.entry(name)).collect()
        };
        let roles = self.file().roles.iter();
        roles.map(|(role, table)| (*role, entries(table))).collect()
    }

    pub(crate) fn entries_revoked(&self) -> Vec<Entry> {
        let revoked = self.file().revoked.iter();
        revoked.filter_map(|(name, _)| self.entry(name)).collect()
    }

    /// Keys with a file, but without a role, that are not revoked.
    pub(crate) fn others(&self) -> Vec<Entry> {
        let file = self.file();
        let is_named = |name: &&str| {
            let mut tables = file.roles.iter().map(|(_, table)| table);
            let in_role = tables.any(|table| table.keys.iter().any(|key| key == name));
            in_role || file.revoked.iter().any(|(revoked, _)| revoked == name)
        };
        let free = self.shelf.keys.keys().filter(|name| !is_named(name));
        free.filter_map(|name| self.entry(name)).collect()
    }

    /// The holders of TUF's roles, where there are such.
    pub(crate) fn tuf(&self, roles: &BTreeMap<Role, Vec<Entry>>) -> Option<caveat_tuf::Keyring> {
        let holders = |ours: Role, theirs: caveat_tuf::Role| {
            let keys = roles.get(&ours)?.iter();
            let keys = keys.map(|entry| caveat_tuf::Key::from_bytes(entry.public.as_bytes()).ok());
            let keys: Option<Vec<_>> = keys.collect();
            let table = self.file().roles.iter().find(|(role, _)| *role == ours);
            let threshold = table.map_or(1, |(_, table)| u64::from(table.threshold));
            Holders::new(theirs, &keys?, threshold).ok()
        };
        Some(caveat_tuf::Keyring {
            root: holders(Role::Root, caveat_tuf::Role::Root)?,
            targets: holders(Role::Publish, caveat_tuf::Role::Targets)?,
            snapshot: holders(Role::Publish, caveat_tuf::Role::Snapshot)?,
            timestamp: holders(Role::Freshness, caveat_tuf::Role::Timestamp)?,
        })
    }
}

/// Fields and names of a role's keys.
fn in_role(role: Role, table: &RoleTable) -> impl Iterator<Item = (String, &str)> {
    let names = table.keys.iter().enumerate();
    names.map(move |(at, name)| (format!("role.{}.keys[{at}]", role.as_str()), name.as_str()))
}

/// The starter's choice: one key of a machine publishes and keeps fresh.
fn may_share(one: Role, other: Role) -> bool {
    matches!(
        (one, other),
        (Role::Publish, Role::Freshness) | (Role::Freshness, Role::Publish)
    )
}

fn shared((before, earlier): (Role, &str), (role, name): (Role, &str)) -> String {
    let (before, role) = (before.as_str(), role.as_str());
    match (earlier == name, before == role) {
        (true, true) => format!("the role {role} names {} twice", quoted(name)),
        (true, false) => format!("the key {} is of {before} and of {role}", quoted(name)),
        _ => format!("{} and {} are the same key", quoted(earlier), quoted(name)),
    }
}

fn shared_help(before: Role, role: Role) -> &'static str {
    if before == role {
        "each key counts once: name another, or take one mention out"
    } else {
        "whoever steals it would have both powers: make another key for one of the two"
    }
}
