//! Owns the templates: those built in, and those that override them one by one. The only door to `minijinja`.
//! Must never print an undefined name as nothing, or read a template from disk.

use std::collections::BTreeMap;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior, Value};
use serde::Serialize;

use crate::Error;

const BUILT_IN: [(&str, &str); 21] = [
    ("404.html", include_str!("../../../site-templates/404.html")),
    (
        "_macros.html",
        include_str!("../../../site-templates/_macros.html"),
    ),
    (
        "_plot.html",
        include_str!("../../../site-templates/_plot.html"),
    ),
    (
        "about.html",
        include_str!("../../../site-templates/about.html"),
    ),
    (
        "advisory.html",
        include_str!("../../../site-templates/advisory.html"),
    ),
    (
        "base.html",
        include_str!("../../../site-templates/base.html"),
    ),
    (
        "bulletin.html",
        include_str!("../../../site-templates/bulletin.html"),
    ),
    (
        "bulletins.html",
        include_str!("../../../site-templates/bulletins.html"),
    ),
    (
        "index.html",
        include_str!("../../../site-templates/index.html"),
    ),
    (
        "package.html",
        include_str!("../../../site-templates/package.html"),
    ),
    (
        "packages.html",
        include_str!("../../../site-templates/packages.html"),
    ),
    (
        "_policy.html",
        include_str!("../../../site-templates/_policy.html"),
    ),
    (
        "policy.html",
        include_str!("../../../site-templates/policy.html"),
    ),
    (
        "redirect.html",
        include_str!("../../../site-templates/redirect.html"),
    ),
    (
        "report.html",
        include_str!("../../../site-templates/report.html"),
    ),
    (
        "reports.html",
        include_str!("../../../site-templates/reports.html"),
    ),
    (
        "rule.html",
        include_str!("../../../site-templates/rule.html"),
    ),
    (
        "rules.html",
        include_str!("../../../site-templates/rules.html"),
    ),
    (
        "style.css",
        include_str!("../../../site-templates/style.css"),
    ),
    (
        "thanks.html",
        include_str!("../../../site-templates/thanks.html"),
    ),
    (
        "verify.html",
        include_str!("../../../site-templates/verify.html"),
    ),
];

/// All templates of one site, compiled.
pub struct Templates {
    environment: Environment<'static>,
    style: String,
}

impl Templates {
    /// The built-in templates, each replaced where `overrides` has a file of the same name.
    ///
    /// # Errors
    /// A file that overrides nothing, is not text, or is no template.
    pub fn new(overrides: &BTreeMap<String, Vec<u8>>) -> Result<Self, Error> {
        let known = || BUILT_IN.map(|(name, _)| name).join(", ");
        let stray = overrides
            .keys()
            .find(|name| BUILT_IN.iter().all(|(known, _)| known != name));
        if let Some(name) = stray {
            return Err(Error::UnknownTemplate {
                name: name.clone(),
                known: known(),
            });
        }
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_syntax(syntax()?);
        let mut style = String::new();
        for (name, built_in) in BUILT_IN {
            let text = match overrides.get(name) {
                Some(bytes) => {
                    std::str::from_utf8(bytes).map_err(|_| Error::NotUtf8(name.to_owned()))?
                }
                None => built_in,
            };
            if name == "style.css" {
                text.clone_into(&mut style);
            } else {
                environment
                    .add_template_owned(name, text.to_owned())
                    .map_err(|error| fault(&error))?;
            }
        }
        Ok(Self { environment, style })
    }

    /// The text of every built-in template.
    pub fn built_in() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|(_, text)| *text)
    }

    /// The stylesheet.
    pub(crate) fn style(&self) -> &str {
        &self.style
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
