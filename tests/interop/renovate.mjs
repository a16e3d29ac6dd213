// Owns: asking Renovate's database of OSV records which of them name a package, and which versions they mean by npm's semver.
// Usage: renovate.mjs NPM < [[ecosystem, name, [version, ..]], ..]    with OSV_OFFLINE_ROOT_DIR; prints
// {"ecosystem name": [id, ..]} of all that is found, and {"ecosystem name version": [id, ..]}
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [npm] = process.argv.slice(2);
const from = (name) => pathToFileURL(join(npm, 'node_modules', name)).href;
const { OsvOffline } = await import(from('@renovatebot/osv-offline/dist/index.js'));
const semver = createRequire(join(npm, 'package.json'))('semver');

// The package finds records and judges none; what follows is left to Renovate, which passes over withdrawn ones.

/** What Renovate does with the ranges of a record: each pair of events is one span of versions. */
function holds(range, version) {
  let start = null;
  for (const event of range.events) {
    if (event.introduced !== undefined) start = event.introduced;
    else if (start !== null) {
      const above = start === '0' || semver.gte(version, start);
      const below = event.fixed !== undefined ? semver.lt(version, event.fixed) : semver.lte(version, event.last_affected);
      if (above && below) return true;
      start = null;
    }
  }
  return start !== null && (start === '0' || semver.gte(version, start));
}

const database = await OsvOffline.create();
const answers = {};
for (const [ecosystem, name, versions] of JSON.parse(readFileSync(0, 'utf8'))) {
  const records = (await database.getVulnerabilities(ecosystem, name)).filter((record) => record.withdrawn === undefined);
  answers[`${ecosystem} ${name}`] = records.map(({ id }) => id);
  for (const version of versions) {
    const spans = (record) => record.affected.filter((one) => one.package?.name === name && one.package.ecosystem === ecosystem).flatMap((one) => one.ranges);
    answers[`${ecosystem} ${name} ${version}`] = records.filter((record) => spans(record).some((range) => holds(range, version))).map(({ id }) => id);
  }
}
console.log(JSON.stringify(answers));
