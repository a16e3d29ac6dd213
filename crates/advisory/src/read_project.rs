//! Owns the shape of `caveat.toml`: one line per key.
//! Must never know what makes a value right beyond its type.

use caveat_diag::Report;

use crate::fields::Fields;
use crate::{
    Contact, Document, Draft, Feed, Mail, MailList, Package, Policy, Project, RuleSetting,
    SeverityClass,
};

impl Document<Project> {
    /// Reads `caveat.toml`. `None` only if something was reported.
    pub fn read(draft: Draft, report: &mut Report) -> Option<Self> {
        Self::read_with(draft, report, project)
    }
}

fn project(f: &mut Fields<'_, '_, '_>) -> Option<Project> {
    let feed = f.required_table("feed", feed);
    let packages = f.tables("package", package);
    let mail = f.table("mail", mail);
    let policy = f.required_table("policy", policy);
    let rules = f.tables("rule", rule);
    Some(Project {
        feed: feed?,
        packages,
        mail,
        policy: policy?,
        rules,
    })
}

fn feed(f: &mut Fields<'_, '_, '_>) -> Option<Feed> {
    let (name, url) = (f.required("name"), f.required("url"));
    let (id_prefix, license) = (f.required("id-prefix"), f.required("license"));
    let corrections = f.optional("corrections");
    let id_digits: Option<u8> = f.optional("id-digits");
    Some(Feed {
        name: name?,
        url: url?,
        id_prefix: id_prefix?,
        license: license?,
        id_digits: id_digits.unwrap_or(4),
        corrections,
    })
}

fn package(f: &mut Fields<'_, '_, '_>) -> Option<Package> {
    let (ecosystem, name) = (f.required("ecosystem"), f.required::<String>("name"));
    let (key, title) = (f.optional("key"), f.optional("title"));
    let (repository, purl) = (f.optional("repository"), f.optional("purl"));
    let name = name?;
    Some(Package {
        key: key.unwrap_or_else(|| name.clone()),
        title: title.unwrap_or_else(|| name.clone()),
        ecosystem: ecosystem?,
        name,
        repository,
        purl,
    })
}

fn mail(f: &mut Fields<'_, '_, '_>) -> Option<Mail> {
    let from = f.required("from");
    Some(Mail {
        lists: f.tables("list", list),
        from: from?,
    })
}

fn list(f: &mut Fields<'_, '_, '_>) -> Option<MailList> {
    let (name, to, style) = (f.required("name"), f.required("to"), f.required("style"));
    Some(MailList {
        name: name?,
        to: to?,
        style: style?,
    })
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "every reader of a table has this shape"
)]
fn policy(f: &mut Fields<'_, '_, '_>) -> Option<Policy> {
    Some(Policy {
        severities: f.tables("severity", severity),
        contacts: f.tables("contact", contact),
    })
}

fn severity(f: &mut Fields<'_, '_, '_>) -> Option<SeverityClass> {
    let (id, label) = (f.required::<String>("id"), f.optional("label"));
    let definition = f.required("definition");
    let band: Vec<f64> = f.list("cvss");
    let cvss = match band[..] {
        [] => None,
        [low, high] if low <= high => Some((low, high)),
        _ => {
            f.fault(
                "`cvss` is the lowest and the highest score of the class",
                "write `cvss = [7.0, 8.9]`",
            );
            None
        }
    };
    let id = id?;
    Some(SeverityClass {
        label: label.unwrap_or_else(|| id.clone()),
        id,
        definition: definition?,
        cvss,
    })
}

fn rule(f: &mut Fields<'_, '_, '_>) -> Option<RuleSetting> {
    let code = f.required("code");
    Some(RuleSetting {
        level: f.optional("level"),
        published_since: f.optional("published-since"),
        code: code?,
    })
}

fn contact(f: &mut Fields<'_, '_, '_>) -> Option<Contact> {
    let (name, url) = (f.required("name"), f.required("url"));
    Some(Contact {
        name: name?,
        url: url?,
    })
}
