//! Owns the question: can any text be read as another package than its package URL says?
//! Must never hold a package URL that was not read from the text.
#![no_main]

use caveat_versions::{Coordinate, purl};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(read) = Coordinate::parse(text) else {
        return;
    };
    assert!(!read.name.is_empty() && read.name.is_ascii() && !read.version.is_empty());
    // What was understood, written out, is understood alike.
    let again = Coordinate::parse(&read.to_string());
    assert_eq!(again.as_ref(), Ok(&read), "from {text:?}");
    if let Some(url) = purl(&read.ecosystem, &read.name) {
        assert!(url.bytes().all(|byte| byte.is_ascii_graphic()), "{url}");
        if let Ok(same) = Coordinate::parse(&format!("{url}@1")) {
            assert_eq!(purl(&same.ecosystem, &same.name), Some(url), "from {text:?}");
        }
    }
});
