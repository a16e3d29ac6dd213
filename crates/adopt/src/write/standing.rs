//! Owns the part of the file about the way into the open, and about what holds at all times.
//! Must never reword a text for lawyers, or write half a table.

use crate::Settings;
use crate::facts::{Facts, Said};
use crate::mojibake::damage;
use crate::write::sheet::{Sheet, prose, string};

pub(super) fn document(sheet: &mut Sheet<'_>, facts: &Facts) {
    if let (Some(version), Some(updated), Some(review)) =
        (&facts.version, &facts.updated, &facts.review)
    {
        sheet.header("[policy.document]");
        sheet.text("version", version);
        sheet.said("updated", updated, &updated.value.to_string());
        sheet.said("next-review", review, &review.value.to_string());
        return;
    }
    sheet.gap();
    sheet.remark("to be filled in: the text does not name its version, its last change and its next review, all three");
    sheet.remark("[policy.document]");
    sheet.remark(&match &facts.version {
        Some(said) => format!("version = {}", string(&said.value)),
        None => "version = \"1\"".to_owned(),
    });
    for (key, said) in [("updated", &facts.updated), ("next-review", &facts.review)] {
        sheet.remark(&match said {
            Some(said) => format!("{key} = {}", said.value),
            None => format!("{key} = a date"),
        });
    }
}

pub(super) fn disclosure(sheet: &mut Sheet<'_>, facts: &Facts) {
    let terms = !facts.terms.is_empty() || facts.terms_text.is_some();
    if facts.longest.is_none() && facts.exploited.is_none() && !terms {
        return;
    }
    sheet.header("[policy.disclosure]");
    for (key, said) in [("longest", &facts.longest), ("exploited", &facts.exploited)] {
        if let Some(said) = said {
            sheet.said(key, said, &string(&said.value.to_string()));
        }
    }
    if facts.longest.is_none() {
        sheet.remark("longest = \"90 d\"  # to be filled in: the text names no latest time");
    }
    if let Some(said) = &facts.terms_text {
        sheet.said("terms", said, &prose(&format!("{}\n", said.value)));
        return;
    }
    for said in &facts.terms {
        sheet.origin(&said.at, None);
    }
    if !facts.terms.is_empty() {
        let lines = facts.terms.iter().map(|said| format!("- {}\n", said.value));
        sheet.key("terms", &prose(&format!("\n{}", lines.collect::<String>())));
    }
}

pub(super) fn release(sheet: &mut Sheet<'_>, facts: &Facts) {
    if facts.bump.is_some() || facts.notes.is_some() {
        sheet.header("[policy.release]");
    }
    if let Some(said) = &facts.bump {
        sheet.word("bump", said, said.value.as_str());
    }
    if let Some(said) = &facts.notes {
        sheet.said("notes", said, "true");
    }
    for channel in &facts.channels {
        sheet.header("[[policy.channel]]");
        sheet.key("name", &string(&channel.name));
        if let Some(url) = &channel.url {
            sheet.text("url", url);
        }
        if channel.planned {
            sheet.origin(&channel.at, None);
            sheet.key("state", "\"planned\"");
        }
    }
}

pub(super) fn credit(sheet: &mut Sheet<'_>, facts: &Facts) {
    if !facts.credit.is_empty() {
        sheet.header("[policy.credit]");
        let places = facts
            .credit
            .iter()
            .map(|said| (said.value.as_str(), &said.at, said.guess.as_deref()));
        sheet.list("places", places);
    }
    if let Some(said) = &facts.bounty {
        sheet.header("[policy.bounty]");
        sheet.word("state", said, said.value.as_str());
        if let Some(url) = &facts.bounty_url {
            sheet.text("url", url);
        }
    }
}

pub(super) fn safe_harbour(sheet: &mut Sheet<'_>, facts: &Facts, settings: &Settings) {
    let Some(harbour) = &facts.harbour else {
        return;
    };
    sheet.header("[policy.safe-harbour]");
    let version = match &harbour.version {
        Some(version) => Said::new(version.clone(), &harbour.at),
        None => Said::guess(
            "1".to_owned(),
            &harbour.at,
            "the text has no version: the first that is kept",
        ),
    };
    sheet.text("version", &version);
    let date = match (harbour.date, &facts.updated) {
        (Some(date), _) => Said::new(date, &harbour.at),
        (None, Some(said)) => Said::guess(
            said.value,
            &said.at,
            "the text has no date: when the policy was last changed",
        ),
        (None, None) => Said::guess(
            settings.as_of,
            &harbour.at,
            "the text has no date: when it was brought over",
        ),
    };
    sheet.said("date", &date, &date.value.to_string());
    sheet.origin(&harbour.at, None);
    sheet.key("text", &prose(&harbour.text));
}

pub(super) fn scope(sheet: &mut Sheet<'_>, facts: &Facts) {
    if !facts.inside.is_empty() || !facts.outside.is_empty() {
        sheet.header("[policy.scope]");
        sheet.texts("inside", &facts.inside);
        sheet.texts("outside", &facts.outside);
    }
}

pub(super) fn claims(sheet: &mut Sheet<'_>, facts: &Facts) {
    for claim in &facts.claims {
        sheet.header("[[policy.claim]]");
        sheet.origin(&claim.at, None);
        sheet.key("says", &string(&claim.says));
        if let Some(evidence) = &claim.evidence {
            sheet.key("evidence", &string(evidence));
        }
    }
}

pub(super) fn guidance(sheet: &mut Sheet<'_>, facts: &Facts) {
    for section in &facts.kept {
        sheet.header("[[policy.guidance]]");
        let title = put_back(&section.title);
        let text = put_back(&section.text);
        let why = "characters that were read in the wrong encoding are put back";
        let changed = title.is_some() || text.is_some();
        sheet.origin(&section.at, changed.then_some(why));
        sheet.key("title", &string(title.as_ref().unwrap_or(&section.title)));
        sheet.key("text", &prose(text.as_ref().unwrap_or(&section.text)));
    }
}

/// The text with its damaged lines as they were meant, where that can be known.
fn put_back(text: &str) -> Option<String> {
    let lines: Vec<(&str, Option<String>)> = text
        .split('\n')
        .map(|line| (line, damage(line).and_then(|found| found.repaired)))
        .collect();
    lines.iter().any(|(_, meant)| meant.is_some()).then(|| {
        let lines = lines
            .iter()
            .map(|(line, meant)| meant.as_deref().unwrap_or(line));
        lines.collect::<Vec<_>>().join("\n")
    })
}

/// What is in no value, word for word: what nothing was made of, and what is missing of the rest.
pub(super) fn unread(sheet: &mut Sheet<'_>, facts: &Facts) {
    if !facts.unread.is_empty() {
        sheet.gap();
        sheet.remark("Nothing was made of these lines:");
        for unread in &facts.unread {
            sheet.quote(&unread.at);
        }
    }
    sheet.leftovers();
}

#[cfg(test)]
mod tests {
    use super::put_back;

    #[test]
    fn a_text_that_is_kept_is_put_back() {
        assert_eq!(put_back("a\nJosÃ©\nb").as_deref(), Some("a\nJosé\nb"));
        assert_eq!(put_back("a\nJosé"), None);
    }
}
