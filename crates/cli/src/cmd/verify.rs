//! Owns `caveat verify`: the verdict over a directory, in words and as an exit code.
//! Must never call a copy genuine that was only compared with itself.

use std::path::Path;
use std::process::ExitCode;

use caveat_verify::{PublicKey, Verdict, site_feed, site_key, verify_directory};

use crate::args::{Args, Verify};
use crate::failure::Failure;
use crate::key::public_key;
use crate::output;

pub(crate) fn run(args: &Args, verify: &Verify) -> Result<ExitCode, Failure> {
    let directory = args.directory.join(&verify.directory);
    let (key, feed) = match known(args, verify, &directory) {
        Ok(known) => known,
        // What is listed and cannot be read is a fault of the copy.
        Err(Failure::Verify(caveat_verify::Error::Key { path, source })) => {
            output::error(&format!("`{}`: {source}", path.display()));
            output::done(&format!(
                "invalid: 1 fault in `{}`",
                verify.directory.display()
            ));
            return Ok(ExitCode::from(1));
        }
        Err(failure) => return Err(failure),
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

/// The key to trust and the feed to expect: as typed, else what the copy says.
fn known(args: &Args, verify: &Verify, directory: &Path) -> Result<(PublicKey, String), Failure> {
    let key = match &verify.key {
        Some(path) => public_key(&args.directory.join(path))?,
        None => site_key(directory)?,
    };
    let feed = match &verify.feed {
        Some(feed) => feed.clone(),
        None => site_feed(directory)?,
    };
    Ok((key, feed))
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
