//! Owns files of people's in which a part is ours: read, compared, and written through the pen.
//! Must never read what may not end, or follow a link to nothing.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use caveat_splice::first_difference;

use crate::failure::Failure;
use crate::output;
use crate::pen::{self, Old, Sheet};

/// No text that people write is larger.
const LARGEST: u64 = 10 << 20;

/// A file that may not exist yet.
pub(crate) struct SharedFile {
    pub(crate) path: PathBuf,
    /// As it was named.
    pub(crate) name: String,
    pub(crate) text: Option<String>,
    /// The command that writes it.
    by: String,
}

impl SharedFile {
    pub(crate) fn read(path: &Path, name: String, by: impl Into<String>) -> Result<Self, Failure> {
        let by = by.into();
        // What a link leads to is written, not the link.
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        if path
            .extension()
            .is_some_and(|extension| extension == "toml")
        {
            return Err(Failure::NotMarkdown(path, by));
        }
        let text = match bytes(&path) {
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) => Some(text),
                Err(_) => return Err(Failure::NotText(path)),
            },
            Err(error) if error.kind() == ErrorKind::NotFound && path.is_symlink() => {
                return Err(Failure::LinkToNothing(path));
            }
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(source) => return Err(Failure::Read { path, source }),
        };
        Ok(Self {
            path,
            name,
            text,
            by,
        })
    }

    /// Is the file what it should be? Says where it is not, and who would say otherwise.
    pub(crate) fn is_same(&self, wanted: &str, whose: &str) -> bool {
        let (name, by) = (&self.name, &self.by);
        let Some(text) = &self.text else {
            output::done(&format!("{name}: it does not exist; run `{by}`"));
            return false;
        };
        let Some(difference) = first_difference(text, wanted) else {
            return true;
        };
        let line = difference.line;
        output::done(&format!("{name}:{line}: not what {whose} says; run `{by}`"));
        for (mark, line) in [('-', difference.found), ('+', difference.wanted)] {
            if let Some(line) = line {
                output::done(&format!("{mark} {line}"));
            }
        }
        false
    }
}

/// A pipe or a device may never end, so only files are read.
fn bytes(path: &Path) -> std::io::Result<Vec<u8>> {
    let about = fs::metadata(path)?;
    if !about.is_file() || about.len() > LARGEST {
        let why = format!("no file of at most {} MB", LARGEST >> 20);
        return Err(std::io::Error::new(ErrorKind::InvalidInput, why));
    }
    fs::read(path)
}

/// All that changed, or nothing.
pub(crate) fn write(files: Vec<(SharedFile, String)>) -> Result<ExitCode, Failure> {
    let (mut sheets, mut done) = (Vec::new(), Vec::new());
    for (file, text) in files {
        if file.text.as_deref() == Some(&text) {
            done.push(format!("{} is up to date", file.name));
            continue;
        }
        done.push(format!("wrote {}", file.name));
        sheets.push(Sheet {
            instead_of: file.text.map(|text| Old {
                path: file.path.clone(),
                bytes: text.into_bytes(),
            }),
            path: file.path,
            bytes: text.into_bytes(),
        });
    }
    pen::write(&sheets)?;
    for line in done {
        output::done(&line);
    }
    Ok(ExitCode::SUCCESS)
}
