//! Owns the shape of `keys/keyring.toml`: one line per key.
//! Must never look for the files that it names.

use caveat_diag::Report;

use crate::fields::Fields;
use crate::{Document, Draft, KeyPeriod, KeyRole, KeyringFile, Revocation, RoleTable, StatePlace};

impl Document<KeyringFile> {
    /// Reads `keys/keyring.toml`. `None` only if something was reported.
    pub fn read(draft: Draft, report: &mut Report) -> Option<Self> {
        Self::read_with(draft, report, keyring)
    }
}

fn keyring(f: &mut Fields<'_, '_, '_>) -> Option<KeyringFile> {
    let roles = f.required_table("role", |f| Some(roles(f)));
    let keys = f.named("key", |f| {
        Some(KeyPeriod {
            from: f.optional("from"),
            until: f.optional("until"),
        })
    });
    let revoked = f.named("revoked", revocation);
    let state = f.table("state", |f| Some(state(f))).unwrap_or_default();
    let branch = f.table("publish", |f| f.optional("branch"));
    Some(KeyringFile {
        roles: roles?,
        keys,
        revoked,
        state,
        branch,
    })
}

fn roles(f: &mut Fields<'_, '_, '_>) -> Vec<(KeyRole, RoleTable)> {
    let mut roles = Vec::new();
    for role in KeyRole::ALL {
        let table = match role {
            // Without it nobody could publish anything.
            KeyRole::Publish => f.required_table(role.as_str(), self::role),
            _ => f.table(role.as_str(), self::role),
        };
        roles.extend(table.map(|table| (*role, table)));
    }
    roles
}

fn role(f: &mut Fields<'_, '_, '_>) -> Option<RoleTable> {
    let keys = f.required_list("keys");
    let threshold = f.optional("threshold");
    Some(RoleTable {
        keys: keys?,
        threshold: threshold.unwrap_or(1),
        days: f.optional("days"),
    })
}

fn revocation(f: &mut Fields<'_, '_, '_>) -> Option<Revocation> {
    let (at, reason) = (f.required("at"), f.required("reason"));
    Some(Revocation {
        at: at?,
        reason: reason?,
    })
}

fn state(f: &mut Fields<'_, '_, '_>) -> StatePlace {
    let (branch, remote) = (f.optional("branch"), f.optional("remote"));
    StatePlace {
        branch: branch.unwrap_or_else(|| StatePlace::default().branch),
        remote,
    }
}
