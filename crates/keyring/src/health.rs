//! Owns what is to be done about a keyring that has no fault: what ends, what is behind, what has no spare.
//! Must never call a fault what time or a choice brought about.

use jiff::{SignedDuration, Timestamp};

use crate::{Entry, Keyring, Role, roots};

/// How soon something is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Nothing can be published, or readers are told what is wrong.
    Now,
    /// Before long.
    Soon,
    /// A choice that could be a better one.
    Advice,
}

impl Urgency {
    /// As it is printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::Soon => "soon",
            Self::Advice => "advice",
        }
    }
}

/// What a concern is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Matter {
    /// Something ends, or has ended: rule `keyring-ends`.
    Ends,
    /// Roots do not say what the keyring says: rule `keyring-behind`.
    Behind,
    /// A key that nobody names: rule `keyring-idle`.
    Idle,
    /// How the roles are filled.
    Shape,
}

/// Something to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concern {
    /// How soon.
    pub urgency: Urgency,
    /// What it is about.
    pub matter: Matter,
    /// Where it stands in the keyring.
    pub field: String,
    /// What is so.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Concern {
    pub(crate) fn new(urgency: Urgency, matter: Matter, field: impl Into<String>) -> Self {
        Self {
            urgency,
            matter,
            field: field.into(),
            message: String::new(),
            help: String::new(),
        }
    }

    pub(crate) fn says(mut self, message: impl Into<String>, help: impl Into<String>) -> Self {
        self.message = message.into();
        self.help = help.into();
        self
    }
}

/// How long before its end something is worth a word.
pub(crate) fn ahead(role: Role) -> SignedDuration {
    let days = match role {
        Role::Root | Role::SshCa => 60,
        Role::Publish | Role::Freshness => 30,
        Role::OpenPgp => 180,
    };
    SignedDuration::from_hours(24 * days)
}

/// In whole days, as people count them.
pub(crate) fn days(from: Timestamp, to: Timestamp) -> String {
    match to.duration_since(from).as_hours() / 24 {
        0 => "today".to_owned(),
        1 => "in 1 day".to_owned(),
        days => format!("in {days} days"),
    }
}

impl Keyring {
    /// All that is to be done, the most urgent first. `feed` is its name in signatures.
    pub fn concerns(&self, feed: &str, at: Timestamp) -> Vec<Concern> {
        let mut all = Vec::new();
        for role in self.roles.keys() {
            self.hands(*role, at, &mut all);
        }
        self.shape(&mut all);
        self.unnamed(&mut all);
        self.certificates(feed, at, &mut all);
        roots::concerns(self, at, &mut all);
        self.idle(&mut all);
        all.sort_by_key(|concern| (concern.urgency, concern.matter));
        all
    }

    /// Who of a role can sign, and until when.
    fn hands(&self, role: Role, at: Timestamp, all: &mut Vec<Concern>) {
        let word = role.as_str();
        let able = |at| {
            let keys = self.keys(role).iter();
            keys.filter(|entry| entry.in_time(at).is_ok()).count() as u64
        };
        if able(at) < self.threshold(role) {
            let concern = Concern::new(Urgency::Now, Matter::Ends, format!("role.{word}.keys"));
            let message = format!(
                "of the role {word} {} may sign now, and it takes {}",
                able(at),
                self.threshold(role)
            );
            all.push(concern.says(
                message,
                format!("`caveat keys rotate {word} NAME` brings a new key in"),
            ));
        }
        for entry in self.keys(role) {
            let Some(until) = entry
                .until
                .filter(|until| until.duration_since(at) <= ahead(role))
            else {
                continue;
            };
            let field = format!("key.{}.until", entry.name);
            let concern = Concern::new(Urgency::Soon, Matter::Ends, field);
            let name = &entry.name;
            let message = if until <= at {
                format!("the key `{name}` of {word} ended at {until}")
            } else {
                format!(
                    "the key `{name}` of {word} ends {}, at {until}",
                    days(at, until)
                )
            };
            let help = format!("`caveat keys rotate {word} NAME --old {name}` brings a new key in");
            all.push(concern.says(message, help));
        }
    }

