//! Owns how long something took, in the language of a page.
//! Must never round in another way than `clock` does: a test holds the catalogue against its English.

use caveat_clock::Span;
use caveat_texts::Texts;

/// `3 days`, in the unit that people would use.
pub fn span(texts: &Texts, seconds: i64) -> String {
    let (key, count) = match Span::of(seconds) {
        Span::Moment => return texts.word("span.moment"),
        Span::Minutes(count) => ("span.minutes", count),
        Span::Hours(count) => ("span.hours", count),
        Span::Days(count) => ("span.days", count),
    };
    texts.say(key, &[("count", count.into())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_says_lengths_of_time_as_the_program_says_them_elsewhere() {
        for seconds in [
            -1,
            0,
            59,
            60,
            3_599,
            3_600,
            47 * 3_600,
            172_800,
            400 * 86_400,
        ] {
            let words = caveat_clock::span_words(seconds);
            assert_eq!(span(Texts::english(), seconds), words);
        }
    }
}
