//! Owns `caveat show`: one advisory in one form, to stdout.
//! Must never show anything but what a build would write.

use std::process::ExitCode;

use caveat_artifact::{Memory, SitePath};
use caveat_check::{Book, Entry, check};
use caveat_convert::convert;
use caveat_diag::Report;
use caveat_load::{root_above, work_tree};
use caveat_mail::letters;
use caveat_render::{Edition, Key, Templates, render};

use super::{as_of, now, warn_of_embargoed, warn_of_embargoed_in};
use crate::args::{Args, Show, View};
use crate::failure::Failure;
use crate::output;

pub(crate) fn run(args: &Args, show: &Show) -> Result<ExitCode, Failure> {
    let as_of = as_of(&show.time, now)?;
    let input = work_tree(&root_above(&args.directory)?)?;
    let templates = Templates::new(&input.templates)?;
    let mut report = Report::default();
    let Some(book) = check(input, as_of, &mut report) else {
        output::report(&report);
        return Ok(output::exit_code(&report));
    };
    let Some(entry) = book.entries().iter().find(|entry| entry.id == show.id) else {
        let hint = "; drafts and embargoed advisories are not shown".to_owned();
        return Err(Failure::UnknownId(show.id.clone(), hint));
    };
    if show.view == View::Mail {
        warn_of_embargoed_in(entry);
        return mails(&book, entry);
    }
    let notes = caveat_render::note_paths(entry);
    let [csaf, vex] = caveat_render::csaf_and_vex_paths(entry);
    // Release notes name all that a release fixes; every other form is of this advisory alone.
    let book = match show.view {
        View::Notes => book,
        _ => book.only(&show.id),
    };
    warn_of_embargoed(&book);
    let records = convert(&book).map_err(Box::new)?;
    let sink = Memory::default();
    render(&book, &records, &preview(), &templates, &sink)?;
    let wanted = |path: &SitePath| {
        let path = path.as_ref();
        match show.view {
            View::Osv => path == format!("osv/{}.json", show.id),
            View::Html => path == format!("advisories/{}/index.html", show.id),
            View::Notes => notes.iter().any(|note| note == path),
            View::Csaf => path == csaf,
            View::Vex => path == vex,
            // Told above.
            View::Mail => false,
        }
    };
    let mut files = sink.into_files();
    files.retain(|path, _| wanted(path));
    if files.is_empty() {
        output::warning(match show.view {
            View::Csaf => "caveat.toml has no [csaf], so there is no document",
            View::Vex => "caveat.toml has no [vex], so there is no document",
            _ => "no release fixes it, so there are no notes",
        });
    }
    for bytes in files.values() {
        output::data(bytes)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The texts of its mails. Not from a rendered book of one: an earlier advisory may have a part in them.
fn mails(book: &Book, entry: &Entry) -> Result<ExitCode, Failure> {
    let mails = letters(book, entry);
    if mails.is_empty() {
        output::warning("caveat.toml has no live mail list, so there is no mail");
    }
    for mail in mails {
        output::data(mail.body.as_bytes())?;
    }
    Ok(ExitCode::SUCCESS)
}

/// A preview is signed by nobody.
pub(crate) fn preview() -> Edition {
    let none = || "(preview)".to_owned();
    let key = Key {
        fingerprint: none(),
        openssh: none(),
        allowed_signers: none(),
        minisign: none(),
    };
    Edition {
        generator: concat!("Caveat ", env!("CARGO_PKG_VERSION")).to_owned(),
        local: true,
        key,
    }
}
