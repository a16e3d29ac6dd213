//! Owns `caveat compare`: which of two versions comes first, as their ecosystem orders them.
//! Must never answer by an order that is not the ecosystem's own.

use std::cmp::Ordering;
use std::io::{BufRead, BufWriter, Read as _, Write};
use std::process::ExitCode;

use caveat_versions::{Ecosystem, Order, Version};

use crate::failure::Failure;
use crate::output;

/// Which versions to compare.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Prints `<`, `=` or `>`. With `-` in place of the versions, pairs come from stdin: one pair on a line, apart
by spaces or tabs, and one sign on a line goes to stdout. A line that is no pair of versions prints `?`.
Versions may be spelled as registries hold them: `v1.2` under SemVer, for one.

Exit codes: 0 compared, 1 some line was no pair of versions, 2 the ecosystem or a version is unknown, or the
ecosystem defines no order.

Examples:
  caveat compare PyPI 1.0rc1 1.0
  caveat compare Debian 1:1.0-1 2.0-1
  printf '1.0 1.0.0\\n1.9 1.10\\n' | caveat compare Maven -"
)]
pub(crate) struct Compare {
    /// OSV ecosystem; its release, as in `Alpine:v3.22`, may be left out
    ecosystem: String,
    /// A version, or `-` for pairs from stdin
    #[arg(value_name = "A")]
    first: String,
    /// Another version
    #[arg(value_name = "B")]
    second: Option<String>,
}

/// The longest line that can hold two versions; longer ones are not kept in memory.
const LONGEST_LINE: u64 = 1024;

pub(crate) fn run(compare: &Compare) -> Result<ExitCode, Failure> {
    let order = order(&compare.ecosystem)?;
    let Some(second) = &compare.second else {
        if compare.first == "-" {
            return pairs(order);
        }
        let fault = "one version alone cannot be compared; give two, or `-` to read pairs";
        return Err(Failure::Question(fault.to_owned()));
    };
    let read = |text: &str| {
        Version::found(order, text).map_err(|error| Failure::Question(error.to_string()))
    };
    let sign = sign(read(&compare.first)?.cmp(&read(second)?));
    output::data(format!("{sign}\n").as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

fn order(ecosystem: &str) -> Result<Order, Failure> {
    let order = Ecosystem::order_of(ecosystem).map_err(|error| {
        let help = error.help().map(|help| format!("; {help}"));
        Failure::Question(format!("{error}{}", help.unwrap_or_default()))
    })?;
    order.ok_or_else(|| {
        Failure::Question(format!(
            "no order of the versions of {ecosystem} is known, so none can be told"
        ))
    })
}

fn sign(ordering: Ordering) -> char {
    match ordering {
        Ordering::Less => '<',
        Ordering::Equal => '=',
        Ordering::Greater => '>',
    }
}

/// One sign for each line of stdin, as it comes.
fn pairs(order: Order) -> Result<ExitCode, Failure> {
    let mut lines = std::io::stdin().lock();
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut bad = false;
    for number in 1_u64.. {
        let Some(line) = next_line(&mut lines)? else {
            break;
        };
        let answer = pair(order, &line);
        let sign = answer.as_ref().map_or('?', |ordering| sign(*ordering));
        let line = writeln!(out, "{sign}");
        if line.is_err() {
            output::written(line)?;
            break;
        }
        if let Err(fault) = answer {
            bad = true;
            output::error(&format!("line {number}: {fault}"));
        }
    }
    output::written(out.flush())?;
    Ok(ExitCode::from(u8::from(bad)))
}

/// A line without its end, cut where it is too long; `None` at the end.
fn next_line(lines: &mut impl BufRead) -> Result<Option<Vec<u8>>, Failure> {
    let read = |source| Failure::Read {
        path: "stdin".into(),
        source,
    };
    let mut line = Vec::new();
    let count = lines
        .by_ref()
        .take(LONGEST_LINE + 1)
        .read_until(b'\n', &mut line);
    if count.map_err(read)? == 0 {
        return Ok(None);
    }
    if line.last() == Some(&b'\n') {
        line.pop();
    } else if line.len() as u64 > LONGEST_LINE {
        lines.skip_until(b'\n').map_err(read)?;
    }
    Ok(Some(line))
}

fn pair(order: Order, line: &[u8]) -> Result<Ordering, String> {
    if line.len() as u64 > LONGEST_LINE {
        return Err(format!("it is longer than {LONGEST_LINE} bytes"));
    }
    let text = std::str::from_utf8(line).map_err(|_| "it is not UTF-8 text".to_owned())?;
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    let [a, b] = words[..] else {
        let count = output::plural(words.len(), "word");
        return Err(format!(
            "two versions are needed, apart by spaces; it has {count}"
        ));
    };
    let read = |text: &str| {
        Version::found(order, text).map_err(|error| error.to_string().escape_debug().to_string())
    };
    Ok(read(a)?.cmp(&read(b)?))
}
