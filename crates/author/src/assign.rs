//! Owns what makes a draft an advisory: its id, and its first revision.
//! Must never touch anything else of it.

use caveat_advisory::{Revision, Timestamp};
use toml_edit::Value;

use crate::Fault;
use crate::revise::add_revision;
use crate::text::{edited, opening, parse, split_header};

/// What a new draft says where its id will be.
pub(crate) const PLACE_FOR_ID: &str = "# id = \"...\"   # `caveat assign` gives it\n";

/// Gives a draft its id, and its first revision where it has none.
///
/// # Errors
/// [`Fault::Syntax`], [`Fault::HasId`], and [`Fault::Shape`] where `revision` is something else.
pub fn assign(text: &str, id: &str, at: Timestamp) -> Result<String, Fault> {
    edited(text, |text| {
        let mut document = parse(text)?;
        if let Some(given) = document.get("id") {
            let given = given.as_str().unwrap_or_default();
            return Err(Fault::HasId(given.to_owned()));
        }
        if !document.contains_key("revision") {
            add_revision(&mut document, &Revision::new(at, "First published."))?;
        }
        Ok(with_id(&document.to_string(), id))
    })
}

/// The id is the first key: below a comment on the file as a whole, above one on the next key.
fn with_id(text: &str, id: &str) -> String {
    let (comments, body) = text.split_at(opening(text).len());
    let kept: String = comments
        .split_inclusive('\n')
        .filter(|line| !is_place_for_id(line))
        .collect();
    let text = kept + body;
    let (header, body) = split_header(&text);
    let id = Value::from(id);
    format!("{header}id = {id}\n{body}")
}

fn is_place_for_id(line: &str) -> bool {
    let commented = line.trim_start().strip_prefix('#');
    commented.is_some_and(|line| {
        let key = line.trim_start().strip_prefix("id");
        key.is_some_and(|rest| rest.trim_start().starts_with('='))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assigned(text: &str) -> String {
        let at = "2026-11-20T14:00:00Z".parse().expect("a time");
        assign(text, "x_T-2026-0001", at).expect("good text")
    }

    #[test]
    fn a_draft_gets_id_and_first_revision_and_keeps_the_rest() {
        let text = "# About the file.\n\n# id = \"...\"\n# About the title.\ntitle =   'A'  # kept\n\n[[affected]]\npackage='x'\n# the end\n";
        assert_eq!(
            assigned(text),
            "# About the file.\n\nid = \"x_T-2026-0001\"\n# About the title.\ntitle =   'A'  # kept\n\n[[affected]]\npackage='x'\n# the end\n\n[[revision]]\nat = 2026-11-20T14:00:00Z\nnote = \"First published.\"\n"
        );
    }

    #[test]
    fn a_revision_that_is_there_stays_the_first() {
        let text = "title = 'A'\n[[revision]]\nat = 2026-11-01T00:00:00Z\nnote = 'x'\n";
        assert_eq!(assigned(text), format!("id = \"x_T-2026-0001\"\n{text}"));
    }

    #[test]
    fn an_id_is_never_replaced() {
        let text = "id = 'x_T-2026-0009'\n";
        let at = Timestamp::UNIX_EPOCH;
        assert_eq!(
            assign(text, "x", at),
            Err(Fault::HasId("x_T-2026-0009".to_owned()))
        );
    }
}
