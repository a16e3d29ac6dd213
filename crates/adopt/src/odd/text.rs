//! Owns what is odd about the text as text, and saying what was not understood.

use caveat_diag::quoted;

use super::{Case, Finds};
use crate::mojibake::damage;
use crate::page::Kind;

pub(super) fn mojibake(case: &Case<'_>, finds: &mut Finds<'_>) {
    /// No line of a policy is longer.
    const LONGEST: usize = 10_000;
    /// Who sees these of the lines that nobody can put back knows what the others are.
    const MOST: usize = 5;
    let mut start = 0;
    let (mut lost, mut more) = (Vec::new(), 0);
    for line in case.page.source.text().split_inclusive('\n') {
        let text = line.trim_end_matches(['\n', '\r']);
        let at = start..start + text.len();
        start += line.len();
        let Some(found) = (text.len() <= LONGEST).then(|| damage(text)).flatten() else {
            continue;
        };
        if found.repaired.is_none() && lost.len() == MOST {
            more += 1;
            continue;
        }
        let message = match &found.repaired {
            Some(_) => format!("this line was read as {} on its way", found.encoding),
            None => "characters of this line were lost on the way".to_owned(),
        };
        let diagnostic = finds.at(&at, message);
        let help = match &found.repaired {
            Some(meant) => format!("it was meant to be {}", quoted(meant)),
            None => "write what stood there".to_owned(),
        };
        let diagnostic = diagnostic.help(help);
        let span = case.page.source.span(at);
        match found.repaired {
            Some(meant) if !finds.is_full() => {
                finds.push(diagnostic.fix("put back what stood there", span, meant));
            }
            Some(_) => more += 1,
            None => lost.push(diagnostic),
        }
    }
    if let Some(last) = lost.pop_if(|_| more > 0) {
        lost.push(last.note(format!("{more} more lines were read wrongly")));
    }
    for found in lost {
        finds.push(found);
    }
}

pub(super) fn broken(case: &Case<'_>, finds: &mut Finds<'_>) {
    for pair in case.page.parts.windows(2) {
        let [first, then] = pair else { continue };
        let texts = matches!(
            (&first.kind, &then.kind),
            (Kind::Text | Kind::Item(_), Kind::Text)
        );
        let open =
            first.text.ends_with(|c: char| c.is_lowercase()) && first.text.split(' ').count() > 5;
        let goes_on = then.label.is_none() && then.text.starts_with(|c: char| c.is_lowercase());
        if texts && open && goes_on && !finds.is_full() {
            let found = finds.at(&first.at, "this sentence breaks off at an empty line");
            let found = found.help("join the two paragraphs");
            finds.push(finds.also(found, &then.at, "it goes on here"));
        }
    }
}

pub(super) fn newline(case: &Case<'_>, finds: &mut Finds<'_>) {
    let text = case.page.source.text();
    if !text.is_empty() && !text.ends_with('\n') {
        let last = text.rfind('\n').map_or(0, |at| at + 1);
        let found = finds.at(&(last..text.len()), "the last line has no end");
        finds
            .push(found.help(
                "end the file with a line feed: tools lose the line or join it with another",
            ));
    }
}

pub(super) fn long(case: &Case<'_>, finds: &mut Finds<'_>) {
    for at in case.page.long.iter().take(100) {
        let end = at.start + at.len().min(200);
        let found = finds.at(
            &(at.start..end),
            "this is too long for a policy: it was not read",
        );
        finds.push(found.help("break long lines, and keep to the policy"));
    }
}

pub(super) fn kept(case: &Case<'_>, finds: &mut Finds<'_>) {
    for section in case
        .facts
        .kept
        .iter()
        .filter(|section| !section.advice)
        .take(100)
    {
        let found = finds.at(
            &section.at,
            "nothing was made of this section: it is kept as guidance",
        );
        finds.push(found.help("move what is a promise to its key, and take out the rest"));
    }
}

pub(super) fn unread(case: &Case<'_>, finds: &mut Finds<'_>) {
    // That it is in another language says it once for all.
    if case.facts.language.is_some() {
        return;
    }
    for unread in case
        .facts
        .unread
        .iter()
        .filter(|unread| unread.matters)
        .take(100)
    {
        let found = finds.at(&unread.at, "nothing was made of this");
        finds.push(found.help(
            "where it is a promise, write it into caveat.toml; the lines are named at its end",
        ));
    }
}

pub(super) fn language(case: &Case<'_>, finds: &mut Finds<'_>) {
    if let Some(at) = &case.facts.language {
        let message =
            "this text is not English: nothing is read from it but addresses, links and versions";
        let found = finds.at(at, message);
        finds.push(
            found.help("write its promises into caveat.toml; its lines are named at the end"),
        );
    }
}

pub(super) fn partly(case: &Case<'_>, finds: &mut Finds<'_>) {
    if case.facts.language.is_some() {
        return;
    }
    for left in case.facts.left.iter().take(100) {
        let words = left
            .words
            .iter()
            .map(|words| quoted(words))
            .collect::<Vec<_>>();
        let found = finds.at(
            &left.at,
            format!("of this, {} was not taken over", words.join(" and ")),
        );
        finds.push(found.help(
            "where it is a promise, write it into caveat.toml; a comment there has the words",
        ));
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::lines;

    #[test]
    fn a_line_that_was_read_wrongly_is_told() {
        let code = "adopt-mojibake";
        assert_eq!(lines(code, "# A\n\n## \u{f8ff}üîí Private\n"), [3]);
        assert_eq!(lines(code, &"a \u{fffd}\n".repeat(100)), [1, 2, 3, 4, 5]);
        assert!(lines(code, "# 🔒 Privé\n").is_empty());
    }

    #[test]
    fn a_sentence_is_not_broken_by_an_empty_line() {
        let code = "adopt-broken-sentence";
        let text = "This is an alpha release and not for production\n\nenvironments of any kind.\n";
        assert_eq!(lines(code, text), [1]);
        assert!(lines(code, &text.replace("\n\ne", "\ne")).is_empty());
        assert!(lines(code, &text.replace("\n\ne", ".\n\nE")).is_empty());
    }

    #[test]
    fn the_last_line_has_an_end() {
        let code = "adopt-final-newline";
        assert_eq!(lines(code, "# A\n\nb"), [3]);
        assert!(lines(code, "# A\n").is_empty() && lines(code, "").is_empty());
    }

    #[test]
    fn a_line_that_is_no_sentence_is_not_read() {
        let code = "adopt-too-long";
        assert_eq!(lines(code, &"a ".repeat(6000)), [1]);
        assert!(lines(code, &"a ".repeat(600)).is_empty());
        assert_eq!(lines(code, &"a\n\n".repeat(10_001)), [20_000]);
    }
}
