//! Owns the proof that what was written is read as what was meant.
//! Must never let a file pass that our own reader takes otherwise.

use caveat_advisory::{Advisory, Document, Draft};
use caveat_diag::Report;

use crate::sheet::Sheet;

/// Reads the file back and compares.
pub(crate) fn is_faithful(sheet: &mut Sheet, path: &str, text: &str) -> bool {
    let mut report = Report::default();
    let draft = Draft {
        path: path.to_owned(),
        bytes: text.as_bytes().to_vec(),
    };
    let read = Document::<Advisory>::read(draft, &mut report);
    let same = read.is_some_and(|document| *document.data() == sheet.advisory);
    if !same {
        let found = report.sorted().first().map(|found| found.message.clone());
        let reason = found.unwrap_or_else(|| "it is read as something else".to_owned());
        let line = sheet.source().first_line().range();
        let message = format!("this cannot be written in our form: {reason}");
        sheet.fault("unfaithful", line, &message);
    }
    same
}
