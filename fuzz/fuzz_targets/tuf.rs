//! Owns the question: can any bytes, as any file of The Update Framework, stop the reader, or be read as what they are not?
//! Must never have a tree that is fresh: whatever the fuzzer finds that is taken is a fault.
#![no_main]

use caveat_tuf::{Check, Draft, Memory, State, Verdict, When};
use libfuzzer_sys::fuzz_target;

/// A trusted root whose keys the fuzzer does not have.
const ROOT: &[u8] = include_bytes!("../seeds/tuf/1.root.json");

/// A tree where these bytes are the files whose names end so.
fn served(bytes: &[u8], name: &str) {
    let check = Check {
        root: ROOT,
        memory: None,
        when: When::OfflineAt("2026-11-21T12:00:00Z".parse().expect("a time")),
        max_stale: Default::default(),
    };
    let fetch = |asked: &str, _| {
        let file = if asked == "1.root.json" { Some(ROOT) } else { asked.ends_with(name).then_some(bytes) };
        Ok::<_, std::convert::Infallible>(file.map(<[u8]>::to_vec))
    };
    let Ok(outcome) = check.run(fetch);
    // Even where the bytes are the real file: what it points at is not there.
    assert!(matches!(outcome.verdict, Verdict::Invalid(_)), "{:?}", outcome.verdict);
}

fuzz_target!(|bytes: &[u8]| {
    if let Ok(memory) = Memory::read(bytes) {
        assert_eq!(memory.to_bytes(), bytes);
    }
    if let Ok(state) = State::read(bytes) {
        assert_eq!(state.to_bytes(), bytes);
    }
    if let Ok(draft) = Draft::read(bytes, None) {
        assert_eq!(draft.to_bytes(), bytes);
    }
    served(bytes, "2.root.json");
    served(bytes, "timestamp.json");
});
