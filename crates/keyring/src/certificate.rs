//! Owns whether the certificates in `keys/` are of the keys beside them, and of an authority of the keyring.
//! Must never ask what time it is: a certificate ends without any fault of the files.

use caveat_advisory::{Document, KeyringFile};
use caveat_diag::{Level, Report};
use caveat_verify::{Certificate, CertificateError};

use crate::Role;
use crate::files::path_of;
use crate::read::{Shelf, of_file};

/// Reads the text of a `-cert.pub` file.
pub(crate) fn read(bytes: &[u8]) -> Result<Certificate, CertificateError> {
    let text = std::str::from_utf8(bytes).map_err(|_| CertificateError::Format)?;
    Certificate::from_openssh(text)
}

/// Reports every certificate that says nothing of the key beside it.
pub(crate) fn judge(document: &Document<KeyringFile>, shelf: &Shelf<'_>, report: &mut Report) {
    for (name, certificate) in &shelf.certificates {
        let Some(message) = fault(document, shelf, name, certificate) else {
            continue;
        };
        let path = format!("keys/{name}-cert.pub");
        let found = of_file(Level::Error, "keyring-certificate", &path, &message);
        let key = path_of(name);
        let make = format!("`ssh-keygen -s CA -I {name} -n FEED -V +90d {key}` makes one");
        report.push(found.help(make));
    }
}

fn fault(
    document: &Document<KeyringFile>,
    shelf: &Shelf<'_>,
    name: &str,
    certificate: &Result<Certificate, CertificateError>,
) -> Option<String> {
    let certificate = match certificate {
        Ok(certificate) => certificate,
        Err(error) => return Some(error.to_string()),
    };
    let Some(key) = shelf.keys.get(name) else {
        return Some(format!(
            "the key of this certificate is missing: {}",
            path_of(name)
        ));
    };
    if key.as_ref().is_ok_and(|key| key != certificate.key()) {
        return Some(format!("this certificate is not of {}", path_of(name)));
    }
    let publishes = keys_of(document, Role::Publish).any(|key| key == name);
    let mut authorities = keys_of(document, Role::SshCa).filter_map(|ca| shelf.key(ca));
    let known = authorities.any(|key| key == *certificate.authority());
    (publishes && !known).then(|| {
        let authority = certificate.authority().fingerprint();
        format!("this certificate is of {authority}, which is no key of the role ssh-ca")
    })
}

fn keys_of(document: &Document<KeyringFile>, role: Role) -> impl Iterator<Item = &str> {
    let roles = document.data().roles.iter();
    let tables = roles.filter(move |(known, _)| *known == role);
    tables.flat_map(|(_, table)| table.keys.iter().map(String::as_str))
}
