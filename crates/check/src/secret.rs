//! Owns what keys, tokens and passwords look like.
//! Must never hand out a secret, only where it stands: what is printed is printed into logs.

use std::ops::Range;

use crate::phrases::Phrases;

/// Something that should not be known.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Secret {
    /// Where it stands.
    pub(crate) place: Range<usize>,
    /// What it is, with its article.
    pub(crate) kind: &'static str,
}

/// A prefix, how many letters and digits follow it at least, and what that is.
const TOKENS: [(&str, usize, &str); 18] = [
    ("AKIA", 16, "an access key of AWS"),
    ("ASIA", 16, "an access key of AWS"),
    ("ghp_", 36, "a token of GitHub"),
    ("gho_", 36, "a token of GitHub"),
    ("ghu_", 36, "a token of GitHub"),
    ("ghs_", 36, "a token of GitHub"),
    ("ghr_", 36, "a token of GitHub"),
    ("github_pat_", 40, "a token of GitHub"),
    ("glpat-", 20, "a token of GitLab"),
    ("xoxb-", 24, "a token of Slack"),
    ("xoxp-", 24, "a token of Slack"),
    ("xoxa-", 24, "a token of Slack"),
    ("xapp-", 24, "a token of Slack"),
    ("AIza", 35, "a key of Google"),
    ("npm_", 36, "a token of npm"),
    ("pypi-AgEIcHlwaS5vcmc", 50, "a token of PyPI"),
    ("hf_", 34, "a token of Hugging Face"),
    ("sk_live_", 24, "a key of Stripe"),
];
const NAMES: [&str; 9] = [
    "password",
    "passwd",
    "pwd",
    "secret",
    "token",
    "api_key",
    "apikey",
    "api-key",
    "access_key",
];

/// One of these is in every secret: most texts hold none, and are done with.
static SIGNS: Phrases = Phrases::folded(&[
    "-----begin ",
    "akia",
    "asia",
    "ghp_",
    "gho_",
    "ghu_",
    "ghs_",
    "ghr_",
    "github_pat_",
    "glpat-",
    "xoxb-",
    "xoxp-",
    "xoxa-",
    "xapp-",
    "aiza",
    "npm_",
    "pypi-",
    "hf_",
    "sk_live_",
    "eyj",
    "passw",
    "pwd",
    "secret",
    "token",
    "api_key",
    "apikey",
    "api-key",
    "access_key",
]);

/// Every secret in a text.
pub(crate) fn secrets(text: &str) -> Vec<Secret> {
    if !SIGNS.any(text) {
        return Vec::new();
    }
    let mut found: Vec<Secret> = private_keys(text).collect();
    if !has_candidate(text) {
        return found;
    }
    for (prefix, least, kind) in TOKENS {
        let places = text
            .match_indices(prefix)
            .map(|(at, _)| (at, at + prefix.len()));
        let places = places.filter_map(|(at, start)| token(text, at, start, least));
        found.extend(places.map(|place| Secret { place, kind }));
    }
    found.extend(web_tokens(text));
    found.extend(passwords(text));
    // `token = "ghp_.."` is one secret: the sort is stable, so the token stays.
    found.sort_by_key(|secret| secret.place.start);
    found.dedup_by(|later, kept| later.place.start < kept.place.end);
    found
}

/// Is there a run of signs that could be a secret at all? Most texts have none, and are done with.
fn has_candidate(text: &str) -> bool {
    let (mut length, mut digit) = (0, false);
    text.bytes().any(|byte| {
        let inner = byte.is_ascii_alphanumeric() || b"+/=_!@#^&*-.".contains(&byte);
        length = if inner { length + 1 } else { 0 };
        digit = inner && (digit || byte.is_ascii_digit());
        digit && length >= 12
    })
}

fn is_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_-".contains(&byte)
}

fn token(text: &str, at: usize, start: usize, least: usize) -> Option<Range<usize>> {
    let body = text[start..]
        .bytes()
        .take(300)
        .take_while(|byte| is_part(*byte))
        .count();
    let before = text[..at].bytes().next_back().is_some_and(is_part);
    let exact = !text[at..start].starts_with('A') || body == least;
    let good = !before && body >= least && exact && is_random(&text[start..start + body]);
    good.then_some(at..start + body)
}

/// No placeholder: many different signs, some of them digits, and no word that says so.
fn is_random(body: &str) -> bool {
    let mut signs: Vec<u8> = body.bytes().collect();
    let digits = signs.iter().any(u8::is_ascii_digit);
    signs.sort_unstable();
    signs.dedup();
    let lower = body.to_ascii_lowercase();
    let words = [
        "example",
        "xxxx",
        "your",
        "redacted",
        "1234567",
        "abcdef",
        "placeholder",
    ];
    digits && signs.len() >= 9 && !words.iter().any(|word| lower.contains(word))
}

/// The head of a private key with a key below it.
fn private_keys(text: &str) -> impl Iterator<Item = Secret> + '_ {
    let heads = text.match_indices("-----BEGIN ");
    let key = move |at: usize| {
        let (head, rest) = text[at..].split_once('\n')?;
        let head = head.trim_end();
        let body = rest.lines().next()?.trim();
        let base64 = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte);
        let named = head.ends_with("PRIVATE KEY-----") || head.ends_with("PRIVATE KEY BLOCK-----");
        let holds = named && head.len() < 60 && body.len() >= 40 && body.bytes().all(base64);
        holds.then_some(at..at + head.len())
    };
    let kind = "a private key";
    heads
        .filter_map(move |(at, _)| key(at))
        .map(move |place| Secret { place, kind })
}

