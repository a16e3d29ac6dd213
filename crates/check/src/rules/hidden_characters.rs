//! Owns the rule `hidden-characters`: text has no control characters, and none that turn the direction of reading.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};
use crate::text::{extras, links, texts};

pub(super) static RULE: Rule = Rule {
    code: "hidden-characters",
    says: "text has no control characters, and none that turn the direction of reading",
    why: "Characters that nobody sees can make a text read differently from what it says: `\\u202e` turns \
        the direction of reading, control characters reach terminals and mail headers.",
    example: r#"title = "Crafted file\u202e overwrites memory"
"#,
    instead: r#"title = "Crafted file overwrites memory"
"#,
    level: Level::Error,
    firm: true,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let all = texts(candidate).into_iter().chain(links(candidate));
    for (field, text) in all.chain(extras(candidate)) {
        let hidden = text.char_indices().find(|(_, c)| is_hidden(*c));
        let Some((at, c)) = hidden else { continue };
        let span = candidate
            .document
            .within(&field, text, at..at + c.len_utf8());
        let message = format!(
            "`{field}` holds the invisible character U+{:04X}",
            u32::from(c)
        );
        let mut found = finder.on(&candidate.document, span, message);
        // These have no width and no effect on their neighbours; what turns direction is for the author to judge.
        if matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}') {
            let cut = (text, at..at + c.len_utf8());
            found = crate::mend::cut(found, &candidate.document, &field, cut);
        }
        finder.push(
            found
                .note("it can make text read differently from what it is")
                .help("remove it"),
        );
    }
}

/// Controls other than line breaks and tabs; marks, embeddings, overrides and isolates of direction;
/// zero-width spaces, soft hyphens, separators of lines and paragraphs, the byte order mark, tags, private use, and what is no character in XML.
/// Joiners stay: some scripts need them.
pub(super) fn is_hidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || u32::from(c) & 0xfffe == 0xfffe
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{180e}' | '\u{2028}' | '\u{2029}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}' | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}
