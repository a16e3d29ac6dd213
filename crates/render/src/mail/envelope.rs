//! Owns what is around a mail: headers, and the whole message (RFC 5322). The only door to `mail-builder`.
//! Must never send anything, or write an address that it was not given.

use caveat_advisory::{Project, Timestamp};
use mail_builder::MessageBuilder;
use mail_builder::headers::HeaderType;
use mail_builder::headers::date::Date;
use mail_builder::headers::message_id::MessageId;
use mail_builder::headers::raw::Raw;
use mail_builder::headers::text::Text;

use crate::Error;

/// The headers of one message.
pub(crate) struct Envelope<'m> {
    /// `Name <address>`.
    pub(crate) from: &'m str,
    /// One address; none where somebody else writes it.
    pub(crate) to: Option<&'m str>,
    pub(crate) subject: &'m str,
    pub(crate) date: Timestamp,
    /// Without angle brackets.
    pub(crate) id: String,
    /// Ids of what it follows, the last one answered.
    pub(crate) earlier: Vec<String>,
}

impl Envelope<'_> {
    /// The message. `path` says in an error what could not be written.
    ///
    /// # Errors
    /// What the library cannot write.
    pub(crate) fn seal(self, body: &str, path: &str) -> Result<Vec<u8>, Error> {
        let (name, address) = self.from.rsplit_once('<').unwrap_or(("", self.from));
        let mut message = MessageBuilder::new()
            .from((name.trim(), address.trim_end_matches('>').trim()))
            .header("Subject", subject(self.subject))
            .date(Date::new(self.date.as_second()))
            .message_id(MessageId::new(self.id))
            .text_body(body);
        if let Some(to) = self.to {
            message = message.to(to);
        }
        let earlier: Vec<String> = self.earlier.iter().map(|id| format!("<{id}>")).collect();
        if let Some(last) = earlier.last() {
            message = message
                .header("In-Reply-To", Raw::new(last.clone()))
                .header("References", Raw::new(earlier.join(" ")));
        }
        message.write_to_vec().map_err(|error| Error::Text {
            path: path.to_owned(),
            reason: error.to_string(),
        })
    }
}

/// What message ids end in.
pub(crate) fn host(project: &Project) -> &str {
    let name = project.feed.principal();
    name.split('/').next().unwrap_or_default()
}

/// Plain ASCII stays readable in the raw message; all else is encoded (RFC 2047). Both are folded.
fn subject(text: &str) -> HeaderType<'static> {
    if text.is_ascii() {
        HeaderType::Raw(Raw::new(text.to_owned()))
    } else {
        HeaderType::Text(Text::new(text.to_owned()))
    }
}
