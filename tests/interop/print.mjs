// Owns: what is on paper, as Chromium prints it and pdftotext (poppler) reads it: facts, links, heads of tables, whose page it is.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { unsaid } from './facts.mjs';

const bare = (text) => text.replace(/\s+/g, '');

/** The pages of a PDF as texts. */
function textsOf(pdf) {
  const folder = mkdtempSync(join(tmpdir(), 'printed-'));
  try {
    const file = join(folder, 'page.pdf');
    execFileSync('tee', [file], { input: pdf, stdio: ['pipe', 'ignore', 'inherit'] });
    return execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8', maxBuffer: 1 << 26 }).split('\f').slice(0, -1);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What paper has to show and hide, asked of the page with the media of print. */
function layout() {
  const shown = (selector) => [...document.querySelectorAll(selector)].some((one) => one.checkVisibility());
  const links = [...document.querySelectorAll('main a[href^="http"]')].filter((one) => one.checkVisibility());
  const heads = [...document.querySelectorAll('main thead')];
  return {
    navigation: shown('nav'),
    paper: getComputedStyle(document.body).backgroundColor,
    ink: getComputedStyle(document.body).color,
    links: links.map((one) => one.getAttribute('href')),
    loose: heads.filter((one) => getComputedStyle(one).display !== 'table-header-group').length,
    rows: [...document.querySelectorAll('main tbody tr')].length,
    head: heads[0]?.rows[0]?.cells[0]?.innerText ?? null,
  };
}

function problemsOf(page, records, told, texts) {
  const all = bare(texts.join(''));
  const problems = unsaid(page, records, texts.join('')).map((problem) => `${problem} on paper`);
  const add = (problem) => problems.push(`/${page.path}: ${problem}`);
  if (told.navigation) add('a navigation is printed');
  if (told.paper !== 'rgb(255, 255, 255)' || told.ink !== 'rgb(0, 0, 0)') add(`printed ${told.ink} on ${told.paper}`);
  if (told.loose) add(`${told.loose} heads of tables do not repeat`);
  for (const link of told.links) if (!all.includes(bare(link)) && !all.includes(bare(decodeURI(link)))) add(`the address ${link} is not printed`);
  const end = bare(texts.at(-1));
  if (!page.missing && !end.includes(bare(page.path))) add('its address is not at its end');
  if (page.kind === 'advisory') problems.push(...signed(page, records, texts));
  return problems;
}

/** Id, revision and hash of the record, where a reader of paper looks for them. */
function signed(page, records, texts) {
  const { id } = records.find((record) => page.path === `advisories/${record.id}/`);
  const hash = execFileSync('sha256sum', [join(page.site, `osv/${id}.json`)], { encoding: 'utf8' }).slice(0, 64);
  const foot = bare(texts.join('')).split(bare('Built by'))[0].slice(-400);
  const wanted = [id, 'revision', hash];
  return wanted.filter((part) => !foot.includes(part)).map((part) => `/${page.path}: no ${part} in the foot`);
}

/** Print some pages, and read them. */
export async function printed(browser, { port, feed, site, confine, records }, pages, verdict) {
  const version = execFileSync('sh', ['-c', 'pdftotext -v 2>&1'], { encoding: 'utf8' }).match(/version (\S+)/)[1];
  const context = await browser.newContext({ colorScheme: 'dark', javaScriptEnabled: false });
  await confine(context, port, [], feed);
  const tab = await context.newPage();
  await tab.emulateMedia({ media: 'print', colorScheme: 'dark' });
  const problems = [];
  let repeated = 0;
  for (const page of pages) {
    await tab.goto(`${feed}/${page.path}`);
    await tab.evaluate(() => document.querySelectorAll('details').forEach((one) => one.setAttribute('open', '')));
    const told = await tab.evaluate(layout);
    const texts = textsOf(await tab.pdf({ format: 'A4' }));
    problems.push(...problemsOf(page, records, told, texts));
    const heads = texts.filter((text) => told.head && text.includes(told.head)).length;
    if (page.kind === 'rules' && heads < texts.length - 1) problems.push(`/${page.path}: the head of its table is on ${heads} of ${texts.length} sheets`);
    repeated = Math.max(repeated, heads);
  }
  await context.close();
  verdict('pdftotext', version, `${pages.length} printed pages of ${feed}: facts, addresses of links, no navigation, black on white; a head on ${repeated} sheets`, problems);
}
