//! Owns what a static host should send with the files: policy of content, types, caching.
//! Must never be needed for the pages to be safe: they carry the same policy themselves.

use caveat_artifact::Sink;

use crate::Error;
use crate::error::put;

/// Nothing but our own style and pictures; no script, no frame, no form.
pub(crate) const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'";

/// `_headers`, as several static hosts read it.
pub(crate) fn render(sink: &dyn Sink) -> Result<(), Error> {
    let text = format!(
        "/*\n  Content-Security-Policy: {CONTENT_SECURITY_POLICY}; frame-ancestors 'none'\n  \
         X-Content-Type-Options: nosniff\n  Referrer-Policy: no-referrer\n\n\
         /osv/*\n  Access-Control-Allow-Origin: *\n\n\
         /*.atom\n  Content-Type: application/atom+xml; charset=utf-8\n  Access-Control-Allow-Origin: *\n\n\
         /*/feed.json\n  Content-Type: application/feed+json; charset=utf-8\n  Access-Control-Allow-Origin: *\n\n\
         /feed.json\n  Content-Type: application/feed+json; charset=utf-8\n  Access-Control-Allow-Origin: *\n\n\
         /releases/*/index.json\n  Access-Control-Allow-Origin: *\n\n\
         /.well-known/security.txt\n  Content-Type: text/plain; charset=utf-8\n\n\
         /policy.json\n  Access-Control-Allow-Origin: *\n\n\
         /SHA256SUMS*\n  Cache-Control: no-cache\n"
    );
    put(sink, "_headers", text)
}
