// Owns: asking the page that searches, in Chromium, for all that the records are called, and judging what it shows.
// Must never share code with the page: what should be found is read from the OSV records.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { headerRules } from './server.mjs';

const WHAT = 'search';
const WORDS = new URL('../../crates/search/src/words.json', import.meta.url);

function recordsOf(site) {
  const names = readdirSync(join(site, 'osv')).filter((name) => name.endsWith('.json') && name !== 'all.json').sort();
  return names.map((name) => JSON.parse(readFileSync(join(site, 'osv', name), 'utf8')));
}

/** Open the page with a query, and wait for what it says. */
async function ask(tab, feed, query) {
  await tab.goto(`${feed}/search/?q=${encodeURIComponent(query)}`);
  await tab.waitForFunction(() => document.getElementById('told').textContent !== '', null, { timeout: 5000 });
  return shown(tab);
}

function shown(tab) {
  return tab.evaluate(() => ({
    told: document.getElementById('told').textContent,
    hits: [...document.querySelectorAll('#hits h3 a')].map((link) => link.getAttribute('href')),
    places: [...document.querySelectorAll('#places a')].map((link) => link.getAttribute('href')),
  }));
}

/** The script takes words apart as the index does: both are held against one table. */
function words(site) {
  const script = readFileSync(join(site, 'search/search.js'), 'utf8');
  const part = script.slice(script.indexOf('const LONGEST'), script.indexOf('/** `CVE 2024 1`'));
  const without = part.replace(/const NAMES.*|const \[form[^;]*;/g, '');
  const { chunksOf, wordsOf } = new Function(`${without}; return { chunksOf, wordsOf };`)();
  return JSON.parse(readFileSync(WORDS, 'utf8')).flatMap(([text, chunks, parts]) => {
    const found = JSON.stringify([chunksOf(text), chunksOf(text).flatMap(wordsOf)]);
    return found === JSON.stringify([chunks, parts]) ? [] : [`${text} is ${found}`];
  });
}

/** Every id and alias leads to its advisory first. */
async function ids(tab, feed, records) {
  const problems = [];
  for (const { id, aliases = [] } of records) {
    for (const name of [id, id.toLowerCase(), id.replace(/^x_/, ''), ...aliases]) {
      const { hits } = await ask(tab, feed, name);
      const same = records.filter((one) => one.aliases?.includes(name)).length;
      if (!hits.slice(0, Math.max(same, 1)).includes(`${feed}/advisories/${id}/`)) problems.push(`${name} leads to ${hits[0]}`);
    }
  }
  return problems;
}

/** Packages, their versions, weaknesses and words of titles find the advisory, and the pages that are there. */
async function facts(tab, feed, site, records) {
  const problems = [];
  for (const record of records) {
    const page = `${feed}/advisories/${record.id}/`;
    const names = record.affected.filter((one) => one.package);
    const longest = record.summary.match(/[A-Za-z]{5,}/g)?.sort((a, b) => b.length - a.length).slice(0, 2) ?? [];
    const queries = [...names.map((one) => one.package.name), longest.join(' ').toUpperCase(), ...(record.database_specific?.cwe_ids ?? []), ...(record.database_specific?.cwe ?? [])];
    for (const query of queries) {
      const { hits } = await ask(tab, feed, query);
      if (hits.length < 20 && !hits.includes(page)) problems.push(`${query} does not find ${record.id}`);
    }
    for (const { package: one, ranges = [] } of names) {
      const events = ranges.filter(({ type }) => type !== 'GIT').flatMap(({ events }) => events);
      const fixed = events.map((event) => event.fixed).filter(Boolean)[0];
      if (fixed === undefined) continue;
      const { hits, places } = await ask(tab, feed, `${one.name} ${fixed}`);
      if (!hits.includes(page)) problems.push(`${one.name} ${fixed} does not find ${record.id}`);
      const missing = places.filter((place) => !existsSync(join(site, place.slice(feed.length + 1), 'index.html')));
      if (missing.length) problems.push(`${one.name} ${fixed} leads to ${missing[0]}, which is not there`);
      const release = `releases/${one.ecosystem}/${one.name}/${fixed}/`;
      const wanted = existsSync(join(site, release)) ? release : `packages/`;
      if (!places.some((place) => place.startsWith(`${feed}/${wanted}`))) problems.push(`${one.name} ${fixed} offers ${places[0]}, not ${wanted}`);
      const other = await ask(tab, feed, `${one.name} 99.98.97`);
      if (!other.places[0]?.startsWith(`${feed}/packages/`)) problems.push(`${one.name} 99.98.97 offers ${other.places[0]}`);
    }
  }
  return problems;
}

/** With keys alone: typing finds, the address follows, Enter on an id opens its page, and the way back shows the query. */
async function keys(tab, feed, [record]) {
  const problems = [];
  const want = (holds, problem) => holds || problems.push(problem);
  await tab.goto(`${feed}/search/`);
  await tab.getByLabel('Id, package, version').focus();
  await tab.keyboard.type(record.id.slice(0, -1));
  await tab.waitForFunction(() => document.querySelectorAll('#hits li').length > 0);
  want(new URL(tab.url()).searchParams.get('q') === record.id.slice(0, -1), `the address is ${tab.url()}`);
  for (let presses = 0; presses < 6 && !(await tab.evaluate(() => document.activeElement.closest('#hits'))); presses += 1) await tab.keyboard.press('Tab');
  want(await tab.evaluate(() => Boolean(document.activeElement.closest('#hits'))), 'the results are not reached by the Tab key');
  await tab.getByLabel('Id, package, version').focus();
  await tab.keyboard.press('End');
  await tab.keyboard.type(record.id.slice(-1));
  await tab.keyboard.press('Enter');
  await tab.waitForURL(`${feed}/advisories/${record.id}/`);
  await tab.goBack();
  await tab.waitForFunction(() => document.querySelectorAll('#hits li').length > 0);
  want((await tab.getByRole('searchbox').inputValue()) === record.id, 'the query is lost on the way back');
  return problems;
}

/** What nobody wrote, what is no word, and what would be an element. */
async function nothing(tab, feed) {
  const problems = [];
  for (const query of ['zanzibarquokka', 'zz__proto__zz', 'constructor', '<img src=x onerror=alert(1)>', "'; DROP TABLE", '\u0000\uffff\u{10ffff}xq', '%', 'x'.repeat(300)]) {
    await tab.goto(`${feed}/search/?q=${encodeURIComponent(query)}`);
    await tab.waitForLoadState('networkidle');
    const { told, hits } = await shown(tab);
    const words = query === '%' ? '' : 'Nothing was found.';
    if (told !== words || hits.length) problems.push(`${query}: ${told} ${hits.length} results`);
    if (await tab.locator('main img').count()) problems.push(`${query}: became an element`);
  }
  return problems;
}

/** A file of the index that does not come, and a page that is opened from a disk. */
async function broken(context, feed, site, [record]) {
  const problems = [];
  const tab = await context.newPage();
  for (const [answer, words] of [[(route) => route.abort(), 'could not be fetched'], [(route) => route.fulfill({ status: 404 }), 'Load the page again'], [(route) => route.fulfill({ body: '{' }), 'came broken']]) {
    await tab.route('**/search/words/*', answer);
    const { told, hits } = await ask(tab, feed, record.id);
    if (!told.includes(words) || hits.length) problems.push(`instead of "${words}" the page says: ${told}`);
    await tab.unroute('**/search/words/*');
  }
  await tab.close();
  return problems;
}

async function fromDisk(browser, site) {
  const context = await browser.newContext();
  const tab = await context.newPage();
  await tab.goto(pathToFileURL(resolve(site, 'search/index.html')).href);
  const text = await tab.locator('#without').innerText();
  const form = await tab.locator('#search').isVisible();
  await context.close();
  return /needs (a web server|JavaScript)/.test(text) && !form ? [] : [`the page says: ${text}`];
}

async function withoutScript(browser, port, feed, confine) {
  const problems = [];
  const context = await browser.newContext({ javaScriptEnabled: false });
  await confine(context, port, []);
  const tab = await context.newPage();
  await tab.goto(`${feed}/search/`);
  if (!(await tab.getByText('Search needs JavaScript').isVisible())) problems.push('nothing says that search needs JavaScript');
  if (await tab.locator('#search').isVisible()) problems.push('a form shows that cannot work');
  for (const path of ['years/', 'severity/', 'packages/', 'weaknesses/', 'withdrawn/']) {
    if (!(await tab.locator(`main a[href^="../${path}"]`).first().isVisible())) problems.push(`no link to ${path}`);
  }
  await context.close();
  return problems;
}

async function accessible(browser, port, feed, confine, axe, [record]) {
  const problems = [];
  for (const [colorScheme, width] of [['light', 1280], ['dark', 1280], ['light', 320]]) {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } });
    await confine(context, port, []);
    const tab = await context.newPage();
    await ask(tab, feed, record.affected.find((one) => one.package).package.name);
    await tab.evaluate(axe);
    const found = await tab.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
    for (const { id, nodes } of found.violations) problems.push(`${colorScheme}: ${id} at ${nodes[0].target}`);
    const wide = await tab.evaluate(() => document.documentElement.scrollWidth);
    if (wide > width) problems.push(`${wide} px wide on ${width} px`);
    await context.close();
  }
  return problems;
}

