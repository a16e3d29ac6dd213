//! Owns the sitemap (sitemaps.org, protocol 0.9), `robots.txt`, and `llms.txt` for readers that are programs.
//! Must never list a page that leads elsewhere, or say when a page changed without knowing it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use caveat_advisory::Timestamp;
use caveat_artifact::Sink;
use caveat_check::Book;

use crate::Error;
use crate::error::put;
use crate::markdown::escape;

/// How many addresses one file may have.
const MOST: usize = 50_000;
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const SPACE: &str = "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"";

/// Every page that people may be led to, from the root of the site, and when it last changed, where the data say so.
pub(crate) type Places = BTreeMap<Box<str>, Option<Timestamp>>;

/// Everything by which programs find their way.
pub(crate) fn render(book: &Book, places: &Places, sink: &dyn Sink) -> Result<(), Error> {
    let feed = &book.project().feed;
    let mut rest = places.iter();
    if places.len() <= MOST {
        put(sink, "sitemap.xml", urls(&feed.url, rest))?;
    } else {
        let mut index = format!("{HEAD}<sitemapindex {SPACE}>\n");
        for number in 1..=places.len().div_ceil(MOST) {
            let name = format!("sitemap-{number}.xml");
            let _ = writeln!(
                index,
                "<sitemap><loc>{}/{name}</loc></sitemap>",
                escape(&feed.url)
            );
            put(sink, name, urls(&feed.url, rest.by_ref().take(MOST)))?;
        }
        put(sink, "sitemap.xml", index + "</sitemapindex>\n")?;
    }
    // Crawlers read it at the root of a host only.
    if !feed.principal().contains('/') {
        let text = format!(
            "User-agent: *\nAllow: /\nSitemap: {}/sitemap.xml\n",
            feed.url
        );
        put(sink, "robots.txt", text)?;
    }
    put(sink, "llms.txt", guide(book))
}

fn urls<'p>(
    site: &str,
    places: impl Iterator<Item = (&'p Box<str>, &'p Option<Timestamp>)>,
) -> String {
    let mut text = format!("{HEAD}<urlset {SPACE}>\n");
    for (path, changed) in places {
        let changed = changed.map(|at| format!("<lastmod>{at}</lastmod>"));
        let address = escape(&format!("{site}/{path}"));
        let _ = writeln!(
            text,
            "<url><loc>{address}</loc>{}</url>",
            changed.unwrap_or_default()
        );
    }
    text + "</urlset>\n"
}

/// What scanners of one ecosystem alone read, where the book names it.
fn databases(book: &Book) -> String {
    let url = &book.project().feed.url;
    let affected = || book.entries().iter().flat_map(|entry| &entry.affected);
    let names = |ecosystem: &str| affected().any(|one| one.package.ecosystem.name() == ecosystem);
    let rows = [
        (
            "crates.io",
            format!("- [RustSec files]({url}/rustsec/all.zip): for cargo-audit and cargo-deny\n"),
        ),
        (
            "Go",
            format!(
                "- [Database of Go modules]({url}/go/index/modules.json): govulncheck -db={url}/go\n"
            ),
        ),
    ];
    let rows = rows.into_iter().filter(|(ecosystem, _)| names(ecosystem));
    rows.map(|(_, row)| row).collect()
}

/// What a program should read first, as Markdown.
fn guide(book: &Book) -> String {
    let feed = &book.project().feed;
    let (name, url) = (&feed.name, &feed.url);
    let csaf = caveat_csaf::metadata_url(book.project());
    let csaf =
        csaf.map(|url| format!("- [CSAF 2.0]({url}): the same advisories, one document each\n"));
    let csaf = csaf.unwrap_or_default();
    let vex = book.project().vex.as_ref();
    let vex = vex.map(|_| {
        format!("- [OpenVEX]({url}/vex/index.json): which versions have which flaw, a document for each advisory and package\n")
    });
    let vex = vex.unwrap_or_default();
    let cve = match book.project().cve {
        Some(_) => format!(
            "- [CVE records]({url}/cve/index.json): of every CVE id that is ours, one JSON file each\n"
        ),
        None => String::new(),
    };
    let databases = databases(book);
    format!(
        "# {name}\n\n> Security advisories. The facts are in OSV records, signed by the list of checksums; pages say the same in words.\n\n\
         ## Data\n\n\
         - [All records]({url}/osv/all.zip): OSV, one JSON file each\n\
         - [What changed when]({url}/osv/modified_id.csv)\n\
         - [One record]({url}/osv/ID.json): by id\n\
         - [Latest changes]({url}/feed.json): JSON Feed; the same as [Atom]({url}/feed.atom)\n\
         - [Text of an advisory]({url}/advisories/ID/index.txt): by id; of a package: packages/ECOSYSTEM/NAME/index.txt; of a release: releases/ECOSYSTEM/NAME/VERSION/index.txt\n\
         {csaf}{vex}\
         {cve}\
         {databases}\
         - [Policy]({url}/policy.json)\n\
         - [Checksums]({url}/SHA256SUMS), signed: [how to verify]({url}/keys/)\n\n\
         ## Pages\n\n\
         - [Advisories]({url}/)\n\
         - [Packages]({url}/packages/)\n\
         - [Weaknesses]({url}/weaknesses/)\n\
         - [Withdrawn]({url}/withdrawn/)\n\
         - [About this feed]({url}/about/)\n"
    )
}
