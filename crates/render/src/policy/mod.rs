//! Owns the policy as views: one tree of sentences, printed as Markdown and as pages; `security.txt`; `policy.json`.
//! Must never say in one view what another does not know, or read the time: `as_of` is an argument.

mod gfm;
mod issues;
mod json;
mod mailto;
mod open;
mod report;
mod security_txt;
mod standing;
mod support;
#[cfg(test)]
mod tests;
mod times;
mod tree;

use caveat_advisory::{Guidance, Project, Timestamp};
use caveat_texts::Texts;

pub(crate) use tree::Section;

/// What begins the part of a file that belongs to the policy, and what ends it.
pub const MARKERS: [&str; 2] = ["<!-- caveat:policy -->", "<!-- /caveat:policy -->"];

/// The same for files of YAML: lines of their own.
pub const ISSUE_MARKERS: [&str; 2] = ["# caveat:policy", "# /caveat:policy"];

/// What stands between them in GitHub's configuration of issue templates: the private ways to report, as links.
pub fn issue_links(project: &Project) -> String {
    issues::links(project)
}

/// A whole `SECURITY.md`: a title, then the policy between its markers.
pub fn security_md(project: &Project) -> String {
    let [begin, end] = MARKERS;
    let part = security_md_part(project);
    format!("# Security policy\n\n{begin}\n\n{part}\n{end}\n")
}

/// What stands between the markers: every promise, and which edition of the policy it is.
pub fn security_md_part(project: &Project) -> String {
    let policy = &project.policy;
    let mut out = String::new();
    if let Some(maturity) = &policy.maturity {
        out.push_str("> ");
        gfm::paragraph(&mut out, &vec![tree::strong(maturity)]);
    }
    out.push_str(&gfm::sections(&sections(project)));
    if !policy.guidance.is_empty() {
        let texts = Texts::english();
        out.push_str(&format!("## {}\n\n", texts.word("policy.guidance")));
        gfm::paragraph(&mut out, &tree::line(&texts.word("policy.guidance-lead")));
        out.push_str(&gfm::advice(&standing::advice(&policy.guidance)));
    }
    out.push_str("---\n\n");
    if let Some(edition) = edition(project) {
        gfm::paragraph(&mut out, &tree::line(&edition));
    }
    let home = format!("{}/policy/", project.feed.url);
    let mut line = tree::line("Written by `caveat policy` from caveat.toml; the same on the web: ");
    line.extend([tree::address(&home), tree::plain(".")]);
    gfm::paragraph(&mut out, &line);
    // A caveat.toml with carriage returns makes the same file.
    let mut out = out.replace("\r\n", "\n");
    out.truncate(out.trim_end().len());
    out + "\n"
}

/// `.well-known/security.txt`.
///
/// # Errors
/// Why it would mislead: nobody to write to, or a policy that nobody looked at in time.
pub fn security_txt(project: &Project, as_of: Timestamp) -> Result<String, String> {
    security_txt::text(project, as_of)
}

/// `policy.json`: the whole policy for machines, keys sorted.
pub fn policy_json(project: &Project) -> String {
    json::text(project)
}

/// Everything but guidance, in the order in which people need it.
pub(crate) fn sections(project: &Project) -> Vec<Section> {
    let policy = &project.policy;
    let mut sections = vec![
        support::versions(project),
        report::section(policy),
        times::answers(policy),
        support::severity(policy),
        open::disclosure(policy),
        open::places(project),
    ];
    sections.extend(standing::scope(policy));
    sections.extend(standing::credit(project));
    sections.extend(standing::safe_harbour(policy));
    sections.extend(standing::claims(policy));
    sections
}

/// Which text this is.
pub(crate) fn edition(project: &Project) -> Option<String> {
    standing::edition(project.policy.document.as_ref())
}

/// Titles of guidance as parts of paths, each once.
pub(crate) fn slugs(guidance: &[Guidance]) -> Vec<String> {
    let mut slugs: Vec<String> = Vec::with_capacity(guidance.len());
    for (at, guidance) in guidance.iter().enumerate() {
        let words = guidance.title.to_lowercase();
        let words = words.split(|c: char| !c.is_ascii_alphanumeric());
        let slug: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        let slug: String = slug.join("-").chars().take(80).collect();
        let taken = slug.is_empty() || slugs.contains(&slug);
        slugs.push(if taken {
            format!(
                "{}-{}",
                if slug.is_empty() { "guide" } else { &slug },
                at + 1
            )
        } else {
            slug
        });
    }
    slugs
}
