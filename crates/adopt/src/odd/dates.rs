//! Owns what is odd about the dates and the version of the text itself.

use caveat_diag::quoted;
use caveat_versions::{Interval, Version};

use super::{Case, Finds};
use crate::read;

pub(super) fn incomplete(case: &Case<'_>, finds: &mut Finds<'_>) {
    for said in [&case.facts.updated, &case.facts.review]
        .into_iter()
        .flatten()
    {
        if said.guess.is_some() {
            let found = finds.at(&said.at, "this date has no day");
            finds.push(found.help(format!("write it whole, such as `{}`", said.value)));
        }
    }
}

pub(super) fn overdue(case: &Case<'_>, finds: &mut Finds<'_>) {
    let as_of = case.settings.as_of;
    if let Some(said) = case.facts.review.as_ref().filter(|said| said.value < as_of) {
        let found = finds.at(
            &said.at,
            format!("this review is overdue: today is {as_of}"),
        );
        finds.push(found.help("read the policy again, and set the next date"));
    }
}

pub(super) fn product(case: &Case<'_>, finds: &mut Finds<'_>) {
    let Some(said) = &case.facts.version else {
        return;
    };
    let text = said.value.trim_start_matches('v');
    // `6` counts texts; `0.1.2` is how products are counted.
    if !text.contains('.') {
        return;
    }
    let order = read::order(case.settings.ecosystem.as_deref());
    let version = order.and_then(|order| Some((order, Version::found(order, text).ok()?)));
    let row = case.facts.rows.iter().find(|row| {
        let branch = |(order, version): &(_, Version)| {
            let branch = Interval::parse(*order, &row.versions.as_ref()?.value).ok()?;
            Some(branch.contains(version) && branch.lower().is_some())
        };
        version.as_ref().and_then(branch).unwrap_or(false)
    });
    let Some(row) = row else { return };
    let message = format!(
        "{} is a version of the product, by the support table",
        quoted(&said.value)
    );
    let found = finds
        .at(&said.at, message)
        .help("count the versions of the text by themselves: 1, 2, 3");
    finds.push(finds.also(found, &row.at, "this row holds it"));
}

#[cfg(test)]
mod tests {
    use crate::tests::lines;

    #[test]
    fn a_month_is_no_date() {
        let code = "adopt-date-incomplete";
        assert_eq!(lines(code, "**Last Updated**: August 2026\n"), [1]);
        assert!(lines(code, "**Last Updated**: 2026-08-01\n").is_empty());
    }

    #[test]
    fn a_review_that_did_not_come_is_told() {
        let code = "adopt-review-overdue";
        assert_eq!(lines(code, "**Next Review**: November 2025\n"), [1]);
        assert!(lines(code, "**Next Review**: November 2026\n").is_empty());
        assert!(lines(code, "**Next Review**: 2027-01-01\n").is_empty());
    }

    #[test]
    fn the_version_of_a_text_is_its_own() {
        let code = "adopt-version-of-product";
        let table = "## Supported Versions\n\n| Version | Supported |\n|---|---|\n| 0.1.x | yes |\n\n---\n\n";
        assert_eq!(lines(code, &format!("{table}**Version**: 0.1.2\n")), [9]);
        assert!(lines(code, &format!("{table}**Version**: 3\n")).is_empty());
    }
}
