//! Owns the text of a new draft: what is known, and a place for everything else.
//! Must never invent a fact: what is needed and unknown is `TODO`, which `check` refuses.

use caveat_advisory::{ADVISORY, CreditRole, Form, Package, PackageRef, Project, ReferenceType};
use toml_edit::{Array, Value};

use crate::assign::PLACE_FOR_ID;

/// What is known of a new advisory.
#[derive(Clone, Debug, Default)]
pub struct Start {
    /// One line.
    pub title: Option<String>,
    /// A class of the policy.
    pub severity: Option<String>,
    /// Affected packages.
    pub packages: Vec<PackageRef>,
    /// Ranges, the same for every package.
    pub versions: Vec<String>,
    /// Other names of the flaw.
    pub aliases: Vec<String>,
    /// One sentence.
    pub impact: Option<String>,
    /// Markdown.
    pub description: Option<String>,
}

const TODO: &str = "TODO";

/// The text of a draft, in canonical form.
pub fn draft(start: &Start, project: &Project) -> String {
    let mut text = PLACE_FOR_ID.to_owned();
    needed(&mut text, &ADVISORY, "title", start.title.as_deref());
    severity(&mut text, start, project);
    text += "# cvss = [\"CVSS:4.0/...\"]\n# cwe = [\"CWE-...\"]\n";
    text += &match &start.aliases[..] {
        [] => "# aliases = [\"CVE-...\", \"GHSA-...\"]\n".to_owned(),
        aliases => pair("aliases", list(aliases)),
    };
    needed(&mut text, &ADVISORY, "impact", start.impact.as_deref());
    let description = start.description.as_deref();
    needed(&mut text, &ADVISORY, "description", description);
    for key in ["affected-if", "workaround"] {
        text += &format!("# {key} = '''...'''   # {}\n", says(&ADVISORY, key));
    }
    affected(&mut text, start);
    references(&mut text, start, project);
    text + &rest()
}

/// Here the words themselves help more than the form.
fn severity(text: &mut String, start: &Start, project: &Project) {
    let classes = project.policy.severities.iter();
    let classes: Vec<&str> = classes.map(|class| class.id.as_str()).collect();
    *text += &match &start.severity {
        Some(severity) => pair("severity", severity),
        None => format!("severity = \"{TODO}\"   # {}\n", classes.join(" ")),
    };
}

/// Tables that most advisories have in the end.
fn rest() -> String {
    format!(
        r#"
# [[reference]]
# type = "fix"   # {}
# url = "https://..."

# [[credit]]
# name = "..."
# role = "finder"   # {}
# consent = ["advisory", "release-notes", "thanks"]   # where the name may appear; absent = nowhere

# [timeline]
# reported = 2026-01-31T09:00:00Z
# fixed = 2026-01-31T09:00:00Z
# disclosed = 2026-01-31T09:00:00Z
"#,
        ReferenceType::WORDS.join(" "),
        CreditRole::WORDS.join(" "),
    )
}

fn affected(text: &mut String, start: &Start) {
    let form = ADVISORY.key("affected").and_then(|key| key.shape.form());
    let form = form.unwrap_or(&ADVISORY);
    if start.packages.is_empty() {
        *text += "\n[[affected]]\n";
        needed(text, form, "package", None);
        versions(text, form, start);
    }
    for package in &start.packages {
        *text += "\n[[affected]]\n";
        match package {
            PackageRef::Key(key) => *text += &pair("package", key),
            PackageRef::Named { ecosystem, name } => {
                *text += &pair("ecosystem", ecosystem);
                *text += &pair("name", name);
            }
        }
        versions(text, form, start);
    }
}

fn versions(text: &mut String, form: &Form, start: &Start) {
    *text += &match &start.versions[..] {
        [] => format!("versions = [\"{TODO}\"]   # {}\n", says(form, "versions")),
        versions => pair("versions", list(versions)),
    };
    *text += "# fixed-by = [\"<40 hexadecimal digits>\"]\n";
}

/// Where the packages are at home, each once.
fn references(text: &mut String, start: &Start, project: &Project) {
    let mut links: Vec<&str> = Vec::new();
    for package in &start.packages {
        let declared = project
            .packages
            .iter()
            .find(|declared| names(package, declared));
        let link = declared.and_then(|declared| declared.repository.as_deref());
        links.extend(link.filter(|link| !links.contains(link)));
    }
    for link in links {
        *text += &format!("\n[[reference]]\ntype = \"package\"\n{}", pair("url", link));
    }
}

fn names(reference: &PackageRef, package: &Package) -> bool {
    match reference {
        PackageRef::Key(key) => *key == package.key,
        PackageRef::Named { ecosystem, name } => {
            *ecosystem == package.ecosystem && *name == package.name
        }
    }
}

/// A key that is needed: where its value is not known, its line says what is wanted.
fn needed(text: &mut String, form: &Form, key: &str, value: Option<&str>) {
    *text += &match value {
        Some(value) => pair(key, value),
        None => format!("{key} = \"{TODO}\"   # {}\n", says(form, key)),
    };
}

/// What the form says a key is for.
fn says(form: &Form, key: &str) -> &'static str {
    form.key(key).map_or("", |key| key.says)
}

fn pair(key: &str, value: impl Into<Value>) -> String {
    format!("{key} = {}\n", value.into())
}

fn list(items: &[String]) -> Array {
    items.iter().collect()
}

/// A file name from a title: small letters, digits and hyphens.
pub fn slug(title: &str) -> Option<String> {
    const LONGEST: usize = 60;
    let words = title.split(|c: char| !c.is_ascii_alphanumeric());
    let mut slug = String::new();
    for word in words.filter(|word| !word.is_empty()) {
        if !slug.is_empty() && slug.len() + word.len() >= LONGEST {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug += &word.to_ascii_lowercase();
    }
    slug.truncate(LONGEST);
    (!slug.is_empty()).then_some(slug)
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn a_slug_has_whole_words_that_any_file_system_takes() {
        assert_eq!(
            slug("`torch.load` runs Code!").as_deref(),
            Some("torch-load-runs-code")
        );
        assert_eq!(slug("../../etc/passwd").as_deref(), Some("etc-passwd"));
        assert_eq!(slug(&"word ".repeat(30)).map(|slug| slug.len()), Some(59));
        assert_eq!(slug(&"w".repeat(300)).map(|slug| slug.len()), Some(60));
        assert_eq!(slug("…"), None);
    }
}