/** The page that searches has the wide policy only, in its head and from any host; every other page has one without scripts. */
function policies(site, pages) {
  const rules = headerRules(readFileSync(join(site, '_headers'), 'utf8')).filter(({ name }) => name === 'Content-Security-Policy');
  return pages.filter(({ missing }) => !missing).flatMap(({ path }) => {
    const head = readFileSync(join(site, path.endsWith('.html') ? path : join(path, 'index.html')), 'utf8').match(/http-equiv="Content-Security-Policy" content="([^"]*)"/)?.[1].replaceAll('&#x27;', "'") ?? '';
    const sent = rules.filter(({ pattern }) => pattern.test(`/${path}`)).map(({ value }) => value);
    const scripts = [head, ...sent].map((policy) => policy.includes("script-src 'self'"));
    const fits = path === 'search/' ? scripts.every(Boolean) : !scripts[0] && scripts.includes(false, 1);
    return fits ? [] : [`/${path}: ${[head, ...sent].join(' | ')}`];
  });
}

/** All questions about search. `tools`: what the other questions use. */
export async function searches(browser, { port, feed, site, pages, confine, verdict, axe, axeVersion }) {
  const records = recordsOf(site);
  const strangers = [];
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  await confine(context, port, strangers);
  const violations = [];
  await context.exposeFunction('violated', (what) => violations.push(what));
  await context.addInitScript(() => document.addEventListener('securitypolicyviolation', (event) => window.violated(`${event.violatedDirective} ${event.blockedURI}`)));
  const tab = await context.newPage();
  const faults = [];
  tab.on('pageerror', (error) => faults.push(error.message));
  const tell = (question, problems) => verdict('chromium', browser.version(), `${WHAT}: ${question}`, problems);
  tell('the script takes words apart as the index does', words(site));
  tell(`every id and alias of ${records.length} records leads to its advisory`, await ids(tab, feed, records));
  tell('packages, versions, weaknesses and words find it, and the pages that are there', await facts(tab, feed, site, records));
  tell('keys are enough, and the address holds the query', await keys(tab, feed, records));
  tell('what is not there is not found, and nothing becomes an element', await nothing(tab, feed));
  tell('a file that does not come is told in words', await broken(context, feed, site, records));
  tell('a page from a disk says why it cannot search', await fromDisk(browser, site));
  tell('without JavaScript there are the lists', await withoutScript(browser, port, feed, confine));
  tell('only its page may run a script, on hosts that send one policy or all', policies(site, pages));
  tell('no script fails, no policy is broken, no request leaves the site', [...faults, ...violations, ...strangers]);
  await context.close();
  verdict('axe-core', axeVersion, `${WHAT}: results break no accessibility rule, light, dark and narrow`, await accessible(browser, port, feed, confine, axe, records));
}
