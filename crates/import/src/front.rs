//! Owns opening a Markdown advisory: its TOML as a tree, its title and text on the sheet.
//! Must never take a text for a title without saying so.

use crate::foreign;
use crate::markdown::split;
use crate::node::Node;
use crate::sheet::Sheet;
use crate::title::first_sentence;
use crate::toml_tree::{comments, tree};

/// Reads the outer form. `None` only if something was reported.
pub(crate) fn open(sheet: &mut Sheet) -> Option<Node> {
    let source = std::sync::Arc::clone(sheet.source());
    let text = source.text();
    let parts = match split(text) {
        Ok(parts) => parts,
        Err(message) => {
            let line = source.first_line().range();
            sheet.fault("not-an-advisory", line, message);
            return None;
        }
    };
    let node = tree(sheet, parts.front)?;
    for (at, comment) in comments(text, &node) {
        sheet.note(
            "source-comment",
            "",
            at,
            &format!("the source remarks: {comment}"),
        );
    }
    if !foreign::is_text(sheet, &node) {
        return None;
    }
    sheet.advisory.description = lines(&text[parts.body.clone()]);
    if let Some(heading) = parts.heading {
        text[heading].clone_into(&mut sheet.advisory.title);
    }
    finish_texts(sheet, parts.body);
    Some(node)
}

/// Line feeds alone, as the form has them; the end of a text of several lines stands on its own.
pub(crate) fn lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n").trim().to_owned();
    if text.contains('\n') {
        text + "\n"
    } else {
        text
    }
}

/// Fills what the form needs and the source lacks: title, description, and mostly the impact.
pub(crate) fn finish_texts(sheet: &mut Sheet, body: std::ops::Range<usize>) {
    if sheet.advisory.title.trim().is_empty() {
        sheet.advisory.title = first_sentence(&sheet.advisory.description);
        let message = "the source has no title: this is the first sentence of its text";
        sheet.doubt("title-made", "title", body.clone(), message);
    }
    if sheet.advisory.description.is_empty() {
        sheet.advisory.description.clone_from(&sheet.advisory.title);
        let message = "the source has no text: this is its title";
        sheet.doubt("text-made", "description", body.clone(), message);
    }
    if !sheet.advisory.impact.is_empty() {
        return;
    }
    sheet.advisory.impact.clone_from(&sheet.advisory.title);
    let message = "the source does not say apart what an attacker gains: this is the title";
    sheet.note("impact-made", "impact", body, message);
}
