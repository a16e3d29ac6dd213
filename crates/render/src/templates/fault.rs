//! Owns how the fault of a template is told: file, line, column, the line itself, and what led there.
//! Must never print the value of a variable.

use minijinja::Error as Fault;

use crate::Error;

/// The innermost fault has the place; those around it tell how the page came there.
pub(super) fn fault(error: &Fault) -> Error {
    let mut all = vec![error];
    let mut cause = std::error::Error::source(error);
    let mut last = None;
    while let Some(inner) = cause {
        match inner.downcast_ref::<Fault>() {
            Some(inner) => all.push(inner),
            None => last = Some(inner.to_string()),
        }
        cause = inner.source();
    }
    let placed = |fault: &&&Fault| fault.name().is_some() && fault.line().is_some();
    let inner = all.iter().rev().find(placed).copied().unwrap_or(error);
    let mut text = format!("{}{}", place(inner), words(inner));
    if let Some(last) = last {
        text.push_str(&format!("; {last}"));
    }
    text.push_str(&shown(inner).unwrap_or_default());
    let around = all
        .into_iter()
        .take_while(|fault| !std::ptr::eq(*fault, inner));
    for fault in around.filter(|fault| fault.name().is_some()) {
        text.push_str(&format!(
            "\n  = from {}",
            place(fault).trim_end_matches(": ")
        ));
    }
    Error::Template(text)
}

fn words(fault: &Fault) -> String {
    match fault.detail() {
        Some(detail) => format!("{}: {detail}", fault.kind()),
        None => fault.kind().to_string(),
    }
}

/// `site-templates/NAME:LINE:COLUMN: `
fn place(fault: &Fault) -> String {
    let Some(name) = fault.name() else {
        return String::new();
    };
    let line = fault.line().map(|line| format!(":{line}"));
    let column = spot(fault).map(|(line, at, _)| format!(":{}", line[..at].chars().count() + 1));
    format!(
        "site-templates/{name}{}{}: ",
        line.unwrap_or_default(),
        column.unwrap_or_default()
    )
}

/// The line of a fault, the byte in it where the fault begins, and how many characters it has there.
fn spot(fault: &Fault) -> Option<(&str, usize, usize)> {
    let (source, range) = (fault.template_source()?, fault.range()?);
    let before = source.get(..range.start)?;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = source[start..].lines().next().unwrap_or_default();
    let marked = source.get(range)?.lines().next().unwrap_or_default();
    let at = before.len() - start;
    (at <= line.len()).then(|| (line, at, marked.chars().count().max(1)))
}

/// The line with the faulty part marked below.
fn shown(fault: &Fault) -> Option<String> {
    let (line, at, length) = spot(fault)?;
    let number = fault.line()?.to_string();
    let gutter = " ".repeat(number.len());
    let clean = |text: &str| {
        text.replace('\t', " ")
            .replace(char::is_control, "\u{fffd}")
    };
    let indent = " ".repeat(clean(&line[..at]).chars().count());
    let marks = "^".repeat(length);
    Some(format!(
        "\n{gutter} |\n{number} | {}\n{gutter} | {indent}{marks}",
        clean(line)
    ))
}
