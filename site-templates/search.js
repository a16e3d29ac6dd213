// Owns: finding advisories in the files beside it, and showing them. `crates/search` makes the files; its reader takes the same steps.
// Must never ask another host, or make HTML of what it reads.
'use strict';

(() => {
  const here = new URL('.', document.currentScript.src);
  const root = new URL('..', here);
  const STEP = 20; // results at a time,
  const READ = 8; // from so many files of documents.
  const WIDE = 4; // So many files are read for the beginning of a word.
  const LONGEST = 64;
  const NAMES = 4; // The name of a package may have so many words.
  const SPACELESS =
    '\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}';
  const LETTER = '[\\p{Alphabetic}\\p{N}]';
  const AROUND = new RegExp(`^(?:(?!${LETTER}).)+|(?:(?!${LETTER}).)+$`, 'gsu');
  const RUNS = new RegExp(`(?:(?=${LETTER})[${SPACELESS}])+|(?:(?=${LETTER})[^${SPACELESS}])+`, 'gu');
  const IS_SPACELESS = new RegExp(`^[${SPACELESS}]`, 'u');

  const [form, query, without, told, found, places, hits, more] = ['search', 'query', 'without', 'told', 'found', 'places', 'hits', 'more'].map((id) =>
    document.getElementById(id),
  );

  // What the page says: its texts are on the form, in the page's language.

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  const say = (name, values = {}) => fill(form.dataset[name] ?? '', values);

  /** A text that counts, in the form that the number asks for. */
  function tell(name, count) {
    const forms = JSON.parse(form.dataset[name] ?? '{}');
    const rule = new Intl.PluralRules(document.documentElement.lang || 'en');
    return fill(forms[rule.select(count)] ?? forms.other ?? '', { count });
  }

  // What a word is.

  function fold(text) {
    const bare = text.normalize('NFKD').replace(/[\p{M}\u00ad\u200b-\u200d\u2060\ufeff]/gu, '');
    return bare.toLowerCase().replace(/ς/g, 'σ');
  }

  function chunksOf(text) {
    const chunks = fold(text).split(/\p{White_Space}+/u);
    const bare = chunks.map((chunk) => chunk.replace(AROUND, '')).filter(Boolean);
    return bare.map((chunk) => Array.from(chunk).slice(0, LONGEST).join(''));
  }

  function wordsOf(chunk) {
    return (chunk.match(RUNS) ?? []).flatMap((run) => {
      const signs = Array.from(run);
      if (signs.length < 2 || !IS_SPACELESS.test(run)) return [run];
      return signs.slice(1).map((sign, at) => signs[at] + sign);
    });
  }

  /** `CVE 2024 1` and `cwe 79` are ids, too. */
  function joined(text) {
    return text.replace(/\b(cve|cwe)[\s_-]+(\d+)(?:[\s_-]+(\d+))?/giu, (_, ...parts) => parts.slice(0, 3).filter(Boolean).join('-'));
  }

  // The files, each read once.

  const files = new Map();

  async function read(path) {
    const answer = await fetch(new URL(path, here)).catch(() => {
      throw new Error(say('notFetched'));
    });
    if (answer.status === 404) throw new Error(say('madeAnew'));
    if (!answer.ok) throw new Error(say('hostSaid', { status: answer.status }));
    return answer.json().catch(() => {
      throw new Error(say('broken'));
    });
  }

  function load(path) {
    if (!files.has(path)) {
      const reading = read(path);
      reading.catch(() => files.delete(path));
      files.set(path, reading);
    }
    return files.get(path);
  }

  /** The lines of a token; where it is open at its end, of all that begin so. */
  async function linesOf(token, open, notes) {
    const { words } = await load('index.json');
    const after = words.filter(([first]) => first <= token).length;
    let end = after;
    while (open && end < words.length && words[end][0].startsWith(token)) end += 1;
    if (end - after >= WIDE) {
      notes.wide = true;
      open = false;
      end = after;
    }
    const shards = words.slice(Math.max(after - 1, 0), end);
    const lines = await Promise.all(shards.map(([, name]) => load(`words/${name}.json`)));
    return lines.flat().filter(([key]) => key === token || (open && key.startsWith(token)));
  }

  // Numbers of advisories. Of those before `floor` nothing is known: too many have the word.

  function numbersOf([, steps, all]) {
    let number = 0;
    const numbers = steps.map((step) => (number += step));
    return { numbers: new Set(numbers), floor: all === undefined ? 0 : numbers[0] };
  }

  function or(a, b) {
    return { numbers: new Set([...a.numbers, ...b.numbers]), floor: Math.max(a.floor, b.floor) };
  }

  function and(a, b) {
    const knows = (one, number) => number < one.floor || one.numbers.has(number);
    const all = [...a.numbers, ...b.numbers].filter((number) => knows(a, number) && knows(b, number));
    return { numbers: new Set(all), floor: Math.min(a.floor, b.floor) };
  }

  async function token(text, open, notes) {
    const lines = await linesOf(text, open, notes);
    const one = lines.map(numbersOf).reduce(or, { numbers: new Set(), floor: 0 });
    if (one.floor > 0) notes.common = true;
    return one;
  }

  async function chunk(text, open, notes) {
    const whole = await token(text, open, notes);
    if (whole.numbers.size > 0) return whole;
    const words = wordsOf(text);
    const each = await Promise.all(words.map((word, at) => token(word, open && at === words.length - 1, notes)));
    return each.length > 0 ? each.reduce(and) : whole;
  }

  async function documentOf(number) {
    const { block, documents } = await load('index.json');
    const rows = await load(`documents/${documents[Math.floor(number / block)]}.json`);
    const [id, title, severity, date, packages, others, aliases, withdrawn] = rows[number % block];
    return { id, title, severity, date, packages, others, aliases, withdrawn };
  }

  /** Advisories that are called so: the flaw of one id may have several. */
  async function called(name, notes) {
    const { numbers } = await token(name, false, notes);
    const some = [...numbers].slice(-STEP);
    const documents = await Promise.all(some.map(documentOf));
    const bare = (id) => fold(id).replace(/^x_/, '');
    const is = ({ id, aliases }) => [id, ...aliases].some((one) => bare(one) === bare(name));
    return some.filter((_, at) => is(documents[at]));
  }

  async function find(text) {
    const chunks = chunksOf(joined(text));
    const notes = { wide: false, common: false };
    const each = await Promise.all(chunks.map((one, at) => chunk(one, at === chunks.length - 1, notes)));
    const all = each.length > 0 ? [...each.reduce(and).numbers].sort((a, b) => b - a) : [];
    const exact = chunks.length === 1 ? await called(chunks[0], notes) : [];
    const numbers = [...exact, ...all.filter((number) => !exact.includes(number))];
    return { numbers, exact, places: await placesOf(chunks), notes };
  }

  /** Pages of the packages that the first words name, or of the release that the next one does. */
  async function placesOf(chunks) {
    for (let count = Math.min(chunks.length, NAMES); count > 0; count -= 1) {
      const lines = await linesOf(`@${chunks.slice(0, count).join(' ')}`, false, {});
      if (lines.length > 0) return lines[0][1].slice(0, STEP).map((one) => place(one, chunks[count]));
    }
    return [];
  }

  function place([ecosystem, , title, path, releases], next) {
    const version = next && releases.find((one) => fold(one) === next || `v${fold(one)}` === next);
    if (version) return { title: `${title} ${version}`, ecosystem, path: `releases/${path}${version}/`, words: say('placeRelease') };
    return { title, ecosystem, path: `packages/${path}`, words: say('placePackage') };
  }

  // What people see.

  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  /** A title: what is between backticks is code. */
  function marked(title) {
    const parts = title.split('`'), last = parts.length - 1;
    const code = (part, at) => (at === last || part === '' ? '`' + part + (at === last ? '' : '`') : make('code', {}, part));
    return parts.map((part, at) => (at % 2 === 0 ? part : code(part, at)));
  }

  const link = (path, ...children) => make('a', { href: new URL(path, root).href }, ...children);

  function card({ id, title, severity, date, packages, others, aliases, withdrawn }, severities) {
    const rank = Math.min(severity, 4);
    const names = packages.flatMap(([name, ecosystem], at) => [at > 0 ? ', ' : '', make('bdi', {}, name), ' ', make('span', { class: 'eco' }, ecosystem)]);
    if (others > 0) names.push(` ${tell('otherPackages', others)}`);
    const ids = make('span', { class: 'ids' }, ...[id, ...aliases].flatMap((one) => [make('code', {}, one), ' ']));
    const head = make('h3', { lang: 'en' }, link(`advisories/${id}/`, ...marked(title)));
    const status = withdrawn ? [make('p', {}, make('strong', {}, say('withdrawn')))] : [];
    const what = make('div', { class: 'what' }, head, ...status, make('p', { class: 'meta' }, ...names, ' ', ids));
    const shape = make('span', { class: 'shape', 'aria-hidden': 'true' }, '◆▲■●○'[rank]);
    const how = make('div', { class: 'how' }, make('span', { class: `severity rank-${rank}` }, shape, ` ${severities[severity] ?? ''}`));
    const when = make('div', { class: 'when' }, make('time', { datetime: date }, date));
    return make('li', { class: withdrawn ? 'card withdrawn' : 'card' }, when, what, how);
  }

  function summary({ numbers, notes, places: offered }) {
    const none = offered.length > 0 ? 'notAll' : 'nothing';
    const parts = [numbers.length > 0 ? tell('found', numbers.length) : say(none)];
    if (notes.common) parts.push(say('common'));
    if (notes.wide) parts.push(say('wide'));
    return parts.join(' ');
  }

  let turn = 0;
  let rest = [];

  /** The next results: few enough to fetch few files. */
  async function step(mine) {
    const { block, severities } = await load('index.json');
    const blocks = new Set();
    const some = [];
    for (const number of rest.slice(0, STEP)) {
      blocks.add(Math.floor(number / block));
      if (blocks.size > READ) break;
      some.push(number);
    }
    const documents = await Promise.all(some.map(documentOf));
    if (mine !== turn) return null;
    rest = rest.slice(some.length);
    more.hidden = rest.length === 0;
    const cards = documents.map((one) => card(one, severities));
    hits.append(...cards);
    return cards[0] ?? null;
  }

  function clear(words) {
    found.hidden = true;
    told.textContent = words;
    hits.replaceChildren();
    places.replaceChildren();
  }

  /** `straight`: an id leads to its page. */
  async function search(straight) {
    const mine = (turn += 1);
    const text = query.value;
    if (chunksOf(text).length === 0) return clear('');
    try {
      const result = await find(text);
      if (mine !== turn) return;
      if (straight && result.exact.length === 1) {
        const { id } = await documentOf(result.exact[0]);
        if (mine === turn) location.assign(new URL(`advisories/${id}/`, root));
        return;
      }
      clear('');
      rest = result.numbers;
      places.append(...result.places.map((one) => make('li', {}, link(one.path, make('bdi', {}, one.title)), ' ', make('span', { class: 'eco' }, one.ecosystem), `: ${one.words}`)));
      await step(mine);
      if (mine !== turn) return;
      found.hidden = result.numbers.length + result.places.length === 0;
      told.textContent = summary(result);
    } catch (error) {
      if (mine === turn) clear(error.message);
    }
  }

  function address() {
    const url = new URL(location.href);
    if (query.value.trim()) url.searchParams.set('q', query.value.trim());
    else url.searchParams.delete('q');
    return url;
  }

  function asked() {
    query.value = new URL(location.href).searchParams.get('q') ?? '';
    search(false);
  }

  if (location.protocol === 'file:') {
    without.textContent = say('fromFile');
    return;
  }
  without.hidden = true;
  form.hidden = false;
  let waiting = 0;
  query.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      history.replaceState(null, '', address());
      search(false);
    }, 250);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    if (address().href !== location.href) history.pushState(null, '', address());
    search(true);
  });
  more.addEventListener('click', async () => {
    const first = await step(turn).catch((error) => void (told.textContent = error.message));
    first?.querySelector('a').focus();
  });
  addEventListener('popstate', asked);
  asked();
})();
