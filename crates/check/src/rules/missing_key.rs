//! Owns the page of the rule `missing-key`: every key that readers need is there.
//! Must never judge: whoever reads the file says it.

use caveat_diag::Level;

use crate::rule::{Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "missing-key",
    says: "every key that readers need is there",
    why: "Pages, records and mails are built from these; there is no sensible value to put in their place.",
    example: r#"# without impact
"#,
    instead: r#"impact = "Whoever supplies the file can run code."
"#,
    level: Level::Error,
    firm: true,
    run: Run::Reading,
};
