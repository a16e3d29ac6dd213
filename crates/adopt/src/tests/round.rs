//! Owns the way round: a policy, its SECURITY.md as `caveat policy` writes it, and the policy that is read from that.
//! Must never need a field that SECURITY.md does not state.

use std::path::Path;

use caveat_advisory::{Document, Draft, Policy, Project, State};
use caveat_diag::Report;

use super::{odd, settings};
use crate::adopt;

const MODELS: [&str; 5] = [
    "explainable-moe-debugger",
    "mithril",
    "neural-operator-foundation-lab",
    "neuraldbg",
    "torsh",
];

fn policy(bytes: Vec<u8>) -> Policy {
    let mut report = Report::default();
    let draft = Draft {
        path: "caveat.toml".to_owned(),
        bytes,
    };
    let document = Document::<Project>::read(draft, &mut report);
    document.expect("a project").into_data().policy
}

/// What SECURITY.md states of a policy: no address of what is only planned, no subject where no mail is
/// read, and no empty lines at ends.
fn stated(mut policy: Policy) -> Policy {
    for contact in policy
        .contacts
        .iter_mut()
        .filter(|contact| contact.state == State::Planned)
    {
        contact.url = None;
        contact.urgent = false;
    }
    policy
        .contacts
        .sort_by_key(|contact| contact.state == State::Planned);
    let mail = |url: &String| url.starts_with("mailto:");
    if !policy
        .contacts
        .iter()
        .any(|contact| contact.url.as_ref().is_some_and(mail))
    {
        policy
            .report
            .iter_mut()
            .for_each(|report| report.subject = None);
    }
    let trim = |text: &mut String| *text = text.trim().to_owned();
    policy
        .guidance
        .iter_mut()
        .for_each(|guidance| trim(&mut guidance.text));
    policy
        .safe_harbour
        .iter_mut()
        .for_each(|harbour| trim(&mut harbour.text));
    let terms = policy
        .disclosure
        .iter_mut()
        .filter_map(|disclosure| disclosure.terms.as_mut());
    terms.for_each(trim);
    let forms = policy
        .report
        .iter_mut()
        .filter_map(|report| report.template.as_mut());
    forms.for_each(trim);
    policy
}

#[test]
fn what_caveat_wrote_is_read_back_as_it_was() {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/policies");
    for name in MODELS {
        let text = std::fs::read(place.join(name).join("SECURITY.md")).expect("ours");
        let written = adopt("SECURITY.md", text, &settings(), &mut Report::default());
        let model = std::fs::read(place.join(name).join("caveat.toml")).expect("ours");
        let (expected, found) = (stated(policy(model)), stated(policy(written.into_bytes())));
        let (found, expected) = (format!("{found:#?}"), format!("{expected:#?}"));
        let differs = found
            .lines()
            .zip(expected.lines())
            .find(|(found, expected)| found != expected);
        assert_eq!(differs, None, "{name}");
        assert_eq!(found, expected, "{name}");
    }
}

/// What is odd about one of the five that is not odd about all: each has one live route only.
fn others(name: &str) -> &'static [(usize, &'static str)] {
    match name {
        "mithril" => &[(77, "adopt-safe-harbour-statute")],
        "neuraldbg" => &[(18, "adopt-free-mail"), (58, "adopt-missing-referent")],
        _ => &[],
    }
}

#[test]
fn nothing_false_is_said_of_what_caveat_wrote() {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/policies");
    for name in MODELS {
        let text = std::fs::read_to_string(place.join(name).join("SECURITY.md")).expect("ours");
        let mut found = odd(&text);
        found.retain(|(_, code)| *code != "adopt-single-route");
        assert_eq!(found, others(name), "{name}");
        let mut report = Report::default();
        adopt("SECURITY.md", text.into_bytes(), &settings(), &mut report);
        let short = caveat_diag::emit::short(&report);
        assert!(
            !short.contains("adopt-partly-read") && !short.contains("adopt-not-understood"),
            "{name}: {short}"
        );
    }
}
