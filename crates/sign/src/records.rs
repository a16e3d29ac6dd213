//! Owns the signature beside each record, made while the files of a site stream by.
//! Must never sign anything but a record, or let a record pass without its signature.

use caveat_artifact::{Artifact, Sink, SinkError, SitePath};
use caveat_verify::{Trusted, sshsig};

use crate::bundle::signer;
use crate::hand::Hand;
use crate::{SignError, Stamp};

/// What stands behind the name of a signed file.
const SUFFIX: &str = ".sig";

/// Passes everything on, and after each record its signature: for whoever has only that file.
pub struct Signing<'a, S> {
    inner: S,
    by: Option<By<'a>>,
}

struct By<'a> {
    hand: &'a dyn Hand,
    signer: Vec<u8>,
    feed: String,
}

impl<'a, S: Sink> Signing<'a, S> {
    /// Signs nothing.
    pub fn nothing(inner: S) -> Self {
        Self { inner, by: None }
    }

    /// Signs as this feed, with the certificate in place of the key where there is one.
    ///
    /// # Errors
    /// [`SignError`] for a certificate that is not one of this hand's key.
    pub fn new(
        inner: S,
        hand: &'a dyn Hand,
        certificate: Option<&[u8]>,
        stamp: &Stamp,
    ) -> Result<Self, SignError> {
        let by = By {
            hand,
            signer: signer(hand.public(), certificate)?,
            feed: stamp.feed.clone(),
        };
        by.prove()?;
        let by = Some(by);
        Ok(Self { inner, by })
    }

    /// The sink that everything went to.
    ///
    /// # Errors
    /// [`SignError`] where the key is no longer what it was at the beginning: none of the signatures is worth anything.
    pub fn finish(self) -> Result<S, SignError> {
        self.by.as_ref().map(By::prove).transpose()?;
        Ok(self.inner)
    }
}

impl By<'_> {
    /// Before the first record and after the last: whole, as readers verify it.
    fn prove(&self) -> Result<(), SignError> {
        let empty = self.signature(b"")?;
        let key = Trusted::key(self.hand.public());
        sshsig::verify(&empty, b"", &self.feed, &key)?;
        Ok(())
    }

    fn signature(&self, record: &[u8]) -> Result<String, SignError> {
        let data = sshsig::signed_data(record, &self.feed);
        let signature = self.hand.one_of_many(&data)?;
        Ok(sshsig::encode(&self.signer, &self.feed, &signature))
    }
}

impl<S: Sink> Sink for Signing<'_, S> {
    fn put(&self, artifact: Artifact) -> Result<(), SinkError> {
        let Some(by) = self.by.as_ref().filter(|_| is_record(artifact.path())) else {
            return self.inner.put(artifact);
        };
        let path = artifact.path().clone();
        let name = SitePath::new(format!("{path}{SUFFIX}"));
        let name = name.map_err(|error| SinkError::new(path.clone(), error))?;
        let signature = by.signature(artifact.bytes());
        let signature = signature.map_err(|error| SinkError::new(path, error))?;
        self.inner.put(artifact)?;
        self.inner.put(Artifact::new(name, signature.into_bytes()))
    }

    fn reserve(&self, path: &SitePath) -> Result<(), SinkError> {
        self.inner.reserve(path)
    }
}

/// One advisory by its id. The same bytes below an ecosystem have no signature of their own, nor has the list of all ids.
fn is_record(path: &SitePath) -> bool {
    let name = path.as_ref().strip_prefix("osv/");
    let id = name.and_then(|name| name.strip_suffix(".json"));
    id.is_some_and(|id| !id.contains('/') && id != "all")
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;
    use crate::{HandError, SecretKey};
    use caveat_artifact::{Hashing, Memory};
    use caveat_verify::PublicKey;

    fn stamp() -> Stamp {
        Stamp {
            feed: "example.org".to_owned(),
            ..Stamp::default()
        }
    }

    fn file(path: &str) -> Artifact {
        Artifact::new(SitePath::new(path).expect("a path"), b"{}\n".to_vec())
    }

    #[test]
    fn each_record_and_nothing_else_has_a_signature_beside_it_that_is_listed() {
        let key = SecretKey::generate().expect("random");
        let sink = Hashing::new(Memory::default());
        let sink = Signing::new(sink, &key, None, &stamp()).expect("a key");
        for path in [
            "osv/all.json",
            "osv/X-1.json",
            "osv/PyPI/X-1.json",
            "a.json",
        ] {
            sink.put(file(path)).expect("taken");
        }
        let (manifest, memory) = sink.finish().expect("proven").finish();
        let files = memory.into_files();
        let sigs: Vec<_> = files
            .iter()
            .filter(|(path, _)| path.as_ref().strip_suffix(".sig").is_some())
            .collect();
        let [(path, text)] = sigs[..] else {
            panic!("{sigs:?}")
        };
        assert_eq!(path.as_ref(), "osv/X-1.json.sig");
        assert!(manifest.files().contains_key(path));
        let text = String::from_utf8(text.clone()).expect("text");
        let by = Trusted::key(key.public());
        assert!(sshsig::verify(&text, b"{}\n", "example.org", &by).is_ok());
    }

    /// Signs as it should but once in a while.
    struct Tired(SecretKey);

    impl Hand for Tired {
        fn public(&self) -> &PublicKey {
            self.0.public()
        }

        fn sign(&self, message: &[u8]) -> Result<[u8; 64], HandError> {
            let good = self.0.sign(message)?;
            let empty = sshsig::signed_data(b"", "example.org");
            Ok(if message == empty { good } else { [0; 64] })
        }
    }

    #[test]
    fn a_record_that_nobody_signed_does_not_pass() {
        let hand = Tired(SecretKey::generate().expect("random"));
        let sink = Signing::new(Memory::default(), &hand, None, &stamp()).expect("a key");
        let error = sink.put(file("osv/X-1.json")).expect_err("refused");
        assert!(error.to_string().contains("does not verify"), "{error}");
        assert!(sink.finish().expect("proven").into_files().is_empty());
    }

    /// Becomes another key after its first signature, and says nothing.
    struct Changed(SecretKey, SecretKey, AtomicBool);

    impl Hand for Changed {
        fn public(&self) -> &PublicKey {
            self.0.public()
        }

        fn sign(&self, message: &[u8]) -> Result<[u8; 64], HandError> {
            let later = self.2.swap(true, Ordering::Relaxed);
            if later { &self.1 } else { &self.0 }.sign(message)
        }

        fn one_of_many(&self, message: &[u8]) -> Result<[u8; 64], HandError> {
            self.sign(message)
        }
    }

    #[test]
    fn a_key_that_changed_on_the_way_is_found_out_at_the_end() {
        let [key, other] = [(), ()].map(|()| SecretKey::generate().expect("random"));
        let hand = Changed(key, other, AtomicBool::new(false));
        let sink = Signing::new(Memory::default(), &hand, None, &stamp()).expect("a key");
        sink.put(file("osv/X-1.json")).expect("taken");
        assert!(matches!(sink.finish(), Err(SignError::Unproven(_))));
    }
}