    /// How the roles are filled.
    fn shape(&self, all: &mut Vec<Concern>) {
        let mut advise = |field: &str, message: &str, help: &str| {
            let concern = Concern::new(Urgency::Advice, Matter::Shape, field);
            all.push(concern.says(message, help));
        };
        let (root, fresh) = (self.keys(Role::Root), self.keys(Role::Freshness));
        if root.is_empty() || fresh.is_empty() {
            advise(
                "role",
                "without the roles root and freshness there is no TUF: readers notice neither an old copy nor a stolen key",
                "`caveat keys generate NAME --role root`, for three people, and `--role freshness` for the machine",
            );
        } else if self.threshold(Role::Root) < 2 {
            advise(
                "role.root",
                "one root key is enough to replace every other key",
                "name three people, and write `threshold = 2`",
            );
        }
        if !root.is_empty() && root.len() as u64 == self.threshold(Role::Root) {
            advise(
                "role.root.keys",
                "no root key is spare: where one is lost, no root can follow, and readers need a new first root",
                "let another person make a key: `caveat keys generate NAME --role root`",
            );
        }
        let shared = |entry: &Entry| fresh.iter().any(|other| other.public == entry.public);
        if self.keys(Role::Publish).iter().any(shared) {
            advise(
                "role.freshness.keys",
                "one key publishes and keeps fresh: whoever steals it from the daily job can publish",
                "make a key for the daily job alone: `caveat keys generate NAME --role freshness`",
            );
        }
    }

    /// What an OpenPGP key cannot sign without.
    fn unnamed(&self, all: &mut Vec<Concern>) {
        let keys = self.keys(Role::OpenPgp).iter();
        for entry in keys.filter(|entry| entry.from.is_none()) {
            let name = &entry.name;
            let concern = Concern::new(Urgency::Soon, Matter::Shape, "role.openpgp.keys");
            let message = format!(
                "`{name}` has no `from`, by which an OpenPGP key is named: no CSAF document can be signed"
            );
            let help = format!(
                "write `from = TIME` below `[key.{name}]`: when it was made, and never another time after that"
            );
            all.push(concern.says(message, help));
        }
    }

    /// Certificates that end, never end, or are for another feed.
    fn certificates(&self, feed: &str, at: Timestamp, all: &mut Vec<Concern>) {
        if self.keys(Role::SshCa).is_empty() {
            return;
        }
        let longest = self.lifetime(Role::SshCa);
        for entry in self.keys(Role::Publish) {
            let name = &entry.name;
            let days = longest.as_hours() / 24;
            let again = format!(
                "`ssh-keygen -s CA -I {name} -n {feed} -V +{days}d keys/{name}.pub` makes one"
            );
            if let Some((urgency, message)) = certificate(entry, feed, at, longest) {
                let concern = Concern::new(urgency, Matter::Ends, "role.publish.keys");
                all.push(concern.says(message, again));
            }
        }
    }

    /// Keys that the keyring does not name.
    fn idle(&self, all: &mut Vec<Concern>) {
        let periods = &self.document.data().keys;
        for entry in &self.others {
            let name = &entry.name;
            if periods.iter().any(|(known, _)| known == name) {
                continue;
            }
            let concern = Concern::new(Urgency::Soon, Matter::Idle, "role");
            let message = format!(
                "nobody names keys/{name}.pub: what it signed is still compared with, and nothing else"
            );
            all.push(concern.says(message, format!("name it in a role, say when it ended with `[key.{name}]`, revoke it, or remove it")));
        }
    }
}

/// What is wrong with the certificate of a key that publishes.
fn certificate(
    entry: &Entry,
    feed: &str,
    at: Timestamp,
    longest: SignedDuration,
) -> Option<(Urgency, String)> {
    let name = &entry.name;
    let Some(blob) = entry.certificate.as_deref() else {
        let message = format!(
            "`{name}` has no certificate: readers who pin the authority cannot check what it signs"
        );
        return Some((Urgency::Soon, message));
    };
    let Ok(certificate) = caveat_verify::Certificate::from_blob(blob) else {
        return Some((
            Urgency::Now,
            format!("the certificate of `{name}` cannot be read"),
        ));
    };
    let now = u64::try_from(at.as_second()).unwrap_or_default();
    let authorities = [*certificate.authority()];
    if let Err(error) = certificate.allows(&authorities, feed, now) {
        return Some((
            Urgency::Now,
            format!("the certificate of `{name}`: {error}"),
        ));
    }
    let message = ending(&certificate, at, longest)?;
    Some((
        Urgency::Soon,
        format!("the certificate of `{name}` {message}"),
    ))
}

/// What is to be said of its end. Keys need none, which people replace; a certificate is there to end by itself.
fn ending(
    certificate: &caveat_verify::Certificate,
    at: Timestamp,
    longest: SignedDuration,
) -> Option<String> {
    /// Certificates are made for 90 days.
    const AHEAD: SignedDuration = SignedDuration::from_hours(21 * 24);
    let end = i64::try_from(certificate.before()).ok();
    let Some(end) = end.and_then(|end| Timestamp::from_second(end).ok()) else {
        return Some("never ends: whoever steals the key has it for as long".to_owned());
    };
    let left = end.duration_since(at);
    let ends = format!("ends {}, at {end}", days(at, end));
    match left {
        _ if left <= AHEAD => Some(ends),
        // A day, for clocks and time zones that differ.
        _ if left > longest + SignedDuration::from_hours(24) => Some(format!(
            "{ends}, which is later than `days` of the role ssh-ca allows"
        )),
        _ => None,
    }
}
