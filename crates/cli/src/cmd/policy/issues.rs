//! Owns the part of GitHub's `.github/ISSUE_TEMPLATE/config.yml` that leads to private ways to report.
//! Must never touch a file that does not say, by its markers, that this part is ours.

use std::path::{Path, PathBuf};

use caveat_check::Book;
use caveat_render::{ISSUE_MARKERS, issue_links};
use caveat_splice::pair;

use crate::failure::Failure;
use crate::shared_file::SharedFile as File;

/// Where GitHub looks for it.
pub(super) const PLACE: &str = ".github/ISSUE_TEMPLATE/config.yml";

/// The file as it is and as it should be. `named` by a flag it is made where there is none;
/// else it is kept up to date where it has our markers, and nobody else's business.
pub(super) fn planned(
    root: &Path,
    directory: &Path,
    named: Option<&PathBuf>,
    book: &Book,
) -> Result<Option<(File, String)>, Failure> {
    let (path, name) = match named {
        Some(path) if path.as_os_str() != PLACE => {
            (directory.join(path), path.display().to_string())
        }
        _ => (root.join(PLACE), PLACE.to_owned()),
    };
    let file = match (File::read(&path, name, "caveat policy --issues"), named) {
        // Nobody asked for it.
        (Err(_), None) => return Ok(None),
        (file, _) => file?,
    };
    let part = issue_links(book.project());
    let wanted = match (file.text.as_deref(), named) {
        (None, None) => None,
        (None, Some(_)) => Some(whole(&part)),
        (Some(text), _) => match (filled(text, &part), named) {
            (Ok(None), Some(_)) => return Err(Failure::NotOurs(file.name.into(), ISSUE_MARKERS)),
            (Ok(filled), _) => filled,
            (Err((line, fault)), _) => {
                let path = file.name;
                return Err(Failure::Markers { path, line, fault });
            }
        },
    };
    Ok(wanted.map(|wanted| (file, wanted)))
}

fn whole(part: &str) -> String {
    let [begin, end] = ISSUE_MARKERS;
    format!("{begin}\n{part}{end}\n")
}

/// The text with `part` between the lines of its markers; none where it has no markers.
fn filled(text: &str, part: &str) -> Result<Option<String>, (usize, String)> {
    let [begin, end] = ISSUE_MARKERS;
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let at = |marker: &str| {
        let marks = lines.iter().enumerate();
        let marks = marks.filter(|(_, line)| line.trim_end() == marker);
        marks.map(|(at, _)| at).collect::<Vec<_>>()
    };
    let places = pair(&at(begin), &at(end));
    let places = places.map_err(|(at, why)| (at + 1, why.says("our part")))?;
    let Some((from, to)) = places else {
        return Ok(None);
    };
    let (before, after) = (&lines[..=from], &lines[to..]);
    let outside = before.iter().chain(after).enumerate();
    let mut twice = outside.filter(|(_, line)| line.starts_with("contact_links"));
    if let Some((at, _)) = twice.next() {
        let line = if at <= from { at } else { at - from - 1 + to };
        let fault = "`contact_links` is also outside of our part, and YAML knows each key once";
        return Err((line + 1, fault.to_owned()));
    }
    let end_of_line = if lines[from].ends_with("\r\n") {
        "\r\n"
    } else {
        "\n"
    };
    let part = part.replace('\n', end_of_line);
    Ok(Some(format!("{}{part}{}", before.concat(), after.concat())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_part_changes_in_the_line_ends_of_the_file() {
        let text =
            "blank_issues_enabled: false\r\n# caveat:policy\r\nold\r\n# /caveat:policy\r\n# tail";
        let once = filled(text, "a: 1\nb: 2\n").expect("a pair").expect("ours");
        assert_eq!(once, text.replace("old\r\n", "a: 1\r\nb: 2\r\n"));
        assert_eq!(filled(&once, "a: 1\nb: 2\n"), Ok(Some(once)));
        assert_eq!(filled("contact_links: []\n", "x"), Ok(None));
    }

    #[test]
    fn what_would_be_no_yaml_is_refused_with_its_line() {
        for (text, line) in [
            ("# caveat:policy\n", 1),
            ("a: 1\n# /caveat:policy\n# caveat:policy\n", 2),
            ("# caveat:policy\n# caveat:policy\n# /caveat:policy\n", 2),
            ("# caveat:policy\n# /caveat:policy\n# /caveat:policy\n", 3),
            ("contact_links:\n# caveat:policy\n# /caveat:policy\n", 1),
            (
                "# caveat:policy\nx\n# /caveat:policy\ncontact_links: []\n",
                4,
            ),
        ] {
            assert_eq!(filled(text, "x\n").expect_err("refused").0, line, "{text}");
        }
    }
}
