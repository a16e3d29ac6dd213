//! Owns the mail of a bulletin: one period that is over, to the project's own lists.
//! Must never write of a period that a build would not.

use caveat_advisory::nearest;
use caveat_diag::Report;
use caveat_mail::{digests, thread};

use super::{Mail, Message, chosen, public};
use crate::args::Args;
use crate::cmd::warn_of_embargoed;
use crate::failure::Failure;

/// One message for each list. `None` where something is wrong with the files.
pub(super) fn messages(
    args: &Args,
    mail: &Mail,
    report: &mut Report,
) -> Result<Option<Vec<Message>>, Failure> {
    let Some(book) = public::book(args, mail, report)? else {
        return Ok(None);
    };
    warn_of_embargoed(&book);
    let all = digests(&book);
    let periods: Vec<String> = all.iter().map(|digest| digest.period.key()).collect();
    let Some(nth) = periods.iter().position(|period| *period == mail.id) else {
        return Err(Failure::UnknownWord {
            what: "bulletin",
            word: mail.id.clone(),
            hint: hint(&mail.id, &periods, book.project().policy.bulletin.is_some()),
        });
    };
    let mails = all[nth].mails(&book, &thread(&all[..nth]));
    chosen(mails, mail, "live mail list of style `project`").map(Some)
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
