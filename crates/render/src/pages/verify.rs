//! Owns the page that says how to verify a copy of the site.
//! Must never print a command that `make interop` does not run.

use serde::Serialize;

use super::Press;
use crate::Error;
use crate::templates::value;

#[derive(Serialize)]
struct Command {
    title: &'static str,
    lead: String,
    code: String,
}

impl Press<'_> {
    pub(super) fn verify(&self, principal: &str) -> Result<(), Error> {
        let data = minijinja::context! { commands => value(&commands(principal)) };
        self.page(
            "verify.html",
            "keys/index.html",
            "Keys and how to verify",
            "Check with tools you already have that a copy of this feed is whole and genuine.",
            &data,
        )
    }
}

/// The exact commands, to be run in a copy of the site. `make interop` runs them as they are printed.
fn commands(principal: &str) -> Vec<Command> {
    vec![
        Command {
            title: "With OpenSSH",
            lead: "OpenSSH 8.2 or later is on most machines already.".to_owned(),
            code: format!(
                "ssh-keygen -Y verify -f keys/allowed_signers -I {principal} -n {principal} -s SHA256SUMS.sig < SHA256SUMS"
            ),
        },
        Command {
            title: "With minisign",
            lead: "Shows when the list was signed, and how many files it has.".to_owned(),
            code: "minisign -VHm SHA256SUMS -p keys/minisign.pub".to_owned(),
        },
        Command {
            title: "Then every file",
            lead: "Either signature covers the list; the list covers every file.".to_owned(),
            code: "sha256sum --quiet -c SHA256SUMS".to_owned(),
        },
        Command {
            title: "Everything at once",
            lead: "Both signatures, every file, and files that should not be there; with `--key FILE`, against a key that you have already.".to_owned(),
            code: "caveat verify .".to_owned(),
        },
    ]
}
