//! Owns the proof of what the policy's views say of a whole policy, of an empty one and of hostile values.
//! Must never hold a policy of its own: the whole one is that of docs/caveat-toml.md.

use std::collections::BTreeSet;

use caveat_advisory::{Document, Draft, Form, PROJECT, Project, Timestamp};
use caveat_diag::Report;
use serde_json::Value;

use super::*;

/// The example of the documentation, which has every key.
fn whole() -> String {
    let page = include_str!("../../../../docs/caveat-toml.md");
    let begin = page.find("```toml\n").expect("an example") + 8;
    let end = begin + page[begin..].find("\n```").expect("its end");
    page[begin..=end].to_owned()
}

fn project(text: &str) -> Project {
    let draft = Draft {
        path: "caveat.toml".to_owned(),
        bytes: text.as_bytes().to_vec(),
    };
    let mut report = Report::default();
    let read = Document::<Project>::read(draft, &mut report);
    let read = read.unwrap_or_else(|| panic!("{}", caveat_diag::emit::short(&report)));
    read.data().clone()
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

/// Every key below a form, by its path.
fn keys(form: &Form, path: &str, all: &mut Vec<String>) {
    for key in form.keys {
        let path = format!("{path}/{}", key.name);
        if let Some(inner) = key.shape.form() {
            keys(inner, &path, all);
        }
        all.push(path);
    }
}

/// Every path of a document; elements of a list share theirs.
fn paths(value: &Value, path: &str, all: &mut BTreeSet<String>) {
    all.insert(path.to_owned());
    match value {
        Value::Object(object) => object
            .iter()
            .for_each(|(key, value)| paths(value, &format!("{path}/{key}"), all)),
        Value::Array(list) => list.iter().for_each(|value| paths(value, path, all)),
        _ => {}
    }
}

#[test]
fn policy_json_has_every_key_of_the_policy() {
    let json: Value = serde_json::from_str(&policy_json(&project(&whole()))).expect("JSON");
    let (mut there, mut wanted) = (BTreeSet::new(), Vec::new());
    paths(&json, "", &mut there);
    let policy = PROJECT.key("policy").and_then(|key| key.shape.form());
    keys(policy.expect("a table"), "", &mut wanted);
    let missing: Vec<_> = wanted.iter().filter(|key| !there.contains(*key)).collect();
    assert_eq!(missing, [""; 0]);
}

#[test]
fn the_keys_of_policy_json_are_sorted() {
    fn sorted(value: &Value) -> bool {
        match value {
            Value::Object(object) => object.keys().is_sorted() && object.values().all(sorted),
            Value::Array(list) => list.iter().all(sorted),
            _ => true,
        }
    }
    let text = policy_json(&project(&whole()));
    assert!(
        sorted(&serde_json::from_str(&text).expect("JSON")),
        "{text}"
    );
    assert!(text.ends_with("}\n"));
}

#[test]
fn what_is_planned_and_what_is_only_stated_is_said_to_be() {
    let text = whole()
        .replace(
            "evidence = \"https://example.org/ci\"",
            "# evidence = \"https://example.org/ci\"",
        )
        .replacen("state = \"live\"", "state = \"planned\"", 2);
    let said = security_md(&project(&text));
    for sentence in [
        "stated, not evidenced",
        "Planned, and not there yet: Security team.",
        "Everybody who runs it. Planned, not there yet",
        "A bug bounty is planned. There is none yet",
        "There is no way to report one in private today.",
    ] {
        assert!(said.contains(sentence), "no {sentence:?} in\n{said}");
    }
}

#[test]
fn a_class_without_a_promise_has_no_target() {
    let text = whole().replace("fix = \"30 d\"", "# fix");
    assert!(security_md(&project(&text)).contains("| No target |"));
}

#[test]
fn security_txt_names_the_live_contacts_in_order_and_expires_with_the_review() {
    let text = whole().replace(
        "[policy.report]",
        "[[policy.contact]]\nname = \"B\"\nurl = \"https://b.example.org/\"\n[policy.report]",
    );
    let said = security_txt(&project(&text), at("2026-11-20T00:00:00Z")).expect("a file");
    assert_eq!(
        said,
        "Contact: mailto:security@example.org\nContact: https://b.example.org/\n\
         Expires: 2027-05-01T00:00:00Z\nEncryption: https://example.org/key.asc\n\
         Acknowledgments: https://advisories.example.org/thanks/\n\
         Canonical: https://advisories.example.org/.well-known/security.txt\n\
         Policy: https://advisories.example.org/policy/\n\
         CSAF: https://advisories.example.org/.well-known/csaf/provider-metadata.json\n"
    );
}

#[test]
fn security_txt_is_never_valid_for_a_year() {
    let text = whole().replace("2027-05-01", "2037-05-01");
    let said = security_txt(&project(&text), at("2026-11-20T00:00:00Z")).expect("a file");
    assert!(said.contains("Expires: 2027-11-19T00:00:00Z\n"), "{said}");
}

#[test]
fn there_is_no_security_txt_of_a_policy_that_nobody_looked_at_or_reads_mail_of() {
    let late = security_txt(&project(&whole()), at("2027-05-01T00:00:00Z"));
    assert!(late.expect_err("overdue").contains("2027-05-01"));
    let dead = whole().replace("state = \"live\"", "state = \"planned\"");
    let dead = security_txt(&project(&dead), at("2026-11-20T00:00:00Z"));
    assert_eq!(dead, Err("no contact of the policy is live".to_owned()));
}

#[test]
fn no_value_can_add_a_field_to_security_txt() {
    let text = whole().replace(
        "url = \"mailto:security@example.org\"",
        "url = \"mailto:security@example.org\\nHiring: https://evil.example\"",
    );
    assert!(security_txt(&project(&text), at("2026-11-20T00:00:00Z")).is_err());
}

#[test]
fn a_policy_of_nothing_promises_nothing() {
    let text = whole();
    let end = text.find("[policy]").expect("a policy");
    let said = security_md(&project(&format!("{}[policy]\n", &text[..end])));
    for sentence in [
        "Which versions get fixes is not promised.",
        "| First answer | No target |",
        "There is no target for the longest that a flaw is kept private.",
    ] {
        assert!(said.contains(sentence), "no {sentence:?} in\n{said}");
    }
}

#[test]
fn the_same_policy_with_carriage_returns_makes_the_same_file() {
    let (unix, dos) = (whole(), whole().replace('\n', "\r\n"));
    assert_eq!(security_md(&project(&unix)), security_md(&project(&dos)));
}

#[test]
fn every_guide_has_a_path_of_its_own() {
    let guides = ["A, b!", "a b", "Ж", "é"].map(|title| caveat_advisory::Guidance {
        title: title.to_owned(),
        text: String::new(),
    });
    assert_eq!(slugs(&guides), ["a-b", "a-b-2", "guide-3", "guide-4"]);
}

#[test]
fn how_a_mail_begins_is_said_only_where_mail_is_read() {
    let model = whole();
    assert!(security_md_part(&project(&model)).contains("Begin the subject of a mail"));
    let elsewhere = model.replace(
        "\"mailto:security@example.org\"",
        "\"https://x.example.org/\"",
    );
    let part = security_md_part(&project(&elsewhere));
    assert!(!part.contains("subject of a mail"), "{part}");
}

#[test]
fn a_place_without_a_link_says_so() {
    let channels = "[[policy.channel]]\nname = \"Soon\"\nstate = \"planned\"\n[[policy.channel]]\nname = \"Now\"\n";
    let part = security_md_part(&project(&(whole() + channels)));
    for row in [
        "| Soon | Nowhere yet | Planned, not there yet |",
        "| Now | No link is known | Advisories appear there too |",
    ] {
        assert!(part.contains(row), "{part}");
    }
}

#[test]
fn a_list_of_thanks_is_named_only_where_it_names_people() {
    let model = whole();
    let places = model.lines().find(|line| line.starts_with("places = "));
    let places = places.expect("the places of credits");
    let without = model.replace(places, "places = [\"advisory\"]");
    let as_of = at("2026-11-20T00:00:00Z");
    for (model, there) in [(&model, true), (&without, false)] {
        let project = project(model);
        assert_eq!(security_md_part(&project).contains("/thanks/"), there);
        let text = security_txt(&project, as_of).expect("a text");
        assert_eq!(text.contains("Acknowledgments: "), there);
    }
}

#[test]
fn the_page_of_a_section_is_called_as_the_section_is() {
    let title = |section: &Section| {
        let key = format!("policy.{}", section.id);
        Texts::english().try_say(&key, &[]).ok()
    };
    let sections = sections(&project(&whole()));
    let pages = sections.iter().filter_map(|one| Some((one, title(one)?)));
    let pages: Vec<_> = pages.collect();
    assert_eq!(pages.len(), 3);
    for (section, title) in pages {
        assert_eq!(section.title, title);
    }
}
