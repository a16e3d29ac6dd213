// Owns: that no page scrolls sideways at 320 px, and that its search shows every title as it was written, in Chromium.
// Usage: node narrow.mjs SITE NODE_FOLDER SHOTS     Prints what is wrong, a line each. CHROMIUM names another browser.

import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

import { serve } from './server.mjs';

const [site, nodeFolder, shots] = process.argv.slice(2);
const { chromium } = createRequire(join(resolve(nodeFolder), 'package.json'))('playwright-core');

/** What is wider than the window, with the first element that sticks out and lies in no box of its own that scrolls. */
function wide() {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return null;
  const out = [...document.querySelectorAll('main *, header *, footer *')].find((one) => one.getBoundingClientRect().right > root.clientWidth + 1 && !one.closest('.scroll, pre'));
  return `${root.scrollWidth} px wide${out ? `: <${out.tagName.toLowerCase()} class="${out.className}">` : ''}`;
}

const plain = (title) => title.replace(/`([^`]*)`/g, (_, code) => code || '``');
const flat = (text) => text.replace(/[ \n\t]+/g, ' ').trim();

/** Each title, found by its id. */
async function searched(tab, base) {
  const rows = readdirSync(join(site, 'search/documents')).flatMap((name) => JSON.parse(readFileSync(join(site, 'search/documents', name), 'utf8')));
  const problems = [];
  for (const [id, title] of rows) {
    await tab.goto(`${base}/search/?q=${id}`);
    await tab.waitForFunction(() => document.getElementById('told').textContent !== '', null, { timeout: 5000 });
    const told = await tab.evaluate(() => document.querySelector('#hits h3')?.textContent ?? '');
    if (flat(told) !== flat(plain(title))) problems.push(`search shows ${told} instead of ${plain(title)}`);
    const over = await tab.evaluate(wide);
    if (over) problems.push(`search for ${id}: ${over}`);
  }
  return problems;
}

const server = await serve(site);
const base = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const tab = await (await browser.newContext({ viewport: { width: 320, height: 640 } })).newPage();
// A page that leads on is looked at, too, without being led away.
await tab.route('**/*', async (route) => {
  if (route.request().resourceType() !== 'document') return route.continue();
  const answer = await route.fetch();
  const body = (await answer.text()).replace(/<meta http-equiv="refresh"[^>]*>/, '');
  return route.fulfill({ response: answer, body });
});
mkdirSync(shots, { recursive: true });
// The page of wrong addresses has its style sheet from the feed's own address, where nobody is; rules have no text of advisories.
const files = readdirSync(site, { recursive: true }).map(String).filter((name) => name.endsWith('.html') && !/^(rules\/.|404)/.test(name)).sort();
for (const name of files) {
  const path = name.replace(/(^|\/)index\.html$/, '$1');
  await tab.goto(`${base}/${path}`);
  const over = await tab.evaluate(wide);
  if (over) console.log(`/${path}: ${over}`);
  if (/advisories\/.*-00(21|22|01)\//.test(name)) await tab.screenshot({ path: join(shots, `${name.split('/')[1]}.png`), fullPage: true });
}
for (const problem of await searched(tab, base)) console.log(problem);
await browser.close();
server.close();
