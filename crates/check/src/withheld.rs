//! Owns what the last look before publication looks for: the words of all that readers must not see.
//! Must never keep back what readers may see elsewhere: a false alarm stops a feed.

use std::collections::BTreeSet;

use caveat_advisory::{
    Consent, Credit, CreditRole, Document, PackageRef, Project, Reference, ReferenceType,
};
use caveat_canary::{Source, What, Withheld};

use crate::candidate::Candidate;
use crate::cwe;
use crate::person::person;
use crate::rule::Facts;
use crate::rules::RULES;
use crate::sources;
use crate::spelling::{Spelled, Spelling};
use crate::text::{extras, texts};

/// The words of drafts, of embargoed advisories, of names without consent and of how consent was given.
pub(crate) fn withheld(facts: &Facts<'_>) -> Withheld {
    let mut withheld = Withheld::default();
    let (public, hidden): (Vec<&Candidate>, Vec<&Candidate>) = facts
        .candidates
        .iter()
        .partition(|one| one.is_public(facts.as_of));
    if !hidden.is_empty() {
        let known = Known::new(facts, &public);
        for candidate in &hidden {
            advisory(candidate, &known, &mut withheld);
            credits(candidate, |_| false, &mut withheld);
        }
    }
    for path in facts.sealed {
        let file = path.rsplit('/').next().unwrap_or(path);
        for name in [file, file.strip_suffix(".toml.age").unwrap_or(file)] {
            withheld.keep(&Source::new(path, ""), What::File, name);
        }
    }
    for candidate in &public {
        let policy = facts.policy();
        credits(candidate, |place| policy.names_in(place), &mut withheld);
    }
    if !withheld.is_empty() {
        spare(facts, &public, &mut withheld);
    }
    if hidden.is_empty() && facts.sealed.is_empty() {
        sources::look_into(facts, &public, &mut withheld);
    }
    withheld
}

/// What readers know anyway.
fn spare(facts: &Facts<'_>, public: &[&Candidate], withheld: &mut Withheld) {
    let rules = RULES
        .iter()
        .flat_map(|rule| [rule.says, rule.why, rule.example, rule.instead]);
    let ours = rules
        .chain(cwe::names())
        .map(|text: &'static str| -> &str { text });
    withheld.spare(public.iter().copied().flat_map(said).chain(ours));
    withheld.spare_all(public.iter().copied().flat_map(ids));
    withheld.spare_words([settled(facts.project).as_str()]);
    for candidate in public {
        for credit in &candidate.advisory().credits {
            allow(credit, |place| facts.policy().names_in(place), withheld);
        }
    }
}

/// The text of caveat.toml without what it says of single flaws: the reason of a dispute may tell of one that is withheld.
pub fn settled(project: &Document<Project>) -> String {
    let mut text = project.source().text().to_owned();
    for at in (0..project.data().disputed.len()).rev() {
        let reason = project.at(&format!("disputed[{at}].reason"));
        text.replace_range(reason.range(), "\"-\"");
    }
    text
}

/// What the site says by itself, of what is public: a draft may say the same.
struct Known<'a> {
    /// Parts of addresses that are pages of the site, or pages about what is public.
    addresses: Vec<String>,
    /// Words of the names of packages.
    packages: BTreeSet<String>,
    project: &'a str,
}

impl<'a> Known<'a> {
    fn new(facts: &'a Facts<'_>, public: &[&Candidate]) -> Self {
        let project = facts.project.data();
        let affected = public.iter().flat_map(|one| &one.advisory().affected);
        let commits = affected.flat_map(|one| one.fixed_by.iter().chain(&one.introduced_by));
        let names = public
            .iter()
            .copied()
            .flat_map(ids)
            .chain(commits.map(String::as_str));
        let addresses = names
            .map(str::to_ascii_lowercase)
            .chain(["cwe.mitre.org/".to_owned()]);
        let packages = project.packages.iter();
        let packages = packages.flat_map(|one| [&one.title, &one.name, &one.key]);
        Self {
            addresses: addresses.collect(),
            packages: packages.flat_map(|name| words(name)).collect(),
            project: &project.feed.url,
        }
    }

