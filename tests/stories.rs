//! Owns the stories: what a person does with the program, from the first file to the published site.
//! Must never look inside the program: a story sees what a person sees.
#![expect(clippy::unwrap_used, reason = "a broken set-up should stop the story")]

#[path = "stories/affected.rs"]
mod affected;
#[path = "stories/agreement.rs"]
mod agreement;
#[path = "stories/author.rs"]
mod author;
#[path = "stories/bad_input.rs"]
mod bad_input;
#[path = "stories/bad_output.rs"]
mod bad_output;
#[path = "stories/build.rs"]
mod build;
#[path = "stories/check.rs"]
mod check;
#[path = "stories/clocks.rs"]
mod clocks;
#[path = "stories/code.rs"]
mod code;
#[path = "stories/compare.rs"]
mod compare;
#[path = "stories/consent.rs"]
mod consent;
#[path = "stories/contradictions.rs"]
mod contradictions;
#[path = "stories/csaf.rs"]
mod csaf;
#[path = "stories/cve.rs"]
mod cve;
#[path = "stories/databases.rs"]
mod databases;
#[path = "stories/derive.rs"]
mod derive;
#[path = "stories/diff.rs"]
mod diff;
#[path = "stories/drill.rs"]
mod drill;
#[path = "stories/early.rs"]
mod early;
#[path = "stories/embargo.rs"]
mod embargo;
#[path = "stories/explain.rs"]
mod explain;
#[path = "stories/faults.rs"]
mod faults;
#[path = "stories/fix.rs"]
mod fix;
#[path = "stories/form.rs"]
mod form;
#[path = "stories/formats.rs"]
mod formats;
#[path = "stories/german.rs"]
mod german;
#[path = "stories/german_advisories.rs"]
mod german_advisories;
#[path = "stories/hands.rs"]
mod hands;
#[path = "stories/hands_refused.rs"]
mod hands_refused;
#[path = "stories/heartbeat.rs"]
mod heartbeat;
#[path = "stories/history.rs"]
mod history;
#[path = "stories/hostile.rs"]
mod hostile;
#[path = "stories/hostile_mail.rs"]
mod hostile_mail;
#[path = "stories/import.rs"]
mod import;
#[path = "stories/import_hostile.rs"]
mod import_hostile;
#[path = "stories/import_lossless.rs"]
mod import_lossless;
#[path = "stories/init.rs"]
mod init;
#[path = "stories/issues.rs"]
mod issues;
#[path = "stories/keys.rs"]
mod keys;
#[path = "stories/keys_ends.rs"]
mod keys_ends;
#[path = "stories/keys_root.rs"]
mod keys_root;
#[path = "stories/leaked.rs"]
mod leaked;
#[path = "stories/letters.rs"]
mod letters;
#[path = "stories/locks.rs"]
mod locks;
#[path = "stories/look.rs"]
mod look;
#[path = "stories/mail.rs"]
mod mail;
#[path = "stories/notes.rs"]
mod notes;
#[path = "stories/notes_check.rs"]
mod notes_check;
#[path = "stories/notes_into.rs"]
mod notes_into;
#[path = "stories/notices.rs"]
mod notices;
#[path = "stories/occasions.rs"]
mod occasions;
#[path = "stories/occasions_embargoed.rs"]
mod occasions_embargoed;
#[path = "stories/old_values.rs"]
mod old_values;
#[cfg(feature = "openpgp")]
#[path = "stories/openpgp.rs"]
mod openpgp;
#[path = "stories/order.rs"]
mod order;
#[path = "stories/osv_tree.rs"]
mod osv_tree;
#[path = "stories/own.rs"]
mod own;
#[path = "stories/package_page.rs"]
mod package_page;
#[path = "stories/policy.rs"]
mod policy;
#[path = "stories/promises.rs"]
mod promises;
#[path = "stories/publish.rs"]
mod publish;
#[path = "stories/publish_missing.rs"]
mod publish_missing;
#[path = "stories/publish_place.rs"]
mod publish_place;
#[path = "stories/publish_report.rs"]
mod publish_report;
#[path = "stories/publish_trust.rs"]
mod publish_trust;
#[path = "stories/publish_unsigned.rs"]
mod publish_unsigned;
#[path = "stories/regenerated.rs"]
mod regenerated;
#[path = "stories/report.rs"]
mod report;
#[path = "stories/repository.rs"]
mod repository;
#[path = "stories/reverted.rs"]
mod reverted;
#[path = "stories/search.rs"]
mod search;
#[path = "stories/secrets.rs"]
mod secrets;
#[path = "stories/seeds.rs"]
mod seeds;
#[path = "stories/send.rs"]
mod send;
#[path = "stories/serve.rs"]
mod serve;
#[path = "stories/serve_hostile.rs"]
mod serve_hostile;
#[path = "stories/serving.rs"]
mod serving;
#[path = "stories/shell.rs"]
mod shell;
#[path = "stories/shrinking.rs"]
mod shrinking;
#[path = "stories/standing.rs"]
mod standing;
#[path = "stories/thirty.rs"]
mod thirty;
#[path = "stories/tied.rs"]
mod tied;
#[path = "stories/trusted.rs"]
mod trusted;
#[path = "stories/verify.rs"]
mod verify;
#[path = "stories/verify_page.rs"]
mod verify_page;
#[path = "stories/verify_trust.rs"]
mod verify_trust;
#[path = "stories/vex.rs"]
mod vex;
#[path = "stories/witness.rs"]
mod witness;

#[test]
fn every_file_of_stories_is_told() {
    let told = include_str!("stories.rs");
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/stories");
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(
            told.contains(&format!("stories/{name}")),
            "{name} is not told"
        );
    }
}
