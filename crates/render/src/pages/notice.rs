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
            let data = minijinja::context! { announced => value(&view::announced(self.book)) };
            let path = "announced/index.html";
            let description = "Releases that fix security issues, before they are made: the time and the highest severity.";
            self.page(
                "announced.html",
                path,
                "Announced releases",
                description,
                &data,
            )?;
        }
        if !project.disputed.is_empty() {
            let data = minijinja::context! { disputed => value(&view::disputed(self.book)) };
            let path = "disputed/index.html";
            let description = "Names that others gave to what is no flaw, and why it is none.";
            self.page("disputed.html", path, "Disputed", description, &data)?;
        }
        Ok(())
    }
}
