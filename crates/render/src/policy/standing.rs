//! Owns what the policy says at all times: thanks, safety for researchers, scope, claims, advice and its own age.
//! Must never reword a text that was written for lawyers, or let a claim look proven that is not.

use caveat_advisory::{BountyState, Claim, Consent, Guidance, Policy, PolicyDocument, Project};

use super::tree::{Block, Line, Section, address, line, link, plain};
use caveat_words::join;

/// Thanks, in words and in money.
pub(super) fn credit(project: &Project) -> Option<Section> {
    let policy = &project.policy;
    let mut blocks = Vec::new();
    if let Some(credit) = &policy.credit {
        let places: Vec<String> = credit.places.iter().map(|place| named_in(*place)).collect();
        blocks.push(Block::text(&if places.is_empty() {
            "Nobody is named in public.".to_owned()
        } else {
            format!(
                "Those who report flaws are named in {}, each only where they agreed to it. Who agrees to nothing is named nowhere, and who changes their mind is taken out everywhere.",
                join(places, "and")
            )
        }));
    }
    if !blocks.is_empty() && policy.names_in(Consent::Thanks) {
        let thanks = format!("{}/thanks/", project.feed.url);
        blocks.push(Block::Text {
            line: vec![
                plain("The list of thanks is at "),
                address(&thanks),
                plain("."),
            ],
        });
    }
    if let Some(bounty) = &policy.bounty {
        let line = match (bounty.state, bounty.url.as_deref()) {
            (BountyState::None, _) => line("There is no bug bounty."),
            (BountyState::Planned, _) => {
                line("A bug bounty is planned. There is none yet, and nothing is paid today.")
            }
            (BountyState::Live, None) => line("There is a bug bounty."),
            (BountyState::Live, Some(url)) => {
                vec![plain("There is a "), link("bug bounty", url), plain(".")]
            }
        };
        blocks.push(Block::Text { line });
    }
    (!blocks.is_empty()).then(|| Section::new("credit", "Thanks", blocks))
}

fn named_in(place: Consent) -> String {
    match place {
        Consent::Advisory => "the advisory",
        Consent::ReleaseNotes => "the release notes",
        Consent::Thanks => "the list of thanks",
        Consent::AnnualReport => "the annual report",
    }
    .to_owned()
}

/// The lawyers' text, and which one it is.
pub(super) fn safe_harbour(policy: &Policy) -> Option<Section> {
    let harbour = policy.safe_harbour.as_ref()?;
    let which = format!(
        "Version {} of this text, of {}.",
        harbour.version, harbour.date
    );
    let blocks = vec![
        Block::exact(&harbour.text),
        Block::Text {
            line: vec![plain(&which)],
        },
    ];
    Some(Section::new("safe-harbour", "Safe harbour", blocks))
}

/// What counts as a flaw.
pub(super) fn scope(policy: &Policy) -> Option<Section> {
    let scope = policy.scope.as_ref()?;
    let mut blocks = Vec::new();
    for (lead, list) in [
        ("These are vulnerabilities:", &scope.inside),
        ("These are not:", &scope.outside),
    ] {
        if !list.is_empty() {
            blocks.extend([Block::text(lead), Block::list(list)]);
        }
    }
    (!blocks.is_empty()).then(|| Section::new("scope", "Scope", blocks))
}

/// What is said, and where that can be seen.
pub(super) fn claims(policy: &Policy) -> Option<Section> {
    let dated = policy.claims.iter().any(|claim| claim.date.is_some());
    let row = |claim: &Claim| {
        let mut row = vec![line(&claim.says), evidence(claim)];
        let date = claim
            .date
            .map_or_else(Vec::new, |date| vec![plain(&date.to_string())]);
        row.extend(dated.then_some(date));
        row
    };
    let mut head = vec!["We say", "Evidence"];
    head.extend(dated.then_some("Last seen to be so"));
    let table = Block::Table {
        label: "Claims and their evidence",
        head,
        rows: policy.claims.iter().map(row).collect(),
    };
    let section = Section::new("claims", "What we say of our own security", vec![table]);
    (!policy.claims.is_empty()).then_some(section)
}

fn evidence(claim: &Claim) -> Line {
    match claim.evidence.as_deref() {
        Some(url) => vec![address(url)],
        None => line("stated, not evidenced"),
    }
}

/// Advice in full, each text below its title.
pub(super) fn advice(guidance: &[Guidance]) -> Vec<(Line, Block)> {
    let one = |guidance: &Guidance| (line(&guidance.title), Block::prose(&guidance.text));
    guidance.iter().map(one).collect()
}

/// Which text this is; nothing where nobody says.
pub(super) fn edition(document: Option<&PolicyDocument>) -> Option<String> {
    let document = document?;
    Some(format!(
        "Version {} of this policy, of {}. It is looked at again by {}.",
        document.version, document.updated, document.next_review
    ))
}
