// Owns: a person with a browser beside the editor: what an open page of `caveat serve` does when its file is saved.
// Usage: node preview.mjs CAVEAT REPOSITORY NODE_FOLDER WORK
// CHROMIUM in the environment names another browser. The repository is copied first; nothing in it is changed.

import { spawn } from 'node:child_process';
import { cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

import { verdict } from './verdicts.mjs';

const [caveat, repository, nodeFolder, work] = process.argv.slice(2);
const require = createRequire(join(resolve(nodeFolder), 'package.json'));
const { chromium } = require('playwright-core');

// A debug build renders for some seconds.
const PATIENCE = { timeout: 60_000 };
const TITLE = 'A title that nobody had before';

/** The program over a copy; resolves to the process and its address once it listens. */
function serve(folder) {
  const server = spawn(caveat, ['-C', folder, 'serve', '--port', '0'], { stdio: ['ignore', 'ignore', 'pipe'] });
  return new Promise((resolve, reject) => {
    server.on('exit', (code) => reject(new Error(`caveat serve: status ${code}`)));
    createInterface({ input: server.stderr }).on('line', (line) => {
      console.error(line);
      const address = / at (http:\S+)\/ /.exec(line);
      if (address) resolve({ server, address: address[1] });
    });
  });
}

/** The first advisory: its file, its id and its text. */
function firstOf(folder) {
  const year = readdirSync(join(folder, 'advisories')).filter((name) => /^\d+$/.test(name)).sort().at(-1);
  const name = readdirSync(join(folder, 'advisories', year)).filter((file) => file.endsWith('.toml')).sort()[0];
  const path = join(folder, 'advisories', year, name);
  return { path, id: name.replace('.toml', ''), text: readFileSync(path, 'utf8') };
}

/** Waits for something on the page; what did not come is a problem. */
async function comes(tab, what, condition, argument) {
  try {
    await tab.waitForFunction(condition, argument, PATIENCE);
    return [];
  } catch (error) {
    return [`${what}: ${error.message.split('\n')[0]}`];
  }
}

const hasHeading = (title) => document.querySelector('h1')?.textContent.includes(title);
const isCovered = (part) => {
  const overlay = document.querySelector('.caveat-overlay');
  return overlay !== null && !overlay.hidden && overlay.textContent.includes(part);
};
const isBare = () => document.querySelector('.caveat-overlay:not([hidden])') === null;

/** Every step of one sitting. */
async function sit(tab, address, { path, id, text }, version) {
  const told = (question, problems) => verdict('Chromium', version, question, problems);
  await tab.goto(`${address}/advisories/${id}/`);
  writeFileSync(path, text.replace(/^title = .*$/m, `title = "${TITLE}"`));
  told('preview: a page comes again when its file is saved', await comes(tab, TITLE, hasHeading, TITLE));

  writeFileSync(path, text.replace(/^severity = .*$/m, 'severity = "hihg"'));
  const covered = await comes(tab, 'what is wrong', isCovered, 'hihg');
  const kept = await comes(tab, 'the last good page', hasHeading, TITLE);
  told('preview: what is wrong is shown over the last good page', [...covered, ...kept]);

  writeFileSync(path, text.replace(/^title = .*$/m, `title = "${TITLE}"`));
  told('preview: it is gone when the file is as it was', await comes(tab, 'the same page', isBare));

  writeFileSync(path, text);
  const back = await comes(tab, 'the first title', (title) => !document.querySelector('h1').textContent.includes(title), TITLE);
  told('preview: the page comes again when the file is mended', [...back, ...(await comes(tab, 'no overlay', isBare))]);
}

/** Goes to a page, also while the one that is open is just loading itself anew. */
async function visit(tab, address) {
  for (let left = 5; ; left -= 1) {
    try {
      return await tab.goto(address);
    } catch (error) {
      if (left === 0 || !error.message.includes('interrupted by another navigation')) throw error;
    }
  }
}

/** A page that is opened while a file is faulty, and one that searches. */
async function more(tab, address, { path, text }, version) {
  writeFileSync(path, text.replace(/^severity = .*$/m, 'severity = "hihg"'));
  await visit(tab, `${address}/`);
  const covered = await comes(tab, 'what is wrong', isCovered, 'hihg');
  writeFileSync(path, text);
  const bare = await comes(tab, 'no overlay', isBare);
  verdict('Chromium', version, 'preview: a page that is opened later shows what is wrong, too', [...covered, ...bare]);
  await visit(tab, `${address}/search/?q=torch`);
  const found = await comes(tab, 'hits', () => document.querySelectorAll('#hits h3 a').length > 0);
  verdict('Chromium', version, 'preview: search finds', found);
}

rmSync(work, { recursive: true, force: true });
cpSync(repository, work, { recursive: true });
const { server, address } = await serve(work);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
try {
  const tab = await browser.newPage();
  const complaints = [];
  tab.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  tab.on('pageerror', (error) => complaints.push(error.message));
  tab.on('request', (request) => {
    if (!request.url().startsWith(`${address}/`) && !request.url().startsWith('data:')) complaints.push(`asks for ${request.url()}`);
  });
  await sit(tab, address, firstOf(work), browser.version());
  await more(tab, address, firstOf(work), browser.version());
  verdict('Chromium', browser.version(), 'preview: no complaint, and no request elsewhere', complaints);
} finally {
  await browser.close();
  server.removeAllListeners('exit');
  const ended = new Promise((resolve) => server.on('exit', resolve));
  server.kill('SIGTERM');
  const code = await ended;
  verdict('interop', '-', 'caveat serve ends when it is told to', code === 0 ? [] : [`status ${code}`]);
}
