// Owns: opening every page in Chromium at the feed's own address and judging what the browser says of it.
// Usage: node browser.mjs SITE FEED_URL NODE_FOLDER SHOTS     CHROMIUM in the environment names another browser.
// The address is the real one, but each request is answered by a static host on 127.0.0.1; any other request is refused.

import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

import { searches } from './search.mjs';
import { serve } from './server.mjs';

const [site, feed, nodeFolder, shots] = process.argv.slice(2);
const require = createRequire(join(resolve(nodeFolder), 'package.json'));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };
const NARROW = { width: 320, height: 640 };
const SAMPLES = 4;
const QUIET = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

function verdict(client, version, question, problems) {
  for (const problem of problems) console.error(`${client}: ${question}: ${problem}`);
  const more = problems.length > 3 ? `; and ${problems.length - 3} more` : '';
  const detail = (problems.slice(0, 3).join('; ') + more).replace(/[\t\n]+/g, ' ');
  console.log([problems.length ? 'fail' : 'pass', client, version, question, detail].join('\t'));
}

/** Every page as {kind, path}: path below the feed's address, kind by where it lies. 404.html is met by a wrong address.
 *  A page that leads on is left before anything can be asked of it; links.py follows those. */
function pages() {
  const leadsOn = (name) => readFileSync(join(site, name), 'utf8').includes('http-equiv="refresh"');
  const files = readdirSync(site, { recursive: true }).map(String).filter((name) => name.endsWith('.html') && !leadsOn(name)).sort();
  return files.map((name) => {
    if (name === '404.html') return { kind: '404', path: 'advisories/no-such-page/deeper', missing: true };
    const path = name.replace(/(^|\/)index\.html$/, '$1');
    const [first, ...rest] = path.split('/').filter(Boolean);
    return { kind: first === undefined ? 'index' : rest.length ? `${first}-one` : first, path };
  });
}

/** A few pages of each kind. */
function sample(all, count) {
  const seen = new Map();
  return all.filter(({ kind }) => seen.set(kind, (seen.get(kind) ?? 0) + 1).get(kind) <= count);
}

/** Send every request of the feed's address to the local host; refuse and note all others. */
async function confine(context, port, strangers) {
  await context.route('**/*', async (route) => {
    const asked = route.request().url();
    if (!asked.startsWith(`${feed}/`)) {
      strangers.push(asked);
      return route.abort();
    }
    const local = `http://127.0.0.1:${port}/${asked.slice(feed.length + 1)}`;
    return route.fulfill({ response: await route.fetch({ url: local }) });
  });
}

/** Open one page and collect what the browser complains about. */
async function open(tab, { path, missing }, notes) {
  const main = `${feed}/${path}`;
  const expected = (url) => missing && url === main;
  tab.removeAllListeners();
  tab.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !expected(message.location().url)) notes.console.push(`/${path}: ${message.text()}`);
  });
  tab.on('pageerror', (error) => notes.console.push(`/${path}: ${error.message}`));
  tab.on('requestfailed', (request) => notes.failed.push(`/${path}: ${request.url()}`));
  tab.on('response', (response) => {
    if (response.status() >= 400 && !expected(response.url())) notes.failed.push(`/${path}: ${response.status()} ${response.url()}`);
  });
  const response = await tab.goto(main, { waitUntil: 'load' });
  if (missing && response.status() !== 404) notes.failed.push(`/${path}: status ${response.status()}, not 404`);
  if (!response.headers()['content-security-policy']) notes.policy.push(`/${path}: no Content-Security-Policy`);
}

/** What a reader, a search engine or a screen reader needs from the document itself. */
function documentFacts() {
  const of = (selector, name) => document.querySelector(selector)?.getAttribute(name) ?? null;
  return {
    headings: document.querySelectorAll('h1').length,
    language: document.documentElement.lang,
    title: document.title,
    description: of('meta[name=description]', 'content'),
    canonical: of('link[rel=canonical]', 'href'),
    main: document.querySelectorAll('main').length,
    styled: [...document.styleSheets].length,
    violations: window.violations ?? [],
  };
}

function factProblems({ path, missing }, facts, titles) {
  const problems = [];
  if (facts.headings !== 1) problems.push(`${facts.headings} h1`);
  if (!facts.language) problems.push('no lang');
  if (facts.main !== 1) problems.push(`${facts.main} main`);
  if (facts.styled < 1) problems.push('no style sheet applied');
  if (!facts.description) problems.push('no description');
  if (!missing && facts.canonical !== `${feed}/${path}`) problems.push(`canonical ${facts.canonical}`);
  if (titles.has(facts.title)) problems.push(`the title of /${titles.get(facts.title)} too`);
  titles.set(facts.title, path);
  return problems.map((problem) => `/${path}: ${problem}`);
}

