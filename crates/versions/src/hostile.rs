//! Owns the hostile texts that property tests read.
//! Must never read its pattern again for each text: that took longer than the tests themselves.

use proptest::string::{RegexGeneratorStrategy, string_regex};

/// Texts that fit this pattern.
pub(crate) fn texts(pattern: &str) -> RegexGeneratorStrategy<String> {
    string_regex(pattern).expect(pattern)
}
