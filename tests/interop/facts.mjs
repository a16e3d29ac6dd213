// Owns: what each kind of page must say in words, read from the site's data, never from a page.
// Must never ask for more than a page has: lists go on over pages, and only what is on the first is asked for.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A list has so many on a page at most; a longer one is asked for nothing. */
const PAGE = 40;
// The page of a package has a table of so many.
const ROWS = 25;
const SHORT = 25;

const read = (site, path) => readFileSync(join(site, path), 'utf8');
const json = (site, path) => JSON.parse(read(site, path));
const folders = (site, path) => readdirSync(join(site, path), { withFileTypes: true }).filter((one) => one.isDirectory()).map(({ name }) => name);
const few = (list, most = PAGE) => (list.length <= most ? list : []);
const ids = (list) => list.map(({ id }) => id);

/** All records of a site. */
export function recordsOf(site) {
  const names = readdirSync(join(site, 'osv')).filter((name) => name.endsWith('.json') && name !== 'all.json').sort();
  return names.map((name) => json(site, `osv/${name}`));
}

function ofAdvisory({ records, path }) {
  const record = records.find(({ id }) => path === `advisories/${id}/`);
  const entries = record.affected.filter((entry) => entry.package);
  const events = entries.flatMap(({ ranges = [] }) => ranges.filter(({ type }) => type !== 'GIT').flatMap(({ events }) => events));
  const versions = events.flatMap(({ introduced, fixed, last_affected: last }) => [introduced, fixed, last]).filter((version) => version && !/^0(\.0\.0-0)?$/.test(version));
  const gone = record.withdrawn ? ['Withdrawn on', record.withdrawn.slice(0, 10)] : [];
  const names = (record.credits ?? []).map(({ name }) => name);
  const links = record.references.map(({ type, url }) => (type === 'ADVISORY' || url.includes('/commit/') ? '' : url));
  return [record.id, record.published.slice(0, 10), ...(record.aliases ?? []), ...entries.map((entry) => entry.package.name), ...versions, ...gone, ...names, ...links];
}

function ofPackage({ records, path, site }) {
  const [, ecosystem, ...rest] = path.replace(/(page\/[0-9]+|matrix)\/.*$/, '').split('/').filter(Boolean);
  const name = rest.join('/');
  const naming = records.filter(({ affected }) => affected.some((entry) => entry.package?.ecosystem === ecosystem && entry.package.name === name));
  return { name, naming, releases: existsSync(join(site, 'releases', ecosystem, name)) ? folders(site, `releases/${ecosystem}/${name}`) : [] };
}

function ofRelease({ site, path }) {
  const { version, package: { name }, affected, fixes, upgrade } = json(site, `${path}index.json`);
  return [name, version, upgrade?.version, ...few(ids(affected)), ...few(ids(fixes), SHORT)];
}

function ofList({ site, path, records }) {
  const [first, second] = path.split('/');
  const is = {
    years: (record) => record.published.startsWith(second),
    weaknesses: (record) => record.database_specific.cwe_ids?.includes(second),
    severity: (record) => record.database_specific.severity === second,
    withdrawn: (record) => record.withdrawn,
  };
  return few(ids(records.filter(is[first])));
}

function ofPeriod({ site, path }) {
  const text = read(site, `${path}bulletin.txt`);
  return few([...new Set(text.match(/^.*?(x_[A-Z]+-\d+-\d+)/gm) ?? [])].map((line) => line.match(/x_[A-Z]+-\d+-\d+/)[0]), SHORT);
}

const FACTS = {
  404: () => ['no page'],
  about: ({ records }) => [...new Set(records.flatMap(({ affected }) => affected.map((entry) => entry.package?.ecosystem ?? '')))],
  advisory: ofAdvisory,
  announced: () => ['2026-12-01', '14:00', 'high'],
  bulletins: ({ site }) => folders(site, 'bulletins').map((key) => key.slice(0, 4)),
  bulletin: ofPeriod,
  disputed: () => ['CVE-1900-0001', 'The option must be set by whoever runs the program.'],
  index: ({ site, records }) => [...few(ids(records)), ...folders(site, 'years')],
  list: ofList,
  matrix: (page) => [ofPackage(page).name, ...few(ofPackage(page).releases)],
  package: (page) => [ofPackage(page).name, ...few(ids(ofPackage(page).naming), ROWS)],
  packages: ({ path, records }) => few([...new Set(records.flatMap(({ affected }) => affected.map((entry) => entry.package?.name ?? '')))], path === 'packages/' ? 100 : 0),
  policy: ({ site, path }) => (path === 'policy/report/' ? [...read(site, '.well-known/security.txt').matchAll(/^Contact: (?:mailto:)?(.*)$/gm)].map(([, contact]) => contact) : []),
  release: ofRelease,
  report: ({ site, path }) => [String(json(site, `${path}report.json`).year), ...json(site, `${path}report.json`).severities.map(({ label }) => label)],
  reports: ({ site }) => folders(site, 'reports'),
  rule: ({ path }) => [path.split('/')[1]],
  rules: ({ site }) => folders(site, 'rules'),
  search: ({ site }) => ['JavaScript', 'By severity', 'By package', 'By weakness', ...folders(site, 'years')],
  thanks: () => ['Thanks'],
  verify: () => ['SHA256SUMS', 'minisign', 'ssh-keygen'],
  weaknesses: ({ records }) => records.flatMap((record) => record.database_specific.cwe_ids ?? []),
  redirect: ({ site, file }) => [read(site, file).match(/rel="canonical" href="([^"]*)"/)[1].replaceAll('&#x2f;', '/')],
};

/** Letters alone: lines and columns are the reader's. */
const bare = (text) => text.replace(/\s+/g, '');

/** What a page does not say, though it must. `text` is what somebody sees of it. */
export function unsaid(page, records, text) {
  const seen = bare(text);
  const facts = FACTS[page.kind]({ ...page, records }).filter(Boolean);
  const missing = facts.filter((fact) => !seen.includes(bare(fact)));
  return missing.map((fact) => `/${page.path}: ${page.kind} without ${fact}`);
}

/** How many facts are asked of a page. */
export const asked = (page, records) => FACTS[page.kind]({ ...page, records }).filter(Boolean).length;
