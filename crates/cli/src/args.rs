//! Owns the arguments as people type them, and their help.
//! Must never take a secret: what is typed is seen by every user of the machine.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// Publishes security advisories: TOML in git to a checked, signed site, an OSV feed, release notes and mail.
#[derive(Debug, Parser)]
#[command(name = "caveat", version, max_term_width = 100, after_help = EXAMPLES)]
#[command(subcommand_required = true, arg_required_else_help = true)]
pub(crate) struct Args {
    /// Work in this directory
    #[arg(
        short = 'C',
        id = "work-in",
        value_name = "DIR",
        global = true,
        default_value = "."
    )]
    pub(crate) directory: PathBuf,
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXAMPLES: &str = "Examples:
  caveat new                            begin an advisory
  caveat check                          find every fault of every advisory
  caveat build --out public             build and sign the site and the feed
  caveat publish --to /srv/www          show it to readers, if nothing in it would surprise them
  caveat show x_MLSA-2026-0001 --as osv print one advisory in one form
  caveat serve                          see the site while writing
  caveat verify public                  is this copy whole, and who signed it?

Exit codes: 0 fine, 1 something is wrong with what was looked at, 2 caveat could not go on.";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Find every fault of every advisory, as the files lie there
    Check(Check),
    /// Begin an advisory repository, from a SECURITY.md if there is one
    Init(crate::cmd::init::Init),
    /// Begin a draft, from flags or by asking
    New(crate::cmd::new::New),
    /// Give drafts their ids and move them to their places
    Assign(crate::cmd::assign::Assign),
    /// Tell readers of a change
    Revise(crate::cmd::revise::Revise),
    /// Let a withdrawn advisory stand again
    Reinstate(crate::cmd::reinstate::Reinstate),
    /// Withdraw an advisory that should not have been
    Withdraw(crate::cmd::withdraw::Withdraw),
    /// End an embargo before its time
    PublishEarly(crate::cmd::publish_early::PublishEarly),
    /// Derive affected versions from the history of the code
    Derive(crate::cmd::derive::Derive),
    /// Give advisory files their canonical form
    Fmt(crate::cmd::fmt::Fmt),
    /// Print the JSON Schema of a file, for editors
    Schema(crate::cmd::schema::Schema),
    /// Say what a rule, an oddity or a key is about
    Explain(crate::cmd::explain::Explain),
    /// Bring other people's advisories into this repository
    Import(crate::cmd::import::Import),
    /// Build and sign the whole site and feed of a commit, compared with nothing
    Build(Build),
    /// Show readers a commit, if the gate lets what changes for them pass
    Publish(crate::cmd::publish::Publish),
    /// Say that what is out is still the newest, once a day
    Heartbeat(crate::cmd::heartbeat::Heartbeat),
    /// Tell what publishing a commit would change for readers
    Diff(crate::cmd::diff::Diff),
    /// Print one advisory in one form
    Show(Show),
    /// Print the mail of an advisory or a bulletin, or tell packagers before the public
    Mail(crate::cmd::mail::Mail),
    /// Print what a release fixes as release notes, or write it into a changelog
    Notes(crate::cmd::notes::Notes),
    /// Write the policy of caveat.toml into SECURITY.md, or print one view of it
    Policy(crate::cmd::policy::Policy),
    /// Print the report of a year: what was published, which promises were kept
    Report(crate::cmd::report::Report),
    /// Make, show and change keys, and sign the roots of a feed
    Keys(crate::cmd::keys::Keys),
    /// Show the site while it is written, and answer scanners as OSV.dev's API does
    Serve(crate::cmd::serve::Serve),
    /// Tell whether a version of a package is affected
    Affected(crate::cmd::affected::Affected),
    /// Tell which of two versions comes first
    Compare(crate::cmd::compare::Compare),
    /// Tell whether a directory is what was signed, whole, and nothing else
    Verify(crate::cmd::verify::Verify),
    /// Print completions for a shell
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page, or write one for each command
    Man(crate::cmd::shell::Man),
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  caveat check
  caveat check advisories/2026          report only what is below
  caveat check --format short           one line each, for editors
  caveat check --fix                    mend what can be mended for certain
  caveat check --changed origin/main    report only on files of this branch
  caveat check --identity ~/.age/key    check encrypted drafts too
  caveat check --format sarif > a.sarif for code scanning")]
