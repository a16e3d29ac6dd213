//! Owns the pages and files of the policy: which there are, where they are, and what their template is given.
//! Must never hold a sentence about a promise: those are in `policy`.

use caveat_advisory::Guidance;
use serde::Serialize;

use super::Press;
use crate::error::put;
use crate::policy::{self, Section};
use crate::templates::value;
use crate::{Error, markdown};

const TEMPLATE: &str = "policy.html";

/// Sections that have a page of their own, for those who are sent there, and what the page is called.
const PAGES: [(&str, &str); 3] = [
    ("report", "policy.report"),
    ("versions", "policy.versions"),
    ("severity", "policy.severity"),
];

/// One page of the policy.
#[derive(Serialize)]
struct PolicyData<'p> {
    title: String,
    lead: Option<String>,
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
        for (section, key) in sections.iter().filter_map(|one| Some((one, page_of(one)?))) {
            let path = format!("policy/{}/index.html", section.id);
            let data = PolicyData {
                sections: vec![section],
                ..self.data(self.policy_word(key), &sections)
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
            ..self.data(self.policy_word("policy.title"), sections)
        };
        self.policy_page("policy/index.html", &data)
    }

    fn guidance(&self, sections: &[Section]) -> Result<(), Error> {
        let all = &self.book.project().policy.guidance;
        if all.is_empty() {
            return Ok(());
        }
        let lead = self.policy_word("policy.guidance-lead");
        let list = PolicyData {
            lead: Some(lead.clone()),
            guidance: self.guides(),
            ..self.data(self.policy_word("policy.guidance"), sections)
        };
        self.policy_page("policy/guidance/index.html", &list)?;
        for (one, link) in all.iter().zip(self.guides()) {
            let data = PolicyData {
                lead: Some(lead.clone()),
                html: Some(markdown::to_html_below_title(&one.text)),
                ..self.data(one.title.clone(), sections)
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
    fn data<'p>(&'p self, title: String, sections: &[Section]) -> PolicyData<'p> {
        let project = self.book.project();
        let link = |key: &str, path: String| PageLink {
            title: self.policy_word(key),
            path,
        };
        let mut pages = vec![link("policy.whole", "policy/".to_owned())];
        let own = sections
            .iter()
            .filter_map(|one| Some((one.id, page_of(one)?)));
        pages.extend(own.map(|(id, key)| link(key, format!("policy/{id}/"))));
        if !project.policy.guidance.is_empty() {
            pages.push(link("policy.guidance", "policy/guidance/".to_owned()));
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
        let values = [("title", (&data.title).into()), ("feed", name.into())];
        let description = self.texts_of(TEMPLATE).say("policy.description", &values);
        self.page(TEMPLATE, path, &data.title, &description, &context)
    }

    /// A word of the frame: what the policy itself says is English.
    fn policy_word(&self, key: &str) -> String {
        self.texts_of(TEMPLATE).word(key)
    }
}

/// The key of what the page of a section is called, where it has one.
fn page_of(section: &Section) -> Option<&'static str> {
    let mut pages = PAGES.iter();
    pages.find_map(|(id, key)| (*id == section.id).then_some(*key))
}
