//! Owns what an artifact holds: itself, the members of an archive, the decoded parts of a mail.
//! Must never skip what it cannot open: it is looked at as it is.

use std::io::{Cursor, Read as _};

use mail_parser::MessageParser;
use rayon::prelude::*;
use zip::ZipArchive;

/// Calls `look` on everything in a file until it finds something.
pub(crate) fn parts<F: Send>(
    path: &str,
    bytes: &[u8],
    look: &(dyn Fn(&[u8]) -> Option<F> + Sync),
) -> Option<F> {
    match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("zip") => archive(bytes, look),
        Some("eml") => look(bytes).or_else(|| mail(bytes, look)),
        _ => look(bytes),
    }
}

/// Members on all cores: an archive is one artifact and may hold a whole feed.
fn archive<F: Send>(bytes: &[u8], look: &(dyn Fn(&[u8]) -> Option<F> + Sync)) -> Option<F> {
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
        look(&content)
    };
    let indices = (0..archive.len()).into_par_iter();
    indices
        .map_init(|| archive.clone(), |archive, at| member(archive, at))
        .find_map_any(|found| found)
}

fn mail<F>(bytes: &[u8], look: &dyn Fn(&[u8]) -> Option<F>) -> Option<F> {
    let message = MessageParser::default().parse(bytes)?;
    let subject = message
        .subject()
        .and_then(|subject| look(subject.as_bytes()));
    subject.or_else(|| {
        let mut bodies = message.parts.iter();
        bodies.find_map(|part| look(part.contents()))
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn holds(path: &str, bytes: &[u8], word: &str) -> bool {
        let look = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains(word).then_some(());
        parts(path, bytes, &look).is_some()
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
