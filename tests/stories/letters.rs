//! Owns the stories of letters as files, each its own and nobody else's to open, and of what must be known before one is sent.
//! Must never write outside its room.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use git2::{Repository as Git, Signature, Time};

use crate::mail::{PACKAGERS, embargoed, told};
use crate::repository::{NOW, PROJECT, Repository, advisory, place};

fn packagers(first: &str, second: &str) -> Repository {
    let project = PROJECT.replacen("[[rule]]", &format!("{PACKAGERS}[[rule]]"), 1);
    let project = project
        .replace("\"Debian\"", &format!("\"{first}\""))
        .replace("\"Harbour Linux\"", &format!("\"{second}\""));
    embargoed().file("caveat.toml", &project)
}

#[test]
fn two_receivers_never_share_a_letter() {
    let repository = packagers("De bian", "De-bian");
    for one in ["", "--to De-bian "] {
        told(&repository, &format!("{one}--out ../outbox"))
            .exits(2)
            .says("`De bian` and to `De-bian`");
    }
    assert!(!repository.path("../outbox").exists());
    let repository = packagers("日本", "中国");
    told(&repository, "--out ../outbox").exits(0);
    for name in ["日本", "中国"] {
        let letter = format!("../outbox/x_STORY-2026-0002.{name}.eml");
        assert!(repository.path(&letter).is_file(), "{name}");
    }
}

#[test]
fn letters_are_written_all_or_none_and_never_into_what_others_can_open() {
    let repository = embargoed();
    let place = |name: &str| repository.path(&format!("../outbox/{name}"));
    let mode = |path: &std::path::Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    fs::create_dir_all(place("x_STORY-2026-0002.Harbour-Linux.eml")).unwrap();
    mode(&repository.path("../outbox"), 0o755);
    told(&repository, "--out ../outbox")
        .exits(2)
        .says("chmod 700");
    mode(&repository.path("../outbox"), 0o700);
    told(&repository, "--out ../outbox")
        .exits(2)
        .says("cannot write");
    assert_eq!(
        fs::read_dir(repository.path("../outbox")).unwrap().count(),
        1
    );
    fs::remove_dir(place("x_STORY-2026-0002.Harbour-Linux.eml")).unwrap();
    let left = place(".x_STORY-2026-0002.Debian.eml.new");
    fs::write(&left, "left").unwrap();
    mode(&left, 0o644);
    told(&repository, "--out ../outbox").exits(0);
    let letter = fs::metadata(place("x_STORY-2026-0002.Debian.eml")).unwrap();
    assert_eq!(letter.permissions().mode() & 0o777, 0o600);
    assert!(!left.exists());
}

#[test]
fn a_tag_that_names_the_fixed_version_is_no_secret_and_a_look_at_nothing_is_said() {
    let repository = embargoed();
    let path = repository.path(&place(2));
    let text = fs::read_to_string(&path).unwrap();
    let commits = "fixed-by = [\"0123456789abcdef0123456789abcdef01234567\"]\n";
    let text = text.replace(commits, "");
    fs::write(&path, &text).unwrap();
    let git = Git::init(repository.path("../clone")).unwrap();
    let who = Signature::new("A", "a@example.org", &Time::new(NOW, 0)).unwrap();
    let tree = git.index().unwrap().write_tree().unwrap();
    let tree = git.find_tree(tree).unwrap();
    let one = git
        .commit(Some("HEAD"), &who, &who, "one", &tree, &[])
        .unwrap();
    let tag = |name: &str| {
        let object = git.find_object(one, None).unwrap();
        git.tag_lightweight(name, &object, false).unwrap();
    };
    let look = || told(&repository, "--to Debian --repository ../clone");
    tag("nightly");
    look().exits(0).says("no tag of the clone names a version");
    tag("torch-2.0.1");
    assert!(!look().exits(0).err.contains("nobody looked"));
    tag("release/2.0.2");
    look()
        .exits(2)
        .says("the fix is in the tag `release/2.0.2`");
    told(&repository, "--to Debian")
        .exits(0)
        .says("nobody looked whether a public tag");
    let project = fs::read_to_string(repository.path("caveat.toml")).unwrap();
    let own = "title = \"PyTorch\"\ntags = [\"torch-{version}\"]";
    let repository = repository.file("caveat.toml", &project.replace("title = \"PyTorch\"", own));
    told(&repository, "--to Debian --repository ../clone").exits(0);
    fs::write(path, text.replace("< 2.0.2", "<= 2.0.1")).unwrap();
    told(&repository, "--to Debian --repository ../clone")
        .exits(0)
        .says("names neither a fixed version nor `fixed-by`");
}

#[test]
fn a_mail_says_what_the_page_says_of_workarounds_and_of_a_cve_id_to_come() {
    let text = advisory(1)
        .replace(
            "severity = \"high\"",
            "severity = \"high\"\ncve = \"pending\"\nworkaround = \"Load no foreign files.\"",
        )
        .replace(", < 2.0.1", "");
    let repository = Repository::good().file(&place(1), &text);
    let told = |more: &str| repository.caveat(more).exits(0).out;
    let mail = told("mail x_STORY-2026-0001 --to announce");
    let page = told("show x_STORY-2026-0001 --as html");
    assert!(
        mail.contains("Cannot upgrade? See WORKAROUNDS below."),
        "{mail}"
    );
    assert!(page.contains("Cannot upgrade?"), "{page}");
    assert!(mail.contains("CVE id:        requested"), "{mail}");
    assert!(page.contains("CVE id requested"), "{page}");
}
