//! Owns why `caveat mail` prints, writes or sends nothing, each with its own sentence.
//! Must never hold what the mail library or the mail server says.

use std::path::PathBuf;

/// Exit code 2.
#[derive(Debug, thiserror::Error)]
pub(crate) enum MailFault {
    #[error(
        "a `{0}` tells what is not public, and --send does not encrypt; print it, or write it with --out, and encrypt it"
    )]
    NotInTheClear(String),
    #[error("caveat.toml has no mail address of `{0}`; print the message, and find its way")]
    NoAddress(String),
    #[error("there is no {what} `{name}`{hint}")]
    NoReceiver {
        what: &'static str,
        name: String,
        hint: String,
    },
    #[error("`{0}` has no `[[credit]]`: nobody is to be told how they will be named")]
    NoCredit(String),
    #[error("there are {0} messages; choose one with --to, or a private directory with --out")]
    ManyMessages(usize),
    #[error("{option} is for `--kind {kind}` alone")]
    OtherOption { option: &'static str, kind: String },
    #[error("these flaws become public at different times; one mail tells of one release")]
    OtherDays,
    #[error("its last mail is of the kind `{0}`")]
    OtherKind(&'static str),
    #[error(
        "`{0}` is public: nobody can be told of it before the public; `--kind announce` prints its mail"
    )]
    IsPublic(String),
    #[error(
        "`{0}` has no embargo that ends in the future; whoever is told must know until when: set `[embargo] until`"
    )]
    NoEnd(String),
    #[error(
        "the fix is in the tag `{tag}` of `{repository}`: whoever looks can see it; publish instead"
    )]
    Released { tag: String, repository: PathBuf },
    #[error(
        "{name} is to hear {lead} before publication, so by {by}; that is over: move `[embargo] until`, or leave them out"
    )]
    TooLate {
        name: String,
        lead: String,
        by: caveat_advisory::Timestamp,
    },
    #[error("`{0}` is part of a built site; nothing private belongs there")]
    InsideSite(PathBuf),
    #[error(
        "git does not ignore `{0}`, so the mail could be committed; choose a directory elsewhere"
    )]
    Committable(PathBuf),
    #[error(
        "`{0}` can be read by others; run `chmod 700` on it, or name a directory that is not there yet"
    )]
    OpenDirectory(PathBuf),
    #[error(
        "the letters to `{one}` and to `{other}` would both be `{name}`; rename one of them in caveat.toml"
    )]
    SameLetter {
        one: String,
        other: String,
        name: String,
    },
}
