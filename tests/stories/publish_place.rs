//! Owns the stories of what is out at a place: whose it is, how much of it is enough, and who was there before.
//! Must never look at what the gate says of an advisory.

use std::fs;

use crate::publish::{PUBLISH, SECOND, published};
use crate::repository::{NOW, Repository, advisory, place};

const AGAINST: &str = "publish --to fresh --key ../key --against out";

/// A published project, and a copy of those of its files that are enough.
fn copied() -> Repository {
    let repository = published();
    fs::create_dir_all(repository.path("out/osv")).unwrap();
    for name in [
        "SHA256SUMS",
        "SHA256SUMS.sig",
        "SHA256SUMS.minisig",
        "osv/all.zip",
    ] {
        fs::copy(
            repository.path(&format!("public/{name}")),
            repository.path(&format!("out/{name}")),
        )
        .unwrap();
    }
    repository
}

#[test]
fn a_few_files_of_what_is_out_are_enough() {
    let repository = copied();
    repository.caveat(AGAINST).exits(0).says("as before");
    fs::remove_dir_all(repository.path("fresh")).unwrap();
    let text = advisory(1).replace("\"high\"", "\"low\"");
    let repository = repository.file(&place(1), &text).commit_alone(NOW + 60);
    repository.caveat(AGAINST).exits(1).says("gate-severity");
    assert!(!repository.path("fresh").exists());
    repository
        .caveat("publish --to fresh --key ../key --against nothing")
        .exits(2)
        .says("leave --against out");
}

#[test]
fn of_what_changed_in_passing_nobody_is_asked_to_send_mail_again() {
    let repository = copied();
    // A copy has no records but those in the archive.
    let reworded = advisory(1).replace("Code runs.", "Foreign code runs.")
        + SECOND
        + "editorial = true\nchanged = [{ field = \"impact\" }]\n";
    let repository = repository.file(&place(1), &reworded).commit(NOW + 7200);
    let said = repository.caveat(&format!("{AGAINST} --format json"));
    let said: serde_json::Value = serde_json::from_str(&said.exits(0).out).unwrap();
    assert_eq!(said["told"]["compared"], true);
    assert_eq!(said["told"]["advisories"], serde_json::json!([]), "{said}");
    fs::remove_dir_all(repository.path("fresh")).unwrap();
    let built = repository.caveat("build --out fresh --before out --format json");
    let built: serde_json::Value = serde_json::from_str(&built.exits(0).out).unwrap();
    assert_eq!(built["advisories"], serde_json::json!([]), "{built}");
}

#[test]
fn what_nobody_known_has_signed_is_not_compared_with() {
    let repository = Repository::good();
    repository.caveat("publish --to public").exits(0);
    let forged = published();
    fs::rename(repository.path("public"), forged.path("elsewhere")).unwrap();
    forged
        .caveat("publish --to elsewhere --key ../key")
        .exits(2)
        .says("does not verify")
        .says("must be in keys/");
    let osv = forged.path("public/osv/all.zip");
    fs::write(&osv, b"x").unwrap();
    forged
        .caveat(PUBLISH)
        .exits(2)
        .says("`osv/all.zip` in")
        .says("is not what was signed");
}

#[test]
fn a_rehearsal_after_a_publisher_was_killed_sees_what_readers_saw() {
    let repository = published();
    let (public, aside) = (
        repository.path("public"),
        repository.path(".public.caveat-old"),
    );
    fs::rename(&public, &aside).unwrap();
    repository
        .caveat(&format!("{PUBLISH} --dry-run"))
        .exits(0)
        .says("as before");
    assert!(
        aside.exists() && !public.exists(),
        "a rehearsal moves nothing"
    );
    repository.caveat(PUBLISH).exits(0).says("as before");
    assert!(!aside.exists() && public.exists());
}

#[test]
fn what_somebody_changed_by_hand_is_told_and_stays() {
    let repository = published();
    let page = repository.path("public/index.html");
    fs::write(&page, "by hand").unwrap();
    for command in [PUBLISH, "build --out public --key ../key"] {
        repository
            .caveat(command)
            .exits(2)
            .says("`index.html` in")
            .says("keep a copy and remove it");
        assert_eq!(fs::read_to_string(&page).unwrap(), "by hand");
    }
    fs::remove_file(&page).unwrap();
    repository.caveat(PUBLISH).exits(0);
}

#[test]
fn of_two_publishers_at_once_one_is_told() {
    let repository = published();
    let lock = fs::File::open(repository.path("public")).unwrap();
    lock.lock().unwrap();
    repository
        .caveat(PUBLISH)
        .exits(2)
        .says("another build is writing to");
    drop(lock);
    repository.caveat(PUBLISH).exits(0).says("as before");
}