/// Three parts in base64, the first two of which begin with `{"`.
fn web_tokens(text: &str) -> Vec<Secret> {
    let token = |at: usize| {
        let part = |byte: &u8| is_part(*byte) || *byte == b'.';
        let length = text[at..].bytes().take(4_000).take_while(part).count();
        let all = text[at..at + length].trim_end_matches('.');
        let parts: Vec<&str> = all.split('.').collect();
        let [head, claims, signature] = parts[..] else {
            return None;
        };
        let long = head.len() >= 16 && claims.len() >= 16 && signature.len() >= 32;
        let good = long && claims.starts_with("eyJ") && is_random(signature);
        good.then_some(at..at + all.len())
    };
    let heads = text.match_indices("eyJ").map(|(at, _)| at);
    let heads = heads.filter(|at| {
        !text[..*at]
            .bytes()
            .next_back()
            .is_some_and(|byte| is_part(byte) || byte == b'.')
    });
    let kind = "a signed token (JWT)";
    heads
        .filter_map(token)
        .map(|place| Secret { place, kind })
        .collect()
}

/// `password = "..."` with a value that nobody makes up for an example.
fn passwords(text: &str) -> Vec<Secret> {
    let lower = text.to_ascii_lowercase();
    let value = |end: usize| {
        let rest = text[end..].trim_start_matches(['"', '\'', ' ']);
        let rest = rest
            .strip_prefix([':', '='])?
            .trim_start_matches(['=', ' ']);
        let quote = rest.chars().next().filter(|c| "\"'".contains(*c))?;
        let inner = &rest[1..];
        let length = inner
            .bytes()
            .take(200)
            .position(|byte| byte == quote as u8)?;
        let start = text.len() - inner.len();
        is_password(&inner[..length]).then_some(start..start + length)
    };
    let kind = "a password or token";
    let hits = NAMES.iter().flat_map(|name| lower.match_indices(name));
    let found = hits.filter_map(|(at, name)| value(at + name.len()));
    found.map(|place| Secret { place, kind }).collect()
}

fn is_password(value: &str) -> bool {
    let bytes = value.as_bytes();
    let plain = bytes
        .iter()
        .all(|byte| byte.is_ascii_alphanumeric() || b"+/=_!@#^&*-".contains(byte));
    let class = |of: fn(&u8) -> bool| bytes.iter().filter(|byte| of(byte)).count() >= 2;
    let mixed =
        class(u8::is_ascii_lowercase) && class(u8::is_ascii_uppercase) && class(u8::is_ascii_digit);
    // Made-up words have few changes between letters and digits.
    let changes = bytes
        .windows(2)
        .filter(|two| two[0].is_ascii_digit() != two[1].is_ascii_digit());
    bytes.len() >= 12 && plain && mixed && changes.count() >= 4 && is_random(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RANDOM: &str = "q7Zk2Wm9Xv4Tb8Lp3Rn6Yc1Hd5Gf0Js7Ka2Qe";

    #[test]
    fn keys_and_tokens_are_known_by_their_shape() {
        for text in [
            format!("AKIA{}", "Q3RZ7WNU2LK5TMBX"),
            format!("x ghp_{}.", &RANDOM[..36]),
            format!("glpat-{}", &RANDOM[..20]),
            format!("AIza{}", &RANDOM[..35]),
            format!("hf_{}", &RANDOM[..34]),
            format!("-----BEGIN RSA PRIVATE KEY-----\n{RANDOM}ABCDEFGH\n"),
            format!("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NSJ9.{RANDOM}"),
            format!("token = 'ghp_{}'", &RANDOM[..36]),
            "API_KEY: \"vT9mK2xQ7bWz4LpR\"".to_owned(),
            "{\"password\": \"vT9mK2xQ7bWz4LpR\"}".to_owned(),
        ] {
            assert_eq!(secrets(&text).len(), 1, "{text}");
        }
    }

    #[test]
    fn every_token_and_name_has_a_sign_by_which_it_is_found() {
        let tokens = TOKENS.iter().map(|(prefix, ..)| *prefix);
        for word in tokens.chain(NAMES).chain(["-----BEGIN ", "eyJ"]) {
            assert!(SIGNS.any(word), "{word}");
        }
    }

    #[test]
    fn placeholders_hashes_and_talk_are_no_secrets() {
        for text in [
            "AKIAIOSFODNN7EXAMPLE",
            "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            "-----BEGIN PRIVATE KEY-----\nand then what?",
            "password = \"hunter2\"",
            "password = \"correct-horse-battery\"",
            "token=\"${TOKEN_FROM_ENVIRONMENT1}\"",
            "secret = 'deadbeef0123deadbeef0123'",
            "the password: it was 'Not Checked At All 123'",
            "eyJhbGciOiJub25lIn0.eyJhZG1pbiI6dHJ1ZX0.",
            "MAKIAQ3RZ7WNU2LK5TMBX",
            "ghp_ and AKIA begin tokens",
        ] {
            assert_eq!(secrets(text), [], "{text}");
        }
    }

    #[test]
    fn hostile_text_is_read_in_one_pass() {
        let hostile = "eyJ.".repeat(50_000) + &"password='".repeat(20_000);
        assert_eq!(secrets(&hostile), []);
    }
}
