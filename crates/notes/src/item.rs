//! Owns what the notes say of one advisory, as plain text that every form prints in its own way.
//! Must never hold markup, or anything that another view of the advisory does not tell.

use caveat_advisory::Consent;
use caveat_check::{Book, Entry, Tie};
use caveat_words::{affected, credits, join, only_with, upgrade};

use crate::{Fix, Release};

/// One advisory in the notes of one release.
#[derive(Clone, Debug, Default)]
pub(crate) struct Item {
    pub(crate) id: String,
    pub(crate) url: String,
    pub(crate) severity: String,
    /// Backticks mark code.
    pub(crate) title: String,
    pub(crate) aliases: Vec<String>,
    pub(crate) impact: String,
    /// A package and its versions.
    pub(crate) affected: String,
    pub(crate) upgrade: Option<String>,
    /// Which feature must be in use.
    pub(crate) only_with: Option<String>,
    /// Does the advisory say who is affected?
    pub(crate) conditional: bool,
    pub(crate) workaround: bool,
    /// What it has to do with others, such as that the fix was not enough.
    pub(crate) ties: Vec<String>,
    /// Those who agreed.
    pub(crate) thanks: Vec<String>,
}

pub(crate) fn items(book: &Book, release: &Release<'_>) -> Vec<Item> {
    let fixes = release.fixes.iter();
    fixes.map(|fix| item(book, fix)).collect()
}

fn item(book: &Book, fix: &Fix<'_>) -> Item {
    let entry = fix.entry;
    let written = &entry.advisory;
    Item {
        id: entry.id.clone(),
        url: format!("{}/advisories/{}/", book.project().feed.url, entry.id),
        severity: line(&entry.severity.label),
        title: line(&written.title),
        aliases: written.aliases.iter().map(|alias| line(alias)).collect(),
        impact: line(&written.impact),
        affected: line(&affected(fix.affected, fix.branch)),
        upgrade: upgrade(fix.branch),
        only_with: only_with(fix.affected).map(|only| line(&only)),
        conditional: written.affected_if.is_some(),
        workaround: written.workaround.is_some(),
        ties: entry.ties.iter().map(tie).collect(),
        thanks: thanks(entry),
    }
}

fn tie(tie: &Tie) -> String {
    format!("{} {}.", tie.kind.label(), tie.id)
}

fn thanks(entry: &Entry) -> Vec<String> {
    let mut people: Vec<String> = Vec::new();
    for (_, name) in credits(entry, Consent::ReleaseNotes).0 {
        let name = line(name);
        if !people.contains(&name) {
            people.push(name);
        }
    }
    people
}

/// One line of text: what would end a line or command a terminal is a space.
fn line(text: &str) -> String {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let spaced = |c: char| if breaks(c) { ' ' } else { c };
    let text: String = text.chars().map(spaced).collect();
    text.trim().to_owned()
}

impl Item {
    /// The id and every other name.
    pub(crate) fn names(&self) -> String {
        let names = std::iter::once(&self.id).chain(&self.aliases).cloned();
        names.collect::<Vec<_>>().join(", ")
    }

    /// Which versions are affected, what to do, and whether that is enough.
    pub(crate) fn versions(&self) -> Vec<String> {
        let affected = format!("Affected: {}.", self.affected);
        let more = [&self.only_with, &self.upgrade].into_iter().flatten();
        let more = more.chain(&self.ties).cloned();
        std::iter::once(affected).chain(more).collect()
    }

    /// What only the advisory itself can say, for forms without links.
    pub(crate) fn pointers(&self) -> Vec<&'static str> {
        let known = [
            (self.conditional, "Not every installation is affected."),
            (self.workaround, "A workaround is known."),
        ];
        let known = known.into_iter().filter(|(holds, _)| *holds);
        known.map(|(_, says)| says).collect()
    }

    pub(crate) fn thanks(&self, name: impl Fn(&str) -> String) -> Option<String> {
        let people: Vec<String> = self.thanks.iter().map(|one| name(one)).collect();
        (!people.is_empty()).then(|| format!("Thanks to {}.", join(people, "and")))
    }

    /// All but the head line, for forms without markup.
    pub(crate) fn sentences(&self) -> Vec<String> {
        let mut sentences = vec![self.impact.clone()];
        sentences.extend(self.versions());
        sentences.extend(self.pointers().into_iter().map(str::to_owned));
        sentences.extend(self.thanks(str::to_owned));
        sentences
    }
}

/// `1 vulnerability`, `2 vulnerabilities`.
pub(crate) fn counted(items: &[Item]) -> String {
    match items.len() {
        1 => "1 vulnerability".to_owned(),
        count => format!("{count} vulnerabilities"),
    }
}

#[cfg(test)]
pub(crate) mod samples {
    //! Items that nobody would write by accident.

    use super::{Item, line};

    /// What people and programs stumble over.
    pub(crate) const HOSTILE: &[&str] = &[
        "<b>bold</b> & <script>alert(1)</script>",
        "]]> --> <!-- /caveat notes -->",
        "` `` ``` lone ` and `code`",
        "a | b | c",
        "\u{202e}right to left\u{202c} and \u{1f980} crab",
        "- item",
        "1. one",
        "===",
        "---",
        "# heading",
        "[link](https://evil.example.org) ![x](y)",
        "100 % of %{macro} and %if",
        "Closes: #1234, LP: #12 and closes:bug 5",
        "@everyone see #1",
        "two\nlines\r\nand a \u{1b}[31mcolour",
        "* star _under_ ~~gone~~ \\ $x$ ^",
    ];

    /// An item in which every text is this one.
    pub(crate) fn item(text: &str) -> Item {
        let text = line(text);
        Item {
            id: "x_STORY-2026-0001".to_owned(),
            url: "https://story.example.org/advisories/x_STORY-2026-0001/".to_owned(),
            severity: "High".to_owned(),
            title: text.clone(),
            aliases: vec!["CVE-2026-31337".to_owned()],
            impact: text.clone(),
            affected: format!("{text} all versions before 2.0.1"),
            upgrade: Some("Upgrade from any earlier version to 2.0.1.".to_owned()),
            only_with: Some(format!("Only with the feature {text}.")),
            conditional: true,
            workaround: true,
            ties: vec!["The fix was incomplete; see x_STORY-2026-0002.".to_owned()],
            thanks: vec![text],
        }
    }

    /// A text without differences that no form promises to keep.
    pub(crate) fn bare(text: &str) -> String {
        let text = line(text).replace('`', "");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}
