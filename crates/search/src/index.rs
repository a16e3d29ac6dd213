//! Owns the index: which words lead to which advisories, and the files that tell it.
//! Must never depend on the order in which advisories are given: the same ones, the same bytes.

use std::collections::BTreeMap;

use crate::document::{Document, Package};
use crate::shard::{File, cut, file};

/// A word that more advisories have leads to the newest ones only, and says how many there are.
pub const COMMON: usize = 5000;
/// So many advisories are one file.
const BLOCK: usize = 256;

/// The files of an index, by their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Index {
    /// What the page reads first: `index.json`.
    pub head: String,
    /// Everything else: names below the index, and texts.
    pub files: BTreeMap<String, String>,
}

impl Index {
    /// Of these advisories and packages. `severities` are names of classes, highest first.
    pub fn new(mut documents: Vec<Document>, packages: &[Package], severities: &[String]) -> Self {
        // A number is a place in time, so that what is full does not change.
        documents.sort_by(|a, b| (&a.published, &a.id).cmp(&(&b.published, &b.id)));
        let blocks: Vec<File> = documents.chunks(BLOCK).map(block).collect();
        let mut entries = words(&documents);
        entries.extend(pages(packages));
        // In the order in which the page compares texts.
        entries.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
        let shards = cut(&entries);
        let head = head(documents.len(), severities, &blocks, &shards);
        let shards = shards.into_iter().map(|(_, file)| file);
        let files = blocks.into_iter().chain(shards);
        Self {
            head,
            files: files.map(|file| (file.path, file.text)).collect(),
        }
    }
}

fn block(documents: &[Document]) -> File {
    let rows: Vec<String> = documents.iter().map(Document::row).collect();
    file("documents", &rows)
}

/// `["word",[5,2,1]]`: numbers of advisories, each as the distance from the one before.
fn words(documents: &[Document]) -> Vec<(String, String)> {
    let mut found: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (number, document) in documents.iter().enumerate() {
        for token in document.tokens() {
            let list = found.entry(token).or_default();
            if list.last() != Some(&number) {
                list.push(number);
            }
        }
    }
    let line = |(token, list): (String, Vec<usize>)| {
        let newest = &list[list.len().saturating_sub(COMMON)..];
        let mut before = 0;
        let steps = newest.iter().map(|number| {
            let step = number - before;
            before = *number;
            step
        });
        let steps: Vec<usize> = steps.collect();
        let line = if newest.len() < list.len() {
            serde_json::json!([token, steps, list.len()])
        } else {
            serde_json::json!([token, steps])
        };
        (token, line.to_string())
    };
    found.into_iter().map(line).collect()
}

/// `["@name",[["PyPI","name","Title","PyPI/name/",["1.0"]]]]`.
fn pages(packages: &[Package]) -> Vec<(String, String)> {
    let mut found: BTreeMap<String, Vec<&Package>> = BTreeMap::new();
    for package in packages {
        for key in package.keys() {
            let list = found.entry(key).or_default();
            if list.last() != Some(&package) {
                list.push(package);
            }
        }
    }
    let row = |package: &Package| {
        let newest = package.releases.len().saturating_sub(COMMON);
        serde_json::json!([
            package.product.ecosystem,
            package.product.name,
            package.product.title,
            package.path,
            package.releases[newest..],
        ])
    };
    let line = |(key, mut list): (String, Vec<&Package>)| {
        list.sort_by(|a, b| a.path.cmp(&b.path));
        let rows: Vec<serde_json::Value> = list.into_iter().map(row).collect();
        let line = serde_json::json!([key, rows]).to_string();
        (key, line)
    };
    found.into_iter().map(line).collect()
}

fn head(count: usize, severities: &[String], blocks: &[File], shards: &[(String, File)]) -> String {
    let blocks: Vec<&str> = blocks.iter().map(|file| file.name.as_str()).collect();
    let shards: Vec<[&str; 2]> = shards
        .iter()
        .map(|(first, file)| [first.as_str(), file.name.as_str()])
        .collect();
    let head = serde_json::json!({
        "version": 1,
        "count": count,
        "block": BLOCK,
        "severities": severities,
        "documents": blocks,
        "words": shards,
    });
    head.to_string() + "\n"
}
