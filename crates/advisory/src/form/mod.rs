//! Owns the form as data: every key in its canonical order, what it is for, and what may stand there.
//! Must never differ from the readers beside it; a test reads what the form describes.

mod advisory;
mod history;
mod keyring;
mod open;
mod policy;
mod project;
mod site;
mod standing;
#[cfg(test)]
mod tests;

pub use advisory::ADVISORY;
pub use keyring::KEYRING;
pub use project::PROJECT;

/// One table of a file.
#[derive(Debug)]
pub struct Form {
    /// Its keys in canonical order.
    pub keys: &'static [Key],
    /// Sets of keys of which exactly one is written; empty where there is no such choice.
    pub choice: &'static [&'static [&'static str]],
}

/// One key of a table.
#[derive(Debug)]
pub struct Key {
    /// As it is written.
    pub name: &'static str,
    /// What it is for, one or two sentences.
    pub says: &'static str,
    /// The reader reports a file without it.
    pub needed: bool,
    /// What may stand there.
    pub shape: Shape,
}

/// What may stand at a key.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// A string.
    Text(Text),
    /// An array of strings.
    Texts(Text),
    /// An array of two numbers, the lower one first.
    Band,
    /// A number from 1 to 9.
    Digit,
    /// A whole number of days, from 1 to 3650.
    Days,
    /// A date with time and offset.
    Time,
    /// An array of those.
    Times,
    /// A day.
    Date,
    /// An array of days.
    Dates,
    /// `true` or `false`.
    Flag,
    /// `[key]`
    Table(&'static Form),
    /// `[[key]]`
    Tables(&'static Form),
    /// `[key.NAME]`, any number of them.
    Named(&'static Form),
    /// `[key]`, with any keys and values.
    Data,
}

/// What a string may be.
#[derive(Clone, Copy, Debug)]
pub enum Text {
    /// Markdown, any number of lines.
    Prose,
    /// One line.
    Line,
    /// One line of at most 120 characters.
    Title,
    /// A regular expression that every right value matches; `check` may be stricter.
    Like(&'static str),
    /// One of a closed list.
    OneOf(&'static [&'static str]),
    /// The id of an advisory of this feed.
    Id,
    /// A severity class of the policy.
    Severity,
    /// The key of a package of `caveat.toml`.
    Package,
    /// A promised time: `48 h`.
    Target,
}

impl Form {
    /// The key of this name.
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }

    /// The place of a key in the canonical order; unknown keys come last.
    pub fn rank(&self, name: &str) -> usize {
        let at = self.keys.iter().position(|key| key.name == name);
        at.unwrap_or(self.keys.len())
    }
}

impl Shape {
    /// The form of the table or tables that stand there.
    pub fn form(&self) -> Option<&'static Form> {
        match self {
            Self::Table(form) | Self::Tables(form) | Self::Named(form) => Some(form),
            _ => None,
        }
    }
}

/// A table without a choice.
const fn form(keys: &'static [Key]) -> Form {
    Form { keys, choice: &[] }
}

const fn needed(name: &'static str, shape: Shape, says: &'static str) -> Key {
    Key {
        name,
        says,
        needed: true,
        shape,
    }
}

const fn optional(name: &'static str, shape: Shape, says: &'static str) -> Key {
    Key {
        name,
        says,
        needed: false,
        shape,
    }
}

const LINE: Shape = Shape::Text(Text::Line);
const LINK: Shape = Shape::Text(Text::Like("^https://[^/ ]+[.][^ ]+$"));
const LINK_OR_MAIL: Shape = Shape::Text(Text::Like("^(https://[^/ ]+[.]|mailto:[^@ ]+@)[^ ]+$"));
