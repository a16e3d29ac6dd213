//! Owns what a static host should send with the files: policy of content, types, caching.
//! Must never be needed for the pages to be safe: they carry the same policy themselves.

use caveat_artifact::{Sink, SitePath};

use crate::Error;
use crate::error::put;
use crate::osv_tree::Checksum;

/// Nothing but our own style, fonts and pictures; no script, no frame, no form.
pub(crate) const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'";

/// The same with our own script, which reads our own files: for the page that searches.
const WITH_SCRIPT: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'";

/// Whatever has a number or a hash in its name never changes; the timestamp says which of it is the newest. Hosts join the
/// values of rules that overlap, so none of these do.
const METADATA: &str = "/tuf/timestamp.json\n  Cache-Control: no-cache\n  Access-Control-Allow-Origin: *\n\n\
    /tuf/*.root.json\n  Cache-Control: public, max-age=31536000, immutable\n  Access-Control-Allow-Origin: *\n\n\
    /tuf/*.snapshot.json\n  Cache-Control: public, max-age=31536000, immutable\n  Access-Control-Allow-Origin: *\n\n\
    /tuf/*.targets.json\n  Cache-Control: public, max-age=31536000, immutable\n  Access-Control-Allow-Origin: *\n\n\
    /tuf/t/*\n  Cache-Control: public, max-age=31536000, immutable\n  Access-Control-Allow-Origin: *\n";

/// Where there are pages, but for the one that searches.
const PAGES: [&str; 19] = [
    "/",
    "/index.html",
    "/404.html",
    "/about/*",
    "/advisories/*",
    "/announced/*",
    "/bulletins/*",
    "/disputed/*",
    "/keys/*",
    "/packages/*",
    "/policy/*",
    "/releases/*",
    "/reports/*",
    "/rules/*",
    "/severity/*",
    "/thanks/*",
    "/weaknesses/*",
    "/withdrawn/*",
    "/years/*",
];

/// What a page at this address may load.
pub(crate) fn content_security_policy(address: &str) -> &'static str {
    if address == "search/" {
        WITH_SCRIPT
    } else {
        CONTENT_SECURITY_POLICY
    }
}

/// `_headers`, as several static hosts read it.
///
/// Of two policies for one file some hosts send both, and then both hold; others send the last one. So the wide one is for
/// all, and the narrow one follows for every page but the one that needs the wide one. An address that is in neither list
/// has the policy that its page carries. The checksums come last, for some hosts read no more than a hundred rules.
pub(crate) fn render(checksums: &[Checksum], sink: &dyn Sink) -> Result<(), Error> {
    let mut sums = String::new();
    for sum in checksums {
        let address = SitePath::new(sum.path.as_str())?.address();
        sums += &format!("\n/{address}\n  X-Goog-Hash: {}\n", sum.value);
    }
    let narrow = PAGES.map(|pages| {
        format!(
            "{pages}\n  Content-Security-Policy: {CONTENT_SECURITY_POLICY}; frame-ancestors 'none'\n\n"
        )
    });
    let narrow = narrow.concat();
    let text = format!(
        "/*\n  Content-Security-Policy: {WITH_SCRIPT}; frame-ancestors 'none'\n  \
         X-Content-Type-Options: nosniff\n  Referrer-Policy: no-referrer\n\n\
         {narrow}\
         /search/index.json\n  Cache-Control: no-cache\n\n\
         /search/words/*\n  Cache-Control: public, max-age=31536000, immutable\n\n\
         /search/documents/*\n  Cache-Control: public, max-age=31536000, immutable\n\n\
         /assets/*\n  Cache-Control: public, max-age=31536000, immutable\n\n\
         /osv/*\n  Access-Control-Allow-Origin: *\n\n\
         /csaf/*\n  Access-Control-Allow-Origin: *\n\n\
         /vex/*\n  Access-Control-Allow-Origin: *\n\n\
         /.well-known/csaf/*\n  Access-Control-Allow-Origin: *\n\n\
         /cve/*\n  Access-Control-Allow-Origin: *\n\n\
         /rustsec/*\n  Access-Control-Allow-Origin: *\n\n\
         /rustsec/crates/*\n  Content-Type: text/markdown; charset=utf-8\n\n\
         /go/*\n  Access-Control-Allow-Origin: *\n\n\
         /*.json.gz\n  Content-Type: application/gzip\n\n\
         /*.atom\n  Content-Type: application/atom+xml; charset=utf-8\n  Access-Control-Allow-Origin: *\n\n\
         /*/feed.json\n  Content-Type: application/feed+json; charset=utf-8\n  Access-Control-Allow-Origin: *\n\n\
         /feed.json\n  Content-Type: application/feed+json; charset=utf-8\n  Access-Control-Allow-Origin: *\n\n\
         /releases/*/index.json\n  Access-Control-Allow-Origin: *\n\n\
         /*/index.txt\n  Content-Type: text/plain; charset=utf-8\n\n\
         /.well-known/security.txt\n  Content-Type: text/plain; charset=utf-8\n\n\
         /policy.json\n  Access-Control-Allow-Origin: *\n\n\
         /SHA256SUMS*\n  Cache-Control: no-cache\n\n\
         {METADATA}{sums}"
    );
    put(sink, "_headers", text)
}
