//! Owns `caveat show`: one advisory in one form, to stdout.
//! Must never show anything but what a build would write.

use std::process::ExitCode;

use caveat_artifact::Memory;
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
    if show.view == View::Cve {
        warn_of_embargoed_in(entry);
        output::data(&caveat_cve::container(&book, entry))?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut paths = paths(show.view, entry);
    // Release notes name all that a release fixes; every other form is of this advisory alone.
    let book = match show.view {
        View::Notes => book,
        _ => book.only(&show.id),
    };
    warn_of_embargoed(&book);
    let records = convert(&book).map_err(Box::new)?;
    let sink = Memory::default();
    render(&book, &records, &preview(), &templates, &sink)?;
    if show.view == View::Go {
        paths.extend(records.all().iter().find_map(caveat_render::go_path));
    }
    let mut files = sink.into_files();
    files.retain(|path, _| paths.iter().any(|one| one == path.as_ref()));
    if files.is_empty() {
        output::warning(nothing(show.view));
    }
    for bytes in files.values() {
        output::data(bytes)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The files of a form, where the advisory alone tells them.
fn paths(view: View, entry: &Entry) -> Vec<String> {
    let id = &entry.id;
    match view {
        View::Osv => vec![format!("osv/{id}.json")],
        View::Html => vec![format!("advisories/{id}/index.html")],
        View::Notes => caveat_render::note_paths(entry),
        View::Rustsec => caveat_render::rustsec_paths(entry),
        View::Csaf => vec![caveat_render::csaf_path(entry)],
        View::Vex => vec![caveat_render::vex_path(entry)],
        // Mails are told elsewhere, a record of Go is asked what it names.
        View::Mail | View::Cve | View::Go => Vec::new(),
    }
}

/// Why there is no such form.
fn nothing(view: View) -> &'static str {
    match view {
        View::Rustsec => "it names no crate of crates.io, so there is no such file",
        View::Go => "it names no Go module, so there is no such record",
        View::Csaf => "caveat.toml has no [csaf], so there is no document",
        View::Vex => "caveat.toml has no [vex], so there is no document",
        _ => "no release fixes it, so there are no notes",
    }
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
        openpgp: None,
        layers: None,
    }
}
