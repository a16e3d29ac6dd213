//! Owns what the policy says of the way into the open: when, in which release, who hears first, and where.
//! Must never show as a channel what does not exist yet.

use caveat_advisory::{
    Bump, Disclosure, Packager, Policy, Project, Release, State, Weekday, Widen,
};
use caveat_clock::Promise;

use super::times::{duration, run};
use super::tree::{Block, Line, Section, address, line, plain};
use caveat_words::join;

/// When flaws are published, and how fixes come.
pub(super) fn disclosure(policy: &Policy) -> Section {
    let mut lines = limits(&policy.disclosure.clone().unwrap_or_default());
    if let Some(release) = &policy.release {
        lines.extend(releases(release));
    }
    let mut blocks = vec![Block::List { lines }];
    let terms = policy.disclosure.as_ref();
    let terms = terms.and_then(|disclosure| disclosure.terms.as_deref());
    blocks.extend(terms.map(Block::prose));
    blocks.extend(packagers(&policy.packagers));
    Section::new("disclosure", "Disclosure", blocks)
}

fn limits(disclosure: &Disclosure) -> Vec<Line> {
    let mut lines = Vec::new();
    lines.push(line(&disclosure.longest.map_or_else(
        || "There is no target for the longest that a flaw is kept private.".to_owned(),
        |longest| {
            let latest = run(Promise::Disclose, longest);
            format!("A flaw is published at the latest {latest}, fixed or not.")
        },
    )));
    if let Some(exploited) = disclosure.exploited {
        let latest = run(Promise::Exploited, exploited);
        lines.push(line(&format!(
            "A flaw that is exploited and has no fix is published {latest}."
        )));
    }
    if !disclosure.avoid.is_empty() {
        let days = disclosure
            .avoid
            .iter()
            .map(|day| Weekday::label(*day).to_owned());
        lines.push(line(&format!(
            "Nothing is published on a {} if it can wait.",
            join(days.collect(), "or")
        )));
    }
    lines
}

fn releases(release: &Release) -> Vec<Line> {
    let bump = release.bump.map(|bump| match bump {
        Bump::Patch => "A fix comes as a patch release.",
        Bump::Minor => "A fix comes as a minor release at most.",
        Bump::Major => "A fix may come as a major release.",
    });
    let notes = (release.notes == Some(true))
        .then_some("Release notes name every advisory that the release fixes, with its severity.");
    bump.into_iter().chain(notes).map(line).collect()
}

/// Who hears before the public.
fn packagers(packagers: &[Packager]) -> Vec<Block> {
    if packagers.is_empty() {
        return Vec::new();
    }
    let with_terms = packagers.iter().any(|packager| packager.terms.is_some());
    let row = |packager: &Packager| {
        let ships = if packager.may_deploy { "Yes" } else { "No" };
        let mut row = vec![
            line(&packager.name),
            line(&duration(packager.lead)),
            line(ships),
        ];
        let terms = packager.terms.as_deref().unwrap_or_default();
        row.extend(with_terms.then(|| line(terms)));
        row
    };
    let mut head = vec!["Who", "How long before", "May ship the fix before"];
    head.extend(with_terms.then_some("Terms"));
    vec![
        Block::Heading {
            text: "Who hears before the public",
        },
        Block::Table {
            label: "Who hears before the public",
            head,
            rows: packagers.iter().map(row).collect(),
        },
    ]
}

/// Where advisories appear.
pub(super) fn places(project: &Project) -> Section {
    let policy = &project.policy;
    let site = format!("{}/", project.feed.url);
    let mut rows = vec![vec![
        line(&project.feed.name),
        vec![address(&site)],
        line("Every advisory, with a feed for scanners and people"),
    ]];
    let lists = project.mail.iter().flat_map(|mail| &mail.lists);
    rows.extend(lists.map(|list| {
        let to = address(&format!("mailto:{}", list.to));
        let at = list.archive.as_deref().map_or_else(
            || vec![to.clone()],
            |archive| vec![to.clone(), plain(", "), address(archive)],
        );
        let audience = list.audience.as_deref().unwrap_or("Mail");
        vec![line(&list.name), at, line(&stated(audience, list.state))]
    }));
    rows.extend(policy.channels.iter().map(|channel| {
        let at = channel.url.as_deref().map(|url| vec![address(url)]);
        let at = at.unwrap_or_else(|| line(nowhere(channel.state)));
        vec![line(&channel.name), at, line(&stated("", channel.state))]
    }));
    let mut blocks = vec![Block::Table {
        label: "Where advisories appear",
        head: vec!["Name", "Where", "What it is"],
        rows,
    }];
    if let Some(period) = policy.bulletin {
        blocks.push(Block::text(&format!(
            "A {} bulletin sums up what was published, even where that is nothing.",
            period.label().to_lowercase()
        )));
    }
    if project.feed.widen == Widen::FollowUp {
        blocks.push(Block::text(
            "A published advisory never names more versions later: what turns out to be affected, too, gets an advisory of its own that follows the first.",
        ));
    }
    Section::new("channels", "Where advisories appear", blocks)
}

/// What stands in place of a link: an empty cell would say less.
fn nowhere(state: State) -> &'static str {
    match state {
        State::Live => "No link is known",
        State::Planned => "Nowhere yet",
    }
}

/// What is planned is said to be.
fn stated(what: &str, state: State) -> String {
    match (what, state) {
        ("", State::Live) => "Advisories appear there too".to_owned(),
        ("", State::Planned) => "Planned, not there yet".to_owned(),
        (what, State::Live) => what.to_owned(),
        (what, State::Planned) => format!("{what}. Planned, not there yet"),
    }
}
