// Owns: walking the site from its first page as a crawler does, over HTTP, with linkinator; fragments too.
// Usage: node linkinator.mjs SITE NODE_FOLDER
// Must never fetch what is not on the loopback host.

import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { serve } from './server.mjs';
import { verdict } from './verdicts.mjs';

const [site, nodeFolder] = process.argv.slice(2);
const modules = join(resolve(nodeFolder), 'node_modules/linkinator');
const { version, exports, main } = JSON.parse(readFileSync(join(modules, 'package.json'), 'utf8'));
const entry = typeof exports === 'string' ? exports : (exports?.['.']?.import ?? exports?.['.']?.default ?? exports?.['.'] ?? main);
const { LinkChecker } = await import(pathToFileURL(join(modules, entry)));

const server = await serve(site);
const host = `http://127.0.0.1:${server.address().port}/`;
try {
  const elsewhere = `^(?!${host.replaceAll('.', '\\.')})`;
  const found = await new LinkChecker().check({ path: host, recurse: true, linksToSkip: [elsewhere], checkFragments: true, concurrency: 20, timeout: 20000 });
  const own = found.links.filter(({ state }) => state !== 'SKIPPED');
  const fetched = own.filter(({ url }) => !url.startsWith(host)).map(({ url }) => url);
  const broken = own.filter(({ state }) => state === 'BROKEN').map(({ url, parent, status }) => `${parent}: ${url}: ${status}`);
  verdict('linkinator', version, `${own.length} links inside the site lead somewhere, with their fragments`, own.length > 100 ? broken : [`only ${own.length} links`]);
  verdict('linkinator', version, 'nothing outside was fetched', fetched);
} finally {
  server.close();
}
