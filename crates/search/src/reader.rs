//! Owns finding in the files, by the same steps as `search.js`: what one finds, the other does.
//! Must never look at anything but the files.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::Index;
use crate::token::{chunks, words};

/// Numbers of advisories; of those before `floor` nothing is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) numbers: BTreeSet<usize>,
    pub(crate) floor: usize,
}

impl Found {
    fn knows(&self, number: usize) -> bool {
        number < self.floor || self.numbers.contains(&number)
    }

    fn and(&self, other: &Self) -> Self {
        let all = self.numbers.union(&other.numbers).copied();
        Self {
            numbers: all
                .filter(|at| self.knows(*at) && other.knows(*at))
                .collect(),
            floor: self.floor.min(other.floor),
        }
    }

    fn or(mut self, other: Self) -> Self {
        self.numbers.extend(other.numbers);
        self.floor = self.floor.max(other.floor);
        self
    }
}

/// What a page makes of the files.
pub(crate) struct Reader<'i> {
    index: &'i Index,
    head: Value,
}

impl<'i> Reader<'i> {
    pub(crate) fn new(index: &'i Index) -> Self {
        let head = serde_json::from_str(&index.head).expect("JSON");
        Self { index, head }
    }

    /// The ids that a query finds, newest first.
    pub(crate) fn find(&self, query: &str) -> Vec<String> {
        let chunks = chunks(query);
        let last = chunks.len().saturating_sub(1);
        let all = chunks.iter().enumerate();
        let found = all.map(|(at, chunk)| self.chunk(chunk, at == last));
        let found = found.reduce(|a, b| a.and(&b)).unwrap_or_default();
        let ids = found.numbers.into_iter().rev();
        ids.map(|number| self.id(number)).collect()
    }

    /// The packages that are called so.
    pub(crate) fn packages(&self, name: &str) -> Vec<Value> {
        let key = format!("@{}", chunks(name).join(" "));
        let lines = self.lines(&key, false).into_iter();
        lines
            .flat_map(|line| line[1].as_array().cloned().expect("packages"))
            .collect()
    }

    fn chunk(&self, chunk: &str, open: bool) -> Found {
        let whole = self.token(chunk, open);
        if !whole.numbers.is_empty() {
            return whole;
        }
        let words = words(chunk);
        let last = words.len().saturating_sub(1);
        let words = words.iter().enumerate();
        let found = words.map(|(at, word)| self.token(word, open && at == last));
        found.reduce(|a, b| a.and(&b)).unwrap_or_default()
    }

    fn token(&self, token: &str, open: bool) -> Found {
        let lines = self.lines(token, open).into_iter();
        lines
            .map(|line| numbers(&line))
            .fold(Found::default(), Found::or)
    }

    fn lines(&self, token: &str, open: bool) -> Vec<Value> {
        let shards = self.head["words"].as_array().expect("shards").iter();
        let shards: Vec<(&str, &str)> = shards
            .map(|shard| (text(&shard[0]), text(&shard[1])))
            .collect();
        let units = |text: &str| text.encode_utf16().collect::<Vec<u16>>();
        let after = shards.partition_point(|(first, _)| units(first) <= units(token));
        let more = shards[after..]
            .iter()
            .take_while(|(first, _)| open && first.starts_with(token));
        let more = more.count();
        let read = shards[after.saturating_sub(1)..after + more].iter();
        let lines = read.flat_map(|(_, name)| self.file("words", name));
        let fits = |line: &Value| {
            let key = text(&line[0]);
            key == token || (open && key.starts_with(token))
        };
        lines.filter(fits).collect()
    }

    fn id(&self, number: usize) -> String {
        let block = usize::try_from(self.head["block"].as_u64().expect("a number")).expect("small");
        let name = text(&self.head["documents"][number / block]);
        text(&self.file("documents", name)[number % block][0]).to_owned()
    }

    fn file(&self, folder: &str, name: &str) -> Vec<Value> {
        let file = &self.index.files[&format!("{folder}/{name}.json")];
        serde_json::from_str(file).expect("JSON")
    }
}

fn numbers(line: &Value) -> Found {
    let steps = line[1].as_array().expect("steps").iter();
    let mut number = 0;
    let numbers: BTreeSet<usize> = steps
        .map(|step| {
            number += usize::try_from(step.as_u64().expect("a number")).expect("small");
            number
        })
        .collect();
    let cut = !line[2].is_null();
    Found {
        floor: numbers.first().copied().filter(|_| cut).unwrap_or_default(),
        numbers,
    }
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}
