//! Owns telling whose private key a text holds: of a key that is no secret any more, its public half is what counts.
//! Must never hand out the private half, or sign with it.

use caveat_verify::PublicKey;

use crate::SecretKey;
use crate::pem::public_in_openssh;

/// The public halves of all Ed25519 keys in a text, whatever stands around them. An OpenSSH key says its own also under a
/// passphrase; an encrypted PKCS#8 key says nothing.
pub fn public_halves(text: &str) -> Vec<PublicKey> {
    let heads = text.match_indices("-----BEGIN ");
    heads.filter_map(|(at, _)| half(&text[at..])).collect()
}

fn half(text: &str) -> Option<PublicKey> {
    const END: &str = "-----END ";
    let foot = text.find(END)? + END.len();
    let dashes = text[foot..].find("-----")? + "-----".len();
    let block = &text[..foot + dashes];
    let whole = SecretKey::parse(block).map(|key| *key.public());
    whole.ok().or_else(|| public_in_openssh(block))
}

#[cfg(test)]
mod tests {
    use super::*;

    // `ssh-keygen -t ed25519 -N secret -C ''`, for this test alone.
    const LOCKED: &str = include_str!("../tests/data/locked");
    const LOCKED_PUB: &str = include_str!("../tests/data/locked.pub");

    #[test]
    fn every_key_in_a_text_is_told_by_its_public_half() {
        let keys = [(); 2].map(|()| SecretKey::generate().expect("random"));
        let text = format!(
            "# backup\r\n{}and\n{}the end\n{LOCKED}",
            keys[0].to_openssh("a").replace('\n', "\r\n"),
            keys[1].to_openssh("b").as_str()
        );
        let locked = PublicKey::from_openssh(LOCKED_PUB).expect("a key");
        let expected = [*keys[0].public(), *keys[1].public(), locked];
        assert_eq!(public_halves(&text), expected);
    }

    #[test]
    fn what_is_no_key_or_cut_has_no_half() {
        let whole = SecretKey::generate().expect("random").to_openssh("");
        for text in [
            "",
            "-----BEGIN ",
            "-----BEGIN X-----\n-----END ",
            &whole[..90],
        ] {
            assert_eq!(public_halves(text), [], "{text}");
        }
    }
}
