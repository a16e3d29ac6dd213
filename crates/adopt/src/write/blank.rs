//! Owns the `caveat.toml` of a new repository: the least that is needed, and every other promise as a comment.
//! Must never promise anything in the author's name.

use crate::facts::Facts;
use crate::settings::Settings;
use crate::write::feed;
use crate::write::sheet::Sheet;

/// Promises to take up or out. `caveat check` reads a comment as nothing.
const PROMISES: &str = r#"
[[policy.severity]]                     # highest first; the words are yours to change
id = "critical"
label = "Critical"
definition = "Strangers can run code or read everything in a usual installation. Act today."
cvss = [9.0, 10.0]
# fix = "7 d"                           # a promise: from the report to the fix

[[policy.severity]]
id = "high"
label = "High"
definition = "Serious harm, but not for everybody or not by everybody. Act this week."
cvss = [7.0, 8.9]

[[policy.severity]]
id = "medium"
label = "Medium"
definition = "Limited harm, or serious harm under unusual conditions. Act with the next update."
cvss = [4.0, 6.9]

[[policy.severity]]
id = "low"
label = "Low"
definition = "Little harm. Worth knowing."
cvss = [0.1, 3.9]
"#;

const MORE: &str = r#"
# Promises: take out the `# ` of those that you make. `caveat explain policy` says what each key is.
#
# [policy.document]
# version = "1"
# updated = 2026-01-31
# next-review = 2027-01-31
#
# [[policy.support]]
# versions = ">= 1.0.0"
# label = "1.x"
# status = "full"
#
# [policy.report]
# wanted = ["Steps to reproduce", "Affected versions"]
# never = ["public issues"]
#
# [policy.clock]
# acknowledge = "48 h"
# assess = "7 d"
#
# [policy.disclosure]
# longest = "90 d"
# exploited = "7 d"
#
# [policy.credit]
# places = ["advisory", "release-notes"]
"#;

pub(crate) fn blank(settings: &Settings) -> String {
    let mut sheet = Sheet::bare();
    sheet.remark(
        "What is published, about which packages, and what is promised. `caveat check` judges it.",
    );
    feed::write(&mut sheet, &Facts::default(), settings);
    sheet.gap();
    sheet.line("[policy]");
    let mut text = sheet.finish();
    text.push_str(PROMISES);
    text.push_str("\n[[policy.contact]]\n");
    text.push_str("# to be filled in: where to report\nname = \"Security team\"\nurl = \"mailto:security@example.org\"\n");
    text.push_str(MORE);
    text
}
