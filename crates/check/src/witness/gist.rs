//! Owns what is kept of a state: when it came out, its revisions, and whom it credits.
//! Must never keep what a later state could not be held against.

use caveat_advisory::{Advisory, Change, CreditRole, Past, PastState, Revision, Timestamp};

use super::states::parse;

/// What is kept of a state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Gist {
    /// When it could first be seen.
    pub(super) since: Option<Timestamp>,
    pub(super) revisions: Vec<Kept>,
    /// Names and pages of people.
    pub(super) credits: Vec<(String, String)>,
}

/// A revision without its sentences, which may be mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(super) at: Timestamp,
    pub(super) marks: Vec<Mark>,
    pub(super) changed: Vec<Change>,
}

/// What a revision is, besides a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Editorial,
    Narrows,
    FixReverted,
    Reinstates,
}

/// Every mark.
pub(super) const MARKS: [Mark; 4] = [
    Mark::Editorial,
    Mark::Narrows,
    Mark::FixReverted,
    Mark::Reinstates,
];

impl Mark {
    /// Its key in a revision.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Editorial => "editorial",
            Self::Narrows => "narrows",
            Self::FixReverted => "fix-reverted",
            Self::Reinstates => "reinstates",
        }
    }

    fn is_on(self, revision: &Revision) -> bool {
        match self {
            Self::Editorial => revision.editorial,
            Self::Narrows => revision.narrows.is_some(),
            Self::FixReverted => revision.fix_reverted.is_some(),
            Self::Reinstates => revision.reinstates.is_some(),
        }
    }
}

impl Kept {
    pub(super) fn of(revision: &Revision) -> Self {
        Self {
            at: revision.at,
            marks: MARKS
                .into_iter()
                .filter(|mark| mark.is_on(revision))
                .collect(),
            changed: revision.changed.clone(),
        }
    }
}

/// What is known of a state's content.
pub(super) enum Known {
    Gist(Gist),
    /// Today's reader cannot read it.
    Unreadable,
    /// The clone does not have it.
    Lost,
}

impl Known {
    pub(super) fn of(past: &dyn Past, state: &PastState) -> Self {
        let say = |bytes| {
            let advisory = parse(&state.path, bytes);
            advisory.map_or_else(Vec::new, |advisory| Gist::of(&advisory).fields())
        };
        match past.said(&state.content, &say) {
            None => Self::Lost,
            Some(fields) => Gist::read(fields).map_or(Self::Unreadable, Self::Gist),
        }
    }
}

impl Gist {
    pub(super) fn of(advisory: &Advisory) -> Self {
        let first = advisory.revisions.first().map(|first| first.at);
        let until = advisory.embargo.as_ref().map(|embargo| embargo.until);
        let people = advisory.credits.iter();
        let people = people.filter(|credit| credit.role != CreditRole::Tool);
        let credits = people.filter_map(|credit| {
            let name = credit.name.clone()?;
            Some((name, credit.url.clone().unwrap_or_default()))
        });
        Self {
            since: first.map(|first| until.map_or(first, |until| until.max(first))),
            revisions: advisory.revisions.iter().map(Kept::of).collect(),
            credits: credits.collect(),
        }
    }

    pub(super) fn last(&self) -> Option<Timestamp> {
        self.revisions.last().map(|last| last.at)
    }

    /// Had its time come before another state took its place?
    pub(super) fn was_public(&self, until: Option<Timestamp>, as_of: Timestamp) -> bool {
        let end = until.unwrap_or(as_of).min(as_of);
        self.since.is_some_and(|since| since <= end)
    }

    fn fields(&self) -> Vec<String> {
        let since = self.since.map(|since| since.to_string());
        let mut all = vec![since.unwrap_or_default(), self.revisions.len().to_string()];
        for one in &self.revisions {
            let marks: Vec<&str> = one.marks.iter().map(|mark| mark.key()).collect();
            all.push(one.at.to_string());
            all.push(marks.join(" "));
            all.push(one.changed.len().to_string());
            for change in &one.changed {
                let side = |side: &Option<String>| {
                    let text = side.as_ref().map(|text| format!("={text}"));
                    text.unwrap_or_default()
                };
                all.extend([change.field.clone(), side(&change.from), side(&change.to)]);
            }
        }
        let credits = self.credits.iter();
        all.extend(credits.flat_map(|(name, url)| [name.clone(), url.clone()]));
        all
    }

    fn read(fields: Vec<String>) -> Option<Self> {
        let mut fields = fields.into_iter();
        let since = fields.next()?;
        let count: usize = fields.next()?.parse().ok()?;
        let mut revisions = Vec::new();
        for _ in 0..count {
            revisions.push(kept(&mut fields)?);
        }
        let mut credits = Vec::new();
        while let Some(name) = fields.next() {
            credits.push((name, fields.next()?));
        }
        Some(Self {
            since: since.parse().ok(),
            revisions,
            credits,
        })
    }
}

fn kept(fields: &mut impl Iterator<Item = String>) -> Option<Kept> {
    let at = fields.next()?.parse().ok()?;
    let marks = fields.next()?;
    let count: usize = fields.next()?.parse().ok()?;
    let side = |text: String| text.strip_prefix('=').map(str::to_owned);
    let mut changed = Vec::new();
    for _ in 0..count {
        changed.push(Change {
            field: fields.next()?,
            from: side(fields.next()?),
            to: side(fields.next()?),
        });
    }
    Some(Kept {
        at,
        marks: MARKS
            .into_iter()
            .filter(|mark| marks.split(' ').any(|key| key == mark.key()))
            .collect(),
        changed,
    })
}

#[cfg(test)]
mod tests {
    use super::Gist;
    use crate::tests::read;

    #[test]
    fn what_is_kept_of_a_state_is_read_back_as_it_was() {
        let text = r#"title = "A"
severity = "high"
impact = "Code runs."
description = "Text."
[embargo]
until = 2026-11-20T00:00:00Z
[[credit]]
name = "A. Finder"
role = "finder"
url = "https://example.org/a"
[[credit]]
name = "B"
role = "reporter"
[[revision]]
at = 2026-11-18T00:00:00Z
note = "First published."
[[revision]]
at = 2026-11-19T00:00:00Z
note = "More."
editorial = true
narrows = "Less."
fix-reverted = "It was backed out."
changed = [{ field = "impact", from = "", to = "=x" }, { field = "description" }]
"#;
        let gist = Gist::of(&read(text));
        assert_eq!(gist.revisions.len(), 2);
        assert_eq!(gist.credits.len(), 2);
        assert_eq!(Gist::read(gist.fields()), Some(gist.clone()));
        let fields = gist.fields();
        for cut in 0..fields.len() - 4 {
            assert_ne!(Gist::read(fields[..cut].to_vec()), Some(gist.clone()));
        }
        assert_eq!(Gist::read(Vec::new()), None);
    }
}
