//! Owns what the policy says of versions and of severity classes.
//! Must never judge a version, or say of a class what it does not promise.

use caveat_advisory::{Policy, Project, SeverityClass, SupportRow, SupportStatus};

use super::times::{duration, or_no_target};
use super::tree::{Block, Line, Section, code, line, plain};

/// Which versions get fixes: a table, and what holds for all others.
pub(super) fn versions(project: &Project) -> Section {
    let policy = &project.policy;
    let mut blocks = Vec::new();
    if !policy.support.is_empty() {
        blocks.push(table(project));
    }
    blocks.push(Block::text(&default(policy)));
    Section::new("versions", "Supported versions", blocks)
}

fn table(project: &Project) -> Block {
    let rows = &project.policy.support;
    let with_package = project.packages.len() > 1;
    let (from, until) = (
        rows.iter().any(|row| row.from.is_some()),
        rows.iter().any(|row| row.until.is_some()),
    );
    let mut head = Vec::new();
    head.extend(with_package.then_some("Package"));
    head.extend(["Versions", "Status"]);
    head.extend(from.then_some("From"));
    head.extend(until.then_some("Until"));
    let cells = |row: &SupportRow| {
        let mut cells: Vec<Line> = Vec::new();
        cells.extend(with_package.then(|| line(&package(project, row))));
        cells.push(named(row));
        cells.push(line(row.status.label()));
        cells.extend(from.then(|| day(row.from)));
        cells.extend(until.then(|| day(row.until)));
        cells
    };
    Block::Table {
        label: "Supported versions",
        head,
        rows: rows.iter().map(cells).collect(),
    }
}

/// What people call the versions, and which those are.
fn named(row: &SupportRow) -> Line {
    match &row.label {
        Some(label) => {
            let mut cell = line(label);
            cell.extend([plain(" ("), code(&row.versions), plain(")")]);
            cell
        }
        None => vec![code(&row.versions)],
    }
}

fn package(project: &Project, row: &SupportRow) -> String {
    let key = row.package.as_deref().unwrap_or_default();
    let found = project.packages.iter().find(|package| package.key == key);
    found.map_or_else(|| key.to_owned(), |package| package.title.clone())
}

fn day(date: Option<caveat_advisory::Date>) -> Line {
    date.map_or_else(Vec::new, |date| vec![plain(&date.to_string())])
}

/// What holds for the versions that no row names.
fn default(policy: &Policy) -> String {
    let others = if policy.support.is_empty() {
        "versions"
    } else {
        "other versions"
    };
    match policy.support_default {
        Some(SupportStatus::Full) => format!("All {others} get fixes of all kinds."),
        Some(SupportStatus::Security) => {
            format!("All {others} get fixes of security flaws only.")
        }
        Some(SupportStatus::EndOfLife) => {
            format!("All {others} are not supported: flaws in them may go unnoticed.")
        }
        Some(SupportStatus::Unreleased) => format!("All {others} are not released yet."),
        None if policy.support.is_empty() => "Which versions get fixes is not promised.".to_owned(),
        None => "Nothing is promised for other versions.".to_owned(),
    }
}

/// A column of the table of classes.
type Column = (&'static str, fn(&SeverityClass) -> Line);

/// What the classes mean, and what each of them promises.
pub(super) fn severity(policy: &Policy) -> Section {
    let columns = columns(&policy.severities);
    let cells = |class| columns.iter().map(|(_, cell)| cell(class)).collect();
    let table = Block::Table {
        label: "Severity classes",
        head: columns.iter().map(|(head, _)| *head).collect(),
        rows: policy.severities.iter().map(cells).collect(),
    };
    let blocks = with_notes(&policy.severities, table);
    Section::new("severity", "Severity", blocks)
}

/// A promise that no class makes has no column, except the fix, which everybody looks for.
fn columns(classes: &[SeverityClass]) -> Vec<Column> {
    let has = |promise: fn(&SeverityClass) -> bool| classes.iter().any(promise);
    let mut columns: Vec<Column> = vec![
        ("Severity", |class| line(&class.label)),
        ("Meaning", |class| line(&class.definition)),
    ];
    if has(|class| class.cvss.is_some()) {
        columns.push(("CVSS", band));
    }
    columns.push(("Fix within", |class| or_no_target(class.fix)));
    if has(|class| class.review.is_some()) {
        columns.push(("Looked back on within", |class| or_no_target(class.review)));
    }
    if has(|class| class.cve.is_some()) {
        columns.push(("CVE id", cve));
    }
    if has(|class| !class.notify.is_empty()) {
        columns.push(("Told through", |class| line(&told_through(class))));
    }
    columns
}

/// The table, and what its columns do not say.
fn with_notes(classes: &[SeverityClass], table: Block) -> Vec<Block> {
    let mut blocks = vec![table];
    if classes.iter().any(|class| class.fix.is_some()) {
        let note = "A fix is a release that has it. Its time runs from the report, where nothing else is said.";
        blocks.push(Block::text(note));
    }
    blocks
}

fn band(class: &SeverityClass) -> Line {
    let words = |(low, high)| vec![plain(&format!("{low:.1} to {high:.1}"))];
    class.cvss.map_or_else(Vec::new, words)
}

fn cve(class: &SeverityClass) -> Line {
    line(match class.cve {
        Some(true) => "Always",
        Some(false) => "Not always",
        None => "Not promised",
    })
}

fn told_through(class: &SeverityClass) -> String {
    if class.notify.is_empty() {
        return "Not promised".to_owned();
    }
    class.notify.join(", ")
}

/// What is promised for one class, as one piece of text.
pub(super) fn target_words(target: Option<caveat_advisory::Target>) -> String {
    target.map_or_else(|| "No target".to_owned(), duration)
}
