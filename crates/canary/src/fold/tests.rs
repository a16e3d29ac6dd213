//! Owns the proof that one sentence has the same words in every dress.
//! Must never need a format: texts are lines here.

use proptest::prelude::*;

use super::{fold, readings};

fn words(text: &str) -> String {
    String::from_utf8(fold(text.as_bytes())).expect("text")
}

#[test]
fn the_same_sentence_has_the_same_words_in_every_dress() {
    let plain = words("Zoë's `torch_load` wrote <a & b> there.");
    for dressed in [
        "**Zoë's** [`torch\\_load`](wrote) <a & b> there",
        "Zoe\u{308}&#x27;s <code>torch_load</code> wrote &lt;a &amp; b&gt; there.",
        "&lt;p&gt;Zo&#235;&apos;s &lt;code&gt;torch_load&lt;/code&gt; wrote &amp;lt;a &amp;amp; b&amp;gt; there.",
        "Zo\\u00eb's\\n`torch_load`\\twrote\n  <a &\r\n> b> there",
        "Zo&euml;&rsquo;s torch&#95;load wr&shy;ote &lt;a &AMP; b&gt;&ensp;there",
        "ZO%C3%AB%27S%20torch_load+wrote+%3E%20b THERE",
        "Zo\u{ad}ë's torch_load wrote\u{a0}<a  b there",
    ] {
        assert_eq!(words(dressed), plain, "{dressed}");
    }
    assert_eq!(plain, " zoe s torch_load wrote b there ");
}

#[test]
fn an_entity_without_its_end_is_read_in_both_ways() {
    let all = |text: &str| {
        let all = readings(text.as_bytes());
        all.map(|words| String::from_utf8(words).expect("text"))
            .collect::<Vec<_>>()
    };
    assert_eq!(all("Zo&euml reads"), [" zo euml reads ", " zoe reads "]);
    assert_eq!(all("free(&regfree)"), [" free regfree ", " free free "]);
    assert_eq!(all("Zo&euml; &#235 a&b=c"), [" zoe e a b c "]);
}

#[test]
fn what_is_cut_off_is_no_trouble() {
    for text in [
        "&", "&amp;", "&#x", "%", "%4", "\\", "\\u12", "<", "</", "_", "a_",
    ] {
        assert!(words(text).starts_with(' '), "{text}");
    }
    assert_eq!(fold(b"a\xff\xe2\x82b"), b" a b ");
}

proptest! {
    #[test]
    fn words_are_never_glued_and_never_two_spaces_apart(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        let folded = fold(&bytes);
        prop_assert!(folded.starts_with(b" ") && folded.ends_with(b" "));
        prop_assert!(!folded.windows(2).any(|pair| pair == b"  "));
    }

    #[test]
    fn folding_words_again_changes_nothing(text in "[a-z_ ]{0,40}") {
        let once = fold(text.as_bytes());
        prop_assert_eq!(fold(&once), once);
    }
}
