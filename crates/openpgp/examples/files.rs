//! Owns a small program for `tests/interop`: signs files with a key that is a number, and says what our reader says of files.
//! Must never be part of the product: whoever knows the number can sign.

use std::error::Error;
use std::process::ExitCode;
use std::sync::Arc;
use std::{env, fs};

use caveat_openpgp::{Beside, Certificate, Owner, Seal};
use caveat_sign::{Hand, HandError};
use caveat_verify::PublicKey;
use ed25519_dalek::{Signer as _, SigningKey};
use jiff::Timestamp;

const USAGE: &str = "files sign NUMBER NAME FROM UNTIL CHANGED FILE.. (the certificate to stdout, FILE.asc beside FILE)\n\
                     files verify CERTIFICATE AT FILE.. (with FILE.asc, FILE.sha256 and FILE.sha512 beside it)";

struct Number(SigningKey, PublicKey);

impl Hand for Number {
    fn public(&self) -> &PublicKey {
        &self.1
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], HandError> {
        Ok(self.0.sign(message).to_bytes())
    }
}

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["sign", number, name, from, until, changed, files @ ..] => {
            sign(number, name, [from, until, changed], files)
        }
        ["verify", certificate, at, files @ ..] => verify(certificate, at, files),
        _ => Err(USAGE.into()),
    };
    match done {
        Ok(told) => {
            #[expect(clippy::print_stdout, reason = "it is what was asked for")]
            {
                print!("{told}");
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            #[expect(clippy::print_stderr, reason = "a small program for tests")]
            {
                eprintln!("{error}");
            }
            ExitCode::FAILURE
        }
    }
}

fn sign(
    number: &str,
    name: &str,
    [from, until, changed]: [&str; 3],
    files: &[&str],
) -> Result<String, Box<dyn Error>> {
    let key = SigningKey::from_bytes(&[number.parse()?; 32]);
    let public = PublicKey::from_bytes(key.verifying_key().as_bytes())?;
    let hand = Arc::new(Number(key, public));
    let owner = Owner::new(public, name, from.parse()?, Some(until.parse()?))?;
    let changed: Timestamp = changed.parse()?;
    let seal = Seal::new(&owner, hand, changed.max(owner.from()))?;
    for file in files {
        fs::write(format!("{file}.asc"), seal.sign(&fs::read(file)?, changed)?)?;
    }
    Ok(seal.certificate().as_str().to_owned())
}

fn verify(certificate: &str, at: &str, files: &[&str]) -> Result<String, Box<dyn Error>> {
    let certificate = Certificate::read(&fs::read_to_string(certificate)?)?;
    let mut told = String::new();
    for file in files {
        let name = file.rsplit('/').next().unwrap_or_default();
        let beside = |end: &str| fs::read_to_string(format!("{file}{end}"));
        let (sha256, sha512) = (beside(".sha256")?, beside(".sha512")?);
        let beside = Beside {
            sha256: &sha256,
            sha512: &sha512,
            signature: &beside(".asc")?,
        };
        let made = certificate.vouches(name, &fs::read(file)?, &beside, at.parse()?);
        let made = made.map_err(|flaw| format!("{file}: {flaw}"))?;
        told += &format!("{made} {file}\n");
    }
    Ok(told)
}
