//! Owns the pages of what caveat.toml alone tells: releases that come, and names that stand for no flaw.
//! Must never be made where caveat.toml says nothing of them.

use super::Press;
use crate::Error;
use crate::templates::value;
use crate::view;

impl Press<'_> {
    pub(super) fn notices(&self) -> Result<(), Error> {
        let project = self.book.project();
        if !project.announcements.is_empty() {
            let texts = self.texts_of("announced.html");
            let data = minijinja::context! { announced => value(&view::announced(self.book)) };
            let path = "announced/index.html";
            let title = texts.word("announced.title");
            let description = texts.word("announced.description");
            self.page("announced.html", path, &title, &description, &data)?;
        }
        if !project.disputed.is_empty() {
            let texts = self.texts_of("disputed.html");
            let disputed = view::disputed(texts, self.book);
            let data = minijinja::context! { disputed => value(&disputed) };
            let path = "disputed/index.html";
            let title = texts.word("disputed.title");
            let description = texts.word("disputed.description");
            self.page("disputed.html", path, &title, &description, &data)?;
        }
        Ok(())
    }
}
