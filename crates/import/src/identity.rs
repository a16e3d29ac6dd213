//! Owns what becomes of the source's id: kept where it is one of this feed, else an alias of a draft.
//! Must never let an id choose a place outside of `advisories/`.

use std::ops::Range;

use crate::Settings;
use crate::fields::Fields;
use crate::sheet::Sheet;

/// Sets id or alias, and gives the place of the file.
pub(crate) fn place(sheet: &mut Sheet, settings: &Settings, id: &str, at: Range<usize>) -> String {
    if let Some(year) = year_within(id, &settings.prefix) {
        sheet.advisory.id = Some(id.to_owned());
        return format!("{year}/{id}.toml");
    }
    if !sheet.advisory.aliases.iter().any(|alias| alias == id) {
        sheet.advisory.aliases.insert(0, id.to_owned());
    }
    let message = format!(
        "`{id}` is no id of this feed: this is a draft without id, and the source's id an alias"
    );
    sheet.note("id-foreign", "", at, &message);
    format!("drafts/{}.toml", file_name(id))
}

/// A draft has no dates of this feed; that its owner took it back must not be lost among the comments.
pub(crate) fn warn_of_withdrawal(sheet: &mut Sheet, fields: &Fields<'_>) {
    warn_of_withdrawal_at(sheet, fields, "withdrawn");
}

/// The same, where the key has another name.
pub(crate) fn warn_of_withdrawal_at(sheet: &mut Sheet, fields: &Fields<'_>, key: &str) {
    if let Some(text) = fields.written(key) {
        let message = format!(
            "the source withdrew this advisory on {}: delete this draft, or say why it stays",
            text.value
        );
        sheet.doubt("withdrawn-there", "", text.span, &message);
        if let Some(left) = fields.whole(key) {
            sheet.lose(left);
        }
    }
}

/// Is the id one of this feed?
pub(crate) fn is_own(id: &str, settings: &Settings) -> bool {
    year_within(id, &settings.prefix).is_some()
}

/// The year of an id of this feed.
fn year_within<'i>(id: &'i str, prefix: &str) -> Option<&'i str> {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (year, number) = id
        .strip_prefix(prefix)?
        .strip_prefix('-')?
        .split_once('-')?;
    let good = year.len() == 4 && digits(year) && (1..=9).contains(&number.len()) && digits(number);
    good.then_some(year)
}

/// An id as the name of a file.
fn file_name(id: &str) -> String {
    let plain = |c: char| match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' => c,
        '.' => '.',
        _ => '_',
    };
    let name: String = id.chars().take(100).map(plain).collect();
    match name.trim_start_matches('.') {
        "" => "unnamed".to_owned(),
        name => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{file_name, year_within};

    #[test]
    fn an_id_of_this_feed_has_its_prefix_a_year_and_a_number() {
        for good in ["RUSTSEC-2024-0001", "RUSTSEC-2024-1"] {
            assert_eq!(year_within(good, "RUSTSEC"), Some("2024"));
        }
        for bad in [
            "CVE-2024-0001",
            "RUSTSEC-24-1",
            "RUSTSEC-2024-",
            "RUSTSEC-2024-../x",
            "RUSTSEC",
            "",
        ] {
            assert_eq!(year_within(bad, "RUSTSEC"), None, "{bad}");
        }
    }

    #[test]
    fn no_id_leads_out_of_the_directory_of_drafts() {
        assert_eq!(file_name("SUSE-SU-2024:0001-1"), "SUSE-SU-2024_0001-1");
        assert_eq!(file_name("../../etc/passwd"), "_.._etc_passwd");
        assert_eq!(file_name(".."), "unnamed");
        assert_eq!(file_name(""), "unnamed");
    }
}
