//! Owns the last look before an edition is shown: clients take it, new ones and those that saw what is out.
//! Must never call anything proven but by the same client that readers have.

use std::convert::Infallible;

use caveat_tuf::{Chain, Check, Memory, Verdict, When};
use jiff::{SignedDuration, Timestamp};

/// What a client would say of what was made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a client that {client} would call it {verdict}; nothing was published")]
pub struct Unproven {
    client: &'static str,
    verdict: String,
}

/// Until when `after` is fresh, for a client that is new to the feed and for one that saw `before`. Both give files by their
/// names below `tuf/`.
///
/// # Errors
/// [`Unproven`].
pub fn prove(
    chain: &Chain,
    now: Timestamp,
    before: impl Fn(&str) -> Option<Vec<u8>>,
    after: impl Fn(&str) -> Option<Vec<u8>>,
) -> Result<Timestamp, Unproven> {
    // Long ago or not: what was authentic then is remembered.
    let seen = look(chain, None, When::OfflineAt(now), before).1;
    fresh(chain, seen.as_ref(), now, &after, "knows what is out")?;
    fresh(chain, None, now, &after, "is new")
}

fn fresh(
    chain: &Chain,
    memory: Option<&Memory>,
    now: Timestamp,
    tree: &impl Fn(&str) -> Option<Vec<u8>>,
    client: &'static str,
) -> Result<Timestamp, Unproven> {
    match look(chain, memory, When::Now(now), tree).0 {
        Verdict::Fresh { until } => Ok(until),
        verdict => Err(Unproven {
            client,
            verdict: verdict.to_string(),
        }),
    }
}

fn look(
    chain: &Chain,
    memory: Option<&Memory>,
    when: When,
    tree: impl Fn(&str) -> Option<Vec<u8>>,
) -> (Verdict, Option<Memory>) {
    let root = chain.get(1).map(|(_, bytes)| bytes).unwrap_or_default();
    let check = Check {
        root,
        memory,
        when,
        max_stale: SignedDuration::ZERO,
    };
    let Ok(outcome) = check.run(|name, _| Ok::<_, Infallible>(tree(name)));
    (outcome.verdict, outcome.memory)
}
