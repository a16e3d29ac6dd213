//! Owns the question: can any bytes of a SECURITY.md stop the reader, or give a file that cannot be read?
//! Must never look at what was understood: the tests of the crate do.
#![no_main]

use caveat_adopt::{Origin, Settings, adopt};
use caveat_advisory::{Date, Document, Draft, Project};
use caveat_diag::{Report, emit};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let said = |text: &str| (text.to_owned(), Origin::Said);
    let settings = Settings {
        name: said("Fuzz"),
        url: said("https://fuzz.test"),
        id_prefix: said("x_FUZZ"),
        license: said("CC-BY-4.0"),
        ecosystem: None,
        packages: Vec::new(),
        repository: None,
        as_of: Date::constant(2026, 11, 21),
    };
    let mut report = Report::default();
    let text = adopt("SECURITY.md", bytes.to_vec(), &settings, &mut report);
    emit::human(&report, false);
    emit::short(&report);
    let draft = Draft {
        path: "caveat.toml".to_owned(),
        bytes: text.into_bytes(),
    };
    let mut faults = Report::default();
    assert!(Document::<Project>::read(draft, &mut faults).is_some(), "{}", emit::short(&faults));
    assert!(faults.is_empty(), "{}", emit::short(&faults));
});
