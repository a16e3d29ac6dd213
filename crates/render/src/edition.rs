//! Owns what a build knows beside the book: who signs it and how far it can be trusted.
//! Must never hold a secret.

/// Facts of one build.
#[derive(Clone, Debug)]
pub struct Edition {
    /// Name and version of this program.
    pub generator: String,
    /// Signed with a key that is not among the repository's public keys: proves nothing to anybody else.
    pub local: bool,
    /// The key it will be signed with.
    pub key: Key,
}

/// A public key in the forms people compare.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Key {
    /// As `ssh-keygen -l` prints it: `SHA256:...`.
    pub fingerprint: String,
    /// One OpenSSH line.
    pub openssh: String,
    /// One line of an `allowed_signers` file.
    pub allowed_signers: String,
    /// minisign's base64 form, `RW...`.
    pub minisign: String,
}
