//! Owns why a changelog cannot be written to.
//! Must never hold a finding that does not keep anybody from writing.

use caveat_splice::Unpaired;

/// Why nothing was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A marker without a counterpart.
    Unpaired {
        /// Where, from 1.
        line: usize,
        /// What is wrong with it.
        why: Unpaired,
    },
    /// Somebody changed what is between the markers.
    Edited {
        /// Where it begins.
        line: usize,
        /// Package and version.
        label: String,
    },
    /// Two parts are about the same release.
    Twice {
        /// Where the second one begins.
        line: usize,
        /// Package and version.
        label: String,
    },
    /// A part is not below the heading of its release.
    Elsewhere {
        /// Where it begins.
        line: usize,
        /// Package and version.
        label: String,
        /// The line of the heading.
        heading: usize,
    },
    /// No heading names the version.
    NoHeading {
        /// Which version.
        version: String,
        /// Versions that headings do name.
        others: Vec<String>,
    },
    /// Two headings name the version.
    TwoHeadings {
        /// Where the second one is.
        line: usize,
        /// Which version.
        version: String,
    },
    /// What is put there would be no part of the text, but of code or a comment that is open there.
    NoPlace {
        /// Where it would be.
        line: usize,
    },
}

impl Fault {
    /// Where it is, where it has a place.
    pub fn line(&self) -> Option<usize> {
        match self {
            Self::NoHeading { .. } => None,
            Self::Unpaired { line, .. }
            | Self::Edited { line, .. }
            | Self::Twice { line, .. }
            | Self::Elsewhere { line, .. }
            | Self::TwoHeadings { line, .. }
            | Self::NoPlace { line } => Some(*line),
        }
    }

    /// What is wrong, and what to do.
    pub fn says(&self) -> String {
        match self {
            Self::Unpaired { why, .. } => why.says("a part that `caveat notes` wrote"),
            Self::Edited { label, .. } => format!(
                "the notes of {label} were changed by hand since they were written; say --force to replace them, or take out \
                 both markers to keep them"
            ),
            Self::Twice { label, .. } => format!("the notes of {label} are here a second time"),
            Self::Elsewhere { label, heading, .. } => format!(
                "the notes of {label} are here, and the heading of that version is in line {heading}; take them out, and \
                 they are put there"
            ),
            Self::NoHeading { version, others } => format!(
                "no heading names {version}; say --date YYYY-MM-DD to have one written, or write one, such as \
                 `## [{version}] - YYYY-MM-DD`{}",
                among(others)
            ),
            Self::TwoHeadings { version, .. } => format!("this heading names {version} a second time"),
            Self::NoPlace { .. } => {
                "nothing can be put here: code, a quotation or a comment that begins above does not end".to_owned()
            }
        }
    }
}

/// Headings that are there, the first few.
fn among(others: &[String]) -> String {
    if others.is_empty() {
        return String::new();
    }
    let shown: Vec<&str> = others.iter().take(5).map(String::as_str).collect();
    let more = if others.len() > 5 { ", …" } else { "" };
    format!("; there are headings of {}{more}", shown.join(", "))
}
