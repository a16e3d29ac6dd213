//! Owns the signed bundle: the list of all files and its two signatures, proven before they are handed out.
//! Must never be made any other way: to hold a `Bundle` is to know that it verifies.

use caveat_artifact::{Artifact, Manifest, PathError, SitePath};
use caveat_verify::{
    Certificate, CertificateError, Comment, PublicKey, SIGNATURES, SUMS, SignatureError, Trusted,
    minisign, sshsig,
};

use crate::hand::{Hand, HandError};

/// What the signer says beside the files.
#[derive(Clone, Debug, Default)]
pub struct Stamp {
    /// Host and path of the feed: principal and namespace of the SSH signature.
    pub feed: String,
    /// RFC 3339.
    pub issued: String,
    /// How many editions were signed until this one, where somebody counts.
    pub seq: Option<u64>,
    /// From when nobody should take it for new, where somebody renews it: RFC 3339.
    pub expires: Option<String>,
}

/// `SHA256SUMS` and its signatures; what is signed for machines behind them, the timestamp last.
#[derive(Debug)]
pub struct Bundle {
    pub(crate) artifacts: Vec<Artifact>,
}

impl Bundle {
    /// The files, to be written last.
    pub fn into_artifacts(self) -> Vec<Artifact> {
        self.artifacts
    }
}

/// Why nothing was signed.
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// The key did not sign.
    #[error(transparent)]
    Hand(#[from] HandError),
    /// The certificate is none.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    /// The certificate is of another key.
    #[error(
        "the certificate is for the key {0}, and another signs; sign the public key again with `ssh-keygen -s CA`"
    )]
    OtherCertificate(String),
    /// A signature that does not hold against its own key: a fault of this program or of the machine.
    #[error("the new signature does not verify: {0}; nothing was published")]
    Unproven(#[from] SignatureError),
    /// Metadata for machines that was not signed.
    #[error(transparent)]
    Edition(#[from] caveat_tuf::EditionError),
    /// A name of ours that is no path.
    #[error(transparent)]
    Path(#[from] PathError),
}

/// Signs the list of all files in both forms, and verifies both before returning. A certificate takes the place of the key
/// in OpenSSH's form.
///
/// # Errors
/// [`SignError`].
pub fn sign(
    manifest: &Manifest,
    hand: &dyn Hand,
    certificate: Option<&[u8]>,
    stamp: &Stamp,
) -> Result<Bundle, SignError> {
    let (sums, public) = (manifest.to_sums(), hand.public());
    let signer = signer(public, certificate)?;
    let ssh = hand.sign(&sshsig::signed_data(&sums, &stamp.feed))?;
    let ssh = sshsig::encode(&signer, &stamp.feed, &ssh);
    sshsig::verify(&ssh, &sums, &stamp.feed, &Trusted::key(public))?;
    let mini = minisigned(&sums, manifest.files().len(), hand, stamp)?;
    let [ssh_path, mini_path] = SIGNATURES;
    let artifacts = vec![
        file(SUMS, sums)?,
        file(ssh_path, ssh)?,
        file(mini_path, mini)?,
    ];
    Ok(Bundle { artifacts })
}

/// minisign's form over the bytes of a list of so many files: what a heartbeat renews by itself.
///
/// # Errors
/// [`SignError`].
pub fn minisigned(
    sums: &[u8],
    files: usize,
    hand: &dyn Hand,
    stamp: &Stamp,
) -> Result<String, SignError> {
    let comment = comment(stamp, files).to_string();
    let signature = hand.sign(&minisign::signed_data(sums))?;
    let global = hand.sign(&minisign::signed_comment(&signature, &comment))?;
    let mini = minisign::encode(hand.public(), &signature, &comment, &global);
    minisign::verify(&mini, sums, hand.public())?;
    // What we could not read again, nobody should have to.
    Comment::parse(&comment).map_err(HandError::new)?;
    Ok(mini)
}

/// Who signs, in OpenSSH's binary form.
pub(crate) fn signer(key: &PublicKey, certificate: Option<&[u8]>) -> Result<Vec<u8>, SignError> {
    let Some(blob) = certificate else {
        return Ok(key.to_blob());
    };
    let certificate = Certificate::from_blob(blob)?;
    if certificate.key() != key {
        return Err(SignError::OtherCertificate(certificate.key().fingerprint()));
    }
    Ok(blob.to_owned())
}

/// One line; what minisign shows to whoever verifies.
fn comment(stamp: &Stamp, files: usize) -> Comment {
    Comment {
        feed: Some(stamp.feed.clone()),
        file: Some(SUMS.to_owned()),
        seq: stamp.seq,
        issued: Some(stamp.issued.clone()),
        expires: stamp.expires.clone(),
        files: u64::try_from(files).ok(),
    }
}

/// The public key in the forms that people's tools read, to be published with the files.
///
/// # Errors
/// [`PathError`] never, as long as the names here are paths.
pub fn key_artifacts(key: &PublicKey, feed: &str) -> Result<Vec<Artifact>, PathError> {
    let minisign = format!(
        "untrusted comment: minisign public key of {feed}\n{}\n",
        key.to_minisign()
    );
    Ok(vec![
        file("keys/feed.pub", key.to_openssh(feed) + "\n")?,
        file("keys/minisign.pub", minisign)?,
        file(
            "keys/allowed_signers",
            key.to_allowed_signer(feed, feed) + "\n",
        )?,
    ])
}

pub(crate) fn file(path: &str, bytes: impl Into<Vec<u8>>) -> Result<Artifact, PathError> {
    Ok(Artifact::new(SitePath::new(path)?, bytes.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SecretKey;

    #[test]
    fn the_same_files_and_key_give_the_same_signatures() {
        let key = SecretKey::generate().expect("random");
        let stamp = Stamp {
            feed: "example.org".to_owned(),
            issued: "2026-11-20T00:00:00Z".to_owned(),
            seq: Some(3),
            expires: None,
        };
        let twice = [(), ()].map(|()| {
            sign(&Manifest::default(), &key, None, &stamp)
                .expect("signed")
                .into_artifacts()
        });
        assert_eq!(twice[0], twice[1]);
        let paths: Vec<&str> = twice[0].iter().map(|file| file.path().as_ref()).collect();
        assert_eq!(
            paths,
            ["SHA256SUMS", "SHA256SUMS.sig", "SHA256SUMS.minisig"]
        );
    }

    #[test]
    fn an_edited_trusted_comment_is_noticed() {
        let key = SecretKey::generate().expect("random");
        let stamp = Stamp {
            feed: "example.org".to_owned(),
            issued: "2026-11-20T00:00:00Z".to_owned(),
            seq: Some(3),
            expires: None,
        };
        let files = sign(&Manifest::default(), &key, None, &stamp)
            .expect("signed")
            .into_artifacts();
        let text = String::from_utf8(files[2].bytes().to_vec()).expect("text");
        let public = key.public();
        assert_eq!(
            minisign::verify(&text, b"", public).expect("good"),
            "feed=example.org file=SHA256SUMS seq=3 issued=2026-11-20T00:00:00Z files=0"
        );
        let edited = text.replace("2026-11-20", "2027-11-20");
        assert_eq!(
            minisign::verify(&edited, b"", public),
            Err(SignatureError::Mismatch)
        );
        let legacy = text.replacen("\nRU", "\nRW", 1);
        assert_eq!(
            minisign::verify(&legacy, b"", public),
            Err(SignatureError::Legacy)
        );
    }
}
