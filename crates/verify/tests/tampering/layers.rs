//! Owns tampering with what is out: bytes, names, files of other editions, and layers that are taken away.
//! Must never expect one fault where a reader would be told of another.

use caveat_verify::{RecordFlaw, Trusted, verify_record};

use crate::feed::*;
use crate::reader::*;

#[test]
fn a_whole_tree_is_fresh_by_every_anchor_and_consistent_by_none() {
    let mut feed = Feed::published();
    for trust in [Trust::Root, Trust::Key, Trust::Nothing] {
        fresh(&answer(&feed, &anchors(&feed, trust), None, later(2)));
    }
    feed.certificate = Some(certificate(PUBLISH, FEED, later(0), later(24 * 90)));
    feed.edition(later(2));
    fresh(&answer(
        &feed,
        &anchors(&feed, Trust::Authority),
        None,
        later(2),
    ));
    feed.rotate(11, 21, &[1, 2]);
    feed.certificate = None;
    feed.edition(later(3));
    fresh(&by_root(&feed));
    assert_eq!(by_root(&feed).root, Some(2));
}

#[test]
fn one_byte_of_a_record_is_noticed() {
    let mut feed = Feed::published();
    let text = feed.text("osv/EX-1.json").replace("one", "onf");
    feed.put("osv/EX-1.json", text);
    refused_only(&by_root(&feed), &["changed: osv/EX-1.json"]);
}

#[test]
fn an_archive_with_one_bit_changed_is_noticed() {
    let mut feed = Feed::published();
    feed.tree.get_mut("osv/all.zip").expect("there")[60] ^= 1;
    refused(&by_root(&feed), "changed: osv/all.zip");
}

#[test]
fn bytes_after_the_end_are_noticed() {
    for path in [
        "osv/EX-1.json",
        "osv/all.zip",
        "tuf/timestamp.json",
        "tuf/2.targets.json",
    ] {
        let mut feed = Feed::published();
        feed.tree
            .get_mut(path)
            .expect("there")
            .extend(vec![b' '; 20_000]);
        let reason = match path {
            "tuf/timestamp.json" => "timestamp.json is longer than 16384 bytes",
            "tuf/2.targets.json" => "2.targets.json has 2",
            path => &format!("changed: {path}"),
        };
        refused(&by_root(&feed), reason);
    }
}

#[test]
fn metadata_that_was_cut_is_noticed() {
    for (path, reason) in [
        (
            "tuf/timestamp.json",
            "timestamp.json: it ends in the middle of a value",
        ),
        (
            "tuf/1.root.json",
            "version 1 of root is not the one that is trusted",
        ),
        (
            "tuf/2.snapshot.json",
            "it is not the file that was signed for",
        ),
    ] {
        let mut feed = Feed::published();
        feed.tree.get_mut(path).expect("there").pop();
        refused(&by_root(&feed), reason);
    }
}

#[test]
fn a_record_under_the_name_of_another_is_noticed_though_its_signature_holds() {
    let mut feed = Feed::published();
    for end in ["", ".sig"] {
        let other = feed.text(&format!("osv/EX-1.json{end}"));
        feed.put(&format!("osv/EX-2.json{end}"), other);
    }
    refused_only(
        &by_root(&feed),
        &["changed: osv/EX-2.json", "changed: osv/EX-2.json.sig"],
    );
    let (bytes, signature) = (feed.text("osv/EX-2.json"), feed.text("osv/EX-2.json.sig"));
    let trusted = Trusted::key(&public(PUBLISH));
    let check = |id| {
        verify_record(id, bytes.as_bytes(), &signature, FEED, &trusted).map(|signed| signed.key)
    };
    assert_eq!(check("EX-1"), Ok(public(PUBLISH)));
    assert_eq!(check("EX-2"), Err(RecordFlaw::Other("EX-1".to_owned())));
    // A publisher who signs it as it is cannot make it good either.
    feed.edition(later(2));
    refused(&by_root(&feed), "osv/EX-2.json: it says that it is `EX-1`");
}

#[test]
fn a_signature_of_a_record_that_does_not_fit_is_noticed_though_it_is_listed() {
    let mut feed = Feed::published();
    let stale = feed.text("osv/EX-1.json.sig");
    feed.edition(later(2));
    feed.put("osv/EX-2.json.sig", stale);
    feed.list(later(2));
    feed.metadata(later(2));
    refused_only(
        &by_root(&feed),
        &["osv/EX-2.json: its own signature: it does not fit"],
    );
    feed.tree.remove("osv/EX-2.json.sig");
    feed.list(later(2));
    feed.metadata(later(2));
    refused_only(&by_root(&feed), &["missing: osv/EX-2.json.sig"]);
}

