//! Owns why this run may not sign, and what to do about it: every refusal, in one place.
//! Must never let a doubt pass: what cannot be found out is refused, too.

use std::path::{Path, PathBuf};

use caveat_advisory::Timestamp;
use caveat_agent::AgentError;
use caveat_keyring::{Keyring, Refused, Role};
use caveat_load::{Tip, tip, uncommitted};
use caveat_verify::SKEW;

use crate::failure::Failure;
use crate::output;
use crate::secret::variable;

/// Nothing is signed, and nothing is written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refusal {
    #[error("{place}: {why}; {}", todo(.why))]
    Key { place: String, why: Refused },
    #[error(
        "the role {} needs {needed} of its keys, and {there} can sign{unset}; bring the others with --key, --signer, {variable} or {variable}_FILE",
        .role.as_str()
    )]
    TooFew {
        role: Role,
        there: usize,
        needed: u64,
        /// The variable that holds a key of this role.
        variable: &'static str,
        /// That it is not set, where it is not.
        unset: String,
    },
    #[error(
        "{place}: this is `{name}` of the role root: a root key does not belong on a machine that publishes; take it away from \
         there, and bring a key of publish or freshness"
    )]
    Root { place: String, name: String },
    #[error(
        "keys/{name}-cert.pub: {why}, and readers who pin the authority would refuse what is signed with it: \
         `ssh-keygen -s CA -I {name} -n {feed} -V +90d keys/{name}.pub` makes another one, `git rm` takes it away; commit, and run \
         this again"
    )]
    Certificate {
        name: String,
        feed: String,
        why: caveat_verify::CertificateError,
    },
    #[error("both {0} and {1} are set; set one of them")]
    Both(&'static str, &'static str),
    #[error("{0} holds a private key, and should hold the path of a file with one; the key itself goes into `{name}`", name = .0.trim_end_matches("_FILE"))]
    KeyForPath(&'static str),
    #[error(
        "the private key `{0}` lies in the repository, where one `git add` publishes it; move it elsewhere, and make a new one if it was ever committed"
    )]
    Inside(PathBuf),
    #[error(
        "there is no ssh-agent: SSH_AUTH_SOCK is not set; `eval $(ssh-agent)` starts one, `ssh-add` gives it a key"
    )]
    NoAgent,
    #[error(
        "the ssh-agent does not have the key {0}; `ssh-add -l` lists those it has, `ssh-add FILE` adds one"
    )]
    NotInAgent(String),
    #[error(transparent)]
    Agent(AgentError),
    #[error(
        "this is a run for a pull request ({0} says so), and nobody signs what is not merged; publish when the branch itself runs"
    )]
    PullRequest(&'static str),
    #[error("{} not committed, so what is signed would not be what lies here; commit or stash, then publish", .0)]
    Dirty(String),
    #[error(
        "only the newest commit of the branch `{branch}` may be published, which is {tip}, and `{rev}` is another; merge it, or `git fetch` and check out the branch"
    )]
    NotNewest {
        rev: String,
        branch: String,
        tip: String,
    },
    #[error(
        "this clone has no branch `{0}`, of which alone may be published; `git fetch origin {0}:refs/remotes/origin/{0}` fetches it"
    )]
    NoBranch(String),
    #[error(
        "the clock says {now}, and the last signature was made at {last}; mend the clock, or wait until then"
    )]
    Clock { now: Timestamp, last: Timestamp },
    #[error(
        "what is published is of {as_of}, and the clock says {now}: every reader would refuse it until then; wait, or say `--as-of now` where the clock of \
         whoever committed was ahead"
    )]
    Ahead { as_of: Timestamp, now: Timestamp },
}

