//! Owns what templates say words with: `t` and `forms`.
//! Must never let words pass unescaped: only what a template made safe itself stays markup.

use std::sync::Arc;

use caveat_texts::{Misuse, Piece, Texts};
use minijinja::value::Kwargs;
use minijinja::{Environment, Error, ErrorKind, HtmlEscape, Value};

/// Gives templates a language.
pub(super) fn speak(environment: &mut Environment<'static>, texts: &Arc<Texts>) {
    let spoken = Arc::clone(texts);
    environment.add_function("t", move |key: &str, values: Kwargs| {
        t(&spoken, key, &values)
    });
    let spoken = Arc::clone(texts);
    environment.add_function("forms", move |key: &str| forms(&spoken, key));
    let foreign = texts.tag() != caveat_texts::ENGLISH;
    let mark = if foreign { " lang=\"en\"" } else { "" };
    environment.add_global("english", Value::from_safe_string(mark.to_owned()));
}

/// `t("card.fixed", versions=list)`: a text with its places filled.
fn t(texts: &Texts, key: &str, values: &Kwargs) -> Result<Value, Error> {
    let names: Vec<&str> = values.args().collect();
    let mut given = Vec::with_capacity(names.len());
    for name in &names {
        let value: Value = values.get(name)?;
        if value.is_undefined() || value.is_none() {
            let message = format!("the text `{key}` was given nothing as `{name}`");
            return Err(Error::new(ErrorKind::UndefinedError, message));
        }
        given.push((*name, value));
    }
    let count = given.iter().find(|(name, _)| *name == "count");
    let count = count.and_then(|(_, value)| value.as_usize());
    let pieces = texts
        .pieces(key, &names, count)
        .map_err(|misuse| wrong(&misuse))?;
    let markup = given.iter().any(|(_, value)| value.is_safe());
    let plain = |words: &str| {
        if markup {
            HtmlEscape(words).to_string()
        } else {
            words.to_owned()
        }
    };
    let said = pieces.iter().map(|piece| match piece {
        Piece::Words(words) => plain(words),
        Piece::Place(place) => match given.iter().find(|(name, _)| name == place) {
            Some((_, value)) if value.is_safe() => value.to_string(),
            Some((_, value)) => plain(&value.to_string()),
            None => String::new(),
        },
    });
    let said: String = said.collect();
    Ok(if markup {
        Value::from_safe_string(said)
    } else {
        Value::from(said)
    })
}

/// `forms("search.found")`: all forms of a text that counts, as JSON for a script.
fn forms(texts: &Texts, key: &str) -> Result<String, Error> {
    let forms = texts.forms(key).map_err(|misuse| wrong(&misuse))?;
    Ok(serde_json::to_string(&forms).unwrap_or_default())
}

fn wrong(misuse: &Misuse) -> Error {
    Error::new(ErrorKind::InvalidOperation, misuse.to_string())
}
