//! Owns `caveat init`: the files of a new advisory repository, the `caveat.toml` of a SECURITY.md, or the pipelines of a host.
//! Must never overwrite a file, or write some of what belongs together.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use caveat_adopt::{LARGEST_POLICY, Origin, Settings, adopt, blank};
use caveat_advisory::Date;
use caveat_diag::{Report, emit};

use super::{as_of, now};
use crate::args::{Args, Format, Time};
use crate::ci::Host;
use crate::failure::Failure;
use crate::output;
use crate::pen::{self, Sheet};

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Without --from it writes caveat.toml, advisories/drafts/, keys/, whose own .gitignore lets no private
key in, and .gitignore; files that are there stay as they are, but for caveat.toml, which must not be there. With --from it writes caveat.toml only,
each value with the line it comes from, and reports what is odd about the text: warnings, so the exit
code is 0. Nothing is invented: what was guessed is marked `guess:`, what is needed and not known
`to be filled in:`. `caveat explain CODE` says more of an oddity. With --ci it writes the pipelines of a host, too,
and nothing else where caveat.toml is there; docs/ci.md says what the host has to be told.

Examples:
  caveat init --url https://advisories.acme.org --id-prefix x_ACME --ecosystem PyPI --package acme
  caveat init advisories --from ../acme/SECURITY.md
  caveat init --ci github
  caveat init --from SECURITY.md --dry-run --format json > oddities.json"
)]
pub(crate) struct Init {
    /// Where the advisory repository is to be
    #[arg(default_value = ".")]
    directory: PathBuf,
    /// A security policy to read
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// Pipelines for this host: publish what is merged, sign each day, judge pull requests
    #[arg(long, value_enum, value_name = "HOST")]
    ci: Option<Host>,
    /// Name of the feed [default: from the name of the directory]
    #[arg(long)]
    name: Option<String>,
    /// https address of the site that is to be
    #[arg(long)]
    url: Option<String>,
    /// What ids begin with, such as `x_ACME` [default: from the name of the directory]
    #[arg(long, value_name = "PREFIX")]
    id_prefix: Option<String>,
    /// Licence of the texts, an SPDX expression [default: CC-BY-4.0]
    #[arg(long, value_name = "SPDX")]
    license: Option<String>,
    /// OSV ecosystem of the packages
    #[arg(long, value_name = "NAME", requires = "packages")]
    ecosystem: Option<String>,
    /// A package that advisories are about; may be repeated
    #[arg(long = "package", value_name = "NAME", requires = "ecosystem")]
    packages: Vec<String>,
    /// https address of the source [default: with --from, the remote `origin` around the file]
    #[arg(long, value_name = "URL")]
    repository: Option<String>,
    /// Write nothing, and print caveat.toml; with a --format for programs, the oddities only
    #[arg(long)]
    dry_run: bool,
    /// How to print the oddities
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    #[command(flatten)]
    time: Time,
}

