//! Owns the letter to somebody who found or reported a flaw: the day, how they will be named, and the text as it will appear.
//! Must never tell one person about another who does not want to be named, nor anything in a header.

use caveat_advisory::{Consent, Credit, Timestamp};
use caveat_check::Early;
use caveat_words::join;
use caveat_words::lines::wrap;

use crate::early::one_address;
use crate::envelope::host;
use crate::{Error, Mail, digest, facts};

/// The message about one credit, to be encrypted. Nobody's address is in an advisory: `to` is typed by whoever sends it.
///
/// # Errors
/// An address that is none.
pub fn reporter_mail(
    early: &Early,
    credit: &Credit,
    from: &str,
    to: Option<&str>,
    now: Timestamp,
) -> Result<Mail, Error> {
    let name = credit.name.as_deref().unwrap_or("the reporter");
    let id = format!("reporter {} {} {name}", early.entry.id, early.until);
    Ok(Mail {
        path: format!("{}.{name}", early.entry.id),
        receiver: name.to_owned(),
        from: from.to_owned(),
        to: to.map(one_address).transpose()?.map(str::to_owned),
        reply_to: None,
        subject: format!("Your report to {}", early.project.feed.name),
        date: now,
        id: format!("{}@{}", digest(&id, 12), host(&early.project)),
        earlier: Vec::new(),
        body: body(early, credit),
        patches: Vec::new(),
    })
}

fn body(early: &Early, credit: &Credit) -> String {
    let entry = &early.entry;
    let mut head = vec![facts::heading(entry), String::new()];
    head.push(facts::field("Severity", &entry.severity.label));
    head.extend(facts::names(entry));
    let parts = [
        Some(when(early)),
        Some(named(early, credit)),
        Some("THE TEXT AS IT WILL APPEAR".to_owned()),
        Some(head.join("\n")),
        Some(facts::todo(entry)),
        Some(facts::affected(entry)),
        Some(facts::impact(entry)),
        Some(facts::description(entry)),
        facts::affected_if(entry),
        facts::workarounds(entry),
        facts::commits(entry),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join("\n\n") + "\n"
}

fn when(early: &Early) -> String {
    let text = format!(
        "Thank you for your report. We plan to publish it at {} (UTC), and ask you to keep it to yourself until then. \
        If that does not suit you, or others know of it already, please answer before.",
        early.until
    );
    format!("WHEN\n\n{}", wrap(&text, "", ""))
}

/// The very words, and what an answer has to say.
fn named(early: &Early, credit: &Credit) -> String {
    let role = credit.role.label().to_lowercase();
    let allowed = |place: &&Consent| early.project.policy.names_in(**place);
    let places = credit.consent.iter().filter(allowed);
    let places: Vec<String> = places.map(|place| place.label().to_lowercase()).collect();
    let mut lines = Vec::new();
    match (&credit.name, places.is_empty()) {
        (Some(name), false) => {
            let where_ = join(places, "and");
            lines.push(wrap("This is how you will appear:", "", ""));
            lines.push(String::new());
            lines.push(wrap(&format!("{name} ({role})"), "    ", "    "));
            lines.extend(credit.url.iter().map(|url| format!("    {url}")));
            lines.push(String::new());
            lines.push(wrap(&format!("Where: {where_}."), "", ""));
            lines.push(String::new());
        }
        _ => lines.push(wrap(
            &format!("You will not be named: the text says that one person ({role}) is not named."),
            "",
            "",
        )),
    }
    lines.push(wrap(
        "Please answer whether that is right: the name, its spelling, the link, and each place. You can take it back later.",
        "",
        "",
    ));
    format!("YOUR NAME\n\n{}", lines.join("\n"))
}