pub(crate) struct Check {
    /// Report only faults in these files and directories; everything is checked all the same
    pub(crate) paths: Vec<PathBuf>,
    /// How to print what was found; human and short go to stderr, all others to stdout
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
    /// Report only faults in files that differ from where this revision and HEAD parted
    #[arg(long, value_name = "BASE")]
    pub(crate) changed: Option<String>,
    /// Mend in the files what can be mended for certain, then report what is left
    #[arg(long)]
    pub(crate) fix: bool,
    /// Open encrypted drafts with this key of age, by the program `age` or `rage`
    #[arg(
        long,
        value_name = "FILE",
        env = "CAVEAT_IDENTITY",
        hide_env_values = true
    )]
    pub(crate) identity: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) time: Time,
}

/// How to print what was found.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Format {
    /// With the lines at fault
    Human,
    /// One line for each fault
    Short,
    /// All of it, for programs
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// GitHub's workflow commands
    Github,
    /// GitLab's Code Quality report
    Gitlab,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Time {
    /// The moment to judge for: an RFC 3339 time, or `now` [default: `check` now, `build` the commit's time]
    #[arg(long, value_name = "TIME")]
    pub(crate) as_of: Option<String>,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "The signing key is an unencrypted Ed25519 key (OpenSSH or PKCS#8) from --key, from the file that
CAVEAT_KEY_FILE names, or from the variable CAVEAT_KEY itself. Its public half belongs into keys/NAME.pub
of the repository. Without a key, one is made for this machine, and every page says that the build is
local and proves nothing.

What is new or changed since the tree that is replaced is listed afterwards with the channels that the policy
promises for its severity, what was made for each, and what is left to do. Nothing is sent or posted.

Nothing that is refused there keeps a build back: `caveat publish` replaces what readers see already.

Examples:
  caveat build --out public
  caveat build --out public --key ~/.ssh/feed_ed25519
  caveat build --out public --before mirror --format json > told.json
  CAVEAT_KEY=\"$SECRET\" caveat build --out public --as-of now"
)]
pub(crate) struct Build {
    /// Where readers will see it; an earlier build there is replaced in one step
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Private key to sign with
    #[arg(long, value_name = "FILE")]
    pub(crate) key: Option<PathBuf>,
    /// The commit to build
    #[arg(long, value_name = "REV", default_value = "HEAD")]
    pub(crate) rev: String,
    /// What readers saw until now, to tell what is new [default: what --out replaces]
    #[arg(long, value_name = "DIR")]
    pub(crate) before: Option<PathBuf>,
    /// How to print who is to be told: human goes to stderr, json to stdout
    #[arg(long, value_enum, default_value_t = Telling::Human)]
    pub(crate) format: Telling,
    #[command(flatten)]
    pub(crate) time: Time,
}

/// How to print who is to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Telling {
    /// What is to be done
    Human,
    /// All of it, for programs
    Json,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Reads the files as they lie there, so that an author sees what readers will see.

Examples:
  caveat show x_MLSA-2026-0001 --as osv | jq .affected
  caveat show x_MLSA-2026-0001 --as mail
  caveat show x_MLSA-2026-0001 --as vex > flaw.openvex.json
  caveat show x_MLSA-2026-0001 --as cve > cna.json && cve publish CVE-2026-12345 --cve-json-file cna.json"
)]
pub(crate) struct Show {
    /// Id of a published advisory
    pub(crate) id: String,
    /// Which form
    #[arg(long = "as", value_enum, default_value_t = View::Osv)]
    pub(crate) view: View,
    #[command(flatten)]
    pub(crate) time: Time,
}

/// The forms of an advisory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum View {
    /// The OSV record
    Osv,
    /// The page of the site
    Html,
    /// A RustSec file for each of its crates
    Rustsec,
    /// The record in the database of Go modules
    Go,
    /// Release notes of every version that fixes it
    Notes,
    /// Mail to every list
    Mail,
    /// The CNA container of a CVE record
    Cve,
    /// The CSAF 2.0 document
    Csaf,
    /// The OpenVEX document
    Vex,
}
