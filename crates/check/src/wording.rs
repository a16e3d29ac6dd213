//! Owns the texts and the links of caveat.toml as lists, for rules that read all of them.
//! Must never miss a field: text that no rule reads is text that nobody checked.

use caveat_advisory::{Policy, Project};

/// How a text is to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A name or a label: one line that fits a subject.
    Short,
    /// One line of some sentences.
    Long,
    /// Blocks, links and code.
    Markdown,
}

/// One text of caveat.toml.
pub(crate) struct Wording<'a> {
    /// Its field.
    pub(crate) field: String,
    /// As written.
    pub(crate) text: &'a str,
    /// How it is to be written.
    pub(crate) shape: Shape,
}

/// One link of caveat.toml.
pub(crate) struct ProjectLink<'a> {
    /// Its field.
    pub(crate) field: String,
    /// As written.
    pub(crate) url: &'a str,
    /// Whether it may be `mailto:`.
    pub(crate) mail: bool,
}

#[derive(Default)]
struct List<'a>(Vec<Wording<'a>>);

impl<'a> List<'a> {
    fn add(&mut self, shape: Shape, field: impl Into<String>, text: Option<&'a String>) {
        self.0.extend(text.map(|text| Wording {
            field: field.into(),
            text,
            shape,
        }));
    }

    fn all(&mut self, shape: Shape, field: &str, texts: &'a [String]) {
        for (at, text) in texts.iter().enumerate() {
            self.add(shape, format!("{field}[{at}]"), Some(text));
        }
    }
}

/// Every piece of free text of caveat.toml.
pub(crate) fn wordings(project: &Project) -> Vec<Wording<'_>> {
    let mut list = List::default();
    list.add(Shape::Short, "feed.name", Some(&project.feed.name));
    list.add(Shape::Short, "feed.license", Some(&project.feed.license));
    for (at, package) in project.packages.iter().enumerate() {
        list.add(
            Shape::Short,
            format!("package[{at}].title"),
            Some(&package.title),
        );
    }
    if let Some(mail) = &project.mail {
        list.add(Shape::Short, "mail.from", Some(&mail.from));
        for (at, one) in mail.lists.iter().enumerate() {
            list.add(
                Shape::Short,
                format!("mail.list[{at}].audience"),
                one.audience.as_ref(),
            );
        }
    }
    disputes(&mut list, project);
    let publisher = project.csaf.as_ref().and_then(|csaf| csaf.name.as_ref());
    list.add(Shape::Short, "csaf.name", publisher);
    let vendor = project.cve.as_ref().and_then(|cve| cve.vendor.as_ref());
    list.add(Shape::Short, "cve.vendor", vendor);
    let vex = project.vex.as_ref();
    list.add(Shape::Short, "vex.author", vex.map(|vex| &vex.author));
    list.add(Shape::Short, "vex.role", vex.map(|vex| &vex.role));
    promises(&mut list, &project.policy);
    people(&mut list, &project.policy);
    statements(&mut list, &project.policy);
    list.0
}

/// Classes, versions and terms.
/// Why a name of others stands for no flaw.
fn disputes<'a>(list: &mut List<'a>, project: &'a Project) {
    for (at, one) in project.disputed.iter().enumerate() {
        let field = format!("disputed[{at}].reason");
        list.add(Shape::Long, field, Some(&one.reason));
    }
}

fn promises<'a>(list: &mut List<'a>, policy: &'a Policy) {
    list.add(Shape::Long, "policy.maturity", policy.maturity.as_ref());
    let version = policy.document.as_ref().map(|document| &document.version);
    list.add(Shape::Short, "policy.document.version", version);
    for (at, class) in policy.severities.iter().enumerate() {
        let field = format!("policy.severity[{at}]");
        list.add(Shape::Short, format!("{field}.label"), Some(&class.label));
        list.add(
            Shape::Long,
            format!("{field}.definition"),
            Some(&class.definition),
        );
    }
    for (at, row) in policy.support.iter().enumerate() {
        list.add(
            Shape::Short,
            format!("policy.support[{at}].label"),
            row.label.as_ref(),
        );
    }
    let terms = policy
        .disclosure
        .as_ref()
        .and_then(|one| one.terms.as_ref());
    list.add(Shape::Markdown, "policy.disclosure.terms", terms);
}

