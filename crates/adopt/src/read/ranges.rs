//! Owns the way from what people call versions to a range string: `1.0.x`, `< 1.0`, `2.0+`, `0.1.0-alpha.x`.
//! Must never guess which versions `latest` is.

use caveat_versions::{Ecosystem, Order};

/// The order to compare by: the ecosystem's, or else the one that most have.
pub(crate) fn order(ecosystem: Option<&str>) -> Option<Order> {
    let named = Ecosystem::parse(ecosystem.unwrap_or("crates.io"));
    named.ok().and_then(|ecosystem| ecosystem.order())
}

/// A range string, and why it is a guess if it is one.
pub(super) fn range(label: &str) -> Option<(String, Option<&'static str>)> {
    let text = label.trim().to_lowercase();
    let text = ["version ", "versions ", "v"]
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .unwrap_or(&text);
    let text = text
        .replace('≥', ">=")
        .replace('≤', "<=")
        .replace("&lt;", "<");
    if let Some(parts) = text.split_once(',').or_else(|| text.split_once(" - ")) {
        return both(parts.0, parts.1);
    }
    for (mark, words) in [
        (">=", ""),
        ("<=", ""),
        ("<", ""),
        (">=", " and newer"),
        (">=", " and later"),
        (">=", "+"),
    ] {
        let inner = if words.is_empty() {
            text.strip_prefix(mark)
        } else {
            text.strip_suffix(words)
        };
        if let Some(inner) = inner {
            let version = numbers(inner)?;
            return Some((format!("{mark} {version}"), None));
        }
    }
    for (mark, words) in [
        ("<", " and older"),
        ("<", " and earlier"),
        ("<", " and below"),
    ] {
        if let Some(inner) = text.strip_suffix(words) {
            let version = numbers(inner)?;
            return Some((format!("{mark}= {version}"), None));
        }
    }
    branch(&text)
}

/// `>= 1.0, < 2.0` and `1.0 - 1.4`.
fn both(from: &str, to: &str) -> Option<(String, Option<&'static str>)> {
    let lower = numbers(from.trim().strip_prefix(">=").unwrap_or(from))?;
    let to = to.trim();
    if let Some(upper) = to.strip_prefix('<').filter(|rest| !rest.starts_with('=')) {
        return Some((format!(">= {lower}, < {}", numbers(upper)?), None));
    }
    let upper = numbers(to.strip_prefix("<=").unwrap_or(to))?;
    Some((format!(">= {lower}, <= {upper}"), None))
}

/// `1.x`, `1.0.x`, `1.0.*`, `1.0`, `1.2.3`, `0.1.0-alpha.x`.
fn branch(text: &str) -> Option<(String, Option<&'static str>)> {
    if let Some((core, pre)) = text.split_once('-') {
        return prerelease(core, pre);
    }
    let pieces: Vec<&str> = text.split('.').collect();
    let wild = pieces.iter().position(|piece| ["x", "*"].contains(piece));
    let fixed = &pieces[..wild.unwrap_or(pieces.len())];
    let given: Option<Vec<u64>> = fixed.iter().map(|piece| number(piece)).collect();
    let given = given.filter(|given| (1..=3).contains(&given.len()))?;
    if given.len() == 3 {
        return Some((format!("= {}", numbers(text)?), None)).filter(|_| wild.is_none());
    }
    let mut next = given.clone();
    if let Some(last) = next.last_mut() {
        *last = last.checked_add(1)?;
    }
    let guess = wild
        .is_none()
        .then_some("read as the whole line of versions");
    Some((format!(">= {}, < {}", filled(&given), filled(&next)), guess))
}

/// All of one kind of pre-release: up to the next kind.
fn prerelease(core: &str, pre: &str) -> Option<(String, Option<&'static str>)> {
    let core = numbers(core)?;
    let Some(kind) = pre.strip_suffix(".x").or_else(|| pre.strip_suffix(".*")) else {
        let plain = !pre.is_empty()
            && pre
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'.');
        return plain.then(|| (format!("= {core}-{pre}"), None));
    };
    let next = match kind {
        "alpha" => format!("{core}-beta"),
        "beta" => format!("{core}-rc"),
        _ => core.clone(),
    };
    let plain = !kind.is_empty() && kind.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let text = format!(">= {core}-{kind}.0, < {next}");
    plain.then_some((
        text,
        Some("every pre-release of this kind, up to the next kind"),
    ))
}

/// A version with three numbers, and what follows them.
fn numbers(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches('v');
    let (core, pre) = text
        .split_once('-')
        .map_or((text, None), |(core, pre)| (core, Some(pre)));
    let core = core.trim_end_matches(".x").trim_end_matches(".*");
    let given: Option<Vec<u64>> = core.split('.').map(number).collect();
    let core = filled(&given.filter(|given| given.len() <= 3)?);
    match pre {
        None => Some(core),
        Some(pre) => {
            let plain = !pre.is_empty()
                && pre
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'.');
            plain.then(|| format!("{core}-{pre}"))
        }
    }
}

fn number(text: &str) -> Option<u64> {
    let digits =
        !text.is_empty() && text.len() <= 9 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}

fn filled(given: &[u64]) -> String {
    let at = |at: usize| given.get(at).copied().unwrap_or(0);
    format!("{}.{}.{}", at(0), at(1), at(2))
}

#[cfg(test)]
mod tests {
    use super::range;

    #[test]
    fn what_people_call_versions_becomes_a_range() {
        for (label, expected) in [
            ("1.0.x", ">= 1.0.0, < 1.1.0"),
            ("v1.x", ">= 1.0.0, < 2.0.0"),
            ("1.*", ">= 1.0.0, < 2.0.0"),
            ("< 1.0", "< 1.0.0"),
            ("<1.0.x", "< 1.0.0"),
            ("<= 1.2", "<= 1.2.0"),
            (">= 2.0", ">= 2.0.0"),
            ("2.0+", ">= 2.0.0"),
            ("1.0 and older", "<= 1.0.0"),
            (">= 1.0, < 1.5", ">= 1.0.0, < 1.5.0"),
            ("1.0 - 1.4", ">= 1.0.0, <= 1.4.0"),
            ("1.2.3", "= 1.2.3"),
            ("0.1.0-alpha.x", ">= 0.1.0-alpha.0, < 0.1.0-beta"),
            ("< 0.1.0-alpha.2", "< 0.1.0-alpha.2"),
        ] {
            assert_eq!(range(label).expect(label).0, expected, "{label}");
        }
        assert_eq!(
            range("1.0"),
            Some((
                ">= 1.0.0, < 1.1.0".to_owned(),
                Some("read as the whole line of versions")
            ))
        );
    }

    #[test]
    fn what_names_no_versions_becomes_none() {
        for label in [
            "latest",
            "main",
            "all",
            "",
            "x",
            "1.0.0.0.0",
            "> 1.0",
            "99999999999.x",
            "1.2.3.x",
            "-",
            "<",
        ] {
            assert_eq!(range(label), None, "{label}");
        }
    }
}
