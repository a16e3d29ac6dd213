//! Owns notes as plain text.
//! Must never cut a word or an address.

use caveat_words::lines::fold;

use crate::Release;
use crate::item::{Item, counted};

/// Lines of prose are at most this long.
const WIDTH: usize = 72;

pub(crate) fn text(release: &Release<'_>, items: &[Item]) -> String {
    let (package, version) = (&release.package.title, release.version);
    let head = format!("{package} {version} fixes {}.", counted(items));
    let mut lines = vec!["SECURITY".to_owned(), String::new()];
    lines.extend(fold(&head, ["", ""], WIDTH));
    for item in items {
        lines.push(String::new());
        lines.extend(entry(item));
    }
    lines.join("\n") + "\n"
}

fn entry(item: &Item) -> Vec<String> {
    let head = format!("{}: {}", item.severity, item.title);
    let mut lines = fold(&head, ["* ", "  "], WIDTH);
    let more = std::iter::once(item.names()).chain(item.sentences());
    lines.extend(more.flat_map(|one| fold(&one, ["  ", "  "], WIDTH)));
    lines.push(format!("  {}", item.url));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::item::samples::{HOSTILE, item};

    #[test]
    fn hostile_text_keeps_every_word() {
        let long = "w".repeat(300);
        for text in HOSTILE.iter().chain([&&*long]) {
            let item = item(text);
            let said = entry(&item).join(" ");
            let words = item.title.split_whitespace();
            for word in words {
                assert!(
                    said.split_whitespace().any(|one| one == word),
                    "{word}: {said}"
                );
            }
            for line in entry(&item) {
                let short = line.chars().count() <= WIDTH;
                assert!(short || line.split_whitespace().count() == 1, "{line}");
            }
        }
    }
}
