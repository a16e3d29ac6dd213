//! Owns the rule `text-mojibake`: no text was read in the wrong encoding.

use caveat_diag::Level;
use caveat_doubt::misread::misread;

use crate::prose::Prose;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "text-mojibake",
    says: "no text was read in the wrong encoding",
    why: "Text that went through a tool with another encoding comes out as `Ã©` for `é`. Names of people \
        suffer most, and nobody can search for them.",
    example: r#"[[credit]]
name = "JosÃ© Finder"
role = "finder"
consent = ["advisory"]
"#,
    instead: r#"[[credit]]
name = "José Finder"
role = "finder"
consent = ["advisory"]
"#,
    level: Level::Error,
    firm: false,
    run: Run::Prose(judge),
};

fn judge(finder: &mut Finder<'_>, prose: &Prose<'_>) {
    for piece in &prose.pieces {
        if piece.text.is_ascii() {
            continue;
        }
        if let Some((place, meant)) = misread(piece.text) {
            let seen = &piece.text[place.clone()];
            let message = match &meant {
                Some(_) => format!("`{seen}` was read in the wrong encoding"),
                None => "here a character was lost on the way: U+FFFD".to_owned(),
            };
            let help =
                meant.map(|meant| format!("it was meant to be `{meant}`; save the text as UTF-8"));
            let found = prose.at(finder, piece, place.clone(), message);
            finder.push(found.help(help.unwrap_or_else(|| "write what stood there".to_owned())));
        }
    }
}
