// Owns: a database of cve-lite from the archive of a feed, by the function that the program itself fills it with.
// Usage: cvelite.mjs NPM ZIP DATABASE    (the command line takes no address; nothing is fetched)
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [npm, zip, outputPath] = process.argv.slice(2);
const module = join(npm, 'node_modules/cve-lite-cli/dist/advisory/osv-sync.js');
const { syncOsvAdvisories } = await import(pathToFileURL(module).href);
const fetchImpl = async () => new Response(readFileSync(zip));
const { advisoryCount } = await syncOsvAdvisories({ sourceUrl: 'https://feed.example.org', outputPath, fetchImpl });
console.log(advisoryCount);
