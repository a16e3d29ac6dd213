//! Owns what the tests are about: a project that assigns CVE ids, and an advisory with everything that a record can hold.
//! Must never be made to fit what is written of it.

pub(super) const PROJECT: &str = r#"[feed]
name = "Test Feed"
url = "https://test.example.org"
id-prefix = "x_TEST"
license = "CC-BY-4.0"
[cve]
assigner-org-id = "c0ffee00-1234-4abc-8def-0123456789ab"
assigner-short-name = "test"
[[package]]
key = "torsh"
ecosystem = "crates.io"
name = "torsh"
title = "ToRSh"
repository = "https://github.com/example/torsh"
[[package]]
key = "torsh-py"
ecosystem = "PyPI"
name = "torsh"
title = "ToRSh for Python"
repository = "https://github.com/example/torsh"
[[package]]
key = "http"
ecosystem = "Julia"
name = "HTTP"
[policy]
[[policy.severity]]
id = "critical"
label = "Critical"
definition = "Act today."
[[policy.contact]]
name = "Team"
url = "mailto:a@test.example.org"
"#;

/// Everything that a record can hold.
pub(super) const FULL: &str = r#"id = "x_TEST-2026-0001"
title = "`load` runs code"
severity = "critical"
cvss = ["CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", "AV:N/AC:L/Au:N/C:P/I:P/A:P"]
cwe = ["CWE-502", "CWE-94"]
aliases = ["CVE-2026-12345", "GHSA-2345-6789-cfgh"]
impact = "Whoever supplies a file runs code."
description = "The file is *unpickled*."
affected-if = "You load files of others."
workaround = "Load none."
[[affected]]
package = "torsh"
versions = [">= 1.0.0, < 1.4.1", ">= 2.0.0-rc.1, < 2.1.0", ">= 3.0.0"]
functions = ["torsh::load"]
features = ["pickle"]
introduced-by = ["1111111111111111111111111111111111111111"]
fixed-by = ["2222222222222222222222222222222222222222"]
[[affected]]
package = "torsh-py"
versions = ["<= 1!4.0+l"]
no-fix = "It is no longer maintained."
[[affected]]
package = "http"
versions = ["= 1.2.3"]
[[status]]
ecosystem = "Debian:13"
name = "torsh"
state = "not-affected"
reason = "It is built without the loader."
[[status]]
package = "http"
versions = ["< 1.0.0"]
state = "not-affected"
reason = "There was no loader."
[[reference]]
type = "report"
url = "https://github.com/example/torsh/issues/1"
[[reference]]
type = "advisory"
url = "https://github.com/example/torsh/security/advisories/GHSA-2345-6789-cfgh"
[[credit]]
name = "Ä. Finder"
role = "remediation-developer"
url = "https://finder.example.org/"
consent = ["advisory"]
[[credit]]
name = "Hidden Person"
role = "reporter"
consent = ["release-notes"]
[timeline]
discovered = 2026-11-01T00:00:00Z
exploited = 2026-11-02T00:00:00Z
disclosed = 2026-11-18T00:00:00Z
[[revision]]
at = 2026-11-19T01:00:00+01:00
note = "First published."
[[revision]]
at = 2026-11-19T12:00:00Z
note = "The third branch is affected, too."
"#;

pub(super) const WITHDRAWN: &str = r#"[[revision]]
at = 2026-11-19T13:00:00Z
note = "Withdrawn: it was none."
[withdrawn]
at = 2026-11-19T13:00:00Z
reason = "not-a-vulnerability"
note = "The file is trusted."
"#;
