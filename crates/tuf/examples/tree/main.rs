//! Owns trees for clients that we did not write: good ones through years of a feed, and what attackers would serve.
//! Must never be taken for a publisher: its keys are numbers.
//!
//! `tree OUT NOW` writes a directory for each tree, and `OUT/steps.tsv`: what is asked, the trees that a client sees one
//! after the other, whether it should accept the last one, what our own client says of it, and the bundle it should get.
//! `tree --time N` says how long a list of so many files takes to sign, and to check.

mod attacks;
mod feed;
mod forms;

use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::path::Path;
use std::time::Instant;
use std::{env, fs};

use caveat_tuf::{Check, Fingerprint, Verdict, When};
use feed::{Feed, Tree};
use jiff::{SignedDuration, Timestamp as Time};

/// A question: is the last of these trees taken by who saw the others?
struct Step {
    name: &'static str,
    trees: Vec<&'static str>,
    accept: bool,
}

/// All trees by name, with the bundle that each has; and the questions about them.
struct Book {
    now: Time,
    root: Vec<u8>,
    trees: BTreeMap<&'static str, (Tree, String)>,
    steps: Vec<Step>,
}

impl Book {
    fn tree(&mut self, name: &'static str, feed: &Feed) {
        self.trees
            .insert(name, (feed.tree.clone(), feed.bundle.clone()));
    }

    fn ask(&mut self, name: &'static str, trees: &[&'static str], accept: bool) {
        let trees = trees.to_vec();
        self.steps.push(Step {
            name,
            trees,
            accept,
        });
    }

    /// A tree that only a bad host or a thief would serve, to somebody who has seen these.
    fn attack(&mut self, name: &'static str, before: &[&'static str], tree: Tree) {
        self.trees.insert(name, (tree, String::new()));
        self.ask(name, &[before, &[name]].concat(), false);
    }

    /// What our own client says at the end.
    fn ours(&self, step: &Step) -> String {
        let mut memory = None;
        let mut said = String::new();
        for name in &step.trees {
            let check = Check {
                root: &self.root,
                memory: memory.as_ref(),
                when: When::Now(self.now),
                max_stale: SignedDuration::ZERO,
            };
            let (tree, _) = &self.trees[name];
            let fetch =
                |name: &str, _| Ok::<_, io::Error>(tree.get(&format!("tuf/{name}")).cloned());
            let Ok(outcome) = check.run(fetch) else {
                return String::new();
            };
            said = match (&outcome.verdict, outcome.targets) {
                (Verdict::Fresh { .. }, Some(targets)) => file_of(tree, &targets),
                (verdict, _) => verdict.to_string(),
            };
            memory = outcome.memory;
        }
        said
    }

    fn write(&self, out: &Path) -> io::Result<()> {
        for (name, (tree, _)) in &self.trees {
            for (path, bytes) in tree {
                let path = out.join(name).join(path);
                fs::create_dir_all(path.parent().unwrap_or(out))?;
                fs::write(path, bytes)?;
            }
        }
        fs::write(out.join("root.json"), &self.root)?;
        let line = |step: &Step| {
            let last = step.trees.last().copied().unwrap_or_default();
            let (_, bundle) = &self.trees[last];
            let accept = if step.accept { "accept" } else { "refuse" };
            [
                step.name,
                &step.trees.join(" | "),
                accept,
                &self.ours(step),
                bundle,
            ]
            .join("\t")
                + "\n"
        };
        fs::write(
            out.join("steps.tsv"),
            self.steps.iter().map(line).collect::<String>(),
        )
    }
}

/// `fresh`, if the bundle is what is listed.
fn file_of(tree: &Tree, targets: &caveat_tuf::Targets) -> String {
    let listed = &targets.files()["all.zip"];
    let path = format!("tuf/{}", caveat_tuf::target_path("all.zip", listed));
    let bytes = tree.get(&path).map_or(&[][..], Vec::as_slice);
    match targets.verify("all.zip", bytes) {
        Ok(()) => "fresh".to_owned(),
        Err(flaw) => format!("invalid: {flaw}"),
    }
}

/// How long it takes to sign a list of so many files, and to check it as somebody new.
fn measure(count: usize, now: Time) -> io::Result<()> {
    let mut feed = Feed::new(now);
    let file = |number| {
        (
            format!("EXA-{number}.json"),
            Fingerprint::of(format!("{number}").as_bytes()),
        )
    };
    let files = (0..count).map(file).collect();
    let start = Instant::now();
    let bytes = feed.publish_files(now, files);
    writeln!(
        io::stdout(),
        "{count} files, {bytes} bytes: signed and proven in {:?}",
        start.elapsed()
    )?;
    let check = Check {
        root: &feed.root(),
        memory: None,
        when: When::Now(now),
        max_stale: SignedDuration::ZERO,
    };
    let start = Instant::now();
    check.run(|name, _| Ok::<_, io::Error>(feed.tree.get(&format!("tuf/{name}")).cloned()))?;
    writeln!(io::stdout(), "checked in {:?}", start.elapsed())
}

fn main() -> io::Result<()> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let usage = || io::Error::other("tree OUT NOW, or tree --time N");
    let [first, second] = arguments.as_slice() else {
        return Err(usage());
    };
    if first == "--time" {
        return measure(second.parse().map_err(|_| usage())?, Time::UNIX_EPOCH);
    }
    let now = second.parse().map_err(|_| usage())?;
    let mut book = Book {
        now,
        root: Vec::new(),
        trees: BTreeMap::new(),
        steps: Vec::new(),
    };
    attacks::years(&mut book);
    attacks::thefts(&mut book);
    attacks::roots(&mut book);
    attacks::hosts(&mut book);
    attacks::changes(&mut book);
    forms::words(&mut book);
    forms::senses(&mut book);
    book.write(Path::new(first))
}
