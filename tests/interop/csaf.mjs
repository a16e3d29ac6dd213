// Owns: what @secvisogram/csaf-validator-lib says of CSAF documents: the strict schema, every mandatory and every optional test.
//
// Usage: csaf.mjs NPM    paths on stdin; one line of JSON on stdout for each: {path, tests, errors, warnings}
// Optional tests that another program would have to help with, or that ask for what 2.0 cannot know, are named by the caller.

import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const [npm] = process.argv.slice(2)
const library = (name) => import(pathToFileURL(`${npm}/node_modules/@secvisogram/csaf-validator-lib/${name}.js`))

const [{ default: validateStrict }, { csaf_2_0_strict }, mandatory, optional] = await Promise.all(
  ['validateStrict', 'schemaTests', 'mandatoryTests', 'optionalTests'].map(library)
)
const tests = [csaf_2_0_strict, ...Object.values(mandatory), ...Object.values(optional)]

const said = (result, kind) =>
  result.tests.flatMap((test) => test[kind].map((one) => `${test.name}: ${one.instancePath ?? ''} ${one.message}`))

for (const path of readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
  const result = await validateStrict(tests, JSON.parse(readFileSync(path, 'utf8')))
  const told = { path, tests: result.tests.length, errors: said(result, 'errors'), warnings: said(result, 'warnings') }
  console.log(JSON.stringify(told))
}
