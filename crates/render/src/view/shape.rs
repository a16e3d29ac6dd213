//! Owns the names that the template of an advisory may use; `site-templates/README.md` documents each.
//! Must never hold a fact of its own: `advisory.rs` fills it from the book.

use serde::Serialize;

use super::card::{PackageLink, Severity};
use super::clocks::{ClockView, SheetView};

/// The page of an advisory.
#[derive(Serialize)]
pub(crate) struct AdvisoryView {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) title_html: String,
    pub(crate) status: &'static str,
    pub(crate) severity: Severity,
    pub(crate) severity_reason: Option<String>,
    pub(crate) impact: String,
    pub(crate) cvss: Vec<CvssView>,
    pub(crate) cwe: Vec<CweView>,
    pub(crate) aliases: Vec<IdView>,
    pub(crate) cve_pending: bool,
    pub(crate) ties: Vec<TieView>,
    pub(crate) related: Vec<IdView>,
    pub(crate) upstream: Vec<IdView>,
    pub(crate) actions: Vec<ActionView>,
    pub(crate) affected: Vec<AffectedView>,
    pub(crate) statuses: Vec<StatusView>,
    /// Why it was published before the agreed time.
    pub(crate) published_early: Option<String>,
    pub(crate) affected_if_html: Option<String>,
    pub(crate) workaround_html: Option<String>,
    pub(crate) description_html: String,
    pub(crate) timeline: Vec<EventView>,
    pub(crate) clocks: Vec<ClockView>,
    pub(crate) legal: Vec<SheetView>,
    pub(crate) credits: Vec<CreditView>,
    pub(crate) references: Vec<ReferenceView>,
    pub(crate) revisions: Vec<RevisionView>,
    pub(crate) withdrawn: Option<WithdrawnView>,
    pub(crate) published: String,
    pub(crate) published_date: String,
    pub(crate) modified: String,
    pub(crate) modified_date: String,
    pub(crate) data: DataView,
    pub(crate) exploitation: Option<ExploitationView>,
    pub(crate) json_ld: String,
}

/// When exploitation became known; nothing where it did not.
#[derive(Serialize)]
pub(crate) struct ExploitationView {
    pub(crate) at: Option<String>,
    pub(crate) date: Option<String>,
}

#[derive(Serialize)]
pub(crate) struct CvssView {
    pub(crate) version: &'static str,
    pub(crate) vector: String,
    pub(crate) score: String,
    pub(crate) rating: String,
    pub(crate) calculator: String,
}

#[derive(Serialize)]
pub(crate) struct CweView {
    pub(crate) id: String,
    pub(crate) name: &'static str,
    pub(crate) url: String,
}

#[derive(Serialize)]
pub(crate) struct IdView {
    pub(crate) id: String,
    pub(crate) url: Option<String>,
}

#[derive(Serialize)]
pub(crate) struct ActionView {
    pub(crate) package: String,
    pub(crate) kind: &'static str,
    /// All sentences as one text.
    pub(crate) sentence: String,
    pub(crate) sentences: Vec<SentenceView>,
    pub(crate) command: Option<String>,
    pub(crate) targets: Vec<String>,
}

#[derive(Serialize)]
pub(crate) struct SentenceView {
    pub(crate) words: String,
    /// In the words of the advisory.
    pub(crate) quoted: bool,
}

#[derive(Serialize)]
pub(crate) struct AffectedView {
    pub(crate) package: PackageLink,
    pub(crate) ranges: Vec<RangeView>,
    /// Why there is no fix.
    pub(crate) no_fix: Option<String>,
    pub(crate) introduced_by: Vec<CommitView>,
    pub(crate) fixed_by: Vec<CommitView>,
    pub(crate) functions: Vec<String>,
    pub(crate) features: Vec<String>,
}

/// One branch.
#[derive(Serialize)]
pub(crate) struct RangeView {
    pub(crate) words: String,
    pub(crate) expression: String,
    pub(crate) introduced: Option<String>,
    pub(crate) fixed: Option<String>,
    /// Its next release, where it was never released itself.
    pub(crate) upgrade_to: Option<String>,
    /// Who can get it, where that is not everybody.
    pub(crate) availability: Option<String>,
    /// The page of that release.
    pub(crate) fixed_path: Option<String>,
    pub(crate) last_affected: Option<String>,
}

/// What is known of versions that are not affected, or that nobody looked at.
#[derive(Serialize)]
pub(crate) struct StatusView {
    pub(crate) package: PackageLink,
    pub(crate) versions: String,
    pub(crate) state: &'static str,
    pub(crate) state_label: String,
    pub(crate) reason: Option<String>,
}

#[derive(Serialize)]
pub(crate) struct CommitView {
    pub(crate) commit: String,
    pub(crate) short: String,
    pub(crate) url: Option<String>,
}

#[derive(Serialize)]
pub(crate) struct EventView {
    pub(crate) event: &'static str,
    pub(crate) label: String,
    pub(crate) at: String,
    pub(crate) date: String,
}

#[derive(Serialize)]
pub(crate) struct CreditView {
    pub(crate) name: Option<String>,
    pub(crate) role_label: String,
    pub(crate) url: Option<String>,
}

#[derive(Serialize)]
pub(crate) struct ReferenceView {
    pub(crate) r#type: &'static str,
    pub(crate) label: String,
    pub(crate) url: String,
}

#[derive(Serialize)]
pub(crate) struct RevisionView {
    pub(crate) number: usize,
    pub(crate) at: String,
    pub(crate) date: String,
    pub(crate) note: String,
    pub(crate) editorial: bool,
    pub(crate) changed: Vec<ChangeView>,
    pub(crate) narrows: Option<String>,
    pub(crate) fix_reverted: Option<String>,
    pub(crate) reinstates: Option<String>,
}

#[derive(Serialize)]
pub(crate) struct ChangeView {
    pub(crate) field: String,
    pub(crate) from: Option<String>,
    pub(crate) to: Option<String>,
}

#[derive(Serialize)]
pub(crate) struct TieView {
    pub(crate) label: String,
    pub(crate) id: String,
    pub(crate) path: String,
}

#[derive(Serialize)]
pub(crate) struct WithdrawnView {
    pub(crate) at: String,
    pub(crate) date: String,
    pub(crate) reason: &'static str,
    pub(crate) reason_label: String,
    pub(crate) note: Option<String>,
    pub(crate) replaced_by: Vec<LinkView>,
}

#[derive(Clone, Serialize)]
pub(crate) struct LinkView {
    pub(crate) id: String,
    pub(crate) path: String,
}

#[derive(Serialize)]
pub(crate) struct DataView {
    pub(crate) osv_path: String,
    pub(crate) osv_sha256: String,
    pub(crate) csaf_path: Option<String>,
    pub(crate) cve_paths: Vec<String>,
    pub(crate) rustsec_paths: Vec<String>,
    pub(crate) go_path: Option<String>,
    pub(crate) vex_path: Option<String>,
    pub(crate) mails: Vec<MailView>,
    pub(crate) notes: Vec<NoteView>,
}

#[derive(Serialize)]
pub(crate) struct MailView {
    pub(crate) channel: String,
    pub(crate) path: String,
}

#[derive(Serialize)]
pub(crate) struct NoteView {
    pub(crate) package: String,
    pub(crate) version: String,
    pub(crate) path: String,
}
