//! Owns the story of one advisory over thirty revisions: what may be, goes out; what may not, is refused; every tree verifies.
//! Git knows nothing of what was: the gate is the only witness.
//! Must never depend on chance: the same seed makes the same history.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::publish::{PUBLISH, published};
use crate::repository::{NOW, Outcome, Repository, place};

/// xorshift: enough to choose by, and the same everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(sides).unwrap()).unwrap()
    }
}

#[derive(Clone)]
struct State {
    title: usize,
    fix: usize,
    high: bool,
    aliases: usize,
    withdrawn: Option<String>,
    /// Time and what else it says.
    revisions: Vec<(i64, String)>,
}

fn time(seconds: i64) -> String {
    let (hours, rest) = ((seconds - NOW) / 3600, (seconds - NOW) % 3600);
    format!("2026-11-20T{hours:02}:{:02}:{:02}Z", rest / 60, rest % 60)
}

impl State {
    fn first() -> Self {
        Self {
            title: 1,
            fix: 1,
            high: true,
            aliases: 0,
            withdrawn: None,
            revisions: vec![(NOW + 1, String::new())],
        }
    }

    fn text(&self) -> String {
        let aliases: Vec<String> = (0..self.aliases)
            .map(|n| format!("\"CVE-2026-{:04}\"", 1000 + n))
            .collect();
        let mut text = format!(
            "id = \"x_STORY-2026-0001\"\ntitle = \"Flaw number {}\"\nseverity = \"{}\"\naliases = [{}]\n\
             impact = \"Code runs.\"\ndescription = \"The loader trusts the length that a file states.\"\n\
             [[affected]]\npackage = \"torch\"\nversions = [\"{}\"]\n",
            self.title,
            if self.high { "high" } else { "low" },
            aliases.join(", "),
            self.versions()
        );
        for (at, more) in &self.revisions {
            text += &format!("[[revision]]\nat = {}\nnote = \"Told.\"\n{more}", time(*at));
        }
        if let Some(at) = &self.withdrawn {
            text += &format!(
                "[withdrawn]\nat = {at}\nreason = \"not-a-vulnerability\"\nnote = \"No.\"\n"
            );
        }
        text
    }

    fn versions(&self) -> String {
        format!(">= 1.0.0, < 2.0.{}", self.fix)
    }

    fn revise(mut self, at: i64, more: &str) -> Self {
        self.revisions.push((at, more.to_owned()));
        self
    }

    /// What may be: an edit with its revision.
    fn allowed(&self, dice: &mut Dice, at: i64) -> Self {
        let (mut new, was) = (self.clone(), self.versions());
        let moved = |new: &Self| {
            format!(
                "changed = [{{ field = \"affected[torch].versions\", from = \"{was}\", to = \"{}\" }}]\n",
                new.versions()
            )
        };
        let narrows = "narrows = \"We looked again.\"\n";
        match dice.below(8) {
            0 => new.fix += 1,
            1 if new.fix > 1 => new.fix -= 1,
            2 => new.aliases += 1,
            3 if new.aliases > 0 => new.aliases -= 1,
            4 => new.high = !new.high,
            5.. if new.withdrawn.is_some() => {
                new.withdrawn = None;
                return new.revise(
                    at,
                    &format!("reinstates = \"It can be reached.\"\n{narrows}"),
                );
            }
            5 => {
                new.withdrawn = Some(time(at));
                return new.revise(at, "");
            }
            6 => {
                new.title += 1;
                return new.revise(at, "editorial = true\n");
            }
            _ => new.title += 1,
        }
        let moved = if new.fix == self.fix {
            String::new()
        } else {
            moved(&new)
        };
        new.revise(at, &format!("{moved}{narrows}"))
    }

    /// What may not be, and how the gate calls it: the first kind that was not tried yet, where this state allows it.
    fn forbidden(&self, dice: &mut Dice, at: i64, tried: &BTreeSet<&str>) -> (Self, &'static str) {
        let first = dice.below(8);
        let kinds = (0..8).map(|more| (first + more) % 8);
        let edits: Vec<_> = kinds.filter_map(|kind| self.breach(kind, at)).collect();
        let new = edits.iter().find(|(_, code)| !tried.contains(code));
        new.unwrap_or(&edits[0]).clone()
    }

