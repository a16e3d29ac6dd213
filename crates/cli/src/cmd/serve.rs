//! Owns `caveat serve`: what is asked for on the command line, and what is said in the terminal while it runs.
//! Must never show what a build would not.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::ExitCode;

use caveat_load::root_above;
use caveat_serve::{Address, News, Rebuild, Watching, serve};

use crate::args::{Args, Time};
use crate::failure::Failure;
use crate::output;

mod look;
#[cfg(test)]
mod tests;

use look::{Look, Seen, Trouble};

/// What to serve, and to whom.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Shows the site as the files lie there, and answers the questions of OSV.dev's API (POST /v1/query,
POST /v1/querybatch, GET /v1/vulns/ID) from the same records. Whatever is saved in advisories/, site-templates/,
keys/ or caveat.toml is shown at once, and open pages load again. While a file has faults, they are shown in the
terminal and in the browser, and what was last good stays.

Nothing is shown or answered that a build of these files would not publish: drafts and embargoed advisories are
hidden. Nothing is signed, and the history is not asked: `caveat check` does that.

Without --api-only the whole site is in memory. Ctrl-C ends it.

Examples:
  caveat serve                                   preview at http://127.0.0.1:8080/
  caveat serve --api-only --port 9000            only the API, for scanners
  caveat serve --api-only --no-watch             the same of the files as they are now
  pip-audit -s osv --osv-url http://127.0.0.1:8080/v1/query -r requirements.txt
  curl -d '{\"package\": {\"purl\": \"pkg:pypi/torch@2.1.0\"}}' http://127.0.0.1:8080/v1/query"
)]
pub(crate) struct Serve {
    /// Listen on this address of the machine; other machines can reach all but the default and `::1`
    #[arg(long, value_name = "IP", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    listen: IpAddr,
    /// Listen on this port; 0 takes a free one, and prints it
    #[arg(long, value_name = "PORT", default_value_t = 8080)]
    port: u16,
    /// Answer under this name too: a proxy may pass on the name that it was asked under
    #[arg(long, value_name = "NAME")]
    host: Vec<String>,
    /// Answer questions, and show no site
    #[arg(long)]
    api_only: bool,
    /// Stay with the files as they are now
    #[arg(long)]
    no_watch: bool,
    #[command(flatten)]
    time: Time,
}

pub(crate) fn run(args: &Args, asked: &Serve) -> Result<ExitCode, Failure> {
    let root = root_above(&args.directory)?;
    let look = Look::new(&root, &asked.time, !asked.api_only)?;
    let watching = (!asked.no_watch).then(|| watching(&root)).transpose()?;
    let alone = asked.is_alone();
    let first = match look.look() {
        Err(Trouble::Failure(failure)) => return Err(*failure),
        // A service that has no answer should not begin.
        Err(Trouble::Faults(report)) if asked.api_only || asked.no_watch => {
            output::report(&report);
            return Ok(output::exit_code(&report));
        }
        looked => {
            let (news, said) = news(looked, alone);
            output::say(&said);
            news
        }
    };
    let again = watching.map(|watching| {
        let home = root.clone();
        let there: Vec<&str> = NEEDED
            .into_iter()
            .filter(|name| home.join(name).exists())
            .collect();
        let rebuild: Rebuild = Box::new(move |post| {
            if let Some(name) = there.iter().find(|name| !home.join(name).exists()) {
                let said = format!("error: `{name}` is gone\n");
                post(News::Faulty(said.clone()));
                output::say(&(said + STAYS));
                return;
            }
            let (news, said) = news(look.look(), alone);
            post(news);
            output::say(&said);
        });
        (watching, rebuild)
    });
    let address = Address {
        socket: SocketAddr::new(asked.listen, asked.port),
        hosts: asked.host.clone(),
    };
    warn_of_others(asked);
    serve(&address, first, again, |socket| {
        greet(socket, asked.api_only);
    })?;
    Ok(ExitCode::SUCCESS)
}

const STAYS: &str = "nothing of this is shown: what was last good stays\n";

/// What may be gone for a moment while people replace it: a feed without it would acquit everything.
const NEEDED: [&str; 2] = ["caveat.toml", "advisories"];

fn watching(root: &Path) -> Result<Watching, caveat_serve::Error> {
    let directories = caveat_load::DIRECTORIES.map(|name| root.join(name));
    Watching::begin(root, &root.join("caveat.toml"), directories.into())
}

impl Serve {
    /// Can nobody but the people of this machine see what is shown?
    fn is_alone(&self) -> bool {
        self.listen.is_loopback() && self.host.is_empty()
    }
}

/// What a look came to, and what the terminal says of it. A faulty file may be a draft or embargoed, so its lines are shown in a
/// browser only where the author is alone.
fn news(looked: Result<Seen, Trouble>, alone: bool) -> (News, String) {
    let trouble = match looked {
        Ok(seen) => {
            let said = format!("{}\n", seen.sentence());
            return (News::Good(Box::new(seen.edition)), said);
        }
        Err(trouble) => trouble,
    };
    let faults = if alone {
        trouble.text(false)
    } else {
        "the terminal of `caveat serve` tells which\n".to_owned()
    };
    (News::Faulty(faults), trouble.text(true) + STAYS)
}

fn greet(socket: SocketAddr, api_only: bool) {
    let what = if api_only {
        "the API is"
    } else {
        "the preview is"
    };
    output::done(&format!("{what} at http://{socket}/ until Ctrl-C"));
}

fn warn_of_others(asked: &Serve) {
    if asked.listen.is_loopback() {
        return;
    }
    let what = if asked.api_only {
        "ask"
    } else {
        "see what is not published yet, and ask"
    };
    output::warning(&format!(
        "everybody who can reach {} can {what}: there is neither a password nor TLS; put a proxy before it",
        asked.listen
    ));
}
