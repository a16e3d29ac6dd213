//! Owns archives of records (PKZIP 6.3.3), in the one form that is published: files one after the other, then their list.
//! Must never unpack more than is expected, or pass over what some other reader would find.
//!
//! Libraries for zips are lenient: of two files with one name they show the last, and what lies between files they never
//! look at. So this reads the few fields by itself, and leaves only the inflating to a library.

use std::collections::BTreeMap;
use std::ops::Range;

use flate2::Crc;

use crate::unpacker::Unpacker;

const FILE: u32 = 0x0403_4b50;
const LISTED: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
const END64: u32 = 0x0606_4b50;
const LOCATOR64: u32 = 0x0706_4b50;
/// Flags that say nothing of how to read: level of compression, and that a name is UTF-8.
const HARMLESS: u16 = 0b1000_0000_0110;

/// Why an archive is not the records.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArchiveFlaw {
    /// Another form than the one that is published.
    #[error("it is no archive as it is published: {0}")]
    Form(&'static str),
    /// Two files of one name: readers differ about which one counts.
    #[error("`{}` is in it twice", .0.escape_debug())]
    Repeated(String),
    /// A name that is no plain name of a file.
    #[error("`{}` is in it, and leads elsewhere", .0.escape_debug())]
    Path(String),
    /// A record that is not beside it.
    #[error("`{}` is in it, and no such record is published", .0.escape_debug())]
    Unlisted(String),
    /// A record that is beside it alone.
    #[error("`{0}` is not in it")]
    Missing(String),
    /// A file with more bytes than it says, or than the record has.
    #[error("`{0}` unpacks to more than the record that is published")]
    Long(String),
    /// A file whose checksum is another: readers that look at it refuse what the others take.
    #[error("`{0}` in it has a checksum that does not fit")]
    Checksum(String),
    /// Another content than that of the record.
    #[error("`{0}` in it is not the record that is published")]
    Differs(String),
}

/// Where the bytes of one file are.
#[derive(Clone, Debug)]
struct Packed {
    at: Range<usize>,
    deflated: bool,
    length: u64,
    checksum: u32,
}

/// An archive in memory.
#[derive(Debug)]
pub(crate) struct Archive {
    bytes: Vec<u8>,
    files: BTreeMap<String, Packed>,
}

/// Takes numbers from the front.
struct Take<'a>(&'a [u8]);

impl<'a> Take<'a> {
    fn bytes(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.bytes(N)?.try_into().ok()
    }

    fn short(&mut self) -> Option<u16> {
        self.array().map(u16::from_le_bytes)
    }

    fn number(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    fn long(&mut self) -> Option<u64> {
        self.array().map(u64::from_le_bytes)
    }

    fn size(&mut self) -> Option<usize> {
        self.number().and_then(|size| usize::try_from(size).ok())
    }
}

/// What the list and the head of a file say alike.
#[derive(PartialEq, Eq)]
struct Facts {
    flags: u16,
    method: u16,
    checksum: u32,
    packed: usize,
    length: u32,
    name: usize,
    extra: usize,
}

impl Facts {
    /// Versions were read; times are nobody's business.
    fn read(take: &mut Take<'_>) -> Option<Self> {
        let (flags, method) = (take.short()?, take.short()?);
        take.number()?;
        Some(Self {
            flags,
            method,
            checksum: take.number()?,
            packed: take.size()?,
            length: take.number()?,
            name: take.short()?.into(),
            extra: take.short()?.into(),
        })
    }
}

/// How many files the end says there are, and where their list begins and ends.
fn end(bytes: &[u8]) -> Option<(u64, Range<usize>)> {
    let start = bytes.len().checked_sub(22)?;
    let mut take = Take(bytes.get(start..)?);
    (take.number()? == END && take.number()? == 0).then_some(())?;
    let (here, count) = (take.short()?, take.short()?);
    let (size, offset) = (take.number()?, take.number()?);
    (take.short()? == 0 && here == count).then_some(())?;
    if count < u16::MAX && offset < u32::MAX {
        let list = usize::try_from(offset).ok()?..start;
        let whole = list.len() == usize::try_from(size).ok()?;
        return whole.then_some((count.into(), list));
    }
    end64(bytes, start)
}

/// The same where there are more than 65,534 files.
fn end64(bytes: &[u8], end: usize) -> Option<(u64, Range<usize>)> {
    let locator = end.checked_sub(20)?;
    let start = locator.checked_sub(56)?;
    let mut take = Take(bytes.get(locator..)?);
    (take.number()? == LOCATOR64 && take.number()? == 0).then_some(())?;
    let placed = take.long()? == u64::try_from(start).ok()?;
    (placed && take.number()? == 1).then_some(())?;
    let mut take = Take(bytes.get(start..locator)?);
    (take.number()? == END64 && take.long()? == 44).then_some(())?;
    take.number()?;
    (take.long()? == 0).then_some(())?;
    let (here, count) = (take.long()?, take.long()?);
    let (size, offset) = (take.long()?, take.long()?);
    let list = usize::try_from(offset).ok()?..start;
    let whole = list.len() == usize::try_from(size).ok()?;
    (whole && here == count).then_some((count, list))
}

impl Archive {
    /// Reads the list of an archive, and that nothing is in it that is not listed.
    pub(crate) fn read(bytes: Vec<u8>) -> Result<Self, ArchiveFlaw> {
        let (count, list) = end(&bytes).ok_or(ArchiveFlaw::Form("its end is not where it ends"))?;
        let mut take = Take(
            bytes
                .get(list.clone())
                .ok_or(ArchiveFlaw::Form("its list is elsewhere"))?,
        );
        let (mut files, mut next) = (BTreeMap::new(), 0);
        for _ in 0..count {
            let (name, packed) = one(&bytes, &mut take, next)
                .ok_or(ArchiveFlaw::Form("a file is not as its list says"))?;
            next = packed.at.end;
            if name.contains(['/', '\\', '\0']) || name.starts_with('.') {
                return Err(ArchiveFlaw::Path(name));
            }
            if files.contains_key(&name) {
                return Err(ArchiveFlaw::Repeated(name));
            }
            files.insert(name, packed);
        }
        if next == list.start && take.0.is_empty() {
            Ok(Self { bytes, files })
        } else {
            Err(ArchiveFlaw::Form("something in it is not listed"))
        }
    }

