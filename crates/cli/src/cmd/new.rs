//! Owns `caveat new`: a draft from flags, and on a terminal from answers.
//! Must never overwrite a file, or write down a package or severity that the project does not know.

use std::io::{BufRead, IsTerminal as _, Write};
use std::process::ExitCode;

use caveat_advisory::{Draft, PackageRef, Project, nearest};
use caveat_author::{Start, draft, slug};

use super::now;
use crate::args::Args;
use crate::desk::{DRAFTS, Desk, judged, unwritten};
use crate::failure::Failure;
use crate::output;
use crate::pen::{self, Sheet};

/// What is known of the new advisory.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Writes advisories/drafts/TITLE.toml and prints its path. On a terminal it asks for what no flag
gives; an empty answer leaves the place for later. What is needed and not known is `TODO`, and
`caveat check` names each.

Examples:
  caveat new
  caveat new --title 'Crafted file overwrites memory' --severity high \\
    --package torch --versions '< 2.0.0'"
)]
pub(crate) struct New {
    /// One line of plain text
    #[arg(long)]
    title: Option<String>,
    /// A severity class of caveat.toml
    #[arg(long, value_name = "CLASS")]
    severity: Option<String>,
    /// Key of an affected package of caveat.toml; may be repeated
    #[arg(long = "package", value_name = "KEY")]
    packages: Vec<String>,
    /// Ecosystem of an affected package that caveat.toml does not list
    #[arg(long, requires = "name")]
    ecosystem: Option<String>,
    /// Its name there
    #[arg(long, requires = "ecosystem")]
    name: Option<String>,
    /// Affected versions such as `>= 1.2.0, < 1.4.1`, of every package named; once for each branch
    #[arg(long, value_name = "RANGE")]
    versions: Vec<String>,
    /// CVE, GHSA or other id of the same flaw; may be repeated
    #[arg(long = "alias", value_name = "ID")]
    aliases: Vec<String>,
    /// One sentence: what an attacker gains
    #[arg(long)]
    impact: Option<String>,
    /// Markdown: what goes wrong, and where
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,
}

pub(crate) fn run(args: &Args, new: &New) -> Result<ExitCode, Failure> {
    let mut desk = Desk::without_past(args)?;
    let project = match desk.project() {
        Ok(project) => project,
        Err(report) => return Ok(unwritten(&report)),
    };
    let project = project.data();
    let mut start = start(new);
    known(&start, project)?;
    if std::io::stdin().is_terminal() {
        let mut talk = Talk {
            answers: std::io::stdin().lock(),
            questions: anstream::stderr().lock(),
        };
        talk.complete(&mut start, project);
    }
    let path = format!("{DRAFTS}{}.toml", name(&start));
    let text = draft(&start, project);
    pen::write(&[Sheet {
        path: desk.root.join(&path),
        bytes: text.clone().into_bytes(),
        instead_of: None,
    }])?;
    output::data(format!("{path}\n").as_bytes())?;
    let bytes = text.into_bytes();
    desk.input.advisories.push(Draft {
        path: path.clone(),
        bytes,
    });
    let left = judged(desk.input, now(), |other| other == path);
    output::report(&left);
    Ok(ExitCode::SUCCESS)
}

fn start(new: &New) -> Start {
    let keys = new.packages.iter().cloned().map(PackageRef::Key);
    let named = new.ecosystem.clone().zip(new.name.clone());
    let named = named.map(|(ecosystem, name)| PackageRef::Named { ecosystem, name });
    Start {
        title: new.title.clone(),
        severity: new.severity.clone(),
        packages: keys.chain(named).collect(),
        versions: new.versions.clone(),
        aliases: new.aliases.clone(),
        impact: new.impact.clone(),
        description: new.description.clone(),
    }
}

/// Name of the file: from the title, else from whatever is known.
fn name(start: &Start) -> String {
    let package = start.packages.first().map(|package| match package {
        PackageRef::Key(key) => key,
        PackageRef::Named { name, .. } => name,
    });
    let known = [start.title.as_ref(), start.aliases.first(), package];
    let slug = known.into_iter().flatten().find_map(|name| slug(name));
    slug.unwrap_or_else(|| "untitled".to_owned())
}

/// Refuses words that the project does not know.
fn known(start: &Start, project: &Project) -> Result<(), Failure> {
    start
        .severity
        .iter()
        .try_for_each(|word| severity(word, project))?;
    start.packages.iter().try_for_each(|name| match name {
        PackageRef::Key(key) => package(key, project),
        PackageRef::Named { .. } => Ok(()),
    })
}

fn severity(word: &str, project: &Project) -> Result<(), Failure> {
    let classes = project.policy.severities.iter();
    one_of(
        "severity",
        word,
        &classes.map(|class| class.id.as_str()).collect::<Vec<_>>(),
    )
}

