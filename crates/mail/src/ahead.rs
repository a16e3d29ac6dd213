//! Owns the mail that a release is coming: its day, its versions and the highest severity, so that people are there.
//! Must never tell which flaw, how many, where, or by what id; the type that it is made of holds none of that.

use std::collections::BTreeMap;

use caveat_advisory::{MailList, Project, Timestamp};
use caveat_check::Early;
use caveat_versions::Interval;
use caveat_words::day;
use caveat_words::lines::wrap;

use crate::envelope::host;
use crate::letter::tag;
use crate::lists::own;
use crate::{Mail, digest, facts};

/// What may be told ahead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ahead {
    /// When the release is.
    pub until: Timestamp,
    /// The packages by the name that people read, each with the versions that will be released.
    pub versions: BTreeMap<String, Vec<String>>,
    /// The highest severity.
    pub severity: String,
}

impl Ahead {
    /// What may be told of flaws that become public together; `None` without any, or where their days differ.
    pub fn new(flaws: &[Early]) -> Option<Self> {
        let highest = flaws.iter().min_by_key(|one| one.entry.rank)?;
        let mut versions: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for affected in flaws.iter().flat_map(|one| &one.entry.affected) {
            let known = versions.entry(affected.package.title.clone()).or_default();
            let fixes = affected.branches.iter().filter_map(Interval::fixed);
            for fix in fixes.map(ToString::to_string) {
                if !known.contains(&fix) {
                    known.push(fix);
                }
            }
        }
        let together = flaws.iter().all(|one| one.until == highest.until);
        together.then(|| Self {
            until: highest.until,
            versions,
            severity: highest.entry.severity.label.clone(),
        })
    }
}

/// The message to each of the project's own lists. `now` is its date.
pub fn ahead_mails(ahead: &Ahead, project: &Project, now: Timestamp) -> Vec<Mail> {
    let mail = |(settings, list): (&caveat_advisory::Mail, &MailList)| {
        let what = format!("ahead {} {:?} {}", ahead.until, ahead.versions, list.name);
        let products: Vec<String> = ahead.versions.keys().cloned().collect();
        Mail {
            path: format!("ahead-{}.{}", day(ahead.until), list.name),
            receiver: list.name.clone(),
            from: settings.from.clone(),
            to: Some(list.to.clone()),
            reply_to: list.reply_to.clone(),
            subject: format!(
                "{} release on {} fixes issues up to {}",
                tag(products),
                day(ahead.until),
                ahead.severity
            ),
            date: now,
            id: format!("{}@{}", digest(&what, 12), host(project)),
            earlier: Vec::new(),
            body: body(ahead, project),
            patches: Vec::new(),
        }
    };
    own(project).map(mail).collect()
}

fn body(ahead: &Ahead, project: &Project) -> String {
    let at = ahead.until.to_string();
    let time = at.get(11..16).unwrap_or_default();
    let mut lines = vec![
        wrap("A release that fixes security issues is planned.", "", ""),
        String::new(),
        facts::field("When", &format!("{} {time} UTC (+00:00)", day(ahead.until))),
    ];
    lines.extend(ahead.versions.iter().map(|(title, versions)| {
        facts::field("Release", &format!("{title} {}", versions.join(", ")))
    }));
    lines.push(facts::field(
        "Severity",
        &format!("up to {}", ahead.severity),
    ));
    lines.push(String::new());
    lines.push(wrap(
        "Please plan to upgrade then. Nothing more is told before; all details will be at",
        "",
        "",
    ));
    lines.push(format!("{}/", project.feed.url));
    lines.join("\n") + "\n"
}
