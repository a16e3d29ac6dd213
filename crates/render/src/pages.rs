//! Owns which pages there are, where they are, and what each template is given.
//! Must never hold markup or prose of its own.

mod policy;

use caveat_artifact::{Sink, SitePath};
use caveat_check::{Book, Entry};
use caveat_convert::{Record, Records};
use minijinja::Value;
use rayon::prelude::*;
use serde::Serialize;

use crate::error::put;
use crate::templates::{Templates, value};
use crate::view::{self, Card, PackageView, Page};
use crate::{Edition, Error, redirects, report};

/// Every page of the site, and its stylesheet.
pub(crate) fn render(
    book: &Book,
    records: &Records,
    edition: &Edition,
    templates: &Templates,
    sink: &dyn Sink,
) -> Result<(), Error> {
    let press = Press::new(book, edition, templates, sink);
    let packages = view::packages(book);
    press.index()?;
    press.packages(&packages)?;
    press.about(records)?;
    press.verify(book.project().feed.principal())?;
    press.policy()?;
    press.rules()?;
    press.thanks()?;
    report::render(&press)?;
    redirects::render(&press, sink)?;
    press.page(
        "404.html",
        "404.html",
        "Not found",
        "There is no page at this address.",
        &(),
    )?;
    put(sink, "style.css", templates.style())?;
    packages
        .par_iter()
        .try_for_each(|package| press.package(package))?;
    let pairs = book.entries().par_iter().zip(records.all());
    pairs.try_for_each(|(entry, record)| press.advisory(entry, record))
}

/// What every page is made with.
pub(crate) struct Press<'b> {
    pub(crate) book: &'b Book,
    templates: &'b Templates,
    pub(crate) sink: &'b dyn Sink,
    site: Value,
}

#[derive(Serialize)]
struct IndexData {
    advisories: Vec<Card>,
    severities: Vec<view::ClassView>,
}

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

#[derive(Serialize)]
struct Command {
    title: &'static str,
    lead: String,
    code: String,
}

impl<'b> Press<'b> {
    pub(crate) fn new(
        book: &'b Book,
        edition: &Edition,
        templates: &'b Templates,
        sink: &'b dyn Sink,
    ) -> Self {
        Self {
            book,
            templates,
            sink,
            site: value(&view::site(book, edition)),
        }
    }

    /// The address of the site, without a slash at the end.
    pub(crate) fn url(&self) -> &str {
        &self.book.project().feed.url
    }

    /// Renders one template to one file. `path` ends in `.html`; a page called `index.html` is linked by its directory.
    pub(crate) fn page(
        &self,
        template: &str,
        path: &str,
        title: &str,
        description: &str,
        data: &impl Serialize,
    ) -> Result<(), Error> {
        let address = path.strip_suffix("index.html").unwrap_or(path);
        let page = Page {
            title: title.to_owned(),
            description: description.to_owned(),
            canonical: format!("{}/{address}", self.url()),
            path: address.to_owned(),
        };
        let root = "../".repeat(path.matches('/').count());
        let base = minijinja::context! { root, page => value(&page), site => self.site.clone() };
        let context = minijinja::context! { ..value(data), ..base };
        put(self.sink, path, self.templates.page(template, context)?)
    }

    /// The page at an address that leads on.
    pub(crate) fn moved(&self, from: &SitePath, to: &str) -> Result<(), Error> {
        let to = if to.starts_with("https://") {
            to.to_owned()
        } else {
            format!("{}/{to}", self.url())
        };
        let context = minijinja::context! { to, site => self.site.clone() };
        let page = self.templates.page("redirect.html", context)?;
        put(self.sink, from.as_ref(), page)
    }

    fn index(&self) -> Result<(), Error> {
        let mut entries: Vec<&Entry> = self.book.entries().iter().collect();
        entries.sort_by(|a, b| b.published.cmp(&a.published).then_with(|| b.id.cmp(&a.id)));
        let advisories = entries.into_iter().map(view::card).collect();
        let data = IndexData {
            advisories,
            severities: view::classes(self.book),
        };
        let name = &self.book.project().feed.name;
        let description =
            format!("Security advisories published by {name}: what is affected, and what to do.");
        self.page("index.html", "index.html", name, &description, &data)
    }

    fn advisory(&self, entry: &Entry, record: &Record) -> Result<(), Error> {
        let data =
            minijinja::context! { advisory => value(&view::advisory(self.book, entry, record)) };
        let path = format!("advisories/{}/index.html", entry.id);
        let title = format!(
            "{}: {}",
            entry.id,
            entry.advisory.title.trim().replace('`', "")
        );
        self.page(
            "advisory.html",
            &path,
            &title,
            entry.advisory.impact.trim(),
            &data,
        )
    }

    fn packages(&self, packages: &[PackageView]) -> Result<(), Error> {
        let rows: Vec<&view::PackageRow> = packages.iter().map(|package| &package.row).collect();
        let data = minijinja::context! { packages => value(&rows) };
        let description = "Every package with an advisory, and how many are without a fix.";
        self.page(
            "packages.html",
            "packages/index.html",
            "Packages",
            description,
            &data,
        )
    }

    fn package(&self, package: &PackageView) -> Result<(), Error> {
        let data = minijinja::context! { package => value(package), advisories => value(&package.advisories) };
        let link = &package.link;
        let title = format!("{} ({} {})", link.title, link.ecosystem, link.name);
        let description = format!(
            "Security advisories for {} in {}: affected versions and fixes.",
            link.name, link.ecosystem
        );
        self.page(
            "package.html",
            &format!("{}index.html", link.path),
            &title,
            &description,
            &data,
        )
    }

    fn about(&self, records: &Records) -> Result<(), Error> {
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

    fn rules(&self) -> Result<(), Error> {
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

    fn thanks(&self) -> Result<(), Error> {
        let data = minijinja::context! { years => value(&view::thanks(self.book)) };
        let description = "Who helped to find, report and mend what this feed is about.";
        let path = "thanks/index.html";
        self.page("thanks.html", path, "Thanks", description, &data)
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

    fn verify(&self, principal: &str) -> Result<(), Error> {
        let data = minijinja::context! { commands => value(&commands(principal)) };
        self.page(
            "verify.html",
            "keys/index.html",
            "Keys and how to verify",
            "Check with tools you already have that a copy of this feed is whole and genuine.",
            &data,
        )
    }
}

/// The exact commands, to be run in a copy of the site. `make interop` runs them as they are printed.
fn commands(principal: &str) -> Vec<Command> {
    vec![
        Command {
            title: "With OpenSSH",
            lead: "OpenSSH 8.2 or later is on most machines already.".to_owned(),
            code: format!(
                "ssh-keygen -Y verify -f keys/allowed_signers -I {principal} -n {principal} -s SHA256SUMS.sig < SHA256SUMS"
            ),
        },
        Command {
            title: "With minisign",
            lead: "Shows when the list was signed, and how many files it has.".to_owned(),
            code: "minisign -VHm SHA256SUMS -p keys/minisign.pub".to_owned(),
        },
        Command {
            title: "Then every file",
            lead: "Either signature covers the list; the list covers every file.".to_owned(),
            code: "sha256sum --quiet -c SHA256SUMS".to_owned(),
        },
        Command {
            title: "Everything at once",
            lead: "Both signatures, every file, and files that should not be there; with `--key FILE`, against a key that you have already.".to_owned(),
            code: "caveat verify .".to_owned(),
        },
    ]
}
