//! Owns tampering with archives, indexes and lists: what two readers read differently.
//! Must never unpack a bomb to find out that it is one.

use crate::feed::*;
use crate::reader::*;

/// What the archive is made to be, signed as it is by the publisher's own keys.
fn packed(bytes: Vec<u8>) -> caveat_verify::Answer {
    let mut feed = Feed::published();
    feed.put("osv/all.zip", bytes);
    feed.edition(later(2));
    by_root(&feed)
}

fn files(change: impl FnOnce(&mut Vec<(String, Vec<u8>)>)) -> Vec<u8> {
    let mut all: Vec<_> = [("EX-1", "one"), ("EX-2", "two, revised"), ("EX-3", "three")]
        .map(|(id, summary)| (format!("{id}.json"), record(id, summary).into_bytes()))
        .into();
    change(&mut all);
    zipped(&all)
}

#[test]
fn an_archive_that_is_not_the_records_is_noticed() {
    fresh(&packed(files(|_| {})));
    let bomb = || files(|all| all[0].1 = vec![b' '; 64 << 20]);
    for (bytes, reason) in [
        (
            files(|all| all[0].0 = "../x.json".to_owned()),
            "`../x.json` is in it, and leads elsewhere",
        ),
        (
            files(|all| all[0].0 = "EX-9.json".to_owned()),
            "`EX-9.json` is in it, and no such record",
        ),
        (files(|all| drop(all.remove(1))), "`EX-2.json` is not in it"),
        (
            files(|all| all[1].1[30] ^= 1),
            "`EX-2.json` in it is not the record",
        ),
        (bomb(), "`EX-1.json` unpacks to more than the record"),
        (b"PK".to_vec(), "it is no archive as it is published"),
    ] {
        refused(&packed(bytes), &format!("osv/all.zip: {reason}"));
    }
}

#[test]
fn an_archive_that_two_readers_read_differently_is_noticed() {
    let good = files(|_| {});
    // One name twice: written under two names, then renamed in both places.
    let twice = files(|all| all.push(("EX-X.json".to_owned(), b"{}".to_vec())));
    let text = String::from_utf8_lossy(&twice).matches("EX-X").count();
    assert_eq!(text, 2);
    let mut renamed = twice;
    while let Some(at) = renamed.windows(4).position(|four| four == b"EX-X") {
        renamed[at..at + 4].copy_from_slice(b"EX-1");
    }
    refused_only(
        &packed(renamed),
        &["osv/all.zip: `EX-1.json` is in it twice"],
    );
    let mut before = b"#!/bin/sh\n".to_vec();
    before.extend(&good);
    let mut after = good.clone();
    after.extend(b"x");
    // A file between files, of which the list says nothing.
    let mut hidden = good.clone();
    let list = hidden
        .windows(4)
        .position(|four| four == b"PK\x01\x02")
        .expect("a list");
    hidden.splice(list..list, *b"hidden");
    for bytes in [before, after, hidden] {
        refused_only(
            &packed(bytes),
            &["osv/all.zip: it is no archive as it is published"],
        );
    }
}

#[test]
fn an_archive_whose_files_are_something_else_to_some_reader_is_noticed() {
    let at = |bytes: &[u8], start: &[u8]| {
        let found = bytes.windows(4).position(|four| four == start);
        found.expect("there")
    };
    let form = "it is no archive as it is published: a file is not as its list says";
    // A link, by the mode that Unix keeps in the list.
    let mut link = files(|_| {});
    let list = at(&link, b"PK\x01\x02");
    link[list + 38..list + 42].copy_from_slice(&0xa1ff_0000_u32.to_le_bytes());
    refused_only(&packed(link), &[&format!("osv/all.zip: {form}")]);
    // Another checksum, in both places.
    let mut summed = files(|_| {});
    let list = at(&summed, b"PK\x01\x02");
    summed[14] ^= 1;
    summed[list + 16] ^= 1;
    refused_only(
        &packed(summed),
        &["osv/all.zip: `EX-1.json` in it has a checksum that does not fit"],
    );
    // Another name, in an extra field of the list.
    let mut named = files(|_| {});
    let list = at(&named, b"PK\x01\x02");
    let field = b"\x75\x70\x05\x00\x01\0\0\0\0";
    named[list + 30] = 9;
    named.splice(list + 46 + 9..list + 46 + 9, *field);
    let end = named.len() - 22;
    named[end + 12] += 9;
    refused_only(&packed(named), &[&format!("osv/all.zip: {form}")]);
}

#[test]
fn an_archive_that_says_less_than_it_unpacks_to_is_noticed() {
    // It says less than it unpacks to.
    let mut lies = files(|all| all[0].1.extend_from_slice(&[b' '; 1000]));
    let (real, said) = (
        record("EX-1", "one").len() + 1000,
        record("EX-1", "one").len(),
    );
    let (real, said) = ([real, said])
        .map(|length| u32::try_from(length).expect("short").to_le_bytes())
        .into();
    while let Some(at) = lies.windows(4).position(|four| four == real) {
        lies[at..at + 4].copy_from_slice(&said);
    }
    refused_only(
        &packed(lies),
        &["osv/all.zip: `EX-1.json` unpacks to more than the record"],
    );
}

#[test]
fn records_and_indexes_that_two_readers_read_differently_are_noticed() {
    let mut feed = Feed::published();
    let twice = feed
        .text("osv/EX-1.json")
        .replacen("{\n", "{\n  \"id\": \"EX-2\",\n", 1);
    feed.put("osv/EX-1.json", twice);
    feed.edition(later(2));
    refused(
        &by_root(&feed),
        "osv/EX-1.json: it is no record: the key `id` is there twice",
    );
    let mut feed = Feed::published();
    let index = feed.index();
    let entry = &index[1..=index.find('}').expect("an entry")];
    let targets = [
        ("SHA256SUMS", feed.tree["SHA256SUMS"].clone()),
        ("all.zip", feed.tree["osv/all.zip"].clone()),
        ("keyring.json", feed.tree["keys/keyring.json"].clone()),
        (
            "index.json",
            index.replacen('{', &format!("{{{entry},"), 1).into_bytes(),
        ),
    ];
    feed.targets(later(2), &targets);
    refused(
        &by_root(&feed),
        "index.json: it is no index: the key `EX-1` is there twice",
    );
}

#[test]
fn a_list_that_leads_elsewhere_or_names_a_file_twice_is_noticed() {
    use crate::feed::ssh;
    for line in ["../x", "/etc/passwd", "a\\b", "index.html"] {
        let mut feed = Feed::published();
        let sums = feed.text("SHA256SUMS") + &format!("{}  {line}\n", sha256(b"x"));
        feed.put(
            "SHA256SUMS.sig",
            ssh(PUBLISH, &feed.signer(), FEED, sums.as_bytes()),
        );
        feed.put("SHA256SUMS", sums);
        let reason = match line {
            "index.html" => "is out of order",
            _ => "cannot be a path of the site",
        };
        refused(&by_root(&feed), reason);
    }
}
