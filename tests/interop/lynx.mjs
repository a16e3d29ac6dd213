// Owns: reading every kind of page, and every advisory, in lynx: a browser of text that knows no script and no style.
// Usage: node lynx.mjs SITE..

import { execFile, execFileSync } from 'node:child_process';

import { asked, recordsOf, unsaid } from './facts.mjs';
import { examplesOf, pagesOf } from './kinds.mjs';
import { serve } from './server.mjs';
import { verdict } from './verdicts.mjs';

const OPTIONS = ['-dump', '-nolist', '-width=300', '-display_charset=utf-8', '-assume_charset=utf-8', '-noredir'];
const version = execFileSync('lynx', ['-version'], { encoding: 'utf8' }).match(/Version (\S+)/)[1];

/** The server answers while lynx runs. */
function dump(url) {
  return new Promise((done) => execFile('lynx', [...OPTIONS, url], { maxBuffer: 1 << 25 }, (error, text) => done(text ?? String(error))));
}

for (const site of process.argv.slice(2)) {
  const pages = pagesOf(site);
  const records = recordsOf(site);
  const some = records.length > 100 ? examplesOf(pages) : [...new Set([...examplesOf(pages), ...pages.filter(({ kind }) => kind === 'advisory' || kind === 'package')])];
  const server = await serve(site);
  const problems = [];
  for (const page of some) {
    const text = await dump(`http://127.0.0.1:${server.address().port}/${page.path}`);
    problems.push(...unsaid(page, records, text));
  }
  server.close();
  const facts = some.reduce((sum, page) => sum + asked(page, records), 0);
  verdict('lynx', version, `${some.length} pages say ${facts} facts of the records in plain text`, problems);
}
