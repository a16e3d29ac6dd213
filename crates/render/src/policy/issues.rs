//! Owns the links that GitHub shows to whoever begins an issue: to the private ways to report a flaw.
//! Must never lead to a way that nobody reads, or be anything but one key of YAML.

use caveat_advisory::{Contact, Project};

use caveat_words::join;

/// `contact_links` of `.github/ISSUE_TEMPLATE/config.yml`: each live contact, in order of preference.
pub(super) fn links(project: &Project) -> String {
    let contacts = project.policy.contacts.iter();
    let ways: Vec<String> = contacts
        .filter_map(|contact| Some(way(project, contact, contact.reachable()?)))
        .collect();
    let head = "# Written by `caveat policy` from caveat.toml: change it there.\n";
    if ways.is_empty() {
        return format!("{head}contact_links: []\n");
    }
    format!("{head}contact_links:\n{}", ways.concat())
}

/// GitHub takes web addresses only: a mail is begun from the policy page.
fn way(project: &Project, contact: &Contact, url: &str) -> String {
    let page = format!("{}/policy/report/", project.feed.url);
    let (url, mut about) = match url.strip_prefix("mailto:") {
        Some(mail) => {
            let address = mail.split('?').next().unwrap_or(mail);
            let about = format!("Write to {address}. Behind this link is what to include.");
            (page.as_str(), about)
        }
        None => (
            url,
            "It stays confidential until there is a fix.".to_owned(),
        ),
    };
    if contact.urgent {
        about.push_str(" For what cannot wait.");
    }
    about.push_str(&never(project));
    let name = format!("Report a vulnerability: {}", contact.name);
    format!(
        "  - name: {}\n    url: {}\n    about: {}\n",
        quoted(&name),
        quoted(url),
        quoted(&about)
    )
}

fn never(project: &Project) -> String {
    let form = project.policy.report.as_ref();
    let never = form.map(|form| form.never.clone()).unwrap_or_default();
    if never.is_empty() {
        return String::new();
    }
    format!(" Please not through {}.", join(never, "or"))
}

/// A string of JSON is a string of YAML.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
