//! Owns `policy.json`: every key of the policy for machines; `docs/policy-json.md` documents it.
//! Must never write a key for a promise that was not made: absent is absent, and a list may be empty.

use caveat_advisory::{
    Bump, Event, Period, Policy, Project, SeverityClass, SupportRow, SupportStatus, Target,
};
use serde_json::{Map, Value, json};

/// The document, keys sorted, two spaces, one line feed.
pub(super) fn text(project: &Project) -> String {
    let mut document = policy(&project.policy);
    document.insert("feed".to_owned(), feed(project));
    let lists = project.mail.iter().flat_map(|mail| &mail.lists);
    let lists = lists.map(|list| {
        object([
            ("archive", json!(list.archive)),
            ("audience", json!(list.audience)),
            ("name", json!(list.name)),
            ("state", json!(list.state.as_str())),
            ("to", json!(list.to)),
        ])
    });
    document.insert("list".to_owned(), lists.collect());
    format!("{:#}\n", Value::Object(document))
}

fn feed(project: &Project) -> Value {
    let packages = project.packages.iter().map(|package| {
        object([
            ("ecosystem", json!(package.ecosystem)),
            ("key", json!(package.key)),
            ("name", json!(package.name)),
            ("title", json!(package.title)),
        ])
    });
    object([
        ("name", json!(project.feed.name)),
        ("package", packages.collect()),
        ("url", json!(project.feed.url)),
    ])
}

fn policy(policy: &Policy) -> Map<String, Value> {
    let pairs = [
        ("maturity", json!(policy.maturity)),
        (
            "support-default",
            json!(policy.support_default.map(SupportStatus::as_str)),
        ),
        ("bulletin", json!(policy.bulletin.map(Period::as_str))),
        ("severity", policy.severities.iter().map(severity).collect()),
        ("support", policy.support.iter().map(support).collect()),
    ];
    let mut all = map(pairs);
    all.extend(handling(policy));
    all.extend(open(policy));
    all.extend(standing(policy));
    all
}

fn severity(class: &SeverityClass) -> Value {
    object([
        ("id", json!(class.id)),
        ("label", json!(class.label)),
        ("definition", json!(class.definition)),
        ("cvss", json!(class.cvss.map(|(low, high)| [low, high]))),
        ("fix", target(class.fix)),
        ("review", target(class.review)),
        ("cve", json!(class.cve)),
        ("notify", json!(class.notify)),
    ])
}

fn support(row: &SupportRow) -> Value {
    object([
        ("package", json!(row.package)),
        ("versions", json!(row.versions)),
        ("label", json!(row.label)),
        ("status", json!(row.status.as_str())),
        ("from", day(row.from)),
        ("until", day(row.until)),
    ])
}

/// Of a report on its way.
fn handling(policy: &Policy) -> Map<String, Value> {
    let report = policy.report.as_ref().map(|report| {
        object([
            ("wanted", json!(report.wanted)),
            ("subject", json!(report.subject)),
            ("template", json!(report.template)),
            ("never", json!(report.never)),
            ("issues", json!(report.issues)),
        ])
    });
    let calendar = policy.calendar.as_ref().map(|calendar| {
        let holidays = calendar.holidays.iter().map(ToString::to_string);
        object([
            ("time-zone", json!(calendar.time_zone)),
            ("holidays", holidays.collect()),
        ])
    });
    let clock = policy.clock.as_ref().map(|clock| {
        let (public, legal) = (clock.public.iter(), clock.legal.iter());
        object([
            ("acknowledge", target(clock.acknowledge)),
            ("assess", target(clock.assess)),
            ("update", target(clock.update)),
            ("public", public.map(|event| event.as_str()).collect()),
            ("legal", legal.map(|sheet| sheet.as_str()).collect()),
        ])
    });
    map([
        ("contact", contacts(policy)),
        ("report", json!(report)),
        ("calendar", json!(calendar)),
        ("clock", json!(clock)),
    ])
}

