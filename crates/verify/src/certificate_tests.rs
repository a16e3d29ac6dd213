//! Tests of certificates: those of `ssh-keygen`, and every change to one of them.

use super::*;
use crate::{SignatureError, Signed, Trusted, sshsig};
use proptest::prelude::*;

// Made by `ssh-keygen -s` of OpenSSH 9.2; the signature by `ssh-keygen -Y sign -f publish-cert.pub`.
const GOOD: &str = include_str!("../tests/data/certificate/good.pub");
const ENDLESS: &str = include_str!("../tests/data/certificate/endless.pub");
const SIGNATURE: &str = include_str!("../tests/data/certificate/hello.sig");
const FEED: &str = "advisories.example.org/feed";
/// 2026-11-22T00:00:00Z, and both ends of the certificate.
const NOW: u64 = 1_795_305_600;
const AFTER: u64 = 1_793_491_200;
const BEFORE: u64 = 1_801_440_000;

fn key(text: &str) -> PublicKey {
    PublicKey::from_openssh(text).expect("a key")
}

fn authority() -> PublicKey {
    key(include_str!("../tests/data/certificate/ca.pub"))
}

fn publish() -> PublicKey {
    key(include_str!("../tests/data/certificate/publish.pub"))
}

fn trusted() -> Trusted {
    Trusted {
        authorities: vec![authority()],
        at: NOW,
        ..Trusted::default()
    }
}

fn check(trusted: &Trusted) -> Result<Signed, SignatureError> {
    sshsig::verify(SIGNATURE, b"hello\n", FEED, trusted)
}

#[test]
fn a_certificate_of_openssh_is_read() {
    let certificate = Certificate::from_openssh(GOOD).expect("good");
    assert_eq!(*certificate.key(), publish());
    assert_eq!(*certificate.authority(), authority());
    assert_eq!(
        (certificate.serial(), certificate.key_id()),
        (7, "publish 2026")
    );
    assert_eq!((certificate.after(), certificate.before()), (AFTER, BEFORE));
    assert_eq!(certificate.principals(), [FEED]);
    let endless = Certificate::from_openssh(ENDLESS).expect("good");
    assert_eq!((endless.after(), endless.before()), (0, u64::MAX));
    assert_eq!(endless.principals(), [FEED, "second"]);
    assert!(endless.allows(&[authority()], "second", NOW).is_ok());
}

#[test]
fn a_certificate_is_good_for_its_time_its_authority_and_its_principal() {
    let certificate = Certificate::from_openssh(GOOD).expect("good");
    let allows = |name: &str, at| certificate.allows(&[authority()], name, at);
    assert_eq!(allows(FEED, AFTER), Ok(()));
    assert_eq!(allows(FEED, BEFORE - 1), Ok(()));
    assert_eq!(allows(FEED, AFTER - 1), Err(CertificateError::Early));
    assert_eq!(allows(FEED, BEFORE), Err(CertificateError::Expired));
    assert!(matches!(
        allows("advisories.example.org", NOW),
        Err(CertificateError::Principal(_))
    ));
    assert!(matches!(
        certificate.allows(&[publish()], FEED, NOW),
        Err(CertificateError::Authority(_))
    ));
}

#[test]
fn every_other_certificate_is_refused_for_its_reason() {
    let read = |text: &str| Certificate::from_openssh(text).expect_err("refused");
    let of = |name: &str| match name {
        "host" => include_str!("../tests/data/certificate/host.pub"),
        "option" => include_str!("../tests/data/certificate/option.pub"),
        _ => include_str!("../tests/data/certificate/rsa-authority.pub"),
    };
    assert_eq!(read(of("host")), CertificateError::Host);
    assert_eq!(
        read(of("option")),
        CertificateError::Option("force-command".to_owned())
    );
    assert_eq!(
        read(of("rsa-authority")),
        CertificateError::Key(KeyError::Algorithm("ssh-rsa".to_owned()))
    );
    assert_eq!(read(""), CertificateError::Format);
    assert_eq!(read(&format!("{GOOD}{GOOD}")), CertificateError::Format);
    let plain = include_str!("../tests/data/certificate/publish.pub");
    assert_eq!(read(plain), CertificateError::Format);
    let nobody = include_str!("../tests/data/certificate/no-principal.pub");
    let nobody = Certificate::from_openssh(nobody).expect("well formed");
    assert!(matches!(
        nobody.allows(&[authority()], FEED, NOW),
        Err(CertificateError::Principal(_))
    ));
}

#[test]
fn a_signature_under_an_authority_holds() {
    let signed = check(&trusted()).expect("good");
    assert_eq!(signed.key, publish());
    assert_eq!(signed.certificate.expect("one").serial(), 7);
    // Nor does a certificate harm a key that is trusted by itself.
    assert!(check(&Trusted::key(&publish())).is_ok());
}

#[test]
fn a_signature_under_an_authority_is_refused_for_its_reason() {
    let late = Trusted {
        at: BEFORE,
        ..trusted()
    };
    assert_eq!(
        check(&late),
        Err(SignatureError::Certificate(CertificateError::Expired))
    );
    for revoked in [publish(), authority()] {
        let trusted = Trusted {
            keys: vec![publish()],
            revoked: vec![revoked],
            ..trusted()
        };
        assert_eq!(
            check(&trusted),
            Err(SignatureError::Revoked(revoked.fingerprint()))
        );
    }
    assert!(matches!(
        check(&Trusted::key(&authority())),
        Err(SignatureError::Certificate(CertificateError::Authority(_)))
    ));
    assert!(matches!(
        sshsig::verify(SIGNATURE, b"hello\n", "other", &trusted()),
        Err(SignatureError::Namespace(_))
    ));
    assert_eq!(
        sshsig::verify(SIGNATURE, b"hallo\n", FEED, &trusted()),
        Err(SignatureError::Mismatch)
    );
}

proptest! {
    #[test]
    fn any_change_to_a_certificate_is_noticed(at in any::<prop::sample::Index>(), to in any::<u8>()) {
        let mut blob = Certificate::from_openssh(GOOD).expect("good").as_blob().to_vec();
        let at = at.index(blob.len());
        let changed = blob[at] != to;
        blob[at] = to;
        prop_assert_eq!(Certificate::from_blob(&blob).is_err(), changed);
        prop_assert!(Certificate::from_blob(&blob[..at]).is_err());
    }
}
