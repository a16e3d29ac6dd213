// Owns: a static host on 127.0.0.1 that serves a site with its own `_headers`, as hosts that read that file do.
// Never serves anything outside the site's folder.

import { createReadStream, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.atom': 'application/atom+xml',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.zip': 'application/zip',
};

/** The rules of a `_headers` file: [{pattern: RegExp, name, value}]. A `*` in a path stands for anything. */
export function headerRules(text) {
  const rules = [];
  let pattern = null;
  for (const line of text.split('\n')) {
    if (/^\s*(#|$)/.test(line)) continue;
    if (/^\S/.test(line)) {
      const escaped = line.trim().replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*');
      pattern = new RegExp(`^${escaped}$`);
    } else {
      const colon = line.indexOf(':');
      rules.push({ pattern, name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() });
    }
  }
  return rules;
}

function fileFor(site, path) {
  const inside = normalize(decodeURIComponent(path));
  if (inside.split('/').includes('..')) return null;
  const file = join(site, inside.endsWith('/') ? `${inside}index.html` : inside);
  return statSync(file, { throwIfNoEntry: false })?.isFile() ? file : null;
}

/** Serve `site`; resolves to the server once it listens on a free port. */
export function serve(site) {
  const rules = headerRules(readFileSync(join(site, '_headers'), 'utf8'));
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://localhost').pathname;
    const file = fileFor(site, path);
    const sent = file ?? join(site, '404.html');
    response.setHeader('Content-Type', TYPES[extname(sent)] ?? 'application/octet-stream');
    for (const { pattern, name, value } of rules) {
      if (pattern.test(path)) response.setHeader(name, value);
    }
    response.writeHead(file === null ? 404 : 200);
    createReadStream(sent).pipe(response);
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}
