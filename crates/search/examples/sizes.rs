//! Owns measuring the index of many made-up advisories: files, bytes, seconds.
//! Must never be a test: what it prints depends on the machine.
//! Usage: `sizes COUNT..`

use std::process::ExitCode;
use std::time::Instant;

use caveat_search::{Document, Index, Package, Product};

/// What titles are made of; the later a word, the rarer it is.
const WORDS: usize = 40_000;

fn main() -> ExitCode {
    let counts = std::env::args().skip(1).map(|count| count.parse());
    let Ok(counts) = counts.collect::<Result<Vec<usize>, _>>() else {
        report("sizes: each argument is a number of advisories");
        return ExitCode::from(2);
    };
    report("  advisories   packages      files      MiB   largest kB   first kB     seconds");
    for count in counts {
        report(&measured(count));
    }
    ExitCode::SUCCESS
}

fn measured(count: usize) -> String {
    let documents: Vec<Document> = (0..count).map(advisory).collect();
    let packages: Vec<Package> = (0..count / 3).map(package).collect();
    let severities = ["Critical", "High", "Medium", "Low"].map(str::to_owned);
    let start = Instant::now();
    let index = Index::new(documents, &packages, &severities);
    let seconds = start.elapsed().as_secs_f64();
    let lengths = || index.files.values().map(String::len);
    format!(
        "{count:12} {:10} {:10} {:8.1} {:12} {:10} {seconds:11.2}",
        packages.len(),
        index.files.len(),
        f64::from(u32::try_from(lengths().sum::<usize>() >> 10).unwrap_or(u32::MAX)) / 1024.0,
        lengths().max().unwrap_or_default().div_ceil(1000),
        index.head.len().div_ceil(1000),
    )
}

#[expect(clippy::print_stdout, reason = "it is what this program is for")]
fn report(line: &str) {
    println!("{line}");
}

fn advisory(number: usize) -> Document {
    let mut chance = Chance(number);
    let mut text = |count: usize| -> String {
        let words: Vec<String> = (0..count).map(|_| chance.word()).collect();
        words.join(" ")
    };
    let (title, impact) = (text(9), text(18));
    let product = product(chance.below(1 + number / 3));
    let version = |chance: &mut Chance| {
        format!(
            "{}.{}.{}",
            chance.below(9),
            chance.below(40),
            chance.below(20)
        )
    };
    Document {
        id: format!("x_SIZE-{}-{:04}", 2000 + number / 12_000, number % 12_000),
        aliases: vec![
            format!("CVE-{}-{}", 2000 + number / 12_000, 10_000 + number),
            format!(
                "GHSA-{:04x}-{:04x}-{:04x}",
                chance.below(65_536),
                chance.below(65_536),
                number % 65_536
            ),
        ],
        title,
        impact,
        severity: number % 4,
        published: format!("2026-01-01T{number:012}"),
        packages: vec![product],
        versions: vec![version(&mut chance), version(&mut chance)],
        weaknesses: vec![(
            u32::try_from(number % 900).unwrap_or_default(),
            "Improper Neutralization of Input".to_owned(),
        )],
        withdrawn: number.is_multiple_of(97),
    }
}

fn package(number: usize) -> Package {
    let product = product(number);
    Package {
        path: format!("{}/{}/", product.ecosystem, product.name),
        product,
        releases: Vec::new(),
    }
}

fn product(number: usize) -> Product {
    let name = format!("{}-{number}", Chance(number).word());
    Product {
        ecosystem: ["PyPI", "npm", "crates.io", "Maven"][number % 4].to_owned(),
        title: name.clone(),
        name,
    }
}

/// Numbers that look like chance and are the same each time.
struct Chance(usize);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }

    /// Low numbers are common, as the words of a language are.
    fn word(&mut self) -> String {
        let (a, b, c) = (self.below(WORDS), self.below(WORDS), self.below(WORDS));
        let mut rank = a * b / WORDS * c / WORDS;
        let mut word = String::new();
        while word.len() < 3 || rank > 0 {
            word.push(char::from(b"etaoinshrdlu"[rank % 12]));
            word.push(char::from(b"aeiou"[rank % 5]));
            rank /= 12;
        }
        word
    }
}
