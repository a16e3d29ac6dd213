//! Owns the largest net: any byte of any file of a tree, flipped, is noticed with and without a trusted root.
//! Must never look only where the flip is: each time, the whole tree is judged.

use std::os::unix::fs::FileExt as _;
use std::path::Path;

use caveat_verify::When;

use crate::feed::*;
use crate::reader::*;

/// How many positions, in all files together.
const POSITIONS: u64 = 10_000;

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        // The step of Knuth's MMIX; the high bits are good.
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % end
    }
}

/// A small tree with two roots, a superseded edition, and every layer.
fn small() -> Feed {
    let mut feed = Feed::new();
    feed.records(&[("EX-1", "one")]);
    feed.edition(later(0));
    feed.rotate(11, 21, &[1, 2]);
    feed.records(&[("EX-1", "one, revised")]);
    feed.edition(later(1));
    feed
}

/// Flips bytes of a copy of the tree, one at a time; returns where nobody noticed.
fn unnoticed(feed: &Feed, directory: &Path, seed: u64, count: u64) -> Vec<String> {
    feed.write(directory);
    let files: Vec<_> = feed
        .tree
        .iter()
        .filter(|(_, bytes)| !bytes.is_empty())
        .collect();
    let anchors = [anchors(feed, Trust::Root), anchors(feed, Trust::Nothing)];
    let when = When::Now(later(2));
    let mut dice = Dice(seed);
    let mut missed = Vec::new();
    for turn in 0..count {
        let (path, bytes) = files[dice.below(files.len())];
        let at = dice.below(bytes.len());
        let change = u8::try_from(1 + dice.below(255)).expect("a byte");
        let place = std::fs::OpenOptions::new()
            .write(true)
            .open(directory.join(path))
            .expect("there");
        let write = |byte: u8| place.write_all_at(&[byte], at as u64).expect("written");
        write(bytes[at] ^ change);
        // Judging takes its time: one in three is looked at with no root, too.
        let readers = if turn % 3 == 0 { 2 } else { 1 };
        for anchors in &anchors[..readers] {
            let answer = asked(directory, anchors, None, when);
            if answer.faults.is_empty() {
                missed.push(format!(
                    "{path} byte {at} ^ {change:02x}: {:?}",
                    answer.verdict
                ));
            }
        }
        write(bytes[at]);
    }
    for anchors in &anchors {
        fresh(&asked(directory, anchors, None, when));
    }
    missed
}

#[test]
fn ten_thousand_flipped_bytes_are_noticed() {
    let feed = small();
    let threads = 4;
    let missed: Vec<String> = std::thread::scope(|scope| {
        let all: Vec<_> = (1..=threads)
            .map(|seed| {
                let feed = &feed;
                scope.spawn(move || {
                    let directory = tempfile::tempdir().expect("a directory");
                    unnoticed(feed, directory.path(), seed, POSITIONS / threads)
                })
            })
            .collect();
        all.into_iter()
            .flat_map(|thread| thread.join().expect("ran"))
            .collect()
    });
    assert_eq!(missed, Vec::<String>::new());
}
