//! Owns the table of rules, one file each, sorted by code.
//! Must never hold a rule's logic.

mod affected_missing;
mod alias_duplicate;
mod alias_format;
mod alias_self;
mod commit;
mod credit_consent;
mod cvss;
mod cwe;
mod duplicate_id;
mod embargo;
mod feed;
mod file_name;
mod file_too_large;
mod future_date;
mod hidden_advisory;
mod hidden_characters;
mod id_format;
mod id_missing;
mod link;
mod mail;
mod missing_key;
mod not_utf8;
mod package_list;
mod package_spelling;
mod package_unknown;
mod placeholder_text;
mod policy;
mod private_key;
mod range;
mod range_overlap;
mod reference_duplicate;
mod revision_missing;
mod revision_order;
mod rule_setting;
mod severity_class;
mod severity_cvss;
mod stray_file;
mod syntax;
mod text_empty;
mod timeline_order;
mod title_line;
mod title_stop;
mod unknown_key;
mod version_spelling;
mod withdrawn_date;
mod withdrawn_successor;
mod wrong_value;

use crate::rule::Rule;

/// Every rule, by code.
pub static RULES: &[&Rule] = &[
    &affected_missing::RULE,
    &alias_duplicate::RULE,
    &alias_format::RULE,
    &alias_self::RULE,
    &commit::RULE,
    &credit_consent::RULE,
    &cvss::RULE,
    &cwe::RULE,
    &duplicate_id::RULE,
    &embargo::RULE,
    &feed::RULE,
    &file_name::RULE,
    &file_too_large::RULE,
    &future_date::RULE,
    &hidden_advisory::RULE,
    &hidden_characters::RULE,
    &id_format::RULE,
    &id_missing::RULE,
    &link::RULE,
    &mail::RULE,
    &missing_key::RULE,
    &not_utf8::RULE,
    &package_list::RULE,
    &package_spelling::RULE,
    &package_unknown::RULE,
    &placeholder_text::RULE,
    &policy::RULE,
    &private_key::RULE,
    &range::RULE,
    &range_overlap::RULE,
    &reference_duplicate::RULE,
    &revision_missing::RULE,
    &revision_order::RULE,
    &rule_setting::RULE,
    &severity_class::RULE,
    &severity_cvss::RULE,
    &stray_file::RULE,
    &syntax::RULE,
    &text_empty::RULE,
    &timeline_order::RULE,
    &title_line::RULE,
    &title_stop::RULE,
    &unknown_key::RULE,
    &version_spelling::RULE,
    &withdrawn_date::RULE,
    &withdrawn_successor::RULE,
    &wrong_value::RULE,
];

#[cfg(test)]
mod tests {
    use super::RULES;

    #[test]
    fn the_table_is_sorted_and_each_code_is_used_once() {
        assert!(RULES.windows(2).all(|pair| pair[0].code < pair[1].code));
    }

    #[test]
    fn every_rule_file_is_in_the_table_under_its_own_code() {
        let folder =
            std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/rules")).expect("exists");
        let names = folder.map(|entry| {
            entry
                .expect("readable")
                .file_name()
                .into_string()
                .expect("text")
        });
        let mut codes: Vec<String> = names
            .filter(|name| name != "mod.rs")
            .map(|name| name.trim_end_matches(".rs").replace('_', "-"))
            .collect();
        codes.sort();
        let table: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
        assert_eq!(codes, table);
    }
}
