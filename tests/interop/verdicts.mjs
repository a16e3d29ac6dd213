// Owns: how a Node check tells one verdict: a line on stdout, five fields split by tabs. All problems go to stderr.

const SHOWN = 3;

/** Passed when `problems` is empty; the first of them are in the table. */
export function verdict(client, version, question, problems) {
  for (const problem of problems) console.error(`${client}: ${question}: ${problem}`);
  const more = problems.length > SHOWN ? `; and ${problems.length - SHOWN} more` : '';
  const detail = (problems.slice(0, SHOWN).join('; ') + more).replace(/[\t\n]+/g, ' ');
  console.log([problems.length ? 'fail' : 'pass', client, version, question, detail].join('\t'));
}