async function everyPage(browser, port, all, version) {
  const notes = { console: [], failed: [], policy: [], strangers: [], facts: [] };
  const context = await browser.newContext({ viewport: DESKTOP });
  await confine(context, port, notes.strangers);
  await context.addInitScript(() => {
    window.violations = [];
    document.addEventListener('securitypolicyviolation', (event) => window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
  });
  const tab = await context.newPage();
  const titles = new Map();
  for (const page of all) {
    await open(tab, page, notes);
    const facts = await tab.evaluate(documentFacts);
    notes.policy.push(...facts.violations.map((violation) => `/${page.path}: ${violation}`));
    notes.facts.push(...factProblems(page, facts, titles));
  }
  await context.close();
  verdict('chromium', version, `${all.length} pages open without a complaint on the console`, notes.console);
  verdict('chromium', version, 'no request fails', notes.failed);
  verdict('chromium', version, 'no request leaves the site', notes.strangers);
  verdict('chromium', version, 'every page is served with a policy, and keeps it', notes.policy);
  verdict('chromium', version, 'one h1 and main, lang, own title, description, canonical', notes.facts);
}

/** No page may be wider than a phone; wide tables scroll inside themselves. */
async function narrow(browser, port, all, version) {
  const problems = [];
  for (const viewport of [PHONE, NARROW]) {
    const context = await browser.newContext({ viewport, isMobile: true });
    await confine(context, port, []);
    const tab = await context.newPage();
    for (const { path } of all) {
      await tab.goto(`${feed}/${path}`);
      const width = await tab.evaluate(() => document.documentElement.scrollWidth);
      if (width > viewport.width) problems.push(`/${path}: ${width} px wide on ${viewport.width} px`);
    }
    await context.close();
  }
  verdict('chromium', version, 'no page scrolls sideways on 390 and 320 px', problems);
}

async function withoutScript(browser, port, some, version) {
  const problems = [];
  const context = await browser.newContext({ viewport: DESKTOP, javaScriptEnabled: false });
  await confine(context, port, []);
  const tab = await context.newPage();
  for (const { path } of some) {
    await tab.goto(`${feed}/${path}`);
    if (!(await tab.locator('h1').isVisible())) problems.push(`/${path}: its h1 does not show`);
    if ((await tab.locator('body').innerText()).trim().length < 40) problems.push(`/${path}: hardly any text`);
  }
  await context.close();
  verdict('chromium', version, `${some.length} pages read without JavaScript`, problems);
}

async function accessible(browser, port, some) {
  const problems = [];
  const version = require('axe-core/package.json').version;
  for (const colorScheme of ['light', 'dark']) {
    const context = await browser.newContext({ viewport: DESKTOP, colorScheme });
    await confine(context, port, []);
    const tab = await context.newPage();
    for (const { path } of some) {
      await tab.goto(`${feed}/${path}`);
      await tab.evaluate(axe);
      const found = await tab.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
      for (const { id, nodes } of found.violations) problems.push(`/${path} (${colorScheme}): ${id} at ${nodes[0].target} (${nodes.length})`);
    }
    await context.close();
  }
  verdict('axe-core', version, `${some.length} pages, light and dark, break no accessibility rule`, problems);
}

async function pictures(browser, port, kinds) {
  mkdirSync(shots, { recursive: true });
  const looks = { desktop: { viewport: DESKTOP }, phone: { viewport: PHONE, isMobile: true, deviceScaleFactor: 2 }, dark: { viewport: DESKTOP, colorScheme: 'dark' } };
  for (const [look, options] of Object.entries(looks)) {
    const context = await browser.newContext(options);
    await confine(context, port, []);
    const tab = await context.newPage();
    for (const { kind, path } of kinds) {
      await tab.goto(`${feed}/${path}`);
      await tab.screenshot({ path: join(shots, `${kind}-${look}.png`), fullPage: look !== 'phone' });
    }
    await context.close();
  }
}

const server = await serve(site);
const { port } = server.address();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: QUIET });
try {
  const all = pages();
  const some = sample(all, SAMPLES);
  await everyPage(browser, port, all, browser.version());
  await narrow(browser, port, all, browser.version());
  await withoutScript(browser, port, some, browser.version());
  await accessible(browser, port, some);
  const axeVersion = require('axe-core/package.json').version;
  await searches(browser, { port, feed, site, pages: all, confine, verdict, axe, axeVersion });
  await pictures(browser, port, sample(all, 1));
} finally {
  await browser.close();
  server.close();
}
