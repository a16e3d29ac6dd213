//! Owns `caveat verify`: the verdict over a directory, in words and as an exit code.
//! Must never call a copy genuine that was only compared with itself.

use std::process::ExitCode;

use caveat_verify::{PublicKey, SUMS, Verdict, site_feed, site_key, verify_directory};

use crate::args::{Args, Verify};
use crate::failure::Failure;
use crate::key::public_key;
use crate::output;

pub(crate) fn run(args: &Args, verify: &Verify) -> Result<ExitCode, Failure> {
    let directory = args.directory.join(&verify.directory);
    let key = match &verify.key {
        Some(path) => public_key(&args.directory.join(path))?,
        None => site_key(&directory)?,
    };
    let feed = match (&verify.feed, site_feed(&directory)) {
        (Some(feed), _) => feed.clone(),
        (None, Ok(feed)) => feed,
        // With a key to trust, a copy without its own is no puzzle but a damaged copy.
        (None, Err(error)) if verify.key.is_some() && directory.join(SUMS).exists() => {
            output::error(&error.to_string());
            output::done(&format!(
                "invalid: 1 fault in `{}`",
                verify.directory.display()
            ));
            return Ok(ExitCode::from(1));
        }
        (None, Err(error)) => return Err(error.into()),
    };
    let verdict = verify_directory(&directory, &feed, &key)?;
    if !verdict.faults.is_empty() {
        for fault in &verdict.faults {
            output::error(&fault.to_string());
        }
        let faults = output::plural(verdict.faults.len(), "fault");
        output::done(&format!(
            "invalid: {faults} in `{}`",
            verify.directory.display()
        ));
        return Ok(ExitCode::from(1));
    }
    output::done(&good(&verdict, &feed, &key, verify.key.is_some()));
    Ok(ExitCode::SUCCESS)
}

fn good(verdict: &Verdict, feed: &str, key: &PublicKey, trusted: bool) -> String {
    let files = output::plural(verdict.files, "file");
    let by = key.fingerprint();
    // Both come from the copy: what they say must not drive the terminal.
    let (feed, said) = (feed.escape_debug(), verdict.comment.escape_debug());
    if trusted {
        return format!("valid: {files} of {feed}, signed by {by}\n  {said}");
    }
    format!(
        "consistent: {files} of {feed}, signed by the key that the copy itself carries, {by}\n  {said}\n  \
         compare that key with a copy from elsewhere, or name one with --key"
    )
}
