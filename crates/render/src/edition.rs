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
    /// Fingerprint of the OpenPGP key that will sign CSAF documents, if one does.
    pub openpgp: Option<String>,
    /// What the repository's keyring adds; none without one, and in builds that prove nothing.
    pub layers: Option<Layers>,
}

/// What there is to verify beside the list of files and its two signatures.
#[derive(Clone, Debug)]
pub struct Layers {
    /// The line of an `allowed_signers` file that is enough for every OpenSSH signature of this site: of the authority where
    /// the key has a certificate, else of the key.
    pub trust: String,
    /// Is that line the authority's?
    pub authority: bool,
    /// The key in OpenSSL's form, PEM.
    pub pem: String,
    /// Where there is metadata for machines, below `tuf/`: SHA-256 of its first root, 64 digits.
    pub machines: Option<String>,
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
