import { parseBytes } from '../docker/bytes.ts';
import { toName } from '../kubernetes/names.ts';
import { memoryQuantity } from '../kubernetes/quantity.ts';

/** What placeholders of a template stand for: words by name; no entry or no words means "not given". */
export type TemplateValues = ReadonlyMap<string, readonly string[]>;

interface Placeholder {
  readonly whole: string;
  readonly name: string;
  /** `{name...}`: all the words, each a word of its own. */
  readonly isRest: boolean;
  readonly filter: string | undefined;
}

const placeholder = /\{([a-z][a-z0-9-]*(?:\.[a-z0-9-]+)?)(\.\.\.)?(?:\|([a-z]+))?\}/g;

/** How a value is written on the other side: `{flag.memory|memory}`. */
const filters: Readonly<Record<string, (value: string) => string>> = {
  /** docker's bytes as a Kubernetes quantity: `512m` → `512Mi`. */
  memory: (value) => memoryQuantity(parseBytes(value)),
  /** A signal as `kill` takes it: `SIGHUP` → `HUP`. */
  signal: (value) => value.replace(/^SIG/i, '').toUpperCase(),
  /** The two parts of `web=3`. */
  key: (value) => value.replace(/=.*$/s, ''),
  value: (value) => value.slice(value.indexOf('=') + 1),
  /** A name that the API takes: `my_shop` → `my-shop`. */
  name: (value) => toName(value, 'subdomain').name,
};

/**
 * Fills a command template; the form is written in command-row.ts. What stands in braces and is none of
 * `known` (a jsonpath, a Go template) stays as it is.
 *
 * @param known names that are placeholders, whether they have a value or not
 * @returns the words of the command
 */
export function fillTemplate(template: string, known: ReadonlySet<string>, values: TemplateValues): string[] {
  const words: string[] = [];
  for (const word of templateWords(template)) {
    const places = placeholdersOf(word).filter(({ name }) => known.has(name));
    if (places.length === 0) words.push(word);
    else if (places.some(({ name }) => (values.get(name) ?? []).length === 0)) {
      // Nothing to put there: the word goes, and with it the flag that it would have been the value of.
      if (/^--?[a-z][a-z-]*$/.test(words.at(-1) ?? '')) words.pop();
    } else words.push(...fillWord(word, places, values));
  }
  // A command to run inside that was not given leaves nothing to separate.
  return words.at(-1) === '--' ? words.slice(0, -1) : words;
}

/** The names of a template's placeholders, and of what looks like one. */
export function placeholdersIn(template: string): string[] {
  return placeholdersOf(template).map(({ name }) => name);
}

/** The names of a template's placeholders that stand for one word each. */
export function singlePlaceholders(template: string): string[] {
  return placeholdersOf(template).flatMap(({ name, isRest }) => (isRest ? [] : name));
}

/** Words of a template, quotes taken off: `-o 'jsonpath={.a b}'` is two. */
export function templateWords(template: string): string[] {
  const words = template.match(/(?:[^\s'"]+|'[^']*'|"[^"]*")+/g) ?? [];
  return words.map((word) =>
    word.replace(
      /'([^']*)'|"([^"]*)"/g,
      (_quoted, single?: string, double?: string) => single ?? double ?? '',
    ),
  );
}

function placeholdersOf(text: string): Placeholder[] {
  return [...text.matchAll(placeholder)].map(([whole, name = '', dots, filter]) => ({
    whole,
    name,
    isRest: dots !== undefined,
    filter,
  }));
}

/** All placeholders at once: a value may look like one. */
function fillWord(word: string, places: readonly Placeholder[], values: TemplateValues): string[] {
  const valuesOf = ({ name }: Placeholder): readonly string[] => values.get(name) ?? [];
  const spread = places.find((place) => place.isRest);
  const fill = (each: string): string =>
    word.replace(placeholder, (whole) => {
      const place = places.find((candidate) => candidate.whole === whole);
      return place ? write(place === spread ? each : (valuesOf(place).at(-1) ?? ''), place.filter) : whole;
    });
  return spread ? valuesOf(spread).map(fill) : [fill('')];
}

function write(value: string, filter: string | undefined): string {
  return (filter === undefined ? undefined : filters[filter])?.(value) ?? value;
}
