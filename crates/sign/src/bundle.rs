//! Owns the signed bundle: the list of all files and its two signatures, proven before they are handed out.
//! Must never be made any other way: to hold a `Bundle` is to know that it verifies.

use caveat_artifact::{Artifact, Manifest, PathError, SitePath};
use caveat_verify::{PublicKey, SIGNATURES, SUMS, SignatureError, minisign, sshsig};

use crate::{KeyError, SecretKey};

/// What the signer says beside the files.
#[derive(Clone, Debug)]
pub struct Stamp {
    /// Host and path of the feed: principal and namespace of the SSH signature.
    pub feed: String,
    /// RFC 3339.
    pub issued: String,
}

/// `SHA256SUMS` and its signatures.
#[derive(Debug)]
pub struct Bundle {
    artifacts: Vec<Artifact>,
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
    /// The key cannot be used.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A signature that does not hold against its own key: a fault of this program or of the machine.
    #[error("the new signature does not verify: {0}; nothing was published")]
    Unproven(#[from] SignatureError),
    /// A name of ours that is no path.
    #[error(transparent)]
    Path(#[from] PathError),
}

/// Signs the list of all files in both forms, and verifies both before returning.
///
/// # Errors
/// [`SignError`].
pub fn sign(manifest: &Manifest, key: &SecretKey, stamp: &Stamp) -> Result<Bundle, SignError> {
    let (sums, public) = (manifest.to_sums(), key.public()?);
    let ssh = sshsig::encode(
        &public,
        &stamp.feed,
        &key.sign(&sshsig::signed_data(&sums, &stamp.feed)),
    );
    sshsig::verify(&ssh, &sums, &stamp.feed, &public)?;
    let comment = comment(stamp, manifest.files().len());
    let signature = key.sign(&minisign::signed_data(&sums));
    let global = key.sign(&minisign::signed_comment(&signature, &comment));
    let mini = minisign::encode(&public, &signature, &comment, &global);
    minisign::verify(&mini, &sums, &public)?;
    let [ssh_path, mini_path] = SIGNATURES;
    let artifacts = vec![
        file(SUMS, sums)?,
        file(ssh_path, ssh)?,
        file(mini_path, mini)?,
    ];
    Ok(Bundle { artifacts })
}

/// One line; what minisign shows to whoever verifies.
fn comment(stamp: &Stamp, files: usize) -> String {
    format!(
        "feed={} issued={} files={files} file={SUMS}",
        stamp.feed, stamp.issued
    )
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

fn file(path: &str, bytes: impl Into<Vec<u8>>) -> Result<Artifact, PathError> {
    Ok(Artifact::new(SitePath::new(path)?, bytes.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_files_and_key_give_the_same_signatures() {
        let key = SecretKey::generate().expect("random");
        let stamp = Stamp {
            feed: "example.org".to_owned(),
            issued: "2026-11-20T00:00:00Z".to_owned(),
        };
        let twice = [(), ()].map(|()| {
            sign(&Manifest::default(), &key, &stamp)
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
        };
        let files = sign(&Manifest::default(), &key, &stamp)
            .expect("signed")
            .into_artifacts();
        let text = String::from_utf8(files[2].bytes().to_vec()).expect("text");
        let public = key.public().expect("good");
        assert!(minisign::verify(&text, b"", &public).is_ok());
        let edited = text.replace("2026-11-20", "2027-11-20");
        assert_eq!(
            minisign::verify(&edited, b"", &public),
            Err(SignatureError::Mismatch)
        );
        let legacy = text.replacen("\nRU", "\nRW", 1);
        assert_eq!(
            minisign::verify(&legacy, b"", &public),
            Err(SignatureError::Legacy)
        );
    }
}