pub(crate) fn run(args: &Args, init: &Init) -> Result<ExitCode, Failure> {
    let root = args.directory.join(&init.directory);
    if let (Some(host), None, false) = (init.ci, &init.from, init.dry_run)
        && root.join("caveat.toml").symlink_metadata().is_ok()
    {
        return pipelines(&root, init, host);
    }
    let from = init.from.as_ref().map(|from| args.directory.join(from));
    let settings = settings(&root, from.as_deref(), init)?;
    let mut report = Report::default();
    let project = match (&from, &init.from) {
        (Some(from), Some(shown)) => {
            let bytes = contents(from)?;
            adopt(&shown.to_string_lossy(), bytes, &settings, &mut report)
        }
        _ => blank(&settings),
    };
    if init.dry_run {
        tell(&report, init.format)?;
        // Programs that asked for the oddities get nothing else.
        if matches!(init.format, Format::Human | Format::Short) {
            output::data(project.as_bytes())?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    let mut files = vec![("caveat.toml", project)];
    if from.is_none() {
        files.extend([
            ("advisories/drafts/README.md", DRAFTS.to_owned()),
            ("keys/README.md", KEYS.to_owned()),
            ("keys/.gitignore", PUBLIC_ALONE.to_owned()),
            (".gitignore", IGNORED.to_owned()),
        ]);
    }
    files.extend(init.ci.into_iter().flat_map(texts));
    let written = write(&root, files)?;
    tell(&report, init.format)?;
    output::done(&format!(
        "wrote {} into {}; `caveat check` says what is left to do",
        written.join(", "),
        init.directory.display()
    ));
    Ok(ExitCode::SUCCESS)
}

fn texts(host: Host) -> impl Iterator<Item = (&'static str, String)> {
    let files = host.files().into_iter();
    files.map(|(name, text)| (name, text.to_owned()))
}

/// The pipelines alone, of a repository that has all else.
fn pipelines(root: &Path, init: &Init, host: Host) -> Result<ExitCode, Failure> {
    let written = write(root, texts(host).collect())?;
    if written.is_empty() {
        output::done("nothing was written");
    } else {
        output::done(&format!(
            "wrote {} into {}; ci/site.sh has two lines to be filled in, and docs/ci.md says what the host has to be told",
            written.join(", "),
            init.directory.display()
        ));
    }
    Ok(ExitCode::SUCCESS)
}

/// Rules have pages and oddities do not: the sentence about `caveat explain` would be wrong.
fn tell(report: &Report, format: Format) -> Result<(), Failure> {
    if !matches!(format, Format::Human) {
        return output::report_as(report, format, "", None);
    }
    if !report.is_empty() {
        output::done(&emit::human_linked(report, None));
        output::done(&output::summary(report));
    }
    Ok(())
}

fn contents(path: &Path) -> Result<Vec<u8>, Failure> {
    let fail = |source| Failure::Read {
        path: path.to_owned(),
        source,
    };
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(fail)?;
    let read = file.take(LARGEST_POLICY + 1).read_to_end(&mut bytes);
    read.map_err(fail)?;
    if bytes.len() as u64 > LARGEST_POLICY {
        return Err(Failure::PolicyTooLarge(path.to_owned(), LARGEST_POLICY));
    }
    Ok(bytes)
}

fn settings(root: &Path, from: Option<&Path>, init: &Init) -> Result<Settings, Failure> {
    let time = as_of(&init.time, now)?;
    let day = time
        .to_string()
        .get(..10)
        .and_then(|day| day.parse::<Date>().ok());
    let directory = directory_name(root);
    let said = |value: &Option<String>| value.clone().map(|value| (value, Origin::Said));
    let guess = |value: String| {
        (
            value,
            Origin::Guessed("from the name of the directory".to_owned()),
        )
    };
    let open = |value: &str| (value.to_owned(), Origin::Open);
    let named = directory
        .as_ref()
        .map(|name| guess(format!("{name} security advisories")));
    let prefix = directory.as_deref().and_then(prefix);
    let license = || {
        (
            "CC-BY-4.0".to_owned(),
            Origin::Guessed("the licence that most feeds have".to_owned()),
        )
    };
    let remote = || {
        let url = caveat_load::origin(from?.parent()?)?;
        Some((
            url,
            Origin::Guessed("the remote `origin` around the text".to_owned()),
        ))
    };
    Ok(Settings {
        name: said(&init.name)
            .or(named)
            .unwrap_or_else(|| open("Security Advisories")),
        url: said(&init.url).unwrap_or_else(|| open("https://advisories.example.org")),
        id_prefix: said(&init.id_prefix)
            .or(prefix.map(guess))
            .unwrap_or_else(|| open("x_EXAMPLE")),
        license: said(&init.license).unwrap_or_else(license),
        ecosystem: init.ecosystem.clone(),
        packages: init.packages.clone(),
        repository: said(&init.repository).or_else(remote),
        as_of: day.ok_or_else(|| Failure::Time(time.to_string()))?,
    })
}

/// The name of the directory that is to be, if it has one that people would use.
fn directory_name(root: &Path) -> Option<String> {
    // What is not there yet has the name that was typed.
    let root = std::path::absolute(root).ok()?;
    let real = root.canonicalize().unwrap_or(root);
    let name = real.file_name()?.to_str()?;
    let plain = |c: char| c.is_ascii_alphanumeric() || "._- ".contains(c);
    (name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.len() <= 60
        && name.chars().all(plain))
    .then(|| name.to_owned())
}

fn prefix(name: &str) -> Option<String> {
    let letters: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(12)
        .collect();
    (!letters.is_empty()).then(|| format!("x_{}", letters.to_ascii_uppercase()))
}

const DRAFTS: &str = "# Drafts

An advisory that has no id yet is a file here. `caveat new` begins one, `caveat check` judges it, and `caveat assign` gives it
its id and moves it to its place. Nothing of a draft is ever published.
";

const KEYS: &str = "# Keys

The public halves of the keys that sign this feed, one OpenSSH line in each `.pub` file:

    ssh-keygen -t ed25519 -N '' -f feed_ed25519

`feed_ed25519.pub` belongs here. `feed_ed25519` is the secret half: it never comes into a repository.
";

/// What is read of keys/: a private key that somebody puts beside its public half is not committed by `git add .`.
const PUBLIC_ALONE: &str = "# Public halves alone: no private key is ever committed.
*
!*.pub
!*.asc
!keyring.toml
!root/
!root/*.json
!README.md
!.gitignore
";

/// What is built here can be built again.
const IGNORED: &str = "/public/\n";

/// Writes what is not there, and names it.
fn write(root: &Path, files: Vec<(&str, String)>) -> Result<Vec<String>, Failure> {
    let mut sheets = Vec::new();
    let mut written = Vec::new();
    for (name, text) in files {
        let path = root.join(name);
        if path.symlink_metadata().is_ok() && name != "caveat.toml" {
            output::done(&format!("{name} is there already, and stays as it is"));
            continue;
        }
        if path.symlink_metadata().is_ok() {
            return Err(Failure::Exists(path));
        }
        written.push(name.to_owned());
        sheets.push(Sheet {
            path,
            bytes: text.into_bytes(),
            instead_of: None,
        });
    }
    pen::write(&sheets)?;
    Ok(written)
}
