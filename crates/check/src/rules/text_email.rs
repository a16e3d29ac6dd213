//! Owns the rule `text-email`: no text holds the mail address of a person.

use caveat_diag::Level;

use crate::address::mail;
use crate::prose::Prose;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "text-email",
    says: "no text holds the mail address of a person",
    why: "What is published is copied into hundreds of databases and never gets out of them. Collectors of \
        addresses read them too.",
    example: r#"workaround = "Ask a.finder@mail.example.net for a patch."
"#,
    instead: r#"workaround = "Ask security@mail.example.net for a patch."
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Prose(judge),
};

/// Addresses of roles: the first part, up to a sign.
const ROLES: &str = " abuse admin announce announcements bug bugs contact cve dev devel disclosure feedback \
    git hello help hostmaster info issues legal list lists mail maintainers news no noreply office \
    postmaster press privacy psirt report reports root sec secalert secure security sirt staff support \
    team user users vuln vulnerabilities vulnerability webmaster cert csirt product example test ";

fn judge(finder: &mut Finder<'_>, prose: &Prose<'_>) {
    for piece in prose.sentences() {
        for place in mail(&piece.words) {
            let address = &piece.words[place.clone()];
            if !is_personal(address) {
                continue;
            }
            let found = prose.at(
                finder,
                piece,
                place.clone(),
                format!("`{address}` looks like the address of a person"),
            );
            finder.push(found.help("name a role such as `security@`, or a page to write to; put backticks around an example"));
        }
    }
}

fn is_personal(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    let (user, host) = lower.split_once('@').unwrap_or((&lower, ""));
    let role = user.split(['-', '+', '.', '_']);
    let role = role
        .into_iter()
        .any(|part| ROLES.contains(&format!(" {part} ")));
    let list =
        host.starts_with("lists.") || host.contains("groups.") || host.starts_with("noreply");
    let reserved = ["example.com", "example.org", "example.net"];
    let example = reserved.contains(&host)
        || [".test", ".invalid", ".local", ".noreply.github.com"]
            .iter()
            .any(|end| host.ends_with(end));
    // OpenSSH names its algorithms so.
    let name = host == "openssh.com" || user.starts_with(['-', '.']);
    user.len() > 1 && !role && !list && !example && !name
}

#[cfg(test)]
mod tests {
    use super::is_personal;

    #[test]
    fn roles_lists_and_examples_are_nobodys_own() {
        for role in [
            "security@acme.org",
            "acme-security@acme.org",
            "bugs+x@acme.org",
            "oss@lists.acme.org",
            "x@groups.io.example",
            "alice@example.com",
            "git@github.com",
            "chacha20-poly1305@openssh.com",
            "1+bob@users.noreply.github.com",
        ] {
            assert!(!is_personal(role), "{role}");
        }
        assert!(is_personal("a.finder@mail.example.net") && is_personal("bob@gmail.com"));
    }
}
