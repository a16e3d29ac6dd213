// Owns: which kinds of page there are, one for each template, and examples of each from built sites.
// Must never let a page or a template go without a kind: what is not in this list is looked at by nobody.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const LIST = '(page/[0-9]+/)?index\\.html$';

/** Template, and the files that are made with it. Where several fit, the first holds. */
const KINDS = [
  ['404', '404\\.html$'],
  ['about', 'about/index\\.html$'],
  ['advisory', 'advisories/[^/]+/index\\.html$'],
  ['announced', 'announced/index\\.html$'],
  ['bulletins', 'bulletins/index\\.html$'],
  ['bulletin', 'bulletins/[^/]+/index\\.html$'],
  ['disputed', 'disputed/index\\.html$'],
  ['index', 'index\\.html$'],
  ['weaknesses', 'weaknesses/index\\.html$'],
  ['list', `((years|severity|weaknesses)/[^/]+|withdrawn)/${LIST}`],
  ['matrix', `packages/.+/matrix/${LIST}`],
  ['packages', 'packages/(by/.+/)?index\\.html$'],
  ['package', `packages/.+/${LIST}`],
  ['policy', 'policy/(.+/)?index\\.html$'],
  ['release', 'releases/.+/index\\.html$'],
  ['reports', 'reports/index\\.html$'],
  ['report', 'reports/[0-9]+/index\\.html$'],
  ['rules', 'rules/index\\.html$'],
  ['rule', 'rules/[^/]+/index\\.html$'],
  ['search', 'search/index\\.html$'],
  ['thanks', `thanks/([0-9]+/)?${LIST}`],
  ['verify', 'keys/index\\.html$'],
].map(([kind, pattern]) => [kind, new RegExp(`^${pattern}`)]);

function kindOf(site, file) {
  // Left before anything can be asked of it, wherever it is.
  if (readFileSync(join(site, file), 'utf8').includes('http-equiv="refresh"')) return 'redirect';
  return KINDS.find(([, pattern]) => pattern.test(file))?.[0];
}

/** Every page of a site: {site, kind, file, path (below the root), missing (met by a wrong address), bytes}. */
export function pagesOf(site) {
  const files = readdirSync(site, { recursive: true }).map(String).filter((name) => name.endsWith('.html')).sort();
  return files.map((file) => {
    const missing = file === '404.html';
    const path = missing ? 'advisories/no-such-page/deeper' : file.replace(/(^|\/)index\.html$/, '$1');
    return { site, file, path, missing, kind: kindOf(site, file), bytes: statSync(join(site, file)).size };
  });
}

/** Of each kind the first page and the largest. */
export function examplesOf(pages) {
  const kinds = new Map();
  for (const page of pages) {
    const [first, largest] = kinds.get(page.kind) ?? [page, page];
    kinds.set(page.kind, [first, page.bytes > largest.bytes ? page : largest]);
  }
  return [...kinds.values()].flatMap((both) => [...new Set(both)]);
}

/** What this list has left out: pages without a kind, templates without a page. */
export function gaps(templates, pages) {
  const names = readdirSync(templates).filter((name) => name.endsWith('.html') && !name.startsWith('_') && name !== 'base.html');
  const seen = new Set(pages.map(({ kind }) => kind));
  const missing = names.map((name) => name.replace(/\.html$/, '')).filter((kind) => !seen.has(kind));
  const stray = pages.filter(({ kind }) => kind === undefined);
  return [...missing.map((kind) => `${kind}.html: no page is made with it`), ...stray.map(({ file }) => `${file}: a page of no kind`)];
}
