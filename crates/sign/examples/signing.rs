//! Measures what it costs to sign a feed: each record, the list of all files in both forms, and an edition for machines.
//! Must never count what is not signing: records are made before, and nothing is written.
//!
//! `signing 30000` prints the cpu time of one core, as Linux counts it for this process.

use std::collections::BTreeMap;
use std::error::Error;
use std::time::{Duration, Instant};

use caveat_artifact::{Artifact, Hashing, Sink, SinkError, SitePath};
use caveat_sign::{Hand, Hands, SecretKey, Signing, Stamp, proven, sign};
use caveat_tuf::{Chain, Draft, Holders, Key, Keyring, Lifetimes, Press, Role};
use jiff::{SignedDuration, Timestamp};

/// Where everything goes that is only measured.
struct Nowhere;

impl Sink for Nowhere {
    fn put(&self, _: Artifact) -> Result<(), SinkError> {
        Ok(())
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let count: usize = std::env::args()
        .nth(1)
        .map_or(Ok(30_000), |text| text.parse())?;
    let key = SecretKey::generate()?;
    let now: Timestamp = "2026-11-22T00:00:00Z".parse()?;
    let chain = chain(&key, now)?;
    let records = (0..count).map(record).collect::<Result<Vec<_>, _>>()?;
    let stamp = Stamp {
        feed: "example.org/advisories".to_owned(),
        issued: now.to_string(),
        seq: Some(1),
        expires: Some("2026-11-29T00:00:00Z".to_owned()),
    };
    let (began, before) = (Instant::now(), cpu());
    let sink = Signing::new(Hashing::new(Nowhere), &key, None, &stamp)?;
    for record in records {
        sink.put(record)?;
    }
    let (manifest, Nowhere) = sink.finish()?.finish();
    let signed = cpu();
    let hand: [&dyn Hand; 1] = [&key];
    let mut hands = Hands {
        publish: &hand,
        freshness: &hand,
    };
    let press = Press {
        chain: &chain,
        state: None,
        now,
        lifetimes: Lifetimes::default(),
    };
    let bundle = sign(&manifest, &key, None, &stamp)?;
    let (bundle, state) = bundle.with_edition(&press, shards(count), &mut hands)?;
    let (wall, all) = (began.elapsed(), cpu().zip(before));
    let seconds = |time: Option<Duration>| {
        time.map_or_else(
            || "?".to_owned(),
            |time| format!("{:.2}", time.as_secs_f64()),
        )
    };
    let part = signed
        .zip(before)
        .map(|(after, before)| after.saturating_sub(before));
    let all = all.map(|(after, before)| after.saturating_sub(before));
    let files = bundle.into_artifacts().len();
    #[expect(clippy::print_stdout, reason = "figures are what it is for")]
    {
        println!(
            "sign: {count} records and {files} files of edition {}: {} s of cpu ({} s for the records), {} s by the clock",
            state.seq(),
            seconds(all),
            seconds(part),
            seconds(Some(wall)),
        );
    }
    Ok(())
}

/// A record of the usual size.
fn record(number: usize) -> Result<Artifact, Box<dyn Error>> {
    let id = format!("x_BENCH-2026-{number:06}");
    let details =
        "A loader trusts the length that a file states, and writes past the end of its buffer. "
            .repeat(14);
    let text = format!(
        "{{\n  \"details\": \"{details}\",\n  \"id\": \"{id}\",\n  \"schema_version\": \"1.7.4\"\n}}\n"
    );
    Ok(Artifact::new(
        SitePath::new(format!("osv/{id}.json"))?,
        text.into_bytes(),
    ))
}

/// What machines get: a bundle, the keyring, 256 parts of an index.
fn shards(count: usize) -> BTreeMap<String, Vec<u8>> {
    let part = vec![b'x'; count / 256 * 160];
    let parts = (0..256).map(|number| (format!("index-{number:02x}.json"), part.clone()));
    let others = [("all.zip", count * 400), ("keyring.json", 3000)];
    let others = others.map(|(name, length)| (name.to_owned(), vec![b'x'; length]));
    parts.chain(others).collect()
}

fn chain(key: &SecretKey, now: Timestamp) -> Result<Chain, Box<dyn Error>> {
    let public = Key::from_bytes(key.public().as_bytes())?;
    let holders = |role| Holders::new(role, &[public], 1);
    let keyring = Keyring {
        root: holders(Role::Root)?,
        targets: holders(Role::Targets)?,
        snapshot: holders(Role::Snapshot)?,
        timestamp: holders(Role::Timestamp)?,
    };
    let mut draft = Draft::first(keyring, now + SignedDuration::from_hours(24 * 365))?;
    let signature = proven(key, draft.message())?;
    draft.sign(&public, signature)?;
    Ok(Chain::begin(draft.finish()?)?)
}

/// What this process used so far; none where the system does not say.
fn cpu() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/self/schedstat").ok()?;
    let nanoseconds = text.split_ascii_whitespace().next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}
