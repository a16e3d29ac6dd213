// Owns: tuf-js as a client of trees: all of a step's trees one after the other, and what it says of the last.
// Usage: client.mjs NPM ADDRESS TREES SCRATCH    one line for each step: accept and the SHA-256 of the bundle, or refuse and why

import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const [npm, address, trees, scratch] = process.argv.slice(2);
const { Updater } = createRequire(join(resolve(npm), 'node_modules', 'x.js'))('tuf-js');

/** A client looks at one tree, with what it kept of those before. */
async function look(home, tree) {
  const base = `${address}/${encodeURIComponent(tree)}/tuf`;
  const updater = new Updater({
    metadataDir: home,
    targetDir: join(home, 'targets'),
    metadataBaseUrl: base,
    targetBaseUrl: `${base}/t`,
    config: { fetchRetry: 0, fetchTimeout: 10000 },
  });
  await updater.refresh();
  const listed = await updater.getTargetInfo('all.zip');
  return createHash('sha256').update(readFileSync(await updater.downloadTarget(listed))).digest('hex');
}

async function step(at, names) {
  const home = join(scratch, String(at));
  mkdirSync(join(home, 'targets'), { recursive: true });
  copyFileSync(join(trees, 'root.json'), join(home, 'root.json'));
  let told = '';
  for (const [seen, tree] of names.entries()) {
    try {
      told = `accept\t${await look(home, tree)}`;
    } catch (error) {
      told = `refuse\t${error.name}: ${error.message}`;
      if (seen < names.length - 1) return `stuck\t${tree}: ${error.message}`;
    }
  }
  return told;
}

const steps = readFileSync(join(trees, 'steps.tsv'), 'utf8').trimEnd().split('\n');
for (const [at, line] of steps.entries()) {
  console.log((await step(at, line.split('\t')[1].split(' | '))).replace(/\n/g, ' '));
}
