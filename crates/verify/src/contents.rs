//! Owns the reading of all files of a tree, once each and on all cores: hashes, records, the archive of them.
//! Must never open what is no file, or hold more than one record and the archive in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::archive::{Archive, ArchiveFlaw};
use crate::directory::Error;
use crate::fault::ARCHIVE;
use crate::hashing::{PIECE, hash};
use crate::record::{self, RecordFlaw, SIGNATURE};
use crate::site::read_error;
use crate::unpacker::Unpacker;
use crate::{Fault, SignatureError, Signed, Trusted, sshsig};
use caveat_artifact::{Digest, Manifest};

/// No record is longer: what is, is read by nobody.
const LARGEST_RECORD: u64 = 16 << 20;
/// Nor an archive of them.
const LARGEST_ARCHIVE: u64 = 2 << 30;

/// What is looked at, and what it is held against.
pub(crate) struct Contents<'a> {
    pub(crate) directory: &'a Path,
    pub(crate) manifest: &'a Manifest,
    /// All files of the tree but the list and its signatures.
    pub(crate) there: &'a BTreeSet<String>,
    /// Further files, by path and hash.
    pub(crate) more: &'a [(String, Digest)],
    pub(crate) feed: &'a str,
    pub(crate) trusted: &'a Trusted,
    /// Who signed the list: most records are signed by nobody else.
    pub(crate) signer: Option<(Vec<u8>, &'a Signed)>,
}

/// What a record says, and how long it is.
pub(crate) struct Known {
    pub(crate) modified: String,
    pub(crate) length: u64,
}

/// What was found.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) faults: Vec<Fault>,
    pub(crate) files: usize,
    pub(crate) bytes: u64,
    /// Records by id, those that could be read.
    pub(crate) records: BTreeMap<String, Known>,
}

enum Job<'a> {
    File(&'a str, &'a Digest),
    Record {
        id: &'a str,
        path: &'a str,
        digest: &'a Digest,
        signature: Option<&'a Digest>,
        /// Where one record has a signature of its own, each has.
        wanted: bool,
    },
}

/// What one thread uses again and again.
struct Desk {
    buffer: Vec<u8>,
    /// How much of it is the file that was read last.
    filled: usize,
    unpacker: Unpacker,
    found: Found,
}

