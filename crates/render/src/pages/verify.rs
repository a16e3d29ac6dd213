//! Owns the page that says how to verify a copy of the site.
//! Must never print a command that `make interop` does not run, one that does not work on this site, or one that takes from
//! the copy what the copy is judged by.

use caveat_convert::Records;

use super::Press;
use crate::templates::value;
use crate::{Edition, Error, Layers};

impl Press<'_> {
    pub(super) fn verify(&self, records: &Records, edition: &Edition) -> Result<(), Error> {
        let feed = self.book.project().feed.principal();
        let first = records.all().first().map(caveat_convert::Record::id);
        let commands = match &edition.layers {
            None => Commands::plain(feed),
            Some(layers) => Commands::layered(feed, layers, &edition.key.minisign, first),
        };
        let data = minijinja::context! {
            commands => value(&commands),
            authority => edition.layers.as_ref().is_some_and(|layers| layers.authority),
        };
        let texts = self.texts_of("verify.html");
        let (title, description) = (texts.word("verify.title"), texts.word("verify.description"));
        self.page(
            "verify.html",
            "keys/index.html",
            &title,
            &description,
            &data,
        )
    }
}

/// The exact commands, to be run in a copy of the site. `make interop` runs them as they are printed.
#[derive(serde::Serialize)]
struct Commands {
    /// One advisory alone.
    record: Option<String>,
    openssh: String,
    minisign: String,
    openssl: Option<String>,
    files: &'static str,
    machines: Option<String>,
    all: &'static str,
}

/// `BLAKE2b` is what minisign hashes with. The files are elsewhere: one more in the copy would be one too many.
const OPENSSL: &str = "d=$(mktemp -d)
echo 'PEM' > \"$d/key\"
openssl dgst -blake2b512 -binary SHA256SUMS > \"$d/hash\"
sed -n 2p SHA256SUMS.minisig | base64 -d | tail -c 64 > \"$d/signature\"
openssl pkeyutl -verify -pubin -inkey \"$d/key\" -rawin -in \"$d/hash\" -sigfile \"$d/signature\"";

/// The client is told where files are, which is nowhere but here; over HTTP it needs no words for that. Isolated (-I): a copy that
/// is not trusted yet could hold a `pathlib.py`.
const PYTHON: &str = "python3 -I - <<'END'
import hashlib, pathlib, tempfile
from tuf.api.exceptions import DownloadHTTPError
from tuf.ngclient import FetcherInterface, Updater

class Copy(FetcherInterface):
    def _fetch(self, url):
        try:
            return iter([pathlib.Path(url).read_bytes()])
        except FileNotFoundError:
            raise DownloadHTTPError(url, 404)

root, d = pathlib.Path(\"tuf/1.root.json\").read_bytes(), tempfile.mkdtemp()
if hashlib.sha256(root).hexdigest() != \"ROOT\":
    raise SystemExit(\"the first root is another one\")
feed = Updater(d, \"tuf/\", d, \"tuf/t/\", fetcher=Copy(), bootstrap=root)
feed.refresh()
print(\"genuine:\", feed.download_target(feed.get_targetinfo(\"all.zip\")))
END";

impl Commands {
    fn plain(feed: &str) -> Self {
        Self {
            record: None,
            openssh: format!(
                "ssh-keygen -Y verify -f keys/allowed_signers -I {feed} -n {feed} -s SHA256SUMS.sig < SHA256SUMS"
            ),
            minisign: "minisign -VHm SHA256SUMS -p keys/minisign.pub".to_owned(),
            openssl: None,
            files: "sha256sum --quiet -c SHA256SUMS",
            machines: None,
            all: "caveat verify .",
        }
    }

    fn layered(feed: &str, layers: &Layers, minisign: &str, first: Option<&str>) -> Self {
        let plain = Self::plain(feed);
        let record = |id: &str| {
            format!(
                "ssh-keygen -Y verify -f <(echo '{}') -I {feed} -n {feed} -s osv/{id}.json.sig < osv/{id}.json",
                layers.trust
            )
        };
        Self {
            record: first.map(record),
            openssh: plain.openssh.replace(
                "keys/allowed_signers",
                &format!("<(echo '{}') -r keys/revoked", layers.trust),
            ),
            minisign: format!("minisign -VHm SHA256SUMS -P {minisign}"),
            openssl: Some(OPENSSL.replace("PEM", layers.pem.trim_end())),
            machines: layers
                .machines
                .as_ref()
                .map(|root| PYTHON.replace("ROOT", root)),
            ..plain
        }
    }
}
