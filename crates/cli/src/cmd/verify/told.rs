//! Owns how the answer about a copy is told: to people, and to programs.
//! Must never let what a copy says drive the terminal.

use std::path::Path;

use caveat_verify::{Answer, Verdict, Vouched, When};
use jiff::Timestamp as Time;
use serde_json::{Value, json};

use crate::output;

/// Every fault as an error, then one word with what it means and what to do.
pub(super) fn human(answer: &Answer, directory: &Path, when: When) {
    for fault in &answer.faults {
        output::error(&fault.to_string());
    }
    let place = directory.display();
    let advice = answer.advice().unwrap_or_default();
    let text = match &answer.verdict {
        Verdict::Invalid => {
            let faults = output::plural(answer.faults.len(), "fault");
            format!("invalid: {faults} in `{place}`\n  {advice}")
        }
        Verdict::Behind(older) => {
            format!("behind: {}\n  {advice}", lines(older))
        }
        Verdict::Stale(ended) => {
            format!("stale: {}\n  {advice}\n{}", lines(ended), whose(answer))
        }
        Verdict::Fresh { until } => good(answer, *until, when),
    };
    output::done(&text);
}

fn lines<T: ToString>(reasons: &[T]) -> String {
    let reasons: Vec<_> = reasons.iter().map(ToString::to_string).collect();
    reasons
        .join("\n  ")
        .escape_debug()
        .to_string()
        .replace("\\n", "\n")
}

/// Is this moment past, so that only a grace makes it count?
fn is_over(until: Time, when: When) -> bool {
    let (When::Now(now) | When::OfflineAt(now)) = when;
    until <= now
}

fn good(answer: &Answer, until: Option<Time>, when: When) -> String {
    let word = match (answer.vouched, &until) {
        (Vouched::Itself, _) => "consistent",
        (_, Some(_)) => "fresh",
        // Nothing in it ends, so nobody can say that it is the newest.
        (_, None) => "valid",
    };
    let until = match until {
        None => String::new(),
        Some(end) if is_over(end, when) => {
            format!(", for --max-stale counts what was good until {end}")
        }
        Some(end) => format!(", until {end}"),
    };
    let files = output::plural(answer.files, "file");
    format!(
        "{word}: {files} of {}{until}\n{}",
        answer.feed.escape_debug(),
        whose(answer)
    )
}

/// Who signed, who vouches for them, and what they say.
fn whose(answer: &Answer) -> String {
    let by = answer
        .signer
        .map_or_else(String::new, |key| key.fingerprint());
    let mut said = match answer.vouched {
        Vouched::Root => format!("  signed by {by}, for which the trusted root vouches"),
        Vouched::Authority => format!("  signed by {by}, for which the trusted authority vouches"),
        Vouched::Key => format!("  signed by {by}, which is trusted"),
        Vouched::Itself => format!(
            "  signed by the key that the copy itself carries, {by}\n  \
             compare that key with a copy from elsewhere, or name one with --root, --ca or --key"
        ),
    };
    if !answer.comment.is_empty() {
        said = format!("{said}\n  {}", answer.comment.escape_debug());
    }
    said
}

/// One document; its keys are those of docs/verify.md.
pub(super) fn json(answer: &Answer, when: When) -> Vec<u8> {
    let said = answer.said.as_ref();
    let until = match answer.verdict {
        Verdict::Fresh { until } => until,
        _ => None,
    };
    let text = |field: Option<&String>| field.cloned();
    let all = json!({
        "verdict": answer.verdict.word(),
        "reasons": reasons(answer),
        "advice": answer.advice(),
        "trusted": answer.vouched.word(),
        "feed": answer.feed,
        "signer": answer.signer.map(|key| key.fingerprint()),
        "root": answer.root,
        "seq": said.and_then(|said| said.seq),
        "issued": text(said.and_then(|said| said.issued.as_ref())),
        "expires": text(said.and_then(|said| said.expires.as_ref())),
        "until": until.map(|until| until.to_string()),
        "over": until.is_some_and(|until| is_over(until, when)),
        "files": answer.files,
        "bytes": answer.bytes,
    });
    format!("{all:#}\n").into_bytes()
}

fn reasons(answer: &Answer) -> Vec<Value> {
    let reason = |code: &str, file: Option<&str>, text: String| json!({ "code": code, "file": file, "text": text });
    match &answer.verdict {
        Verdict::Fresh { .. } => Vec::new(),
        Verdict::Invalid => answer
            .faults
            .iter()
            .map(|fault| reason(fault.code(), fault.file(), fault.to_string()))
            .collect(),
        Verdict::Stale(ended) => ended
            .iter()
            .map(|one| reason("ended", one.file.as_deref(), one.to_string()))
            .collect(),
        Verdict::Behind(older) => older
            .iter()
            .map(|one| reason("older", None, one.to_string()))
            .collect(),
    }
}