    /// The names of all files.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Is the file of this name these bytes?
    pub(crate) fn holds(
        &self,
        name: &str,
        expected: &[u8],
        unpacker: &mut Unpacker,
    ) -> Result<(), ArchiveFlaw> {
        let Some(packed) = self.files.get(name) else {
            return Err(ArchiveFlaw::Missing(name.to_owned()));
        };
        let bytes = self.bytes.get(packed.at.clone()).unwrap_or_default();
        let same = match expected.len() as u64 {
            length if packed.length > length => None,
            length if packed.length < length => Some(false),
            _ if packed.deflated => unpacker.same(bytes, expected),
            _ => Some(bytes == expected),
        };
        match same {
            Some(true) if checksum(expected) != packed.checksum => {
                Err(ArchiveFlaw::Checksum(name.to_owned()))
            }
            Some(true) => Ok(()),
            Some(false) => Err(ArchiveFlaw::Differs(name.to_owned())),
            None => Err(ArchiveFlaw::Long(name.to_owned())),
        }
    }
}

fn checksum(bytes: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum()
}

/// Neither a link nor a directory, to Unix or to DOS, whichever a reader asks.
fn is_file(attributes: u32) -> bool {
    let kind = attributes >> 28;
    (kind == 0 || kind == 0o10) && attributes & 0x10 == 0
}

/// The next file of the list, which must begin where the one before ended.
fn one(bytes: &[u8], take: &mut Take<'_>, next: usize) -> Option<(String, Packed)> {
    (take.number()? == LISTED).then_some(())?;
    take.number()?;
    let listed = Facts::read(take)?;
    let (comment, disk) = (take.short()?, take.short()?);
    take.short()?;
    let attributes = take.number()?;
    let offset = take.size()?;
    let name = take.bytes(listed.name)?;
    // An extra field may hold another name, for some readers.
    (is_file(attributes) && listed.extra == 0).then_some(())?;
    (comment == 0 && disk == 0 && offset == next).then_some(())?;
    let mut head = Take(bytes.get(offset..)?);
    (head.number()? == FILE).then_some(())?;
    head.short()?;
    let own = Facts::read(&mut head)?;
    let same = (own.flags, own.method, own.packed, own.length, own.checksum)
        == (
            listed.flags,
            listed.method,
            listed.packed,
            listed.length,
            listed.checksum,
        );
    (same && head.bytes(own.name)? == name && listed.flags & !HARMLESS == 0).then_some(())?;
    (own.extra == 0).then_some(())?;
    let start = bytes.len().checked_sub(head.0.len())?;
    head.bytes(listed.packed)?;
    let packed = Packed {
        at: start..start.checked_add(listed.packed)?,
        deflated: match listed.method {
            0 => false,
            8 => true,
            _ => return None,
        },
        length: listed.length.into(),
        checksum: listed.checksum,
    };
    Some((String::from_utf8(name.to_vec()).ok()?, packed))
}