#[test]
fn targets_of_an_older_edition_under_a_newer_name_are_noticed() {
    let mut feed = Feed::published();
    for role in ["targets", "snapshot"] {
        let mut mixed = feed.clone();
        let old = mixed.text(&format!("tuf/1.{role}.json"));
        mixed.put(&format!("tuf/2.{role}.json"), old);
        refused(&by_root(&mixed), "it is not the file that was signed for");
    }
    // Where nobody points at it any more, its name still has to be true.
    let old = feed.text("tuf/1.targets.json");
    feed.edition(later(2));
    feed.put("tuf/2.targets.json", old);
    refused_only(
        &by_root(&feed),
        &["2.targets.json should be version 2, and says that it is 1"],
    );
}

#[test]
fn a_part_of_the_index_from_an_older_edition_is_noticed() {
    let mut feed = Feed::published();
    let index = |feed: &Feed| {
        let names = feed
            .tree
            .keys()
            .filter(|path| path.ends_with(".index.json"));
        names.cloned().collect::<Vec<_>>()
    };
    let current = format!("tuf/t/{}.index.json", sha256(feed.index().as_bytes()));
    let all = index(&feed);
    let old = all
        .iter()
        .find(|path| **path != current)
        .expect("two editions");
    let bytes = feed.tree[old].clone();
    feed.put(&current, bytes.clone());
    refused_only(&by_root(&feed), &[&format!("changed: {current}")]);
    // The same, signed: index and records are of different editions.
    let mut feed = Feed::published();
    let targets = [
        ("SHA256SUMS", feed.tree["SHA256SUMS"].clone()),
        ("all.zip", feed.tree["osv/all.zip"].clone()),
        ("keyring.json", feed.tree["keys/keyring.json"].clone()),
        ("index.json", bytes),
    ];
    feed.targets(later(2), &targets);
    refused_only(
        &by_root(&feed),
        &[
            "index.json: osv/EX-2.json is another one than it says",
            "index.json: osv/EX-3.json is not in it",
        ],
    );
}

#[test]
fn lists_of_the_two_layers_must_be_one() {
    let mut feed = Feed::published();
    feed.put("index.html", "<p>Other advisories.</p>\n");
    feed.list(later(2));
    refused_only(
        &by_root(&feed),
        &["the target SHA256SUMS: it is not SHA256SUMS: the two are of different editions"],
    );
}

#[test]
fn a_layer_that_was_taken_away_is_noticed() {
    let mut feed = Feed::published();
    let memory = seen(&feed, Trust::Root, later(2));
    let mut cut = feed.clone();
    cut.tree.remove("tuf/timestamp.json");
    for trust in [Trust::Root, Trust::Nothing] {
        let answer = answer(&cut, &anchors(&feed, trust), None, later(2));
        refused_only(
            &answer,
            &["tuf/timestamp.json is missing: it proves that the rest is the newest"],
        );
    }
    feed.tree.retain(|path, _| !path.starts_with("tuf/"));
    // Nobody is left who could vouch, for the list or for any record in it.
    let stranger = "it was made with another key";
    refused_only(&by_root(&feed), &[stranger, stranger, "tuf/ is missing"]);
    let key = anchors(&feed, Trust::Key);
    refused_only(
        &answer(&feed, &key, Some(&memory), later(2)),
        &["tuf/ is missing"],
    );
    // Whoever has only a key, and has never seen the layer, cannot know that there was one.
    fresh(&answer(&feed, &key, None, later(2)));
}

#[test]
fn a_file_that_nobody_vouches_for_is_noticed_wherever_it_is() {
    for path in [
        "x.html",
        "osv/EX-9.json",
        "tuf/x",
        "tuf/9.root.json",
        "tuf/t/x",
        "tuf/t/0000000000000000000000000000000000000000000000000000000000000000.all.zip",
        "tuf/02.targets.json",
        "log/checkpoint",
    ] {
        let mut feed = Feed::published();
        feed.put(path, "x");
        refused_only(&by_root(&feed), &[&format!("extra: {path}")]);
    }
}

#[test]
fn superseded_files_may_lie_there_while_a_root_of_the_line_vouches_for_them() {
    let mut feed = Feed::published();
    feed.rotate(11, 21, &[2, 3]);
    feed.edition(later(2));
    fresh(&by_root(&feed));
    let mut changed = feed.clone();
    let old = changed
        .text("tuf/1.targets.json")
        .replace("\"length\":", "\"length\":1");
    changed.put("tuf/1.targets.json", old);
    refused(
        &by_root(&changed),
        "1.targets.json: it is signed with the key",
    );
    feed.tree.remove("tuf/1.targets.json");
    refused(&by_root(&feed), "extra: tuf/t/");
}
