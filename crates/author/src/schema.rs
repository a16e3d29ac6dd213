//! Owns the JSON Schema (draft 7) by which editors complete and check a file while it is written.
//! Must never know a key or a word that is not in the form, and never be stricter than `check`.

use caveat_advisory::{ADVISORY, Event, Form, KEYRING, Key, Project, Shape, Text, Unit};
use serde_json::{Map, Value, json};

/// The schema of a form. With a project, its id prefix, severities and package keys are known.
pub fn schema(form: &'static Form, project: Option<&Project>) -> String {
    let words = Words { project };
    let mut schema = words.table(form);
    let title = if std::ptr::eq(form, &raw const ADVISORY) {
        "Advisory"
    } else if std::ptr::eq(form, &raw const KEYRING) {
        "keys/keyring.toml"
    } else {
        "caveat.toml"
    };
    if let Value::Object(schema) = &mut schema {
        let draft = "http://json-schema.org/draft-07/schema#";
        schema.insert("$schema".to_owned(), draft.into());
        schema.insert("title".to_owned(), title.into());
    }
    format!("{schema:#}\n")
}

/// The words that a project adds to those of the format.
struct Words<'p> {
    project: Option<&'p Project>,
}

impl Words<'_> {
    fn table(&self, form: &Form) -> Value {
        let keys = form.keys.iter();
        let properties: Map<_, _> = keys
            .map(|key| (key.name.to_owned(), self.key(key)))
            .collect();
        let needed = form.keys.iter().filter(|key| key.needed);
        let needed: Vec<_> = needed.map(|key| key.name).collect();
        let mut table = json!({
            "type": "object",
            "additionalProperties": false,
            "properties": properties,
            "required": needed,
        });
        if !form.choice.is_empty() {
            table["oneOf"] = choice(form.choice);
        }
        table
    }

    fn key(&self, key: &Key) -> Value {
        let mut value = match key.shape {
            Shape::Text(text) => self.text(text),
            Shape::Texts(text) => json!({ "type": "array", "items": self.text(text) }),
            Shape::Band => {
                json!({ "type": "array", "items": { "type": "number" }, "minItems": 2, "maxItems": 2 })
            }
            Shape::Digit => json!({ "type": "integer", "minimum": 1, "maximum": 9 }),
            Shape::Days => json!({ "type": "integer", "minimum": 1, "maximum": 3650 }),
            Shape::Time => json!({ "type": "string", "format": "date-time" }),
            Shape::Times => {
                json!({ "type": "array", "items": { "type": "string", "format": "date-time" } })
            }
            Shape::Date => json!({ "type": "string", "format": "date" }),
            Shape::Dates => {
                json!({ "type": "array", "items": { "type": "string", "format": "date" } })
            }
            Shape::Flag => json!({ "type": "boolean" }),
            Shape::Table(form) => self.table(form),
            Shape::Tables(form) => json!({ "type": "array", "items": self.table(form) }),
            Shape::Named(form) => json!({
                "type": "object",
                "propertyNames": { "pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$" },
                "additionalProperties": self.table(form),
            }),
            Shape::Data => json!({ "type": "object" }),
        };
        value["description"] = key.says.into();
        value
    }

    fn text(&self, text: Text) -> Value {
        let mut value = match text {
            Text::Prose | Text::Line => json!({ "minLength": 1 }),
            Text::Title => json!({ "minLength": 1, "maxLength": 120 }),
            Text::Like(pattern) => json!({ "pattern": pattern }),
            Text::OneOf(words) => json!({ "enum": words }),
            Text::Target => {
                json!({ "pattern": format!("^[1-9][0-9]* ({})( after ({}))?$", Unit::WORDS.join("|"), Event::WORDS.join("|")) })
            }
            Text::Id => json!({ "pattern": self.id() }),
            Text::Severity => one_of(self.severities()),
            Text::Package => one_of(self.packages()),
        };
        value["type"] = "string".into();
        value
    }

    fn id(&self) -> String {
        let plain = |prefix: &&str| {
            prefix
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
        };
        let prefix = self.project.map(|project| project.feed.id_prefix.as_str());
        let prefix = prefix.filter(plain).unwrap_or("[A-Za-z][A-Za-z0-9_-]*");
        let digits = self.project.map_or(4, |project| project.feed.id_digits);
        format!("^{prefix}-[0-9]{{4}}-([0-9]{{{digits}}}|[1-9][0-9]{{{digits},8}})$")
    }

    fn severities(&self) -> Vec<&str> {
        let classes = self.project.map(|project| &project.policy.severities[..]);
        let classes = classes.unwrap_or_default().iter();
        classes.map(|class| class.id.as_str()).collect()
    }

    fn packages(&self) -> Vec<&str> {
        let packages = self.project.map(|project| &project.packages[..]);
        let packages = packages.unwrap_or_default().iter();
        packages.map(|package| package.key.as_str()).collect()
    }
}

/// An empty list is one that nobody knows.
fn one_of(mut words: Vec<&str>) -> Value {
    words.sort_unstable();
    words.dedup();
    if words.is_empty() {
        json!({ "minLength": 1 })
    } else {
        json!({ "enum": words })
    }
}

/// Exactly one of the sets, whole, and no key of another.
fn choice(sets: &[&[&str]]) -> Value {
    let one = |at: usize| {
        let others = sets.iter().enumerate().filter(|(other, _)| *other != at);
        let others = others.flat_map(|(_, set)| set.iter());
        let others: Vec<_> = others.map(|key| json!({ "required": [key] })).collect();
        json!({ "required": sets[at], "not": { "anyOf": others } })
    };
    (0..sets.len()).map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use caveat_advisory::{CreditRole, PROJECT};

    fn properties(schema: &Value) -> Vec<&String> {
        schema["properties"]
            .as_object()
            .expect("an object")
            .keys()
            .collect()
    }

    fn compare(form: &Form, schema: &Value) {
        let mut names: Vec<_> = form.keys.iter().map(|key| key.name).collect();
        names.sort_unstable();
        assert_eq!(properties(schema), names);
        assert_eq!(schema["additionalProperties"], false);
        for key in form.keys {
            let inner = &schema["properties"][key.name];
            assert!(
                inner["description"]
                    .as_str()
                    .is_some_and(|text| !text.is_empty())
            );
            match key.shape {
                Shape::Table(form) => compare(form, inner),
                Shape::Tables(form) => compare(form, &inner["items"]),
                Shape::Named(form) => compare(form, &inner["additionalProperties"]),
                _ => {}
            }
        }
    }

    #[test]
    fn every_key_of_the_form_is_in_the_schema_and_no_other() {
        for form in [&ADVISORY, &PROJECT, &KEYRING] {
            let schema: Value = serde_json::from_str(&schema(form, None)).expect("JSON");
            compare(form, &schema);
        }
    }

    #[test]
    fn closed_lists_are_those_of_the_format() {
        let schema: Value = serde_json::from_str(&schema(&ADVISORY, None)).expect("JSON");
        let roles = &schema["properties"]["credit"]["items"]["properties"]["role"]["enum"];
        assert_eq!(*roles, json!(CreditRole::WORDS));
    }
}
