//! Owns what pages are made of, for a look at names that costs no rendering.
//! Must never leave out a text that a page could show.

use caveat_canary::Withheld;
use rayon::prelude::*;

use crate::candidate::Candidate;
use crate::rule::Facts;
use crate::withheld::shown_in;

/// All that pages are made of, but for caveat.toml, which names nobody that is still looked for.
pub(crate) fn look_into(facts: &Facts<'_>, public: &[&Candidate], withheld: &mut Withheld) {
    let nameless: Vec<String> = public.par_iter().map(|one| nameless(one)).collect();
    let templates = facts.templates.values().collect::<Vec<_>>();
    let sources = nameless.par_iter().map(String::as_bytes);
    let sources = sources.chain(templates.par_iter().map(|bytes| bytes.as_slice()));
    let credits = public.iter().flat_map(|one| &one.advisory().credits);
    let shown = credits.flat_map(|credit| {
        let places = shown_in(credit, |place| facts.policy().names_in(place));
        let texts: Vec<&str> = credit
            .name
            .iter()
            .chain(&credit.url)
            .map(String::as_str)
            .collect();
        places
            .into_iter()
            .flat_map(move |place| texts.clone().into_iter().map(move |text| (text, place)))
    });
    withheld.look_into(sources, shown);
}

/// The file without who is credited and how that is known.
fn nameless(candidate: &Candidate) -> String {
    let document = &candidate.document;
    let mut text = document.source().text().to_owned();
    let count = candidate.advisory().credits.len();
    let fields = (0..count)
        .flat_map(|at| ["name", "url", "evidence"].map(|field| format!("credit[{at}].{field}")));
    let written = fields.filter(|field| document.has(field));
    let mut ranges: Vec<_> = written.map(|field| document.at(&field).range()).collect();
    ranges.sort_by_key(|range| std::cmp::Reverse(range.start));
    for range in ranges {
        text.replace_range(range, "\"\"");
    }
    text
}
