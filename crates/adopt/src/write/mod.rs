//! Owns the order of the produced `caveat.toml`, which is that of docs/caveat-toml.md.
//! Must never write a value without saying where it comes from, or text that could be read as anything but a comment.

mod blank;
mod feed;
mod handling;
mod sheet;
mod standing;

pub(crate) use blank::blank;

use crate::Settings;
use crate::facts::Facts;
use crate::page::Page;
use crate::write::sheet::Sheet;

/// The whole file.
pub(crate) fn project(page: &Page, facts: &Facts, settings: &Settings) -> String {
    let mut sheet = Sheet::new(page, &facts.left);
    let name = page.source.path();
    sheet.remark(&format!("Read from {name}. Each value names its line there; `guess:` marks what a person must look at."));
    sheet.remark("`caveat check` judges it. `caveat explain caveat.toml` says what each key is.");
    feed::write(&mut sheet, facts, settings);
    sheet.gap();
    sheet.line("[policy]");
    if let Some(said) = &facts.maturity {
        sheet.text("maturity", said);
    }
    if let Some(said) = &facts.support_default {
        sheet.word("support-default", said, said.value.as_str());
    }
    if let Some(said) = &facts.bulletin {
        sheet.word("bulletin", said, said.value.as_str());
    }
    standing::document(&mut sheet, facts);
    handling::severities(&mut sheet, facts);
    handling::support(&mut sheet, facts, settings);
    handling::contacts(&mut sheet, facts);
    handling::report(&mut sheet, facts);
    handling::clock(&mut sheet, facts);
    standing::disclosure(&mut sheet, facts);
    standing::release(&mut sheet, facts);
    standing::credit(&mut sheet, facts);
    standing::safe_harbour(&mut sheet, facts, settings);
    standing::scope(&mut sheet, facts);
    standing::claims(&mut sheet, facts);
    standing::guidance(&mut sheet, facts);
    standing::unread(&mut sheet, facts);
    sheet.finish()
}
