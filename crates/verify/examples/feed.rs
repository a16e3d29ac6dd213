//! Owns a feed for measuring: `feed DIRECTORY RECORDS PAGES` writes a tree with every layer, and beside it the root to trust;
//! `feed DIRECTORY` judges it, and prints the answer.
//! Must never be a feed of anybody's: its keys are numbers.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "what cannot be written cannot be measured"
)]

use std::path::Path;

use caveat_verify::{Anchors, Check, When};

#[path = "../tests/tampering/feed.rs"]
#[expect(dead_code, reason = "tests need more of it")]
mod feed;
#[path = "../tests/tampering/hands.rs"]
#[expect(dead_code, reason = "tests need more of it")]
mod hands;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match &arguments[..] {
        [directory] => judge(Path::new(directory)),
        [directory, records, pages] => write(Path::new(directory), records, pages),
        _ => panic!("usage: feed DIRECTORY [RECORDS PAGES]"),
    }
}

fn judge(directory: &Path) {
    let root = std::fs::read(directory.with_extension("root.json")).expect("a root");
    let anchors = Anchors {
        root: Some(root),
        ..Anchors::default()
    };
    let check = Check {
        directory,
        anchors: &anchors,
        feed: None,
        memory: None,
        when: When::OfflineAt(feed::later(1)),
        max_stale: jiff::SignedDuration::ZERO,
    };
    let answer = check.run().expect("a verdict");
    println!(
        "{} {:?}, {} files",
        answer.verdict.word(),
        answer.faults,
        answer.files
    );
}

fn write(directory: &Path, records: &str, pages: &str) {
    let number = |text: &str| text.parse::<usize>().expect("a number");
    let ids: Vec<String> = (0..number(records)).map(|at| format!("EX-{at}")).collect();
    let text = "The parser of headers reads past the end of a buffer. ".repeat(40);
    let all: Vec<(&str, &str)> = ids.iter().map(|id| (id.as_str(), text.as_str())).collect();
    let mut feed = feed::Feed::new();
    feed.records(&all);
    for at in 0..number(pages) {
        feed.put(
            &format!("pages/{}/{at}.html", at % 100),
            format!("{at} {}", text.repeat(4)),
        );
    }
    feed.edition(feed::later(0));
    feed.write(directory);
    std::fs::write(directory.with_extension("root.json"), feed.root()).expect("written");
}
