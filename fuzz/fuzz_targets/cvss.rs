//! Owns the question: can any text pass for a CVSS vector, or get a score that its published form does not have?
//! Must never judge the score itself: interop does, with other programs.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(score) = caveat_check::score(text) else {
        return;
    };
    assert!((0.0..=10.0).contains(&score.score), "{score:?} from {text:?}");
    assert!(score.vector.is_ascii());
    assert_eq!(caveat_check::score(&score.vector), Ok(score), "from {text:?}");
});
