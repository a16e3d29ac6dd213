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
        self.page(
            "about.html",
            "about/index.html",
            "About this feed",
            "What this feed is, how scanners use it, and what its words mean.",
            &data,
        )
    }

    pub(super) fn rules(&self) -> Result<(), Error> {
        let rules = view::rules(self.book);
        let data = minijinja::context! { rules => value(&rules) };
        let description = "What every advisory of this feed is checked for before it is published.";
        self.page(
            "rules.html",
            "rules/index.html",
            "What is checked",
            description,
            &data,
        )?;
        rules.par_iter().try_for_each(|rule| self.rule(rule))
    }

    fn rule(&self, rule: &view::RuleView) -> Result<(), Error> {
        let data = minijinja::context! { rule => value(rule) };
        let path = format!("rules/{}/index.html", rule.code);
        self.page(
            "rule.html",
            &path,
            &format!("Rule {}", rule.code),
            &rule.says,
            &data,
        )
    }

    pub(super) fn thanks(&self) -> Result<(), Error> {
        let texts = self.texts_of("thanks.html");
        let data = minijinja::context! { years => value(&view::thanks(self.book, texts)) };
        let (title, description) = (texts.word("thanks.title"), texts.word("thanks.description"));
        let path = "thanks/index.html";
        self.page("thanks.html", path, &title, &description, &data)
    }
}
