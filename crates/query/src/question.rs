//! Owns a question as clients write it, and what it comes to: which package, which version, or which commit.
//! Must never take a question for another one: a key that OSV.dev does not know is refused, not passed over.

use caveat_versions::{Ecosystem, PackageUrl, UrlFault};
use serde::Deserialize;

use crate::bounded::Bounded;
use crate::{QUESTIONS, Refusal};

/// What is asked about.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// A commit, in small hexadecimal digits.
    Commit(String),
    /// A package; without an ecosystem, that of any, and without a version, all of them.
    Package {
        ecosystem: Option<Ecosystem>,
        name: String,
        version: Option<String>,
    },
    /// What no record here can be about: tags of a repository, package URLs of other worlds.
    Nothing,
}

/// A question, and after which record its answer goes on.
#[derive(Debug)]
pub(crate) struct Question {
    pub(crate) subject: Subject,
    pub(crate) page_token: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    commit: Option<String>,
    version: Option<String>,
    package: Option<Package>,
    #[serde(alias = "pageToken")]
    page_token: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Package {
    name: Option<String>,
    ecosystem: Option<String>,
    purl: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Batch {
    #[serde(default)]
    queries: Option<Bounded<Written, QUESTIONS>>,
}

/// Reads the body of `POST /v1/query`.
pub(crate) fn read(body: &[u8]) -> Result<Question, Refusal> {
    question(json(body)?)
}

/// Reads the body of `POST /v1/querybatch`: nothing of it is answered where one question is wrong.
pub(crate) fn read_batch(body: &[u8]) -> Result<Vec<Question>, Refusal> {
    let batch: Batch = json(body)?;
    let queries = batch.queries.unwrap_or_default().all();
    let queries = queries.ok_or_else(|| Refusal::invalid("too many queries"))?;
    let each = queries.into_iter().enumerate();
    each.map(|(index, written)| question(written).map_err(|refusal| refusal.at(index)))
        .collect()
}

/// What is nested too deeply, or has a key twice, is refused by the reader.
fn json<'de, T: Deserialize<'de>>(body: &'de [u8]) -> Result<T, Refusal> {
    // It would read a list as an object whose keys are left out.
    let first = body.iter().find(|byte| !byte.is_ascii_whitespace());
    if first != Some(&b'{') {
        return Err(Refusal::invalid("the body is not a JSON object"));
    }
    serde_json::from_slice(body)
        .map_err(|error| Refusal::invalid(&format!("the body cannot be read: {error}")))
}

fn question(written: Written) -> Result<Question, Refusal> {
    let page_token = written.page_token.filter(|token| !token.is_empty());
    let subject = match (written.commit, written.version) {
        (Some(_), Some(_)) => Err(Refusal::invalid("commit and version in one query")),
        (Some(commit), None) => commit_of(&commit),
        (None, version) => package(written.package, version),
    }?;
    Ok(Question {
        subject,
        page_token,
    })
}

fn commit_of(commit: &str) -> Result<Subject, Refusal> {
    let digits = commit.bytes().all(|byte| byte.is_ascii_hexdigit());
    if commit.is_empty() || commit.len() % 2 == 1 || !digits {
        return Err(Refusal::invalid("invalid hash"));
    }
    Ok(Subject::Commit(commit.to_ascii_lowercase()))
}

/// An empty text is no text, as everywhere in this form of JSON.
fn package(package: Option<Package>, version: Option<String>) -> Result<Subject, Refusal> {
    let some = |text: Option<String>| text.filter(|text| !text.is_empty());
    let package = package.ok_or_else(|| Refusal::invalid("invalid query"))?;
    let (name, ecosystem) = (some(package.name), some(package.ecosystem));
    match (some(package.purl), name, ecosystem, some(version)) {
        (Some(_), Some(_), ..) => Err(Refusal::invalid("name specified in a PURL query")),
        (Some(_), None, Some(_), _) => Err(Refusal::invalid("ecosystem specified in a PURL query")),
        (Some(url), None, None, version) => purl(&url, version),
        (None, Some(_), Some(ecosystem), _) if ecosystem == "GIT" => Ok(Subject::Nothing),
        (None, Some(name), Some(ecosystem), version) => {
            let known = Ecosystem::asked(&ecosystem);
            let known = known.map_err(|_| Refusal::invalid("invalid ecosystem"))?;
            Ok(Subject::Package {
                ecosystem: Some(known),
                name,
                version,
            })
        }
        (None, Some(name), None, Some(version)) => Ok(Subject::Package {
            ecosystem: None,
            name,
            version: Some(version),
        }),
        (None, ..) => Err(Refusal::invalid("invalid query")),
    }
}

/// A type that OSV has no ecosystem for is no fault: clients ask about everything that they find.
fn purl(url: &str, version: Option<String>) -> Result<Subject, Refusal> {
    let read = match PackageUrl::parse(url) {
        Ok(read) => read,
        Err(UrlFault::Kind) => return Ok(Subject::Nothing),
        Err(UrlFault::Form(fault)) => {
            return Err(Refusal::invalid(&format!("invalid PURL: {fault}")));
        }
    };
    if version.is_some() && read.version.is_some() {
        return Err(Refusal::invalid(
            "version specified in params and PURL query",
        ));
    }
    Ok(Subject::Package {
        ecosystem: Some(read.ecosystem),
        name: read.name,
        version: version.or(read.version),
    })
}
