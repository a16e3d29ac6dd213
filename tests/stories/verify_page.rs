//! Owns the story of a reader who types the commands of the page on how to verify, exactly as they are printed.
//! Must never mend a command: what does not run as it is printed is a fault of the page.
#![expect(clippy::print_stderr, reason = "a story that is left out says so")]

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::repository::{NOW, Repository};
use crate::trusted::{PUBLISH, trusted};

fn page(repository: &Repository) -> String {
    fs::read_to_string(repository.path("public/keys/index.html")).unwrap()
}

/// Every command of the page, as a browser would let people copy it.
fn printed(repository: &Repository) -> Vec<String> {
    let page = page(repository);
    let blocks = page.split("<pre><code>").skip(1);
    let plain = |block: &str| {
        let code = block.split_once("</code></pre>").unwrap().0;
        let marks = [
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&quot;", "\""),
            ("&#x27;", "'"),
            ("&#39;", "'"),
            ("&#x2f;", "/"),
        ];
        let code = marks.iter().fold(code.to_owned(), |code, (mark, plain)| {
            code.replace(mark, plain)
        });
        code.replace("&amp;", "&")
    };
    blocks.map(plain).collect()
}

/// The shell runs it in the copy; `caveat` is the one that is tested.
fn run(command: &str, at: &Path) -> std::process::Output {
    let program = Path::new(env!("CARGO_BIN_EXE_caveat"));
    let path = format!("{}:/usr/bin:/bin", program.parent().unwrap().display());
    let mut shell = Command::new("bash");
    shell
        .args(["-e", "-o", "pipefail", "-c", command])
        .current_dir(at)
        .env("PATH", path);
    shell.output().unwrap()
}

fn is_there(tool: &str) -> bool {
    let at = Path::new("/usr/bin");
    match tool {
        "python3" => run("python3 -I -c 'import tuf.ngclient'", at)
            .status
            .success(),
        _ => run(&format!("command -v {tool}"), at).status.success(),
    }
}

/// Runs all of them, as far as their programs are here: those that ran.
fn type_all(repository: &Repository) -> Vec<String> {
    let mut ran = Vec::new();
    for command in printed(repository) {
        let first = command.split_whitespace().next().unwrap();
        let tool = if first.starts_with("d=") {
            "openssl"
        } else {
            first
        };
        if !is_there(tool) {
            eprintln!("skipped: there is no {tool}");
            continue;
        }
        let output = run(&command, &repository.path("public"));
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{command}\n{said}");
        ran.push(tool.to_owned());
    }
    ran
}

/// A certificate for the key, where there is `ssh-keygen` to make one.
fn certified() -> Option<Repository> {
    let repository = trusted();
    let keygen = |arguments: &[&str]| {
        let status = Command::new("ssh-keygen")
            .args(arguments)
            .current_dir(repository.path(".."))
            .output();
        status.is_ok_and(|output| output.status.success())
    };
    if !keygen(&["-q", "-t", "ed25519", "-N", "", "-C", "", "-f", "authority"]) {
        eprintln!("skipped: there is no ssh-keygen");
        return None;
    }
    let public = "repository/keys/publish-2026.pub";
    let feed = "story.example.org";
    assert!(keygen(&[
        "-q",
        "-s",
        "authority",
        "-I",
        "publish-2026",
        "-n",
        feed,
        "-V",
        "-1d:+30d",
        public
    ]));
    let authority = fs::read_to_string(repository.path("../authority.pub")).unwrap();
    let text = fs::read_to_string(repository.path("keys/keyring.toml")).unwrap();
    let roles = format!("[role.ssh-ca]\nkeys = [\"ssh-ca\"]\n{text}");
    Some(
        repository
            .file("keys/ssh-ca.pub", &authority)
            .file("keys/keyring.toml", &roles)
            .commit(NOW + 60),
    )
}

#[test]
fn a_reader_types_what_the_page_prints_under_a_key() {
    let repository = trusted();
    repository.caveat(PUBLISH).exits(0);
    let record = printed(&repository).remove(0);
    assert!(
        record.contains("namespaces=\"story.example.org\" ssh-ed25519 "),
        "{record}"
    );
    assert!(!record.contains("cert-authority"));
    // There are roots: whoever has one has the newest keys, too.
    assert!(page(&repository).contains("<code>--root FILE</code>"));
    let ran = type_all(&repository);
    assert!(ran.contains(&"caveat".to_owned()), "{ran:?}");
    // Only what covers a file notices that it was changed.
    let path = repository.path("public/osv/x_STORY-2026-0001.json");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("loader", "Loader")).unwrap();
    let commands = printed(&repository);
    for command in commands
        .iter()
        .filter(|command| command.contains("sha256sum --quiet") || command.contains("osv/x_STORY"))
    {
        assert!(
            !run(command, &repository.path("public")).status.success(),
            "{command}"
        );
    }
}

#[test]
fn a_reader_types_what_the_page_prints_under_an_authority() {
    let Some(repository) = certified() else {
        return;
    };
    repository.caveat(PUBLISH).exits(0);
    let record = printed(&repository).remove(0);
    assert!(
        record.contains("cert-authority,namespaces=\"story.example.org\" ssh-ed25519 "),
        "{record}"
    );
    type_all(&repository);
    let signature =
        fs::read_to_string(repository.path("public/osv/x_STORY-2026-0001.json.sig")).unwrap();
    // The same record, key and certificate: the same signature.
    let repository = repository.file("README.md", "more\n").commit(NOW + 120);
    repository.caveat(PUBLISH).exits(0);
    let again =
        fs::read_to_string(repository.path("public/osv/x_STORY-2026-0001.json.sig")).unwrap();
    assert_eq!(signature, again);
    let lines = fs::read_to_string(repository.path("public/keys/allowed_signers")).unwrap();
    assert_eq!(lines.lines().count(), 2, "{lines}");
}

#[test]
fn a_rehearsal_of_what_is_out_already_changes_nothing() {
    let repository = trusted();
    repository.caveat(PUBLISH).exits(0);
    let said = repository.caveat("publish --to public --dry-run").exits(0);
    assert!(
        said.err.contains("as before") && !said.err.contains("changed"),
        "{}",
        said.err
    );
}

#[test]
fn without_a_keyring_the_page_prints_what_it_did() {
    let repository = Repository::good();
    repository.caveat("build --out public").exits(0);
    assert_eq!(printed(&repository).len(), 4);
    assert!(page(&repository).contains("<code>--key FILE</code>"));
    assert!(
        !repository
            .path("public/osv/x_STORY-2026-0001.json.sig")
            .exists()
    );
}
