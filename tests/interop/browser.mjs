// Owns: opening every page in Chromium at the feed's own address and judging what the browser says of it.
// Usage: node browser.mjs SITE FEED_URL NODE_FOLDER SHOTS TEMPLATES LARGE_SITE LARGE_URL
// CHROMIUM in the environment names another browser. Of the large site the examples of each kind are looked at.
// The address is the real one, but each request is answered by a static host on 127.0.0.1; any other request is refused.

import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

import { recordsOf, unsaid } from './facts.mjs';
import { examplesOf, gaps, pagesOf } from './kinds.mjs';
import { printed } from './print.mjs';
import { searches } from './search.mjs';
import { serve } from './server.mjs';
import { verdict } from './verdicts.mjs';

const [site, feed, nodeFolder, shots, templates, largeSite, largeFeed] = process.argv.slice(2);
const require = createRequire(join(resolve(nodeFolder), 'package.json'));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };
const NARROW = { width: 320, height: 640 };
const QUIET = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Send every request of the feed's address to the local host; refuse and note all others. */
async function confine(context, port, strangers, feed) {
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
async function open(tab, { path, missing }, notes, feed) {
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

function factProblems({ path, missing }, facts, titles, feed) {
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

async function everyPage(browser, { port, feed }, all, version) {
  const notes = { console: [], failed: [], policy: [], strangers: [], facts: [] };
  const context = await browser.newContext({ viewport: DESKTOP });
  await confine(context, port, notes.strangers, feed);
  await context.addInitScript(() => {
    window.violations = [];
    document.addEventListener('securitypolicyviolation', (event) => window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
  });
  const tab = await context.newPage();
  const titles = new Map();
  for (const page of all) {
    await open(tab, page, notes, feed);
    const facts = await tab.evaluate(documentFacts);
    notes.policy.push(...facts.violations.map((violation) => `/${page.path}: ${violation}`));
    notes.facts.push(...factProblems(page, facts, titles, feed));
  }
  await context.close();
  verdict('chromium', version, `${all.length} pages of ${feed} open without a complaint on the console`, notes.console);
  verdict('chromium', version, 'no request fails', notes.failed);
  verdict('chromium', version, 'no request leaves the site', notes.strangers);
  verdict('chromium', version, 'every page is served with a policy, and keeps it', notes.policy);
  verdict('chromium', version, 'one h1 and main, lang, own title, description, canonical', notes.facts);
}

/** No page may be wider than a phone; wide tables scroll inside themselves. */
async function narrow(browser, { port, feed }, all, version) {
  const problems = [];
  for (const viewport of [PHONE, NARROW]) {
    const context = await browser.newContext({ viewport, isMobile: true });
    await confine(context, port, [], feed);
    const tab = await context.newPage();
    for (const { path } of all) {
      await tab.goto(`${feed}/${path}`);
      const width = await tab.evaluate(() => document.documentElement.scrollWidth);
      if (width > viewport.width) problems.push(`/${path}: ${width} px wide on ${viewport.width} px`);
    }
    await context.close();
  }
  verdict('chromium', version, `none of ${all.length} pages scrolls sideways on 390 and 320 px`, problems);
}

/** What the records say is on the page before any script ran, and can be seen. */
async function withoutScript(browser, { port, feed, site }, some, version) {
  const problems = [];
  const records = recordsOf(site);
  const context = await browser.newContext({ viewport: DESKTOP, javaScriptEnabled: false });
  await confine(context, port, [], feed);
  const tab = await context.newPage();
  for (const page of some) {
    await tab.goto(`${feed}/${page.path}`);
    if (!(await tab.locator('h1').isVisible())) problems.push(`/${page.path}: its h1 does not show`);
    await tab.evaluate(() => document.querySelectorAll('details').forEach((one) => one.setAttribute('open', '')));
    problems.push(...unsaid(page, records, await tab.locator('body').innerText()));
  }
  await context.close();
  verdict('chromium', version, `${some.length} pages say without JavaScript what the records say`, problems);
}

const LOOKS = {
  light: { viewport: DESKTOP, colorScheme: 'light' },
  dark: { viewport: DESKTOP, colorScheme: 'dark' },
  '320 px': { viewport: NARROW, isMobile: true },
  print: { viewport: DESKTOP, colorScheme: 'dark', media: 'print' },
};

async function accessible(browser, { port, feed }, some, version) {
  for (const [look, { media = 'screen', ...options }] of Object.entries(LOOKS)) {
    const problems = [];
    const context = await browser.newContext(options);
    await confine(context, port, [], feed);
    const tab = await context.newPage();
    await tab.emulateMedia({ media });
    for (const { path } of some) {
      await tab.goto(`${feed}/${path}`);
      await tab.evaluate(axe);
      const found = await tab.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
      for (const { id, nodes } of found.violations) problems.push(`/${path}: ${id} at ${nodes[0].target} (${nodes.length})`);
    }
    await context.close();
    verdict('axe-core', version, `${some.length} pages break no accessibility rule, ${look}`, problems);
  }
}

async function pictures(browser, { port, feed }, kinds) {
  mkdirSync(shots, { recursive: true });
  const looks = { desktop: { viewport: DESKTOP }, phone: { viewport: PHONE, isMobile: true, deviceScaleFactor: 2 }, dark: { viewport: DESKTOP, colorScheme: 'dark' } };
  for (const [look, options] of Object.entries(looks)) {
    const context = await browser.newContext(options);
    await confine(context, port, [], feed);
    const tab = await context.newPage();
    for (const { kind, path } of kinds) {
      await tab.goto(`${feed}/${path}`);
      await tab.screenshot({ path: join(shots, `${kind}-${look}.png`), fullPage: look !== 'phone' });
    }
    await context.close();
  }
}

/** The pages that stay open: one that leads on is left before anything can be asked of it; links.py follows those. */
const staying = (pages) => pages.filter(({ kind }) => kind !== 'redirect');

async function judge(browser, host, all, some) {
  const version = browser.version();
  await everyPage(browser, host, all, version);
  await narrow(browser, host, all, version);
  await withoutScript(browser, host, some, version);
  await accessible(browser, host, some, require('axe-core/package.json').version);
}

const [server, largeServer] = [await serve(site), await serve(largeSite)];
const own = { site, feed, port: server.address().port };
const large = { site: largeSite, feed: largeFeed, port: largeServer.address().port };
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: QUIET });
try {
  const [all, many] = [pagesOf(site), pagesOf(largeSite)];
  verdict('kinds', '-', 'every template has an example, and every page a kind', gaps(templates, [...all, ...many]));
  const [some, others] = [staying(examplesOf(all)), staying(examplesOf(many))];
  await judge(browser, own, staying(all), some);
  await judge(browser, large, others, others);
  await printed(browser, { ...own, confine, records: recordsOf(site) }, [...new Set([...some, ...all.filter(({ kind }) => kind === 'advisory')])], verdict);
  await printed(browser, { ...large, confine, records: recordsOf(largeSite) }, others, verdict);
  const axeVersion = require('axe-core/package.json').version;
  const confined = (context, port, strangers) => confine(context, port, strangers, feed);
  await searches(browser, { ...own, pages: staying(all), confine: confined, verdict, axe, axeVersion });
  const first = new Map(some.toReversed().map((page) => [page.kind, page]));
  await pictures(browser, own, [...first.values()]);
} finally {
  await browser.close();
  server.close();
  largeServer.close();
}
