//! Owns reading a keyring from the files in `keys/`: what is there, before anything is compared.
//! Must never give back a keyring of which an error was reported.

use std::collections::BTreeMap;
use std::sync::Arc;

use caveat_advisory::{Document, Draft, KeyringFile};
use caveat_diag::{Diagnostic, Level, Report, Source};
use caveat_verify::{Certificate, CertificateError, KeyError, PublicKey};

use crate::Keyring;
use crate::assemble::Assembly;
use crate::certificate;
use crate::files::Kind;
use crate::roots;

/// The keys and certificates that have a file.
#[derive(Default)]
pub(crate) struct Shelf<'f> {
    pub(crate) keys: BTreeMap<&'f str, Result<PublicKey, KeyError>>,
    pub(crate) certificates: BTreeMap<&'f str, Result<Certificate, CertificateError>>,
}

impl<'f> Shelf<'f> {
    fn new(files: &'f [Draft]) -> Self {
        let mut shelf = Self::default();
        for file in files {
            match Kind::of(&file.path) {
                Kind::Key(name) => {
                    let text = String::from_utf8_lossy(&file.bytes);
                    shelf.keys.insert(name, PublicKey::from_openssh(&text));
                }
                Kind::Certificate(name) => {
                    shelf
                        .certificates
                        .insert(name, certificate::read(&file.bytes));
                }
                _ => {}
            }
        }
        shelf
    }

    /// The key of this name, where there is a good one.
    pub(crate) fn key(&self, name: &str) -> Option<PublicKey> {
        self.keys.get(name)?.as_ref().ok().copied()
    }
}

impl Keyring {
    /// Is there a keyring among these files, good or not? Without one, every key in `keys/` publishes.
    pub fn is_there(files: &[Draft]) -> bool {
        let mut files = files.iter();
        files.any(|file| Kind::of(&file.path) == Kind::Keyring)
    }

    /// Reads what is in `keys/`; files that are none of the keyring's may be among these. `None` where there is no
    /// `keys/keyring.toml`, and where an error was reported.
    pub fn read(files: &[Draft], report: &mut Report) -> Option<Self> {
        let file = files
            .iter()
            .find(|file| Kind::of(&file.path) == Kind::Keyring)?;
        let document = Document::<KeyringFile>::read(file.clone(), report)?;
        let mut found = Report::default();
        let keyring = assembled(document, files, &mut found);
        let faulty = found.has_errors();
        report.extend(found);
        (!faulty).then_some(keyring)
    }
}

fn assembled(document: Document<KeyringFile>, files: &[Draft], report: &mut Report) -> Keyring {
    let shelf = Shelf::new(files);
    let mut assembly = Assembly::new(&document, &shelf, report);
    assembly.names();
    assembly.roles();
    assembly.revoked();
    let (roles, revoked, others) = (
        assembly.by_role(),
        assembly.entries_revoked(),
        assembly.others(),
    );
    let tuf = assembly.tuf(&roles);
    certificate::judge(&document, &shelf, report);
    let (chain, draft) = roots::read(files, report);
    Keyring {
        document,
        roles,
        revoked,
        others,
        tuf,
        chain,
        draft,
    }
}

/// A fault of a whole file that has no lines to point at.
pub(crate) fn of_file(level: Level, code: &'static str, path: &str, message: &str) -> Diagnostic {
    let source = Arc::new(Source::new(path, ""));
    let span = source.first_line();
    Diagnostic::new(level, code, message, &source, span)
}