    fn link(&self, url: &str) -> bool {
        let own = url.strip_prefix(self.project);
        let own = own.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let small = url.to_ascii_lowercase();
        let whole = |part: &String| {
            let mut hits = small.match_indices(part.as_str());
            hits.any(|(at, part)| {
                let rest = &small[at + part.len()..];
                part.ends_with('/') || !rest.starts_with(|c: char| c.is_ascii_alphanumeric())
            })
        };
        own || self.addresses.iter().any(whole)
    }

    /// `Upgrade PACKAGE to VERSION`, as every page says it.
    fn remedy(&self, text: &str) -> bool {
        const AROUND: [&str; 11] = [
            "upgrade", "to", "or", "a", "later", "and", "version", "of", "the", "same", "branch",
        ];
        let words = words(text);
        let plain = |word: &String| {
            AROUND.contains(&word.as_str())
                || self.packages.contains(word)
                || word.starts_with(|c: char| c.is_ascii_digit())
        };
        words.first().is_some_and(|word| word == "upgrade") && words.iter().all(plain)
    }
}

fn words(text: &str) -> Vec<String> {
    let spelled = Spelled::new(text, Spelling::SMALL);
    spelled.words().split(' ').map(str::to_owned).collect()
}

fn advisory(candidate: &Candidate, known: &Known<'_>, withheld: &mut Withheld) {
    let (whose, advisory) = (candidate.document.path(), candidate.advisory());
    let file = whose.rsplit('/').next().unwrap_or(whose);
    // With its ending, even a short name is no sentence.
    for name in [file, file.strip_suffix(".toml").unwrap_or(file)] {
        withheld.keep(&Source::new(whose, ""), What::File, name);
    }
    if let Some(id) = &advisory.id {
        withheld.keep(&Source::new(whose, "`id`"), What::Id, id);
    }
    for (at, id) in advisory.aliases.iter().enumerate() {
        withheld.keep(
            &Source::new(whose, format!("`aliases[{at}]`")),
            What::Id,
            id,
        );
    }
    if !known.remedy(&advisory.title) {
        withheld.keep(&Source::new(whose, "`title`"), What::Title, &advisory.title);
    }
    let prose = texts(candidate).into_iter().chain(extras(candidate));
    for (field, text) in prose.filter(|(field, _)| !field.starts_with("credit[")) {
        // A sentence that every page says is taken out, and what is around it is looked for.
        let text = without(text, |sentence| known.remedy(sentence));
        withheld.keep_text(&Source::new(whose, format!("`{field}`")), &text);
    }
    parts(candidate, known, withheld);
}

