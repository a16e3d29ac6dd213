//! Owns the answers: which records a question gets, how many at a time, and their JSON.
//! Must never cost more than a request may, whatever is asked: what is left is on the next page.

use caveat_versions::{Ecosystem, Version};

use crate::index::{Flaw, Index, Part, Place};
use crate::question::{Question, Subject, read, read_batch};
use crate::{BATCH_PAGE, Code, LOOKS, PAGE, PAGE_BYTES, Refusal};

/// The page before the first record.
const START: &str = "-";
/// No id is longer, in bytes.
const LONGEST_ID: usize = 100;

/// What a request may still cost.
struct Budget {
    records: usize,
    bytes: usize,
    looks: usize,
}

/// Some of the records that answer a question, and where the others begin.
struct Page {
    found: Vec<Place>,
    next: Option<String>,
}

/// Answers `POST /v1/query`: whole records.
///
/// # Errors
/// A question that cannot be read, or asks for nothing.
pub fn query(index: &Index, body: &[u8]) -> Result<Vec<u8>, Refusal> {
    let question = read(body)?;
    let page = page(index, &question, &mut Budget::of(PAGE))?;
    Ok(object(&page, |place, out| {
        out.extend_from_slice(&index.flaw(place).record);
    }))
}

/// Answers `POST /v1/querybatch`: ids and times, for each question in its place.
///
/// # Errors
/// Too many questions, or one that cannot be read or asks for nothing.
pub fn query_batch(index: &Index, body: &[u8]) -> Result<Vec<u8>, Refusal> {
    let questions = read_batch(body)?;
    let mut budget = Budget::of(BATCH_PAGE);
    let mut out = b"{\"results\":[".to_vec();
    for (at, question) in questions.iter().enumerate() {
        let page = page(index, question, &mut budget).map_err(|refusal| refusal.at(at))?;
        out.extend((at > 0).then_some(b','));
        out.extend(object(&page, |place, out| brief(index.flaw(place), out)));
    }
    out.extend_from_slice(b"]}");
    Ok(out)
}

/// Answers `GET /v1/vulns/ID`: the record, withdrawn or not.
///
/// # Errors
/// There is none; the message names those that have this id as an alias.
pub fn vulnerability<'a>(index: &'a Index, id: &str) -> Result<&'a [u8], Refusal> {
    if id.len() > LONGEST_ID {
        return Err(Refusal::invalid("ID is too long"));
    }
    if let Some(place) = index.place(id) {
        return Ok(&index.flaw(place).record);
    }
    let aliases = index.with_alias(id).iter();
    let aliases: Vec<&str> = aliases.map(|place| &*index.flaw(*place).id).collect();
    let but = match aliases.join(" ") {
        none if none.is_empty() => none,
        ids => format!(", but the following aliases were: {ids}"),
    };
    let message = format!("Vulnerability not found{but}");
    Err(Refusal::new(Code::NotFound, &message))
}

impl Budget {
    fn of(records: usize) -> Self {
        Self {
            records,
            bytes: PAGE_BYTES,
            looks: LOOKS,
        }
    }

    fn is_spent(&self, found: usize) -> bool {
        found >= PAGE || self.records == 0 || self.bytes == 0 || self.looks == 0
    }

    fn spend(&mut self, record: usize) {
        self.records = self.records.saturating_sub(1);
        self.bytes = self.bytes.saturating_sub(record);
    }
}

/// The page that was asked for.
fn page(index: &Index, question: &Question, budget: &mut Budget) -> Result<Page, Refusal> {
    let token = question.page_token.as_deref();
    let from = match token {
        None | Some(START) => 0,
        Some(token) => {
            let last = index.place(token);
            1 + last.ok_or_else(|| Refusal::invalid("invalid page token"))?
        }
    };
    Ok(match &question.subject {
        Subject::Nothing => Page::empty(),
        Subject::Commit(commit) => {
            let places = index.with_commit(commit).iter();
            let rest = places.filter(|place| **place >= from);
            turn(index, rest.map(|place| (*place, true)), token, budget)
        }
        Subject::Package {
            ecosystem,
            name,
            version,
        } => {
            let sought = sought(index, ecosystem.as_ref(), name, version.as_deref(), from);
            match &*sought {
                [one] => turn(index, one.looks(), token, budget),
                many => {
                    let most = if budget.is_spent(0) { 1 } else { usize::MAX };
                    turn(index, merged(many, most), token, budget)
                }
            }
        }
    })
}

