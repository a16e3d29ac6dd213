//! Owns why the tool cannot go on: the errors of all crates under one roof, each with its own sentence.
//! Must never hold a finding about an advisory.

use std::path::PathBuf;

/// Exit code 2.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error(transparent)]
    Load(#[from] caveat_load::Error),
    #[error(transparent)]
    Convert(#[from] Box<caveat_convert::Unfaithful>),
    #[error(transparent)]
    Render(#[from] caveat_render::Error),
    #[error(transparent)]
    Mail(#[from] caveat_mail::Error),
    #[error(transparent)]
    NoMail(#[from] crate::cmd::mail::MailFault),
    #[error(transparent)]
    Post(#[from] caveat_post::Error),
    #[error("{0} is not text")]
    LoginNotText(String),
    #[error("both CAVEAT_SMTP_PASSWORD and CAVEAT_SMTP_PASSWORD_FILE are set; set one of them")]
    TwoPasswords,
    #[error(
        "a login needs CAVEAT_SMTP_USER and one of CAVEAT_SMTP_PASSWORD and CAVEAT_SMTP_PASSWORD_FILE"
    )]
    HalfLogin,
    #[error(transparent)]
    Leaks(#[from] caveat_canary::Leaks),
    #[error(transparent)]
    Sink(#[from] caveat_artifact::SinkError),
    #[error(transparent)]
    Path(#[from] caveat_artifact::PathError),
    #[error(transparent)]
    Sign(#[from] caveat_sign::SignError),
    #[error(transparent)]
    Publish(#[from] caveat_publish::Error),
    #[cfg(feature = "openpgp")]
    #[error(transparent)]
    OpenPgp(caveat_openpgp::RoleError),
    #[cfg(not(feature = "openpgp"))]
    #[error(
        "keys/keyring.toml says who signs CSAF documents with OpenPGP, and this program was built without the feature `openpgp`"
    )]
    OpenPgpLeftOut,
    #[error(transparent)]
    State(#[from] caveat_state::Error),
    #[error(transparent)]
    Unproven(#[from] caveat_edition::Unproven),
    #[error(transparent)]
    Uncounted(#[from] crate::uncounted::Uncounted),
    #[error(transparent)]
    Out(#[from] caveat_publish::OutError),
    #[error(transparent)]
    Record(#[from] caveat_gate::Unreadable),
    #[error("`{0}` has faults, so nothing can be compared with it: {1}")]
    FaultyBase(String, String),
    #[error(
        "`{0}` is a directory without SHA256SUMS: name a commit, a published tree, or a copy of one"
    )]
    NoTree(PathBuf),
    #[error("nothing is out at `{0}`; for a first publication leave --against out")]
    NothingOut(PathBuf),
    #[error(
        "what is out at `{0}` is signed, and does not say when in a form that can be read: nobody can tell what would be older; \
         `build --out` makes a tree without comparing"
    )]
    Untimed(PathBuf),
    #[error(transparent)]
    Serve(#[from] caveat_serve::Error),
    #[error(transparent)]
    Verify(#[from] caveat_verify::Error),
    #[error(transparent)]
    Asked(#[from] crate::cmd::verify::AskError),
    #[error("{place}: {source}")]
    Key {
        place: String,
        source: caveat_sign::KeyError,
    },
    #[error("{place}: {source}")]
    PublicKey {
        place: String,
        source: caveat_verify::KeyError,
    },
    #[error(transparent)]
    Keys(#[from] crate::cmd::keys::KeysFault),
    #[error("`{0}` can be read by others; run `chmod 600` on it")]
    KeyMode(PathBuf),
    #[error("both CAVEAT_KEY and CAVEAT_KEY_FILE are set; set one of them")]
    TwoKeys,
    #[error("{0} is not text")]
    SecretNotText(&'static str),
    #[error(transparent)]
    Refused(#[from] crate::refusal::Refusal),
    #[error("the key of this machine cannot be used: {0}; remove the file, and a new key is made")]
    LocalKey(Box<Self>),
    #[error(
        "the key of this machine would lie in the repository, at `{0}`; set XDG_STATE_HOME to a directory elsewhere, or give a key with --key"
    )]
    LocalKeyInside(PathBuf),
    #[error("there is no HOME to keep a local key in; give a key with --key")]
    NoHome,
    #[error("cannot read `{path}`: {source}")]
    Read {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("cannot write `{path}`: {source}")]
    Write {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("`{0}` was changed by somebody else meanwhile; nothing was written, run this again")]
    ChangedMeanwhile(PathBuf),
    #[error("`{0}` is no time; write it as `2026-11-20T14:00:00Z`, or `now`")]
    Time(String),
    #[error(
        "{id} is still embargoed, although the commit is dated {commit}; mend the clock that dated it, and commit again; nothing was built"
    )]
    TooEarly {
        id: String,
        commit: caveat_advisory::Timestamp,
    },
    #[error(
        "{id} is embargoed until {until}: nobody may see it before, and --as-of does not change that; nothing was published"
    )]
    AheadOfClock {
        id: String,
        until: caveat_advisory::Timestamp,
    },
    #[error("there is nothing to tell of {0} yet: it is {1}")]
    FutureYear(i16, String),
    #[error("there is no rule, oddity or key `{0}`{1}")]
    Unexplained(String, String),
    #[error("the policy has no severity `{0}`; one of: {1}")]
    UnknownClass(String, String),
    #[error("`{0}` is no published advisory of this repository{1}")]
    UnknownId(String, String),
    #[error("{0}")]
    Question(String),
    #[error(
        "the advisories have faults, so nothing can be told from them; `caveat check` shows the same"
    )]
    Faulty,
    #[error("`{path}` {fault}")]
    Author {
        path: String,
        fault: caveat_author::Fault,
    },
    #[error("`{0}` exists already; nothing was written")]
    Exists(PathBuf),
    #[error("`{0}` is larger than {1} bytes: no policy is; nothing was read")]
    PolicyTooLarge(PathBuf, u64),
    #[error("`{0}` is no draft; drafts are the .toml files of advisories/drafts/")]
    NotADraft(PathBuf),
    #[error("{0} has only its first revision, which changed nothing")]
    FirstRevision(String),
    #[error(
        "readers saw the revision of {1} of {0}; what changed since needs a new one: leave --amend out"
    )]
    SeenRevision(String, caveat_advisory::Timestamp),
    #[error("git does not have the state of `{0}` that readers saw before its last revision")]
    UnknownPast(String),
    #[error(
        "this clone does not have what `{path}` said in commit {commit}; `git fetch --refetch --no-filter` fetches what a partial clone left out"
    )]
    LostPast { path: String, commit: String },
    #[error("`{0}` is not embargoed: there is nothing to end")]
    NotEmbargoed(String),
    #[error(
        "{at} is not now: an embargo ends between {from} and {now}, or those who looked since would never see it"
    )]
    NotNow {
        at: caveat_advisory::Timestamp,
        from: caveat_advisory::Timestamp,
        now: caveat_advisory::Timestamp,
    },
    #[error(
        "`{path}` was written for a later day: {entries}; remove what has not happened, or say when it did, then run this again"
    )]
    Ahead { path: String, entries: String },
    #[error(
        "`{0}` names no fixed version; tell readers what else to do in `workaround`, or say in `no-fix` why there is no fix"
    )]
    NothingToDo(String),
    #[error("`{0}` is a draft; give it its id first: `caveat assign {0}`")]
    StillADraft(String),
    #[error("encrypted drafts are opened by `age` or `rage`, and neither can be started: {0}")]
    NoAge(std::io::Error),
    #[error("`{path}` was not opened: {said}")]
    Sealed { path: PathBuf, said: String },
    #[error("caveat.toml has no `[mail]`, so nobody sends this")]
    NoSender,
    #[error("`{0}` is no advisory file of this repository")]
    NotAnAdvisory(PathBuf),
    #[error(
        "`{0}` names no commits: there is nothing to derive from; write `fixed-by`, and `introduced-by` where it is known"
    )]
    NoCommits(String),
    #[error("`{0}` affects a package that cannot be made out; `caveat check` says more")]
    UnknownPackage(String),
    #[error("`{0}` has no `repository` in caveat.toml; name a clone with --clone")]
    NoRepository(String),
    #[error(
        "commit {commit} is not in `{repository}`: fetch it, or name the commit that was merged"
    )]
    NoSuchCommit { commit: String, repository: PathBuf },
    #[error("`{repository}`: {refusal}")]
    Derive {
        repository: PathBuf,
        refusal: caveat_derive::Refusal,
    },
    #[error("`{0}` is no plain address of a repository; clone it, and name the clone with --clone")]
    OddAddress(String),
    #[error(
        "there is no HOME to keep a copy of the repository in; clone it, and name the clone with --clone"
    )]
    NoCache,
    #[error("name the drafts, or say --all")]
    NoDraft,
    #[error(
        "`{0}` has no markers, so nothing of it was touched; put `<!-- caveat:policy -->` and `<!-- /caveat:policy -->` on lines of their own where the policy belongs, or say --whole to replace all of it"
    )]
    NoMarkers(PathBuf),
    #[error(
        "`{0}` has no markers, so nothing of it was touched; put the lines `{begin}` and `{end}` where the links belong", begin = .1[0], end = .1[1]
    )]
    NotOurs(PathBuf, [&'static str; 2]),
    #[error("{path}:{line}: {fault}; nothing was written")]
    Markers {
        path: String,
        line: usize,
        fault: String,
    },
    #[error("{0}: {1}; nothing was written")]
    Changelog(String, String),
    #[error(
        "there is no `{0}`; notes go below headings of versions, and those are for you to write"
    )]
    NoChangelog(PathBuf),
    #[error(
        "`{0}` is there and says something else; remove it, or say --force; nothing was written"
    )]
    OtherFragment(String),
    #[error("`{0}` is TOML, and `{1}` writes Markdown; nothing was written")]
    NotMarkdown(PathBuf, String),
    #[error("`{0}` is a link to a file that does not exist; nothing was written")]
    LinkToNothing(PathBuf),
    #[error("`{0}` is not UTF-8 text; nothing was written")]
    NotText(PathBuf),
    #[error("a text of the policy holds the marker `{0}`, which would end it early")]
    MarkerInPolicy(&'static str),
    #[error("there is no {what} `{word}`{hint}")]
    UnknownWord {
        what: &'static str,
        word: String,
        hint: String,
    },
}
