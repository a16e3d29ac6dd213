// Owns: how much a page weighs with all that it loads by itself, uncompressed and without fonts: a stricter measure than
// what Lighthouse counts on the wire.
// Usage: node budget.mjs SITE..

import { readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

import { pagesOf } from './kinds.mjs';
import { verdict } from './verdicts.mjs';

const BUDGET = 60_000;
const LOADED = /<(?:link\b[^>]*\brel="(?:stylesheet|icon|preload)"[^>]*\bhref|(?:script|img|source|iframe)\b[^>]*\bsrc)="([^"]*)"/g;

/** The files of the site that a page loads; the page for wrong addresses names them by their whole address. */
function loadedBy({ site, file }) {
  const root = JSON.parse(readFileSync(join(site, 'feed.json'), 'utf8')).home_page_url;
  const text = readFileSync(join(site, file), 'utf8').replaceAll('&#x2f;', '/');
  const links = [...text.matchAll(LOADED)].map(([, link]) => link).filter((link) => !link.startsWith('data:'));
  return links.map((link) => (link.startsWith(root) ? link.slice(root.length) : normalize(join(dirname(file), link))));
}

function weigh(page) {
  return loadedBy(page).reduce((sum, name) => sum + statSync(join(page.site, name)).size, page.bytes);
}

const sites = process.argv.slice(2);
for (const site of sites) {
  const pages = pagesOf(site).map((page) => ({ ...page, weight: weigh(page) })).sort((a, b) => b.weight - a.weight);
  const bare = pages.filter((page) => page.kind !== 'redirect' && loadedBy(page).length === 0);
  if (bare.length) throw new Error(`${bare[0].file}: not even a style sheet: this check reads pages wrongly`);
  const heavy = pages.filter(({ weight }) => weight >= BUDGET).map(({ file, weight }) => `/${file}: ${weight} bytes`);
  const [largest] = pages;
  verdict('budget', '-', `${pages.length} pages weigh less than 60 kB each; the largest ${(largest.weight / 1000).toFixed(1)} kB, /${largest.file}`, heavy);
}