/// A package of one ecosystem that was asked about, and all that is said of it from some place of the book on.
struct Sought<'a> {
    ecosystem: Ecosystem,
    version: Option<Version>,
    parts: &'a [Part],
}

impl Sought<'_> {
    /// What to look at, and whether it is an answer.
    fn looks(&self) -> impl Iterator<Item = (Place, bool)> {
        self.parts
            .iter()
            .map(|part| (part.place, self.is_answer(part)))
    }

    fn is_answer(&self, part: &Part) -> bool {
        let version = self.version.as_ref();
        part.is_of(self.ecosystem.suffix()) && version.is_none_or(|asked| part.holds(asked))
    }
}

/// A version that an ecosystem does not have is in no range.
fn sought<'a>(
    index: &'a Index,
    ecosystem: Option<&Ecosystem>,
    name: &str,
    version: Option<&str>,
    from: Place,
) -> Vec<Sought<'a>> {
    let ecosystems = match ecosystem {
        Some(one) => vec![one.clone()],
        None => index.ecosystems().collect(),
    };
    let one = |ecosystem: Ecosystem| {
        let parts = index.parts(&ecosystem, name);
        let parts = &parts[parts.partition_point(|part| part.place < from)..];
        let version = match version.filter(|_| !parts.is_empty()) {
            Some(version) => Some(Version::asked(ecosystem.order()?, version).ok()?),
            None => None,
        };
        Some(Sought {
            ecosystem,
            version,
            parts,
        })
    };
    ecosystems.into_iter().filter_map(one).collect()
}

/// The same of several packages of one name, in the order of the book.
fn merged(sought: &[Sought<'_>], most: usize) -> impl Iterator<Item = (Place, bool)> {
    let each = sought
        .iter()
        .flat_map(|one| one.parts.iter().map(move |part| (one, part)));
    let mut all: Vec<(&Sought<'_>, &Part)> = each.take(most).collect();
    all.sort_by_key(|(_, part)| part.place);
    all.into_iter()
        .map(|(one, part)| (part.place, one.is_answer(part)))
}

/// Looks until the request may cost no more.
fn turn(
    index: &Index,
    looks: impl Iterator<Item = (Place, bool)>,
    token: Option<&str>,
    budget: &mut Budget,
) -> Page {
    let mut page = Page::empty();
    let mut seen = None;
    for (place, is_answer) in looks {
        // All that one advisory says is on one page.
        if seen != Some(place) && budget.is_spent(page.found.len()) {
            let last = seen.map(|place| &*index.flaw(place).id).or(token);
            page.next = Some(last.unwrap_or(START).to_owned());
            return page;
        }
        seen = Some(place);
        budget.looks = budget.looks.saturating_sub(1);
        if is_answer && page.found.last() != Some(&place) {
            budget.spend(index.flaw(place).record.len());
            page.found.push(place);
        }
    }
    page
}

impl Page {
    fn empty() -> Self {
        Self {
            found: Vec::new(),
            next: None,
        }
    }
}

/// One answer; what is empty is left out.
fn object(page: &Page, write: impl Fn(Place, &mut Vec<u8>)) -> Vec<u8> {
    let mut out = b"{".to_vec();
    for (at, place) in page.found.iter().enumerate() {
        out.extend_from_slice(if at == 0 { b"\"vulns\":[" } else { b"," });
        write(*place, &mut out);
    }
    out.extend((!page.found.is_empty()).then_some(b']'));
    if let Some(next) = &page.next {
        out.extend((!page.found.is_empty()).then_some(b','));
        let token = serde_json::Value::from(next.as_str());
        out.extend_from_slice(format!("\"next_page_token\":{token}").as_bytes());
    }
    out.push(b'}');
    out
}

fn brief(flaw: &Flaw, out: &mut Vec<u8>) {
    let Flaw { id, modified, .. } = flaw;
    let id = serde_json::Value::from(id.as_str());
    out.extend_from_slice(format!("{{\"id\":{id},\"modified\":\"{modified}\"}}").as_bytes());
}
