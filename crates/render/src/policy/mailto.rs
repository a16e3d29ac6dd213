//! Owns `mailto:` links that begin a mail: subject and body, percent-encoded as RFC 6068 asks.
//! Must never put a character of a text where it could end the link or begin another field.

use caveat_advisory::ReportForm;

/// Longer links are cut off by mail programs and shells.
const LONGEST: usize = 1_900;

/// The address with subject and body; none where it is no mail address, or there is nothing to begin with.
pub(super) fn begun(url: &str, form: &ReportForm) -> Option<String> {
    let plain = url.starts_with("mailto:") && !url.contains('?');
    let subject = form.subject.as_deref().map(|subject| format!("{subject} "));
    let fields = [("subject", subject), ("body", body(form))];
    let mut link = url.to_owned();
    for (name, text) in fields {
        let Some(text) = text else { continue };
        let mark = if link.contains('?') { '&' } else { '?' };
        let longer = format!("{link}{mark}{name}={}", encoded(&text));
        if longer.len() <= LONGEST {
            link = longer;
        }
    }
    (plain && link.contains('?')).then_some(link)
}

/// The form to fill in, else one line for each thing that is wanted.
fn body(form: &ReportForm) -> Option<String> {
    let template = form
        .template
        .as_deref()
        .map(|text| text.trim_matches('\n').to_owned());
    let wanted = || {
        let lines = form.wanted.iter().map(|wanted| format!("{wanted}:\n\n"));
        (!form.wanted.is_empty()).then(|| lines.collect())
    };
    template.or_else(wanted)
}

/// Everything but unreserved characters as `%XX`; a line ends with CR LF.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for byte in text.replace("\r\n", "\n").bytes() {
        match byte {
            b'\n' => out.push_str("%0D%0A"),
            b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> ReportForm {
        ReportForm {
            subject: Some("[SECURITY]".to_owned()),
            template: Some("Who & what?\nWhére:".to_owned()),
            ..ReportForm::default()
        }
    }

    #[test]
    fn subject_and_body_cannot_leave_their_fields() {
        let link = begun("mailto:a@b.c", &form());
        let expected =
            "mailto:a@b.c?subject=%5BSECURITY%5D%20&body=Who%20%26%20what%3F%0D%0AWh%C3%A9re%3A";
        assert_eq!(link.as_deref(), Some(expected));
    }

    #[test]
    fn without_a_form_the_mail_asks_for_what_is_wanted() {
        let form = ReportForm {
            wanted: vec!["Version".to_owned()],
            ..ReportForm::default()
        };
        let link = begun("mailto:a@b.c", &form);
        assert_eq!(
            link.as_deref(),
            Some("mailto:a@b.c?body=Version%3A%0D%0A%0D%0A")
        );
    }

    #[test]
    fn a_body_that_is_too_long_for_a_link_is_left_out() {
        let form = ReportForm {
            template: Some("x".repeat(LONGEST)),
            ..form()
        };
        let link = begun("mailto:a@b.c", &form);
        assert_eq!(
            link.as_deref(),
            Some("mailto:a@b.c?subject=%5BSECURITY%5D%20")
        );
    }

    #[test]
    fn only_plain_mail_addresses_become_letters() {
        assert_eq!(begun("https://b.c", &form()), None);
        assert_eq!(begun("mailto:a@b.c?cc=d@e.f", &form()), None);
        assert_eq!(begun("mailto:a@b.c", &ReportForm::default()), None);
    }
}
