//! Owns the templates: those built in, and those that override them one by one. The only door to `minijinja`.
//! Must never print an undefined name as nothing, or read a template from disk.

use std::collections::BTreeMap;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior, Value};
use serde::Serialize;

use crate::Error;
use caveat_words::plain::wrap;

/// The names of templates, and their texts from the repository's `site-templates`.
macro_rules! built_in {
    ($($name:literal,)*) => {
        &[$(($name, include_str!(concat!("../../../site-templates/", $name)))),*]
    };
}

const BUILT_IN: &[(&str, &str)] = built_in![
    "404.html",
    "_macros.html",
    "_plot.html",
    "_policy.html",
    "_timeline.html",
    "about.html",
    "advisory.html",
    "announced.html",
    "base.html",
    "bulletin.html",
    "bulletins.html",
    "disputed.html",
    "index.html",
    "list.html",
    "matrix.html",
    "package.html",
    "package.txt",
    "packages.html",
    "policy.html",
    "redirect.html",
    "release.html",
    "release.txt",
    "report.html",
    "reports.html",
    "rule.html",
    "rules.html",
    "search.html",
    "search.js",
    "style.css",
    "thanks.html",
    "verify.html",
    "weaknesses.html",
];

/// All templates of one site, compiled.
pub struct Templates {
    environment: Environment<'static>,
    style: String,
    script: String,
}

impl Templates {
    /// The built-in templates, each replaced where `overrides` has a file of the same name.
    ///
    /// # Errors
    /// A file that overrides nothing, is not text, or is no template.
    pub fn new(overrides: &BTreeMap<String, Vec<u8>>) -> Result<Self, Error> {
        let names: Vec<&str> = BUILT_IN.iter().map(|(name, _)| *name).collect();
        let stray = overrides
            .keys()
            .find(|name| BUILT_IN.iter().all(|(known, _)| known != name));
        if let Some(name) = stray {
            return Err(Error::UnknownTemplate {
                name: name.clone(),
                known: names.join(", "),
            });
        }
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_syntax(syntax()?);
        environment.add_filter("wrap", wrapped);
        let (mut style, mut script) = (String::new(), String::new());
        for &(name, built_in) in BUILT_IN {
            let text = match overrides.get(name) {
                Some(bytes) => {
                    std::str::from_utf8(bytes).map_err(|_| Error::NotUtf8(name.to_owned()))?
                }
                None => built_in,
            };
            match name {
                "style.css" => text.clone_into(&mut style),
                "search.js" => text.clone_into(&mut script),
                _ => environment
                    .add_template_owned(name, text.to_owned())
                    .map_err(|error| fault(&error))?,
            }
        }
        Ok(Self {
            environment,
            style,
            script,
        })
    }

    /// The text of every built-in template.
    pub fn built_in() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|(_, text)| *text)
    }

    /// The stylesheet.
    pub(crate) fn style(&self) -> &str {
        &self.style
    }

    /// The script of the page that searches.
    pub(crate) fn script(&self) -> &str {
        &self.script
    }

    /// Renders one template.
    pub(crate) fn page(&self, name: &str, context: Value) -> Result<String, Error> {
        let template = self
            .environment
            .get_template(name)
            .map_err(|error| fault(&error))?;
        template.render(context).map_err(|error| fault(&error))
    }
}

/// Prose in lines, for plain text: the first and the others indented as given.
fn wrapped(text: &str, first: Option<&str>, rest: Option<&str>) -> String {
    wrap(text, first.unwrap_or_default(), rest.unwrap_or_default())
}

/// A tag on a line of its own leaves no empty line behind.
fn syntax() -> Result<SyntaxConfig, Error> {
    let config = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .build();
    config.map_err(|error| fault(&error))
}

/// Anything serialisable as a template's value.
pub(crate) fn value(data: &impl Serialize) -> Value {
    Value::from(Serde(data))
}

/// The fault of a template, with its file and line, and the causes below it.
fn fault(error: &minijinja::Error) -> Error {
    let place = match (error.name(), error.line()) {
        (Some(name), Some(line)) => format!("site-templates/{name}:{line}: "),
        (Some(name), None) => format!("site-templates/{name}: "),
        _ => String::new(),
    };
    let detail = error
        .detail()
        .map(|detail| format!(": {detail}"))
        .unwrap_or_default();
    let mut text = format!("{place}{}{detail}", error.kind());
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        text.push_str(&format!("; {inner}"));
        cause = inner.source();
    }
    Error::Template(text)
}
