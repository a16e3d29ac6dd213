//! Owns the page that says how to verify a copy of the site.
//! Must never print a command that `make interop` does not run.

use super::Press;
use crate::Error;
use crate::templates::value;

impl Press<'_> {
    pub(super) fn verify(&self, principal: &str) -> Result<(), Error> {
        let data = minijinja::context! { commands => value(&commands(principal)) };
        let texts = self.texts_of("verify.html");
        let (title, description) = (texts.word("verify.title"), texts.word("verify.description"));
        self.page(
            "verify.html",
            "keys/index.html",
            &title,
            &description,
            &data,
        )
    }
}

/// The exact commands, to be run in a copy of the site. `make interop` runs them as they are printed.
#[derive(serde::Serialize)]
struct Commands {
    openssh: String,
    minisign: &'static str,
    files: &'static str,
    all: &'static str,
}

fn commands(principal: &str) -> Commands {
    Commands {
        openssh: format!(
            "ssh-keygen -Y verify -f keys/allowed_signers -I {principal} -n {principal} -s SHA256SUMS.sig < SHA256SUMS"
        ),
        minisign: "minisign -VHm SHA256SUMS -p keys/minisign.pub",
        files: "sha256sum --quiet -c SHA256SUMS",
        all: "caveat verify .",
    }
}