/// The text with empty lines for lines, and nothing for sentences, that are well known.
fn without(text: &str, is_known: impl Fn(&str) -> bool) -> String {
    let line = |line: &str| {
        let sentences = line.split(". ").filter(|sentence| !is_known(sentence));
        sentences.collect::<Vec<_>>().join(". ")
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

fn parts(candidate: &Candidate, known: &Known<'_>, withheld: &mut Withheld) {
    let (whose, advisory) = (candidate.document.path(), candidate.advisory());
    for (at, affected) in advisory.affected.iter().enumerate() {
        let source = |field| Source::new(whose, format!("`affected[{at}].{field}`"));
        for (field, commits) in [
            ("fixed-by", &affected.fixed_by),
            ("introduced-by", &affected.introduced_by),
        ] {
            for commit in commits {
                withheld.keep(&source(field), What::Commit, commit);
            }
        }
        for commit in locked(candidate, at) {
            withheld.keep(&source("lock"), What::Commit, commit);
        }
        for function in &affected.functions {
            withheld.keep(&source("functions"), What::Function, function);
        }
    }
    for (at, link) in advisory.references.iter().enumerate() {
        if is_telling(link) && !known.link(&link.url) {
            let source = Source::new(whose, format!("`reference[{at}].url`"));
            withheld.keep(&source, What::Link, &link.url);
        }
    }
}

/// Commits of a row that its lock knows, and perhaps nobody else.
fn locked(candidate: &Candidate, row: usize) -> impl Iterator<Item = &str> {
    let events = candidate.locked(row).map(|locked| &locked.package.events);
    let events = events.into_iter().flatten();
    events.map(|event| event.commit.as_str())
}

/// Pages of packages, and of the web at large, are linked from elsewhere too.
fn is_telling(link: &Reference) -> bool {
    let common = [
        ReferenceType::Package,
        ReferenceType::Web,
        ReferenceType::Article,
    ];
    !common.contains(&link.kind)
}

/// Names and pages of people. Only what is public gives a name a place.
fn credits(candidate: &Candidate, may: impl Fn(Consent) -> bool, withheld: &mut Withheld) {
    let whose = candidate.document.path();
    let credits = candidate.advisory().credits.iter().enumerate();
    // Tools are nobody.
    for (at, credit) in credits.filter(|(_, credit)| credit.role != CreditRole::Tool) {
        let places = places(credit, &may);
        let source = |field| Source::new(whose, format!("`credit[{at}].{field}`"));
        if let Some(name) = &credit.name {
            withheld.keep_name(&source("name"), person(name), &places);
        }
        if let Some(url) = &credit.url {
            withheld.keep_name(&source("url"), url, &places);
        }
        if let Some(evidence) = &credit.evidence {
            withheld.keep(&source("evidence"), What::Evidence, evidence);
        }
    }
}

fn places(credit: &Credit, may: impl Fn(Consent) -> bool) -> BTreeSet<Consent> {
    let agreed = credit.consent.iter().copied();
    agreed.filter(|place| may(*place)).collect()
}

/// Where a name stands. Tools are named everywhere.
pub(crate) fn shown_in(credit: &Credit, may: impl Fn(Consent) -> bool) -> BTreeSet<Consent> {
    if credit.role == CreditRole::Tool {
        return Consent::ALL.iter().copied().collect();
    }
    places(credit, may)
}

/// A whole name may hold the name of somebody else, as of their company.
fn allow(credit: &Credit, may: impl Fn(Consent) -> bool, withheld: &mut Withheld) {
    let places = shown_in(credit, may);
    for text in credit.name.iter().chain(&credit.url) {
        withheld.allow(text, &places);
    }
}

/// The names of a public flaw.
fn ids(candidate: &Candidate) -> impl Iterator<Item = &str> {
    let advisory = candidate.advisory();
    let names = advisory.id.iter().chain(&advisory.aliases);
    let others = advisory.related.iter().chain(&advisory.upstream);
    names.chain(others).map(String::as_str)
}

/// All that a public advisory says, but for the names of people.
fn said(candidate: &Candidate) -> impl Iterator<Item = &str> {
    let advisory = candidate.advisory();
    let prose = texts(candidate).into_iter().chain(extras(candidate));
    let prose = prose.filter(|(field, _)| !field.starts_with("credit["));
    let links = advisory.references.iter().map(|link| link.url.as_str());
    let rows = 0..candidate.rows.len();
    let locked = rows.flat_map(|row| locked(candidate, row));
    let affected = advisory.affected.iter().flat_map(|affected| {
        let named = match &affected.package {
            PackageRef::Key(name) | PackageRef::Named { name, .. } => std::iter::once(name),
        };
        let commits = affected.fixed_by.iter().chain(&affected.introduced_by);
        named.chain(commits).chain(&affected.features)
    });
    prose
        .map(|(_, text)| text)
        .chain(links)
        .chain(locked)
        .chain(affected.map(String::as_str))
}