/// What to do about a key that may not sign.
fn todo(why: &Refused) -> &'static str {
    match why {
        Refused::Unknown(_) => {
            "bring the right key, or let the keyring be changed: its public half as keys/NAME.pub, its name in a role"
        }
        Refused::Role { .. } => "bring a key of that role",
        Refused::Early { .. } => "wait until then, or bring another key",
        Refused::Late { .. } => "`caveat keys rotate` prepares the next one",
        Refused::Revoked { .. } => "bring another key: nothing makes this one good again",
    }
}

/// Variables by which services say that they run for a pull request: any value counts, or this beginning of one.
const PULL_REQUESTS: [(&str, Option<&str>); 17] = [
    // GitHub, and Forgejo and Gitea after it: pull_request, pull_request_target, pull_request_review ..
    ("GITHUB_EVENT_NAME", Some("pull_request")),
    ("GITHUB_HEAD_REF", None),
    ("CI_MERGE_REQUEST_IID", None),
    ("CI_EXTERNAL_PULL_REQUEST_IID", None),
    ("CI_PIPELINE_EVENT", Some("pull_request")),
    ("DRONE_BUILD_EVENT", Some("pull_request")),
    ("TRAVIS_EVENT_TYPE", Some("pull_request")),
    ("BUILD_REASON", Some("PullRequest")),
    ("SYSTEM_PULLREQUEST_PULLREQUESTID", None),
    ("BITBUCKET_PR_ID", None),
    ("CHANGE_ID", None),
    ("CIRRUS_PR", None),
    ("APPVEYOR_PULL_REQUEST_NUMBER", None),
    ("SEMAPHORE_GIT_PR_NUMBER", None),
    ("CIRCLE_PR_NUMBER", None),
    ("PULL_NUMBER", None),
    ("BUILDKITE_PULL_REQUEST", None),
];

/// The variable that says so, of those that `look` finds set to something.
fn pull_request(look: impl Fn(&str) -> Option<String>) -> Option<&'static str> {
    let says = |(name, begins): &(&'static str, Option<&str>)| {
        let value = look(name)?;
        let it_does = match begins {
            Some(begins) => value.starts_with(begins),
            None => value != "false",
        };
        it_does.then_some(*name)
    };
    PULL_REQUESTS.iter().find_map(says)
}

/// Nobody signs for a pull request: its code is of strangers, and it is not merged.
pub(crate) fn refuse_pull_requests() -> Result<(), Refusal> {
    let look = |name: &str| variable(name).map(|value| value.to_string_lossy().into_owned());
    pull_request(look).map_or(Ok(()), |name| Err(Refusal::PullRequest(name)))
}

/// What is signed is what was committed, and nothing but the newest of the branch, where the keyring names one.
pub(crate) fn refuse_other_trees(root: &Path, rev: &str, keyring: &Keyring) -> Result<(), Failure> {
    let count = uncommitted(root)?;
    if count > 0 {
        let files = output::plural(count, "file");
        let are = if count == 1 { "is" } else { "are" };
        return Err(Refusal::Dirty(format!("{files} {are}")).into());
    }
    let Some(branch) = keyring.branch() else {
        return Ok(());
    };
    let (rev, branch) = (rev.to_owned(), branch.to_owned());
    match tip(root, &rev, &branch, keyring.state().remote.as_deref())? {
        Tip::This => Ok(()),
        Tip::NoBranch => Err(Refusal::NoBranch(branch).into()),
        Tip::Other(tip) => Err(Refusal::NotNewest { rev, branch, tip }.into()),
    }
}

/// What readers would take for the doing of a clock that is behind: theirs.
pub(crate) fn refuse_ahead(as_of: Timestamp, now: Timestamp) -> Result<(), Refusal> {
    if as_of.duration_since(now) > SKEW {
        return Err(Refusal::Ahead { as_of, now });
    }
    Ok(())
}

/// A clock that went back signs what looks older than what readers have.
pub(crate) fn refuse_early_clock(now: Timestamp, last: Option<Timestamp>) -> Result<(), Refusal> {
    match last {
        Some(last) if now < last => Err(Refusal::Clock { now, last }),
        _ => Ok(()),
    }
}
