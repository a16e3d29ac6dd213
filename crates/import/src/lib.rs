//! Owns the way from other people's advisories to ours: RustSec, Julia, Haskell, GitHub, OSV and CVE in, one TOML file of our form out.
//! Must never lose a fact in silence: what the form cannot say is kept under `[extra]`, and is reported.

mod cve;
mod cve_affected;
mod cve_commits;
mod cve_links;
mod cve_rating;
mod cve_versions;
mod date;
mod events;
mod fields;
mod foreign;
mod front;
mod ghsa;
mod haskell;
mod identity;
mod json_tree;
mod julia;
mod keep;
mod link;
mod markdown;
mod node;
mod osv;
mod osv_affected;
mod proof;
mod requirement;
mod rustsec;
mod severity;
mod sheet;
#[cfg(test)]
mod tests;
mod title;
mod toml_tree;
mod write;
mod write_extra;
mod yaml_tree;

use std::sync::Arc;

use caveat_advisory::SeverityClass;
use caveat_diag::{Diagnostic, Level, Report, Source};

use crate::sheet::Sheet;

/// The largest file that is read, in bytes: records that list every version are long.
pub const LARGEST_SOURCE: u64 = 16 << 20;

/// The forms that are understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// RustSec: Markdown that begins with TOML, one package each, `patched` and `unaffected` requirements.
    RustSec,
    /// The Julia database: Markdown that begins with TOML, range strings.
    Julia,
    /// The Haskell database: Markdown that begins with TOML, several packages, versions in pairs.
    Haskell,
    /// OSV records in JSON or YAML, of any database.
    Osv,
    /// What GitHub's interface says of a repository's advisory, or the OSV record of one, in JSON.
    Ghsa,
    /// CVE records in JSON, versions 5.0 to 5.2.
    Cve,
}

impl Form {
    /// What files of this form end in.
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::RustSec | Self::Julia | Self::Haskell => &["md"],
            Self::Osv => &["json", "yaml", "yml"],
            Self::Ghsa | Self::Cve => &["json"],
        }
    }
}

/// What the project that imports has decided.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What its ids begin with.
    pub prefix: String,
    /// Its severity classes.
    pub classes: Vec<SeverityClass>,
    /// The class of advisories without a score.
    pub unrated: Option<String>,
}

/// One advisory in our form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// Where it belongs within `advisories/`.
    pub path: String,
    /// The file.
    pub text: String,
}

/// Reads one foreign advisory. `path` is for the report, and tells RustSec's collections apart.
/// `None` only if something was reported.
pub fn import(
    form: Form,
    path: &str,
    bytes: Vec<u8>,
    settings: &Settings,
    report: &mut Report,
) -> Option<Imported> {
    let kind = foreign::kind(&bytes);
    let (source, invalid) = Source::decode(path, bytes);
    let source = Arc::new(source);
    if let Some((code, message)) = kind {
        let fault = Diagnostic::error(code, message, &source, source.first_line());
        report.push(fault);
        return None;
    }
    if let Some(span) = invalid {
        let fault = Diagnostic::error("not-utf8", "this file is not UTF-8 text", &source, span);
        report.push(fault.help("save it as UTF-8"));
        return None;
    }
    let mut sheet = Sheet::new(&source);
    let read = match form {
        Form::RustSec => rustsec::read(&mut sheet, settings),
        Form::Julia => julia::read(&mut sheet, settings),
        Form::Haskell => haskell::read(&mut sheet, settings),
        Form::Osv => osv::read(&mut sheet, settings),
        Form::Ghsa => ghsa::read(&mut sheet, settings),
        Form::Cve => cve::read(&mut sheet, settings),
    };
    let written = read.and_then(|path| {
        let text = write::text(&sheet);
        proof::is_faithful(&mut sheet, &path, &text).then_some(Imported { path, text })
    });
    let clean = sheet.report.count(Level::Error) == 0;
    for found in sheet.report.sorted() {
        // How facts were brought over is of no interest where nothing was written.
        if clean || found.level == Level::Error {
            report.push(found.clone());
        }
    }
    written.filter(|_| clean)
}
