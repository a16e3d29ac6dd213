//! Owns the rule `policy-link-owner`: links to a forge lead to an owner of a listed package.

use caveat_advisory::nearest;
use caveat_diag::{Level, quoted};
use std::collections::BTreeSet;

use crate::address::host;
use crate::promise::is_whole;
use crate::rule::{Finder, Rule, Run};
use crate::wording::project_links;

pub(super) static RULE: Rule = Rule {
    code: "policy-link-owner",
    says: "links to a forge lead to an owner of a listed package",
    why: "Names are copied from another project, and accounts are renamed. Whoever owns the old name \
        reads the reports.",
    example: r#"# caveat.toml
[policy.report]
wanted = ["Steps to reproduce"]
never = ["public issues"]
issues = "https://github.com/pytoch/pytorch/issues"
"#,
    instead: r#"# caveat.toml
[policy.report]
wanted = ["Steps to reproduce"]
never = ["public issues"]
issues = "https://github.com/pytorch/pytorch/issues"
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Feed(judge),
};

const FORGES: [&str; 4] = ["github.com", "gitlab.com", "codeberg.org", "bitbucket.org"];

fn judge(finder: &mut Finder<'_>) {
    let project = finder.facts.project.data();
    let repositories = project
        .packages
        .iter()
        .filter_map(|package| package.repository.as_deref());
    let owners: BTreeSet<String> = repositories.filter_map(owner).collect();
    if owners.is_empty() || !is_whole(&project.policy) {
        return;
    }
    let own = ["policy.contact[", "policy.channel[", "policy.report."];
    for link in project_links(project) {
        let Some(named) = owner(link.url).filter(|named| !owners.contains(named)) else {
            continue;
        };
        if own.iter().any(|start| link.field.starts_with(start)) {
            let message = format!("{} owns no listed package", quoted(&named));
            let found = finder.project(&link.field, message);
            let near = nearest(&named, owners.iter().map(String::as_str));
            let near = near.map(|near| format!("did you mean `{near}`?"));
            let help = "correct the link, or `repository` of the package".to_owned();
            finder.push(found.help(near.unwrap_or(help)));
        }
    }
}

/// Forge and account of a link, in small letters.
fn owner(url: &str) -> Option<String> {
    let host = host(url)?.to_ascii_lowercase();
    let known = FORGES.contains(&host.as_str());
    let path = url.split_once("://")?.1.split_once('/')?.1;
    let account = path
        .split(['/', '?', '#'])
        .next()
        .filter(|account| !account.is_empty())?;
    known.then(|| format!("{host}/{}", account.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::owner;

    #[test]
    fn an_owner_is_an_account_at_a_forge() {
        let is = |url| owner(url).unwrap_or_default();
        assert_eq!(is("https://GitHub.com/PyTorch/x?y"), "github.com/pytorch");
        assert_eq!(is("https://github.com/"), "");
        assert_eq!(is("https://pytorch.org/x"), "");
        assert_eq!(is("mailto:a@github.com"), "");
    }
}
