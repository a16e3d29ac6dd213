//! Owns what templates see, one file for each kind of thing; `site-templates/README.md` documents every name.
//! Must never hold a fact that is not in the book, or markup that is not safe.

mod advisory;
mod affected;
mod card;
mod clocks;
mod linked;
mod notice;
mod over_years;
mod package;
mod release;
mod rule;
mod shape;
mod site;
mod thanks;
mod timeline;

pub(crate) use advisory::advisory;
pub(crate) use card::{Card, card, package_path, status};
pub(crate) use notice::{AnnouncedView, announced, disputed};
pub(crate) use over_years::{OverYears, over_years};
pub(crate) use package::{Named, PackageRow, PackageView, by_time, package_cards, packages};
pub(crate) use release::{ReleaseView, Releases, bounds, release_path};
pub(crate) use rule::{RuleView, rules};
pub(crate) use site::{ClassView, Page, classes, site};
pub(crate) use thanks::{ThanksYear, thanked, thanks};
pub(crate) use timeline::timeline;

pub(crate) use caveat_words::day;

/// The directory of an advisory's page.
pub(crate) fn card_path(id: &str) -> String {
    format!("advisories/{id}/")
}