impl Contents<'_> {
    /// Reads everything.
    pub(crate) fn read(&self) -> Result<Found, Error> {
        let jobs = self.jobs();
        let (archive, flaw) = match self.archive()? {
            Some(Ok(archive)) => (Some(archive), None),
            Some(Err(flaw)) => (None, Some(flaw)),
            None => (None, None),
        };
        let mut found = self.on_all_cores(&jobs, archive.as_ref())?;
        let flaws = archive.iter().flat_map(|archive| self.unlisted(archive));
        let flaws = flaws
            .chain(flaw)
            .map(|flaw| Fault::Archive(flaw.to_string()));
        found.faults.extend(flaws);
        Ok(found)
    }

    /// A record and its signature are one job.
    fn jobs(&self) -> Vec<Job<'_>> {
        let files = self.manifest.files();
        let wanted = files.keys().any(|path| self.signs(path.as_ref()).is_some());
        let mut jobs = Vec::with_capacity(files.len() + self.more.len());
        for (path, digest) in files {
            let path = path.as_ref();
            if self.signs(path).is_some() {
                continue;
            }
            jobs.push(match record::id_of(path) {
                Some(id) => Job::Record {
                    id,
                    path,
                    digest,
                    signature: self.listed(&format!("{path}{SIGNATURE}")),
                    wanted,
                },
                None => Job::File(path, digest),
            });
        }
        jobs.extend(
            self.more
                .iter()
                .map(|(path, digest)| Job::File(path, digest)),
        );
        jobs
    }

    fn listed(&self, path: &str) -> Option<&Digest> {
        let path = caveat_artifact::SitePath::new(path).ok()?;
        self.manifest.files().get(&path)
    }

    /// The listed record that the file of this path is a signature of.
    fn signs<'p>(&self, path: &'p str) -> Option<&'p str> {
        let record = path.strip_suffix(SIGNATURE)?;
        record::id_of(record)?;
        self.listed(record).map(|_| record)
    }

    fn archive(&self) -> Result<Option<Result<Archive, ArchiveFlaw>>, Error> {
        if self.listed(ARCHIVE).is_none() || !self.there.contains(ARCHIVE) {
            return Ok(None);
        }
        let path = self.directory.join(ARCHIVE);
        let mut bytes = Vec::new();
        let file = File::open(&path).map_err(read_error(&path))?;
        let read = file.take(LARGEST_ARCHIVE + 1).read_to_end(&mut bytes);
        read.map_err(read_error(&path))?;
        Ok(Some(if bytes.len() as u64 > LARGEST_ARCHIVE {
            Err(ArchiveFlaw::Form("it is larger than any feed"))
        } else {
            Archive::read(bytes)
        }))
    }

    fn unlisted(&self, archive: &Archive) -> Vec<ArchiveFlaw> {
        let known = |name: &&str| {
            let path = format!("{}{name}", record::DIRECTORY);
            record::id_of(&path).is_some() && self.listed(&path).is_some()
        };
        let strangers = archive.names().filter(|name| !known(name));
        strangers
            .map(|name| ArchiveFlaw::Unlisted(name.to_owned()))
            .collect()
    }

    fn on_all_cores(&self, jobs: &[Job<'_>], archive: Option<&Archive>) -> Result<Found, Error> {
        let (next, all) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
        let work = || {
            let mut desk = Desk {
                buffer: vec![0; PIECE],
                filled: 0,
                unpacker: Unpacker::new(),
                found: Found::default(),
            };
            let mut result = Ok(());
            while let Some(job) = jobs.get(next.fetch_add(1, Ordering::Relaxed))
                && result.is_ok()
            {
                result = self.one(job, archive, &mut desk);
            }
            let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
            all.push(result.map(|()| desk.found));
        };
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        // A thread costs more than a few files do.
        match cores.min(jobs.len() / 64) {
            0 | 1 => work(),
            cores => std::thread::scope(|scope| {
                for _ in 0..cores {
                    scope.spawn(work);
                }
            }),
        }
        let mut whole = Found::default();
        for part in all.into_inner().unwrap_or_else(PoisonError::into_inner) {
            let part = part?;
            whole.faults.extend(part.faults);
            whole.files += part.files;
            whole.bytes += part.bytes;
            whole.records.extend(part.records);
        }
        Ok(whole)
    }

    fn one(&self, job: &Job<'_>, archive: Option<&Archive>, desk: &mut Desk) -> Result<(), Error> {
        match *job {
            Job::File(path, digest) => self.file(path, digest, 0, desk).map(drop),
            Job::Record {
                id,
                path,
                digest,
                signature,
                wanted,
            } => {
                let place = format!("{path}{SIGNATURE}");
                let armour = match signature {
                    Some(digest) if self.file(&place, digest, LARGEST_RECORD, desk)? => {
                        Some(String::from_utf8_lossy(&desk.buffer[..desk.filled]).into_owned())
                    }
                    None if wanted => {
                        desk.found.faults.push(Fault::Missing(place));
                        None
                    }
                    _ => None,
                };
                if self.file(path, digest, LARGEST_RECORD, desk)? {
                    self.record(id, path, armour.as_deref(), archive, desk);
                }
                Ok(())
            }
        }
    }

    /// The same bytes are the same signer.
    fn judge(&self, signer: &[u8]) -> Result<Signed, SignatureError> {
        match &self.signer {
            Some((blob, known)) if blob == signer => Ok((*known).clone()),
            _ => self.trusted.judge(signer, self.feed),
        }
    }

    /// A file that is there and as it was listed; up to `keep` bytes of it stay in the buffer.
    fn file(&self, path: &str, digest: &Digest, keep: u64, desk: &mut Desk) -> Result<bool, Error> {
        desk.found.files += 1;
        if !self.there.contains(path) {
            desk.found.faults.push(Fault::Missing(path.to_owned()));
            return Ok(false);
        }
        let place = self.directory.join(path);
        let read = hash(&place, keep, &mut desk.buffer).map_err(read_error(&place))?;
        let (found, length, filled) = read;
        desk.filled = filled;
        desk.found.bytes += length;
        let same = found == *digest;
        if !same {
            desk.found.faults.push(Fault::Changed(path.to_owned()));
        }
        Ok(same)
    }

    /// A record whose bytes are in the buffer.
    fn record(
        &self,
        id: &str,
        path: &str,
        armour: Option<&str>,
        archive: Option<&Archive>,
        desk: &mut Desk,
    ) {
        let bytes = &desk.buffer[..desk.filled];
        let mut fault = |reason: String| {
            let file = path.to_owned();
            desk.found.faults.push(Fault::Record { file, reason });
        };
        // Where nobody is trusted, the list says so once, and its records need not say it again.
        if let Some(armour) = armour.filter(|_| self.trusted.anybody())
            && let Err(error) =
                sshsig::verify_by(armour, bytes, self.feed, |signer| self.judge(signer))
        {
            fault(RecordFlaw::Signature(error).to_string());
        }
        match record::facts(id, bytes) {
            Ok(modified) => {
                let length = bytes.len() as u64;
                let known = Known { modified, length };
                desk.found.records.insert(id.to_owned(), known);
            }
            Err(flaw) => fault(flaw.to_string()),
        }
        let name = format!("{id}.json");
        if let Some(Err(flaw)) =
            archive.map(|archive| archive.holds(&name, bytes, &mut desk.unpacker))
        {
            desk.found.faults.push(Fault::Archive(flaw.to_string()));
        }
    }
}