/// Who is written to, and what.
fn people<'a>(list: &mut List<'a>, policy: &'a Policy) {
    for (at, contact) in policy.contacts.iter().enumerate() {
        list.add(
            Shape::Short,
            format!("policy.contact[{at}].name"),
            Some(&contact.name),
        );
    }
    if let Some(report) = &policy.report {
        list.all(Shape::Long, "policy.report.wanted", &report.wanted);
        list.all(Shape::Long, "policy.report.never", &report.never);
        list.add(
            Shape::Short,
            "policy.report.subject",
            report.subject.as_ref(),
        );
        list.add(
            Shape::Markdown,
            "policy.report.template",
            report.template.as_ref(),
        );
    }
    for (at, packager) in policy.packagers.iter().enumerate() {
        let field = format!("policy.packager[{at}]");
        list.add(Shape::Short, format!("{field}.name"), Some(&packager.name));
        let subject = packager.subject.as_ref();
        list.add(Shape::Short, format!("{field}.subject"), subject);
        list.add(
            Shape::Long,
            format!("{field}.terms"),
            packager.terms.as_ref(),
        );
    }
    for (at, channel) in policy.channels.iter().enumerate() {
        list.add(
            Shape::Short,
            format!("policy.channel[{at}].name"),
            Some(&channel.name),
        );
    }
}

/// What holds at all times.
fn statements<'a>(list: &mut List<'a>, policy: &'a Policy) {
    if let Some(harbour) = &policy.safe_harbour {
        list.add(
            Shape::Short,
            "policy.safe-harbour.version",
            Some(&harbour.version),
        );
        list.add(
            Shape::Markdown,
            "policy.safe-harbour.text",
            Some(&harbour.text),
        );
    }
    if let Some(scope) = &policy.scope {
        list.all(Shape::Long, "policy.scope.inside", &scope.inside);
        list.all(Shape::Long, "policy.scope.outside", &scope.outside);
    }
    for (at, claim) in policy.claims.iter().enumerate() {
        list.add(
            Shape::Long,
            format!("policy.claim[{at}].says"),
            Some(&claim.says),
        );
    }
    for (at, guidance) in policy.guidance.iter().enumerate() {
        let field = format!("policy.guidance[{at}]");
        list.add(
            Shape::Short,
            format!("{field}.title"),
            Some(&guidance.title),
        );
        list.add(
            Shape::Markdown,
            format!("{field}.text"),
            Some(&guidance.text),
        );
    }
}

/// Every link of caveat.toml that readers follow; not those of packages and of the feed itself.
pub(crate) fn project_links(project: &Project) -> Vec<ProjectLink<'_>> {
    let mut all = one("feed.corrections", project.feed.corrections.as_ref(), true);
    let lists = project.mail.iter().flat_map(|mail| &mail.lists);
    all.extend(each("mail.list", "archive", lists, |list| {
        list.archive.as_ref()
    }));
    all.extend(policy_links(&project.policy));
    all
}

fn policy_links(policy: &Policy) -> Vec<ProjectLink<'_>> {
    let mut all = each("policy.contact", "url", &policy.contacts, |one| {
        one.url.as_ref()
    });
    all.extend(each("policy.packager", "url", &policy.packagers, |one| {
        Some(&one.url)
    }));
    for link in &mut all {
        link.mail = true;
    }
    let issues = policy.report.as_ref().and_then(|one| one.issues.as_ref());
    all.extend(one("policy.report.issues", issues, false));
    let bounty = policy.bounty.as_ref().and_then(|one| one.url.as_ref());
    all.extend(one("policy.bounty.url", bounty, false));
    all.extend(each("policy.channel", "url", &policy.channels, |one| {
        one.url.as_ref()
    }));
    all.extend(each("policy.key", "url", &policy.keys, |one| {
        Some(&one.url)
    }));
    all.extend(each("policy.claim", "evidence", &policy.claims, |one| {
        one.evidence.as_ref()
    }));
    all
}

fn one<'a>(field: &str, url: Option<&'a String>, mail: bool) -> Vec<ProjectLink<'a>> {
    let field = field.to_owned();
    let link = url.map(|url| ProjectLink { field, url, mail });
    link.into_iter().collect()
}

/// The link of each table of a list.
fn each<'a, T: 'a>(
    table: &str,
    key: &str,
    rows: impl IntoIterator<Item = &'a T>,
    url: fn(&'a T) -> Option<&'a String>,
) -> Vec<ProjectLink<'a>> {
    let rows = rows.into_iter().enumerate();
    rows.flat_map(|(at, row)| one(&format!("{table}[{at}].{key}"), url(row), false))
        .collect()
}
