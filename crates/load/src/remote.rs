//! Owns finding out where the project around a directory has its home.
//! Must never ask the network, or pass on a password that an address holds.

use std::path::Path;

use git2::Repository;

/// The https address of the remote `origin` of the repository around a directory, without `.git` at its end.
pub fn origin(directory: &Path) -> Option<String> {
    let repository = Repository::discover(directory).ok()?;
    let remote = repository.find_remote("origin").ok()?;
    address(remote.url().ok()?)
}

/// What people see in a browser for what git is told.
fn address(url: &str) -> Option<String> {
    let rest = match url.split_once("://") {
        Some(("https" | "http" | "ssh" | "git", rest)) => rest.to_owned(),
        Some(_) => return None,
        None => url
            .split_once(':')
            .map(|(host, path)| format!("{host}/{path}"))?,
    };
    // Whoever logs in there is nobody's business.
    let rest = match rest.split_once('/') {
        Some((host, path)) => format!("{}/{path}", host.rsplit('@').next()?),
        None => return None,
    };
    let rest = rest.trim_end_matches('/').trim_end_matches(".git");
    let (host, path) = rest.split_once('/')?;
    let plain = |text: &str| {
        text.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"._-/~".contains(&byte))
    };
    (host.contains('.') && plain(host) && plain(path) && path.contains('/'))
        .then(|| format!("https://{rest}"))
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn every_way_to_name_a_remote_gives_one_address() {
        for url in [
            "https://github.com/acme/demo.git",
            "https://user:secret@github.com/acme/demo",
            "git@github.com:acme/demo.git",
            "ssh://git@github.com/acme/demo.git/",
        ] {
            assert_eq!(
                address(url).as_deref(),
                Some("https://github.com/acme/demo"),
                "{url}"
            );
        }
    }

    #[test]
    fn what_is_on_no_host_has_no_address() {
        for url in [
            "../demo",
            "/srv/git/demo.git",
            "file:///srv/demo",
            "C:\\demo",
            "host:demo",
            "",
        ] {
            assert_eq!(address(url), None, "{url}");
        }
    }
}
