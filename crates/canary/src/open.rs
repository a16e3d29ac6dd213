//! Owns what an artifact holds: itself, the members of an archive, the decoded parts of a mail.
//! Must never skip what it cannot open: it is looked at as it is.

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};

use mail_parser::MessageParser;
use rayon::prelude::*;
use zip::ZipArchive;

/// What is found in some bytes, by numbers.
pub(crate) type Look<'l> = &'l (dyn Fn(&[u8]) -> BTreeSet<usize> + Sync);

/// Calls `look` on everything in a file, and gathers what it finds.
pub(crate) fn parts(path: &str, bytes: &[u8], look: Look<'_>) -> BTreeSet<usize> {
    match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("zip") => archive(bytes, look),
        Some("eml") => mail(bytes, look),
        _ => look(bytes),
    }
}

/// Members on all cores: an archive is one artifact and may hold a whole feed.
fn archive(bytes: &[u8], look: Look<'_>) -> BTreeSet<usize> {
    let Ok(archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return look(bytes);
    };
    let member = |archive: &mut ZipArchive<Cursor<&[u8]>>, at: usize| {
        let mut member = archive.by_index(at).ok()?;
        let name = member.name().unwrap_or_default();
        let mut content = name.as_bytes().to_vec();
        drop(name);
        content.push(b'\n');
        member.read_to_end(&mut content).ok()?;
        Some(look(&content))
    };
    let indices = (0..archive.len()).into_par_iter();
    indices
        .map_init(|| archive.clone(), |archive, at| member(archive, at))
        .flatten()
        .flatten_iter()
        .collect()
}

fn mail(bytes: &[u8], look: Look<'_>) -> BTreeSet<usize> {
    let mut found = look(bytes);
    let Some(message) = MessageParser::default().parse(bytes) else {
        return found;
    };
    let subject = message.subject().unwrap_or_default();
    found.append(&mut look(subject.as_bytes()));
    for part in &message.parts {
        found.append(&mut look(part.contents()));
    }
    found
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn holds(path: &str, bytes: &[u8], word: &str) -> bool {
        let look = |bytes: &[u8]| {
            let told = String::from_utf8_lossy(bytes).contains(word);
            BTreeSet::from_iter(told.then_some(1))
        };
        !parts(path, bytes, &look).is_empty()
    }

    #[test]
    fn an_archive_is_looked_at_member_by_member() {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for name in ["one", "two"] {
            writer
                .start_file(format!("{name}.json"), SimpleFileOptions::default())
                .expect("started");
            writer
                .write_all(name.repeat(99).as_bytes())
                .expect("written");
        }
        let bytes = writer.finish().expect("finished").into_inner();
        assert!(holds("a.zip", &bytes, "twotwo") && holds("a.zip", &bytes, "one.json"));
        assert!(!holds("a.zip", &bytes, "three"));
        assert!(holds("a.zip", b"no archive: three", "three"));
    }

    #[test]
    fn what_mail_hides_is_looked_at_as_people_read_it() {
        let message = mail_builder::MessageBuilder::new()
            .subject("Zanzibär quokka")
            .text_body(format!("{} wörter quokkaskörper", "wort ".repeat(14)))
            .write_to_vec()
            .expect("a mail");
        assert!(!String::from_utf8_lossy(&message).contains("Zanzibär"));
        assert!(holds("a.eml", &message, "Zanzibär quokka"));
        assert!(holds("a.eml", &message, "wörter quokkaskörper"));
        assert!(holds("a.eml", b"\xff no mail", "no mail"));
    }
}
