//! Owns the pages and files of the policy: which there are, where they are, and what their template is given.
//! Must never hold a sentence about a promise: those are in `policy`.

use caveat_advisory::Guidance;
use serde::Serialize;

use super::Press;
use crate::error::put;
use crate::policy::{self, Section};
use crate::templates::value;
use crate::{Error, markdown};

/// Sections that have a page of their own, for those who are sent there: name, title in the list of pages.
const PAGES: [&str; 3] = ["report", "versions", "severity"];

/// One page of the policy.
#[derive(Serialize)]
struct PolicyData<'p> {
    title: &'p str,
    lead: Option<&'p str>,
    maturity: Option<&'p str>,
    edition: Option<String>,
    /// The whole policy, or a part of it.
    whole: bool,
    security_txt: bool,
    sections: Vec<&'p Section>,
    html: Option<String>,
    pages: Vec<PageLink>,
    guidance: Vec<PageLink>,
}

#[derive(Serialize)]
struct PageLink {
    title: String,
    /// From the root of the site.
    path: String,
}

impl Press<'_> {
    /// Every view of the policy.
    pub(super) fn policy(&self) -> Result<(), Error> {
        let project = self.book.project();
        let sections = policy::sections(project);
        let text = policy::security_txt(project, self.book.as_of());
        if let Ok(text) = &text {
            put(self.sink, ".well-known/security.txt", text.as_str())?;
        }
        put(self.sink, "policy.json", policy::policy_json(project))?;
        self.whole(&sections, text.is_ok())?;
        for section in sections.iter().filter(|section| has_page(section)) {
            let path = format!("policy/{}/index.html", section.id);
            let data = PolicyData {
                sections: vec![section],
                ..self.data(section.title, &sections)
            };
            self.policy_page(&path, &data)?;
        }
        self.guidance(&sections)
    }

    fn whole(&self, sections: &[Section], security_txt: bool) -> Result<(), Error> {
        let data = PolicyData {
            whole: true,
            security_txt,
            sections: sections.iter().collect(),
            guidance: self.guides(),
            ..self.data("Security policy", sections)
        };
        self.policy_page("policy/index.html", &data)
    }

    fn guidance(&self, sections: &[Section]) -> Result<(), Error> {
        let all = &self.book.project().policy.guidance;
        if all.is_empty() {
            return Ok(());
        }
        let list = PolicyData {
            lead: Some(policy::GUIDANCE),
            guidance: self.guides(),
            ..self.data(policy::GUIDANCE_TITLE, sections)
        };
        self.policy_page("policy/guidance/index.html", &list)?;
        for (one, link) in all.iter().zip(self.guides()) {
            let data = PolicyData {
                lead: Some(policy::GUIDANCE),
                html: Some(markdown::to_html_below_title(&one.text)),
                ..self.data(&one.title, sections)
            };
            self.policy_page(&format!("{}index.html", link.path), &data)?;
        }
        Ok(())
    }

    fn guides(&self) -> Vec<PageLink> {
        let all = &self.book.project().policy.guidance;
        let link = |(one, slug): (&Guidance, String)| PageLink {
            title: one.title.clone(),
            path: format!("policy/guidance/{slug}/"),
        };
        all.iter().zip(policy::slugs(all)).map(link).collect()
    }

    /// What every page of the policy is given.
    fn data<'p>(&'p self, title: &'p str, sections: &[Section]) -> PolicyData<'p> {
        let project = self.book.project();
        let mut pages = vec![link("Whole policy", "policy/")];
        let own = sections.iter().filter(|section| has_page(section));
        pages.extend(own.map(|section| link(section.title, &format!("policy/{}/", section.id))));
        if !project.policy.guidance.is_empty() {
            pages.push(link(policy::GUIDANCE_TITLE, "policy/guidance/"));
        }
        PolicyData {
            title,
            lead: None,
            maturity: project.policy.maturity.as_deref(),
            edition: policy::edition(project),
            whole: false,
            security_txt: false,
            sections: Vec::new(),
            html: None,
            pages,
            guidance: Vec::new(),
        }
    }

    fn policy_page(&self, path: &str, data: &PolicyData<'_>) -> Result<(), Error> {
        let context = minijinja::context! { policy => value(data) };
        let name = &self.book.project().feed.name;
        let description = format!("{}: part of the security policy of {name}.", data.title);
        self.page("policy.html", path, data.title, &description, &context)
    }
}

fn link(title: &str, path: &str) -> PageLink {
    PageLink {
        title: title.to_owned(),
        path: path.to_owned(),
    }
}

fn has_page(section: &Section) -> bool {
    PAGES.contains(&section.id)
}
