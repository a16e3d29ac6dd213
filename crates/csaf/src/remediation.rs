//! Owns what to do, for which products: the sentences of the page, and the words of caveat for why there is no fix.
//! Must never promise a fix for versions that have none.

use caveat_advisory::Affected;
use caveat_check::Entry;
use caveat_texts::Texts;
use caveat_words::actions;

use crate::model::Remediation;
use crate::product::{Product, Row, Status, affected};

/// What to do for every product that has the flaw, then what helps without an upgrade.
pub(crate) fn remediations<'e>(entry: &'e Entry, rows: &'e [Row<'e>]) -> Vec<Remediation<'e>> {
    let actions = actions(Texts::english(), entry);
    let mut all: Vec<Remediation<'e>> = Vec::new();
    for (at, row) in rows.iter().filter_map(|row| Some((row.affected?, row))) {
        let written = &entry.advisory.affected[at];
        all.extend(upgrades(&actions[at].sentence(), written, &row.products));
    }
    let hit = affected(rows);
    let workaround = entry.advisory.workaround.as_deref();
    all.extend(
        workaround
            .filter(|_| !hit.is_empty())
            .map(|text| Remediation {
                category: "workaround",
                details: text.trim().into(),
                product_ids: hit.clone(),
            }),
    );
    all
}

/// One remedy for what a release fixes, one for what none does.
fn upgrades<'e>(
    sentence: &str,
    written: &'e Affected,
    products: &'e [Product],
) -> impl Iterator<Item = Remediation<'e>> + use<'e> {
    let ids = |fixed: bool| {
        let chosen = products
            .iter()
            .filter(move |one| one.status == Status::Affected { fixed });
        chosen.map(|one| one.id.as_str()).collect::<Vec<_>>()
    };
    let (category, details) = match written.no_fix.as_deref() {
        Some(reason) => ("no_fix_planned", reason.trim().into()),
        None => ("none_available", sentence.to_owned().into()),
    };
    let fix = Remediation {
        category: "vendor_fix",
        details: sentence.to_owned().into(),
        product_ids: ids(true),
    };
    let none = Remediation {
        category,
        details,
        product_ids: ids(false),
    };
    let both = [fix, none].into_iter();
    both.filter(|remedy| !remedy.product_ids.is_empty())
}
