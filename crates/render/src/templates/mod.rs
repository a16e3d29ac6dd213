//! Owns the templates: those built in, and those that override them one by one. The only door to `minijinja`.
//! Must never print an undefined name as nothing, or read a template from disk.

mod built_in;
#[cfg(test)]
mod documented;
mod fault;
mod site;
#[cfg(test)]
mod tests;
mod voice;

use std::collections::BTreeMap;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior, Value};
use serde::Serialize;

use crate::Error;
use caveat_words::lines::wrap;

use built_in::{BUILT_IN, SCRIPT, STYLE};
use fault::fault;
pub(crate) use site::SiteTemplates;

/// Catalogues of texts of the repository's own.
const TEXTS: &str = "texts/";
/// Steps that one page may take: a loop without an end is told instead of waited for. The longest page of ours takes few of them.
const STEPS: u64 = 20_000_000;
/// Files that the theme may name.
const ASSETS: &str = "assets/";

/// All templates, compiled; in no language yet.
pub struct Templates {
    environment: Environment<'static>,
    style: String,
    script: String,
    /// Catalogues and assets, by their path.
    files: BTreeMap<String, Vec<u8>>,
}

impl Templates {
    /// The built-in templates, each replaced where `overrides` has a file of the same name.
    ///
    /// # Errors
    /// A file that overrides nothing, is not text, or is no template.
    pub fn new(overrides: &BTreeMap<String, Vec<u8>>) -> Result<Self, Error> {
        let beside = |name: &str| name.starts_with(TEXTS) || name.starts_with(ASSETS);
        let files = overrides.iter().filter(|(name, _)| beside(name));
        let files = files.map(|(name, bytes)| (name.clone(), bytes.clone()));
        if let Some(name) = overrides
            .keys()
            .find(|name| !beside(name) && !is_built_in(name))
        {
            return Err(unknown(name));
        }
        let mut all = Self {
            environment: environment()?,
            style: String::new(),
            script: String::new(),
            files: files.collect(),
        };
        for &(name, built_in) in BUILT_IN {
            let own = overrides.get(name).map(|bytes| std::str::from_utf8(bytes));
            let text = own.unwrap_or(Ok(built_in));
            all.add(name, text.map_err(|_| Error::NotUtf8(name.to_owned()))?)?;
        }
        Ok(all)
    }

    fn add(&mut self, name: &'static str, text: &str) -> Result<(), Error> {
        match name {
            STYLE => text.clone_into(&mut self.style),
            SCRIPT => text.clone_into(&mut self.script),
            _ => {
                let added = self.environment.add_template_owned(name, text.to_owned());
                added.map_err(|error| fault(&error))?;
            }
        }
        Ok(())
    }

    /// The text of every built-in template and catalogue.
    pub fn built_in() -> impl Iterator<Item = &'static str> {
        let catalogues = caveat_texts::BUILT_IN.iter();
        BUILT_IN.iter().chain(catalogues).map(|(_, text)| *text)
    }
}

fn is_built_in(name: &str) -> bool {
    BUILT_IN.iter().any(|(known, _)| *known == name)
}

fn unknown(name: &str) -> Error {
    let names: Vec<&str> = BUILT_IN.iter().map(|(name, _)| *name).collect();
    Error::UnknownTemplate {
        name: name.to_owned(),
        known: names.join(", "),
    }
}

/// Nothing undefined is printed; a tag on a line of its own leaves no empty line behind; faults know their source.
fn environment() -> Result<Environment<'static>, Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_debug(true);
    environment.set_fuel(Some(STEPS));
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .build();
    environment.set_syntax(syntax.map_err(|error| fault(&error))?);
    environment.add_filter("wrap", wrapped);
    Ok(environment)
}

/// Prose in lines, for plain text: the first and the others indented as given.
fn wrapped(text: &str, first: Option<&str>, rest: Option<&str>) -> String {
    wrap(text, first.unwrap_or_default(), rest.unwrap_or_default())
}

/// Anything serialisable as a template's value.
pub(crate) fn value(data: &impl Serialize) -> Value {
    Value::from(Serde(data))
}
