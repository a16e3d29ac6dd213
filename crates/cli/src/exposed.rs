//! Owns noticing a private key where the place of one should be: on the command line, or as a path.
//! Must never repeat what it found, or look at anything but its form.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;

/// What private keys begin with in the forms that people have them in: as text, and as the base64 of a file or of its
/// body. Each is long enough that no path and no sentence has it by chance.
const BEGINNINGS: [&str; 6] = [
    // OpenSSH's magic.
    "b3BlbnNzaC1rZXktdjE",
    // PKCS#8 with an Ed25519 key (RFC 8410), of both versions.
    "MC4CAQAwBQYDK2VwBCIE",
    "MFECAQEwBQYDK2VwBCIE",
    // `-----BEGIN`, as base64.
    "LS0tLS1CRUdJTi",
    // minisign's and age's.
    "RWRTY0Iy",
    "AGE-SECRET-KEY-1",
];

/// Is this a private key, and not the place of one?
pub(crate) fn is_private_key(value: &OsStr) -> bool {
    let text = String::from_utf8_lossy(value.as_bytes());
    let armoured = text.contains("-----BEGIN ") && text.contains("PRIVATE KEY");
    armoured || BEGINNINGS.iter().any(|beginning| text.contains(beginning))
}

/// The first thing to look at: whatever reads arguments repeats those that it does not understand.
pub(crate) fn on_the_command_line() -> bool {
    std::env::args_os().any(|argument| is_private_key(&argument))
}

/// What to say then.
pub(crate) const ADVICE: &str = "a private key was given as an argument, where every user of this machine can see it; put it \
    into a file that only you can read, name that file, and make a new key: this one is no secret any more";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_told_from_a_path_in_every_form_that_people_paste() {
        let pem = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----\n";
        for key in [
            pem,
            "b3BlbnNzaC1rZXktdjEAAAAABG5vbmU",
            "LS0tLS1CRUdJTiBPUEVOU1NIIFBSSVZBVEUgS0VZ",
            "--key=-----BEGIN PRIVATE KEY-----\nMC4C",
            "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp",
        ] {
            assert!(is_private_key(OsStr::new(key)), "{key}");
        }
        for other in [
            "/run/secrets/feed_ed25519",
            "How a PRIVATE KEY leaked",
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE",
            "-----BEGIN PUBLIC KEY-----",
            "agent:SHA256:DmDPzoNyeBdhX/5ORASOhfIgY3XypJW3qBfNvdmRrtg",
        ] {
            assert!(!is_private_key(OsStr::new(other)), "{other}");
        }
    }
}
