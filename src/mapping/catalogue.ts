import { nearest } from '../nearest.ts';
import type { CommandRow } from './command-row.ts';

/** A row as the catalogue lists it: what the table shows and the search looks through. */
export type CatalogueLine = Pick<CommandRow, 'command' | 'category' | 'intents' | 'grade' | 'kubernetes'> & {
  /** What it is typed as: `docker ps` for `docker container ls`. */
  readonly typed: string;
  /** The first of the row's caveats, or its summary. */
  readonly caveat: string;
};

/** At the most so many words of a search are looked at, each no longer than this. */
const mostWords = 20;
const longestWord = 40;

/**
 * The lines that words fit, the best first: by the command as it is typed, by what one wants ("see
 * container logs"), by the Kubernetes counterpart. All words have to be found, in any order.
 */
export function searchCatalogue(lines: readonly CatalogueLine[], words: string): CatalogueLine[] {
  const wanted = tellingWords(words);
  if (wanted.length === 0) return [...lines];
  const roots = wanted.map((word) => [word, otherWords.get(word) ?? word].map(rootOf));
  return lines
    .filter((line) => mayFit(line, roots))
    .map((line) => ({ line, score: scoreOf(line, wanted) }))
    .filter(({ score }) => score > Number.NEGATIVE_INFINITY)
    .sort((one, other) => other.score - one.score)
    .map(({ line }) => line);
}

/** Whether every word may be somewhere in a line: a quick look that spares most lines the slow one. */
function mayFit(line: CatalogueLine, roots: readonly (readonly string[])[]): boolean {
  const text =
    `${line.command} kubectl ${line.typed} ${line.intents.join(' ')} ${line.kubernetes}`.toLowerCase();
  return roots.every((spellings) => spellings.some((root) => text.includes(root)));
}

/** What all the forms of a word begin with: `cop` of copy and copies. */
function rootOf(word: string): string {
  return stem(word).replace(/y$/, '');
}

/** Words that occur in the catalogue and come near to some that do not. */
export function nearestWords(lines: readonly CatalogueLine[], words: string): string[] {
  const known = [
    ...new Set(
      lines.flatMap((line) => [
        ...wordsOf(line.command),
        ...line.intents.flatMap(wordsOf),
        ...wordsOf(line.kubernetes),
      ]),
    ),
  ];
  const unknown = tellingWords(words).filter((word) => !known.some((each) => isSameWord(each, word)));
  return [...new Set(unknown.flatMap((word) => nearest(word, known, 3)))];
}

/** Little words say nothing; verbs of asking neither. */
const silent = new Set(
  (
    'a an the to of in on my i how do does is are what with from into and or docker kubectl can it for all ' +
    'where which when that this there be me'
  ).split(' '),
);

/**
 * Words that the catalogue has others for: the short names of `kubectl api-resources`, and what people
 * call things.
 */
const otherWords: ReadonlyMap<string, string> = new Map(
  Object.entries({
    cj: 'cronjob',
    cm: 'configmap',
    deploy: 'deployment',
    ds: 'daemonset',
    ev: 'events',
    ing: 'ingress',
    netpol: 'networkpolicy',
    no: 'node',
    ns: 'namespace',
    po: 'pod',
    pv: 'volume',
    pvc: 'volume',
    rs: 'replicaset',
    sa: 'serviceaccount',
    sts: 'statefulset',
    svc: 'service',
    bash: 'shell',
    directory: 'files',
    enter: 'shell',
    erase: 'remove',
    folder: 'files',
    ssh: 'shell',
    tail: 'follow',
  }),
);

/** The words of a search that say something, each once. */
function tellingWords(text: string): string[] {
  const words =
    text
      .slice(0, mostWords * longestWord)
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  return [...new Set(words.filter((word) => !silent.has(word)))].slice(0, mostWords);
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && !silent.has(word));
}

/** The least there is where a word is found nowhere; a command by name counts more than an intent, an intent more than the rest. */
function scoreOf(line: CatalogueLine, wanted: readonly string[]): number {
  const typed = wordsOf(line.typed);
  const last = typed.at(-1) ?? '';
  const names = [...typed, ...wordsOf(line.command)];
  const intents = line.intents.map(wordsOf);
  const kubernetes = wordsOf(line.kubernetes);
  // What Kubernetes calls the same but means otherwise is what one looks for last.
  const isAlike = line.grade === 'exact' || line.grade === 'approximate';
  const pointsOf = (word: string): number => {
    const spellings = [word, otherWords.get(word) ?? word];
    const isIn = (found: readonly string[]): boolean => found.some((each) => isOneOf(each, spellings));
    // The command itself, `ps`, comes before `compose ps`.
    if (typed.length === 1 && isOneOf(last, spellings)) return last === word ? 12 : 11;
    if (isIn(names)) return 9;
    // An intent begins with its verb, and that says more than what it is about.
    if (intents.some(([verb = '']) => isOneOf(verb, spellings))) return 8;
    if (intents.some(isIn)) return 6;
    if (isIn(kubernetes)) return isAlike ? 5 : 3;
    // Words that are being typed.
    if (last.startsWith(word)) return 4;
    if ([...names, ...intents.flat(), ...kubernetes].some((each) => each.startsWith(word))) return 2;
    return 'docker'.startsWith(word) || 'kubectl'.startsWith(word) ? 1 : 0;
  };
  const points = wanted.map(pointsOf);
  if (points.includes(0)) return Number.NEGATIVE_INFINITY;
  // All the words in one intent: that is what was asked.
  const isAsked =
    wanted.length > 1 &&
    intents.some((intent) => wanted.every((word) => intent.some((each) => isSameWord(each, word))));
  const isNamed = wanted.join(' ') === typed.join(' ');
  const score = points.reduce((sum, each) => sum + each, isNamed ? 20 : isAsked ? 6 : 0);
  // Of two that fit alike the shorter name is the more usual one.
  return score - typed.length * 0.6 - line.typed.length / 1000;
}

function isOneOf(word: string, spellings: readonly string[]): boolean {
  return spellings.some((each) => isSameWord(each, word));
}

/** `log` and `logs`, `copy` and `copies`: a plural is the same word. */
function isSameWord(one: string, other: string): boolean {
  return stem(one) === stem(other);
}

function stem(word: string): string {
  return word.replace(/ies$/, 'y').replace(/(?<=[a-z]{3})s$/, '');
}