    fn breach(&self, kind: usize, at: i64) -> Option<(Self, &'static str)> {
        let (mut new, stands) = (self.clone(), self.withdrawn.is_none());
        let last = self.revisions.len() - 1;
        let revised = |new: Self, code| Some((new.revise(at, ""), code));
        match kind {
            0 if stands && new.fix > 1 => {
                new.fix -= 1;
                revised(new, "gate-fix-lowered")
            }
            1 if stands && new.high => {
                new.high = false;
                revised(new, "gate-severity")
            }
            2 if stands && new.aliases > 0 => {
                new.aliases -= 1;
                revised(new, "gate-alias")
            }
            3 if !stands => {
                new.withdrawn = None;
                revised(new, "gate-reinstated")
            }
            4 => {
                new.revisions[0].0 -= 1;
                Some((new, "gate-published"))
            }
            5 if stands && last > 0 => {
                new.revisions.pop();
                Some((new, "gate-backdated"))
            }
            6 if stands && last > 0 => {
                new.revisions[last].0 -= 1;
                Some((new, "gate-history"))
            }
            7 => {
                new.title += 1;
                Some((new, "gate-modified"))
            }
            _ => None,
        }
    }
}

fn publish(repository: Repository, state: Option<&State>, at: i64) -> (Repository, Outcome) {
    let repository = if let Some(state) = state {
        repository.file(&place(1), &state.text())
    } else {
        fs::remove_file(repository.path(&place(1))).unwrap();
        let git = git2::Repository::open(repository.root()).unwrap();
        let mut index = git.index().unwrap();
        index.remove_path(Path::new(&place(1))).unwrap();
        index.write().unwrap();
        repository
    };
    let repository = repository.commit_alone(at);
    let outcome = repository.caveat(PUBLISH);
    (repository, outcome)
}

/// Publishes what may not be: nothing of it is seen.
fn refused(repository: Repository, state: Option<&State>, code: &str, at: i64) -> Repository {
    let before = repository.tree("public");
    let (repository, outcome) = publish(repository, state, at);
    outcome.exits(1).says(&format!("error[{code}]"));
    assert!(
        repository.tree("public") == before,
        "{code} changed what is out"
    );
    repository
}

#[test]
fn thirty_revisions_go_out_and_what_may_not_be_never_does() {
    let mut state = State::first();
    let empty = published().file(&place(2), &crate::repository::advisory(2));
    let mut dice = Dice(0x0CA5_EA70_0005);
    fs::remove_dir_all(empty.path("public")).unwrap();
    let (mut repository, first) = publish(empty, Some(&state), NOW + 2);
    first.exits(0).says("the first publication there");
    let mut seen = BTreeSet::new();
    for round in 1..=30 {
        let at = NOW + round * 600;
        let (bad, code) = state.forbidden(&mut dice, at, &seen);
        seen.insert(code);
        repository = refused(repository, Some(&bad), code, at + 1);
        if round % 10 == 0 {
            repository = refused(repository, None, "gate-id-lost", at + 2);
        }
        state = state.allowed(&mut dice, at);
        let (after, outcome) = publish(repository, Some(&state), at + 3);
        outcome.exits(0).says("published 2 advisories");
        after
            .caveat("verify public --key keys/test.pub")
            .exits(0)
            .says("valid");
        repository = after;
    }
    assert_eq!(seen.len(), 8, "{seen:?}");
    let record = fs::read_to_string(repository.path("public/osv/x_STORY-2026-0001.json")).unwrap();
    let record: serde_json::Value = serde_json::from_str(&record).unwrap();
    let revisions = record["database_specific"]["revisions"].as_array().unwrap();
    assert_eq!(
        (revisions.len(), &record["published"]),
        (31, &time(NOW + 1).into())
    );
}