/// Of the way into the open.
fn open(policy: &Policy) -> Map<String, Value> {
    let disclosure = policy.disclosure.as_ref().map(|disclosure| {
        object([
            ("longest", target(disclosure.longest)),
            ("exploited", target(disclosure.exploited)),
            (
                "avoid",
                disclosure.avoid.iter().map(|day| day.as_str()).collect(),
            ),
            ("terms", json!(disclosure.terms)),
        ])
    });
    let release = policy.release.as_ref().map(|release| {
        object([
            ("bump", json!(release.bump.map(Bump::as_str))),
            ("notes", json!(release.notes)),
        ])
    });
    let channels = policy.channels.iter().map(|channel| {
        object([
            ("name", json!(channel.name)),
            ("url", json!(channel.url)),
            ("state", json!(channel.state.as_str())),
        ])
    });
    map([
        ("disclosure", json!(disclosure)),
        ("release", json!(release)),
        ("packager", packagers(policy)),
        ("channel", channels.collect()),
    ])
}

/// At all times.
fn standing(policy: &Policy) -> Map<String, Value> {
    let credit = policy.credit.as_ref().map(|credit| {
        let places = credit.places.iter().map(|place| place.as_str());
        object([("places", places.collect())])
    });
    let harbour = policy.safe_harbour.as_ref().map(|harbour| {
        object([
            ("version", json!(harbour.version)),
            ("date", day(Some(harbour.date))),
            ("text", json!(harbour.text)),
        ])
    });
    let bounty = policy.bounty.as_ref().map(|bounty| {
        object([
            ("state", json!(bounty.state.as_str())),
            ("url", json!(bounty.url)),
        ])
    });
    let scope = policy.scope.as_ref().map(|scope| {
        object([
            ("inside", json!(scope.inside)),
            ("outside", json!(scope.outside)),
        ])
    });
    let mut all = map([
        ("document", document(policy)),
        ("credit", json!(credit)),
        ("safe-harbour", json!(harbour)),
        ("bounty", json!(bounty)),
        ("scope", json!(scope)),
    ]);
    all.extend(lists(policy));
    all
}

fn contacts(policy: &Policy) -> Value {
    let contacts = policy.contacts.iter().map(|contact| {
        object([
            ("name", json!(contact.name)),
            ("url", json!(contact.url)),
            ("state", json!(contact.state.as_str())),
            ("urgent", json!(contact.urgent)),
        ])
    });
    contacts.collect()
}

fn packagers(policy: &Policy) -> Value {
    let packagers = policy.packagers.iter().map(|packager| {
        object([
            ("name", json!(packager.name)),
            ("url", json!(packager.url)),
            ("key", json!(packager.key)),
            ("subject", json!(packager.subject)),
            ("lead", target(Some(packager.lead))),
            ("may-deploy", json!(packager.may_deploy)),
            ("terms", json!(packager.terms)),
        ])
    });
    packagers.collect()
}

fn document(policy: &Policy) -> Value {
    let document = policy.document.as_ref().map(|document| {
        object([
            ("version", json!(document.version)),
            ("updated", day(Some(document.updated))),
            ("next-review", day(Some(document.next_review))),
        ])
    });
    json!(document)
}

fn lists(policy: &Policy) -> Map<String, Value> {
    let keys = policy.keys.iter().map(|key| {
        object([
            ("fingerprint", json!(key.fingerprint)),
            ("url", json!(key.url)),
            ("expires", day(key.expires)),
        ])
    });
    let claims = policy.claims.iter().map(|claim| {
        object([
            ("says", json!(claim.says)),
            ("evidence", json!(claim.evidence)),
            ("date", day(claim.date)),
        ])
    });
    let guidance = policy.guidance.iter().map(|guidance| {
        object([
            ("title", json!(guidance.title)),
            ("text", json!(guidance.text)),
        ])
    });
    map([
        ("key", keys.collect()),
        ("claim", claims.collect()),
        ("guidance", guidance.collect()),
    ])
}

/// How long, in numbers, as it is written, and in words.
fn target(target: Option<Target>) -> Value {
    json!(target.map(|target| {
        object([
            ("count", json!(target.count)),
            ("unit", json!(target.unit.as_str())),
            ("after", json!(target.after.map(Event::as_str))),
            ("written", json!(target.to_string())),
        ])
    }))
}

fn day(date: Option<caveat_advisory::Date>) -> Value {
    json!(date.map(|date| date.to_string()))
}

fn object<const N: usize>(pairs: [(&str, Value); N]) -> Value {
    Value::Object(map(pairs))
}

/// What was not written has no key.
fn map<const N: usize>(pairs: [(&str, Value); N]) -> Map<String, Value> {
    let written = pairs.into_iter().filter(|(_, value)| !value.is_null());
    written
        .map(|(key, value)| (key.to_owned(), value))
        .collect()
}