fn package(word: &str, project: &Project) -> Result<(), Failure> {
    let packages = project.packages.iter();
    one_of(
        "package",
        word,
        &packages
            .map(|package| package.key.as_str())
            .collect::<Vec<_>>(),
    )
}

fn one_of(what: &'static str, word: &str, known: &[&str]) -> Result<(), Failure> {
    if known.contains(&word) {
        return Ok(());
    }
    let hint = match nearest(word, known.iter().copied()) {
        Some(near) => format!("; did you mean `{near}`?"),
        None => format!("; caveat.toml has: {}", known.join(", ")),
    };
    Err(Failure::UnknownWord {
        what,
        word: word.to_owned(),
        hint,
    })
}

/// Questions to somebody at a terminal.
struct Talk<A, Q> {
    answers: A,
    questions: Q,
}

impl<A: BufRead, Q: Write> Talk<A, Q> {
    /// Asks for what is not known yet.
    fn complete(&mut self, start: &mut Start, project: &Project) {
        let any = |_: &str| Ok(());
        let classes = project.policy.severities.iter();
        let classes: Vec<&str> = classes.map(|class| class.id.as_str()).collect();
        if start.title.is_none() {
            start.title = self.ask("Title, one line", any);
        }
        if start.severity.is_none() {
            let question = format!("Severity ({})", classes.join(", "));
            start.severity = self.ask(&question, |word| severity(word, project));
        }
        if start.packages.is_empty() {
            let keys = self.list("Affected package, a key of caveat.toml", |word| {
                package(word, project)
            });
            start.packages = keys.into_iter().map(PackageRef::Key).collect();
        }
        if start.versions.is_empty() {
            start.versions = self.list("Affected versions, such as `>= 1.2.0, < 1.4.1`", any);
        }
        if start.aliases.is_empty() {
            start.aliases = self.list("Other id of the flaw, such as a CVE", any);
        }
        if start.impact.is_none() {
            start.impact = self.ask("Impact, one sentence: what an attacker gains", any);
        }
    }

    /// One answer; again while it is refused, nothing where it is empty.
    fn ask(
        &mut self,
        question: &str,
        judge: impl Fn(&str) -> Result<(), Failure>,
    ) -> Option<String> {
        loop {
            let answer = self.line(question)?;
            match judge(&answer) {
                Ok(()) => return Some(answer),
                Err(refusal) => drop(writeln!(self.questions, "{refusal}")),
            }
        }
    }

    /// Answers until one is empty.
    fn list(&mut self, question: &str, judge: impl Fn(&str) -> Result<(), Failure>) -> Vec<String> {
        let mut answers = Vec::new();
        let mut question = question.to_owned();
        while let Some(answer) = self.ask(&question, &judge) {
            answers.push(answer);
            "Another, or nothing".clone_into(&mut question);
        }
        answers
    }

    fn line(&mut self, question: &str) -> Option<String> {
        let asked = write!(self.questions, "{question}: ").and_then(|()| self.questions.flush());
        asked.ok()?;
        let mut line = String::new();
        self.answers.read_line(&mut line).ok()?;
        let line = line.trim();
        (!line.is_empty()).then(|| line.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use caveat_advisory::Document;
    use caveat_diag::Report;

    const PROJECT: &str = "[feed]\nname = 'T'\nurl = 'https://t.example.org'\nid-prefix = 'x_T'\nlicense = 'MIT'\n[[package]]\necosystem = 'PyPI'\nname = 'torch'\n[policy]\n[[policy.severity]]\nid = 'high'\ndefinition = 'Soon.'\n";

    fn talk(answers: &str, start: &mut Start) -> String {
        let bytes = PROJECT.as_bytes().to_vec();
        let path = "caveat.toml".to_owned();
        let project = Document::<Project>::read(Draft { path, bytes }, &mut Report::default());
        let mut questions = Vec::new();
        let answers = answers.as_bytes();
        let mut talk = Talk {
            answers,
            questions: &mut questions,
        };
        talk.complete(start, project.expect("a good project").data());
        String::from_utf8(questions).expect("text")
    }

    #[test]
    fn what_is_not_known_is_asked_for_and_slips_are_asked_again() {
        let mut start = Start {
            title: Some("T".to_owned()),
            ..Start::default()
        };
        let said = talk("hihg\nhigh\ntorch\n\n< 1\n< 2\n\n\n\n", &mut start);
        assert!(
            !said.contains("Title") && said.contains("did you mean `high`?"),
            "{said}"
        );
        assert_eq!(start.severity.as_deref(), Some("high"));
        assert_eq!(start.packages, [PackageRef::Key("torch".to_owned())]);
        assert_eq!(start.versions, ["< 1", "< 2"]);
        assert!(start.aliases.is_empty() && start.impact.is_none());
    }

    #[test]
    fn whoever_hangs_up_gets_what_was_said_so_far() {
        let mut start = Start::default();
        talk("A title\nhi", &mut start);
        assert_eq!(start.title.as_deref(), Some("A title"));
        assert_eq!(start.severity, None);
    }
}
