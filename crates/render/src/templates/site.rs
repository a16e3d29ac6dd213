//! Owns the templates of one site: in its language, with its look, and the files that the look needs.
//! Must never fail for what caveat.toml says: that was checked before.

use std::sync::Arc;

use caveat_advisory::Site;
use caveat_texts::{Catalogue, ENGLISH, Texts};
use minijinja::{Environment, Value};

use super::built_in::speaks;
use super::voice::speak;
use super::{TEXTS, Templates, fault};
use crate::Error;
use crate::theme::{Asset, Look};

/// The templates of one site.
pub(crate) struct SiteTemplates<'t> {
    templates: &'t Templates,
    own: Voice,
    /// For templates whose words are not in the catalogue.
    english: Voice,
    look: Look<'t>,
}

/// The templates in one language.
struct Voice {
    environment: Environment<'static>,
    texts: Arc<Texts>,
}

impl Voice {
    fn new(templates: &Templates, texts: Texts) -> Self {
        let texts = Arc::new(texts);
        let mut environment = templates.environment.clone();
        speak(&mut environment, &texts);
        Self { environment, texts }
    }
}

impl<'t> SiteTemplates<'t> {
    pub(crate) fn new(templates: &'t Templates, site: &Site) -> Self {
        let own = texts(templates, site.language.as_deref().unwrap_or(ENGLISH));
        Self {
            templates,
            own: Voice::new(templates, own),
            english: Voice::new(templates, texts(templates, ENGLISH)),
            look: Look::new(&site.theme, &templates.files),
        }
    }

    fn voice(&self, template: &str) -> &Voice {
        if speaks(template) {
            &self.own
        } else {
            &self.english
        }
    }

    /// The words of the pages that a template makes.
    pub(crate) fn texts_of(&self, template: &str) -> &Texts {
        &self.voice(template).texts
    }

    /// The stylesheet, with the site's own look behind it.
    pub(crate) fn style(&self) -> String {
        format!("{}{}", self.templates.style, self.look.style())
    }

    /// Files that the look needs.
    pub(crate) fn assets(&self) -> impl Iterator<Item = &Asset<'t>> {
        self.look.assets()
    }

    /// Where the logo is, and what it shows.
    pub(crate) fn logo(&self) -> Option<(&str, &str)> {
        self.look.logo()
    }

    /// The script of the page that searches.
    pub(crate) fn script(&self) -> &str {
        &self.templates.script
    }

    /// Renders one template.
    pub(crate) fn page(&self, name: &str, context: Value) -> Result<String, Error> {
        let template = self.voice(name).environment.get_template(name);
        let template = template.map_err(|error| fault(&error))?;
        template.render(context).map_err(|error| fault(&error))
    }
}

/// The words in a language: the program's own, and the repository's above them.
fn texts(templates: &Templates, tag: &str) -> Texts {
    let own = templates.files.get(&format!("{TEXTS}{tag}.toml"));
    let own = own.map(|bytes| Catalogue::read(tag, &String::from_utf8_lossy(bytes)).0);
    Texts::new(tag, own.as_ref()).unwrap_or_else(|| Texts::english().clone())
}
