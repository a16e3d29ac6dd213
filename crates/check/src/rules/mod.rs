//! Owns the table of rules, one file each, sorted by code.
//! Must never hold a rule's logic.

mod affected_missing;
mod alias_duplicate;
mod alias_format;
mod alias_self;
mod alias_shared;
mod alias_year;
mod calendar_zone;
mod commit;
mod commit_both;
mod commit_repeated;
mod commit_repository;
mod contact_link;
mod credit_consent;
mod credit_contact;
mod credit_duplicate;
mod credit_placeholder;
mod cvss;
mod cvss_extra_metrics;
mod cvss_v3_missing;
mod cvss_zero;
mod cwe;
mod cwe_discouraged;
mod cwe_missing;
mod date_ancient;
mod description_heading;
mod description_short;
mod draft_id;
mod duplicate_id;
mod embargo;
mod embargo_ended;
mod embargo_long;
mod feed_license;
mod feed_url;
mod file_name;
mod file_too_large;
mod function_crate;
mod function_duplicate;
mod function_syntax;
mod future_date;
mod hidden_advisory;
mod hidden_characters;
mod id_format;
mod id_missing;
mod id_prefix;
mod id_year;
mod impact_repeats_title;
mod impact_sentence;
mod late_reason_idle;
mod late_reason_missing;
mod link;
mod link_http;
mod link_internal;
mod link_tracking;
mod mail;
mod missing_key;
mod not_utf8;
mod package_list;
mod package_repository_missing;
mod package_spelling;
mod package_unknown;
mod placeholder_text;
mod policy;
mod policy_bands;
mod policy_contact_example;
mod private_key;
mod project_text;
mod promise_overdue;
mod public_key;
mod range;
mod range_build_metadata;
mod range_last_affected;
mod range_many;
mod range_open;
mod range_overlap;
mod range_prerelease_fix;
mod range_spelling;
mod reference_alias;
mod reference_commit_short;
mod reference_duplicate;
mod reference_fix_missing;
mod reference_missing;
mod reference_moving;
mod reference_type;
mod related_one_way;
mod related_unknown;
mod review_overdue;
mod revision_missing;
mod revision_note_vague;
mod revision_order;
mod rule_setting;
mod severity_class;
mod severity_cvss;
mod severity_reason_idle;
mod stray_file;
mod syntax;
mod text_confusable;
mod text_credit;
mod text_email;
mod text_empty;
mod text_exploit;
mod text_html;
mod text_id;
mod text_image;
mod text_link;
mod text_link_http;
mod text_mention;
mod text_mojibake;
mod text_relative_time;
mod text_secret;
mod text_severity;
mod text_version;
mod timeline_late;
mod timeline_order;
mod timeline_updates;
mod title_capital;
mod title_duplicate;
mod title_id;
mod title_line;
mod title_long;
mod title_markdown;
mod title_shouting;
mod title_stop;
mod title_vague;
mod unknown_key;
mod version_spelling;
mod withdrawn_date;
mod withdrawn_note_missing;
mod withdrawn_successor;
mod withdrawn_successor_missing;
mod workaround_missing;
mod wrong_value;

pub(crate) use placeholder_text::is_open;

use crate::rule::Rule;

/// Every rule, by code.
pub static RULES: &[&Rule] = &[
    &affected_missing::RULE,
    &alias_duplicate::RULE,
    &alias_format::RULE,
    &alias_self::RULE,
    &alias_shared::RULE,
    &alias_year::RULE,
    &calendar_zone::RULE,
    &commit::RULE,
    &commit_both::RULE,
    &commit_repeated::RULE,
    &commit_repository::RULE,
    &contact_link::RULE,
    &credit_consent::RULE,
    &credit_contact::RULE,
    &credit_duplicate::RULE,
    &credit_placeholder::RULE,
    &cvss::RULE,
    &cvss_extra_metrics::RULE,
    &cvss_v3_missing::RULE,
    &cvss_zero::RULE,
    &cwe::RULE,
    &cwe_discouraged::RULE,
    &cwe_missing::RULE,
    &date_ancient::RULE,
    &description_heading::RULE,
    &description_short::RULE,
    &draft_id::RULE,
    &duplicate_id::RULE,
    &embargo::RULE,
    &embargo_ended::RULE,
    &embargo_long::RULE,
    &feed_license::RULE,
    &feed_url::RULE,
    &file_name::RULE,
    &file_too_large::RULE,
    &function_crate::RULE,
    &function_duplicate::RULE,
    &function_syntax::RULE,
    &future_date::RULE,
    &hidden_advisory::RULE,
    &hidden_characters::RULE,
    &id_format::RULE,
    &id_missing::RULE,
    &id_prefix::RULE,
    &id_year::RULE,
    &impact_repeats_title::RULE,
    &impact_sentence::RULE,
    &late_reason_idle::RULE,
    &late_reason_missing::RULE,
    &link::RULE,
    &link_http::RULE,
    &link_internal::RULE,
    &link_tracking::RULE,
    &mail::RULE,
    &missing_key::RULE,
    &not_utf8::RULE,
    &package_list::RULE,
    &package_repository_missing::RULE,
    &package_spelling::RULE,
    &package_unknown::RULE,
    &placeholder_text::RULE,
    &policy::RULE,
    &policy_bands::RULE,
    &policy_contact_example::RULE,
    &private_key::RULE,
    &project_text::RULE,
    &promise_overdue::RULE,
    &public_key::RULE,
    &range::RULE,
    &range_build_metadata::RULE,
    &range_last_affected::RULE,
    &range_many::RULE,
    &range_open::RULE,
    &range_overlap::RULE,
    &range_prerelease_fix::RULE,
    &range_spelling::RULE,
    &reference_alias::RULE,
    &reference_commit_short::RULE,
    &reference_duplicate::RULE,
    &reference_fix_missing::RULE,
    &reference_missing::RULE,
    &reference_moving::RULE,
    &reference_type::RULE,
    &related_one_way::RULE,
    &related_unknown::RULE,
    &review_overdue::RULE,
    &revision_missing::RULE,
    &revision_note_vague::RULE,
    &revision_order::RULE,
    &rule_setting::RULE,
    &severity_class::RULE,
    &severity_cvss::RULE,
    &severity_reason_idle::RULE,
    &stray_file::RULE,
    &syntax::RULE,
    &text_confusable::RULE,
    &text_credit::RULE,
    &text_email::RULE,
    &text_empty::RULE,
    &text_exploit::RULE,
    &text_html::RULE,
    &text_id::RULE,
    &text_image::RULE,
    &text_link::RULE,
    &text_link_http::RULE,
    &text_mention::RULE,
    &text_mojibake::RULE,
    &text_relative_time::RULE,
    &text_secret::RULE,
    &text_severity::RULE,
    &text_version::RULE,
    &timeline_late::RULE,
    &timeline_order::RULE,
    &timeline_updates::RULE,
    &title_capital::RULE,
    &title_duplicate::RULE,
    &title_id::RULE,
    &title_line::RULE,
    &title_long::RULE,
    &title_markdown::RULE,
    &title_shouting::RULE,
    &title_stop::RULE,
    &title_vague::RULE,
    &unknown_key::RULE,
    &version_spelling::RULE,
    &withdrawn_date::RULE,
    &withdrawn_note_missing::RULE,
    &withdrawn_successor::RULE,
    &withdrawn_successor_missing::RULE,
    &workaround_missing::RULE,
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
