//! Owns the question: can any bytes of a foreign advisory stop the importer, or be written as something that is not read back?
//! Must never take more than one file at a time. The first byte chooses the form.
#![no_main]

use caveat_advisory::{Advisory, Document, Draft};
use caveat_diag::Report;
use caveat_import::{Form, Settings, import};
use libfuzzer_sys::fuzz_target;

const FORMS: [(Form, &str); 6] = [
    (Form::RustSec, "a.md"),
    (Form::Julia, "a.md"),
    (Form::Haskell, "a.md"),
    (Form::Osv, "a.json"),
    (Form::Osv, "a.yaml"),
    (Form::Ghsa, "a.json"),
];

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else {
        return;
    };
    let (form, path) = FORMS[usize::from(*first) % FORMS.len()];
    let settings = Settings {
        prefix: "x_T".to_owned(),
        classes: Vec::new(),
        unrated: Some("low".to_owned()),
    };
    let mut report = Report::default();
    let imported = import(form, path, rest.to_vec(), &settings, &mut report);
    assert_eq!(imported.is_none(), report.has_errors(), "either a file or a reason");
    if let Some(imported) = imported {
        assert!(!imported.path.contains("..") && !imported.path.starts_with('/'));
        let draft = Draft {
            path: imported.path,
            bytes: imported.text.into_bytes(),
        };
        let mut report = Report::default();
        assert!(Document::<Advisory>::read(draft, &mut report).is_some());
    }
});
