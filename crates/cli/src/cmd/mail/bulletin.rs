//! Owns the mail of a bulletin: one period that is over, to the project's own lists.
//! Must never write of a period that a build would not.

use caveat_advisory::nearest;
use caveat_check::check;
use caveat_diag::Report;
use caveat_load::{root_above, work_tree};
use caveat_render::{bulletin_mail, bulletin_periods};

use super::{Mail, Message, chosen};
use crate::args::Args;
use crate::cmd::{as_of, now, warn_of_embargoed};
use crate::failure::Failure;

/// One message for each list. `None` where something is wrong with the files.
pub(super) fn messages(
    args: &Args,
    mail: &Mail,
    report: &mut Report,
) -> Result<Option<Vec<Message>>, Failure> {
    let as_of = as_of(&mail.time, now)?;
    let input = work_tree(&root_above(&args.directory)?)?;
    let Some(book) = check(input, as_of, report) else {
        return Ok(None);
    };
    warn_of_embargoed(&book);
    let periods = bulletin_periods(&book);
    if !periods.contains(&mail.id) {
        return Err(Failure::UnknownWord {
            what: "bulletin",
            word: mail.id.clone(),
            hint: hint(&mail.id, &periods, book.project().policy.bulletin.is_some()),
        });
    }
    let letter = |(to, bytes)| Message { to, bytes };
    let letters = bulletin_mail(&book, &mail.id)?;
    let messages = letters.into_iter().map(letter).collect();
    chosen(messages, mail, "live mail list of style `project`").map(Some)
}

fn hint(word: &str, periods: &[String], promised: bool) -> String {
    let near = nearest(word, periods.iter().map(String::as_str));
    match (near, periods.last()) {
        _ if !promised => "; caveat.toml promises none: it has no `policy.bulletin`".to_owned(),
        (Some(near), _) => format!("; did you mean `{near}`?"),
        (None, Some(last)) => format!("; the last one is `{last}`"),
        (None, None) => "; no period since the first advisory is over".to_owned(),
    }
}
