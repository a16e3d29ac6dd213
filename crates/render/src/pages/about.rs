//! Owns the pages about the feed itself: what it is, what is checked, whom it thanks.
//! Must never hold a fact of one advisory.

use caveat_convert::Records;
use rayon::prelude::*;
use serde::Serialize;

use super::Press;
use crate::Error;
use crate::templates::value;
use crate::view;

#[derive(Serialize)]
struct AboutData {
    severities: Vec<view::ClassView>,
    ecosystems: Vec<EcosystemView>,
}

#[derive(Serialize)]
struct EcosystemView {
    name: String,
    path: String,
    count: usize,
}

impl Press<'_> {
    pub(super) fn about(&self, records: &Records) -> Result<(), Error> {
        let count = |name: &str| {
            records
                .all()
                .iter()
                .filter(|record| record.ecosystems().contains(name))
                .count()
        };
        let ecosystems = records.ecosystems().into_iter().map(|name| EcosystemView {
            name: name.to_owned(),
            path: format!("osv/{name}/all.zip"),
            count: count(name),
        });
        let data = AboutData {
            severities: view::classes(self.book),
            ecosystems: ecosystems.collect(),
        };
        let (template, path) = ("about.html", "about/index.html");
        let texts = self.texts_of(template);
        let (title, description) = (texts.word("about.title"), texts.word("about.description"));
        self.page(template, path, &title, &description, &data)
    }

    pub(super) fn rules(&self) -> Result<(), Error> {
        let (template, path) = ("rules.html", "rules/index.html");
        let texts = self.texts_of(template);
        let rules = view::rules(self.book, texts);
        let data = minijinja::context! { rules => value(&rules) };
        let (title, description) = (texts.word("rules.title"), texts.word("rules.description"));
        self.page(template, path, &title, &description, &data)?;
        rules.par_iter().try_for_each(|rule| self.rule(rule))
    }

    fn rule(&self, rule: &view::RuleView) -> Result<(), Error> {
        let template = "rule.html";
        let data = minijinja::context! { rule => value(rule) };
        let path = format!("rules/{}/index.html", rule.code);
        let texts = self.texts_of(template);
        let title = texts.say("rule.title", &[("code", rule.code.into())]);
        self.page(template, &path, &title, &rule.says, &data)
    }
}
