//! Owns bringing a package's repository into a cache, by the program `git`.
//! Must never run but where somebody asked to derive: reading, checking and building need no network.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Error;
use crate::branch::SECRETS;

/// Is this an address that only git can fetch from?
pub fn is_remote(place: &str) -> bool {
    ["https://", "ssh://"]
        .iter()
        .any(|scheme| place.starts_with(scheme))
}

/// An address without the name and password that may stand before its host: whoever logs in there is nobody's business.
pub fn without_login(url: &str) -> String {
    match login(url) {
        Some(login) => url.replacen(&login, "", 1),
        None => url.to_owned(),
    }
}

/// `user:password@`, where an address has that.
fn login(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    let (login, _) = host.rsplit_once('@')?;
    Some(format!("{login}@"))
}

/// Where the copy of a repository is in a cache; `None` for an address that is no plain one.
pub fn cached(cache: &Path, url: &str) -> Option<PathBuf> {
    let url = without_login(url);
    let (_, rest) = url.split_once("://").filter(|_| is_remote(&url))?;
    let (host, path) = rest.split_once('/')?;
    let host = host.replace(':', "_");
    let path = path.trim_end_matches('/').trim_end_matches(".git");
    let plain = |part: &str| {
        let mut bytes = part.bytes();
        let sign = |byte: u8| byte.is_ascii_alphanumeric() || b"._-~+".contains(&byte);
        !part.is_empty() && !part.starts_with('.') && bytes.all(sign)
    };
    let all = plain(&host) && path.split('/').all(plain);
    all.then(|| cache.join(host).join(format!("{path}.git")))
}

/// Fetches all branches and tags of a repository into `into`, which is made where it is not there.
///
/// # Errors
/// An address of another kind, no git, or what git says.
pub fn fetch(url: &str, into: &Path) -> Result<(), Error> {
    if !is_remote(url) {
        return Err(Error::NotRemote(without_login(url)));
    }
    std::fs::create_dir_all(into).map_err(|source| Error::Read {
        path: into.to_owned(),
        source,
    })?;
    git(url, into, &["init", "--quiet", "--bare"])?;
    let fetch = [
        "fetch",
        "--quiet",
        "--prune",
        "--no-tags",
        "--no-write-fetch-head",
        "--",
        url,
        "+refs/heads/*:refs/heads/*",
        "+refs/tags/*:refs/tags/*",
    ];
    git(url, into, &fetch)
}

/// Nothing but the two protocols, and no program of anybody's: the address may come from a pull request.
fn git(url: &str, at: &Path, arguments: &[&str]) -> Result<(), Error> {
    let mut command = Command::new("git");
    for name in SECRETS {
        command.env_remove(name);
    }
    command
        .arg("-C")
        .arg(at)
        .args(["-c", "protocol.allow=never"])
        .args(["-c", "protocol.https.allow=always"])
        .args(["-c", "protocol.ssh.allow=always"])
        .args(["-c", "core.hooksPath=/dev/null"])
        .args(arguments)
        .env_remove("GIT_DIR")
        .env_remove("GIT_WORK_TREE")
        .stdout(Stdio::null());
    let output = command.output().map_err(Error::NoGit)?;
    if output.status.success() {
        return Ok(());
    }
    Err(failed(url, &String::from_utf8_lossy(&output.stderr)))
}

/// Git repeats addresses, perhaps with their passwords.
fn failed(url: &str, said: &str) -> Error {
    let said = match login(url) {
        Some(login) => said.replace(&login, ""),
        None => said.to_owned(),
    };
    Error::Fetch {
        url: without_login(url),
        said: in_one_line(&said),
    }
}

/// What git says, in one line that drives no terminal, and without what stands before the host of an address.
pub fn in_one_line(said: &str) -> String {
    let lines = said.lines().map(str::trim).filter(|line| !line.is_empty());
    let plain = |line: &str| {
        let words: Vec<_> = line.split(' ').map(without_login).collect();
        let escaped = words.join(" ").escape_debug().to_string();
        escaped.replace("\\'", "'").replace("\\\"", "\"")
    };
    lines.map(plain).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cache_holds_one_place_for_each_plain_address() {
        let cache = Path::new("/c");
        let place = |url| cached(cache, url).map(|path| path.to_string_lossy().into_owned());
        for url in [
            "https://git.example.org/acme/demo",
            "https://user:secret@git.example.org/acme/demo.git",
            "ssh://git@git.example.org/acme/demo",
        ] {
            assert_eq!(
                place(url).as_deref(),
                Some("/c/git.example.org/acme/demo.git")
            );
        }
        assert_eq!(
            place("https://git.example.org:8443/demo").as_deref(),
            Some("/c/git.example.org_8443/demo.git")
        );
        for url in [
            "https://git.example.org/acme/../../demo",
            "https://git.example.org/a b",
            "https://git.example.org",
            "https://git.example.org/.ssh/demo",
            "https://git.example.org/a//b",
            "ext::sh -c id",
            "-oProxyCommand=id",
        ] {
            assert_eq!(place(url), None, "{url}");
        }
    }

    #[test]
    fn no_error_repeats_a_password() {
        let url = "https://user:s3cret@git.example.org/acme/demo";
        let said = format!("fatal: unable to access '{url}/': no host\nremote: user:s3cret@x");
        let error = failed(url, &said).to_string();
        assert!(!error.contains("s3cret"), "{error}");
        assert!(
            error.contains("https://git.example.org/acme/demo/"),
            "{error}"
        );
        let room = Path::new("/nowhere/at/all");
        let error = fetch("http://user:s3cret@a.b/c/d", room).expect_err("refused");
        assert!(!error.to_string().contains("s3cret"), "{error}");
        for (url, cut) in [
            ("ssh://git@a.b/c", "ssh://a.b/c"),
            ("https://u:p@ss@a.b:8/c@d", "https://a.b:8/c@d"),
            ("https://a.b/@scope/c", "https://a.b/@scope/c"),
            ("https://a.b?x=u@c", "https://a.b?x=u@c"),
            ("../clone", "../clone"),
        ] {
            assert_eq!(without_login(url), cut);
        }
    }

    #[test]
    fn what_git_says_is_one_line_that_drives_no_terminal() {
        for (said, told) in [
            (
                "fatal: no 'https://u:p@ss@a.b:8/c@d':\n\n  gone\n",
                "fatal: no 'https://a.b:8/c@d':; gone",
            ),
            ("https://x-access-token:s@a.b", "https://a.b"),
            ("file:///a@b/c git@a.b:c", "file:///a@b/c git@a.b:c"),
            ("\u{1b}[2K \"x\"", "\\u{1b}[2K \"x\""),
        ] {
            assert_eq!(in_one_line(said), told);
        }
    }

    #[test]
    fn only_two_protocols_are_given_to_git() {
        for url in [
            "ext::sh -c id",
            "git://example.org/a/b",
            "--upload-pack=id",
            "http://a.b/c/d",
        ] {
            let room = Path::new("/nowhere/at/all");
            assert!(
                matches!(fetch(url, room), Err(Error::NotRemote(_))),
                "{url}"
            );
        }
    }
}
