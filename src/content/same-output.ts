/** What a line of a lesson calls by names of chance, and what it is called in the world at hand. */
export type Names = Map<string, string>;

/** A kind of text that is another one each time. */
interface Chance {
  readonly pattern: string;
  /** What stands for it. */
  readonly source: string;
  /** Whether it names something that later lines name too. */
  readonly isName?: true;
}

const age = String.raw`\d+(?:\.\d+)?(?:ms|[smhdy])(?:\d+[smhd])*`;

/** Letters and digits of which names are made by chance (k8s.io/apimachinery/pkg/util/rand). */
const safe = '[bcdfghjklmnpqrstvwxz2456789]';
const hash = `(?=${safe}*\\d)${safe}{6,10}`;
const made = `[a-z0-9-]+?-(?:${hash}-${safe}{5}|${hash}|${safe}{5})(?![\\w-])`;

const isMade = new RegExp(`^${made}$`);

/** In the order in which they are looked for. */
const chances: readonly Chance[] = [
  { pattern: ' ?… ?', source: '.*?' },
  // 2026/11/20 05:29:57, Fri Nov 20 05:37:23 UTC 2026
  { pattern: String.raw`\d{4}/\d\d/\d\d \d\d:\d\d:\d\d`, source: String.raw`\d{4}/\d\d/\d\d \d\d:\d\d:\d\d` },
  {
    pattern: String.raw`\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d UTC \d{4}`,
    source: String.raw`\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d UTC \d{4}`,
  },
  { pattern: String.raw`\d\d:\d\d:\d\d`, source: String.raw`\d\d:\d\d:\d\d` },
  // What a controller has made: a ReplicaSet `web-697578869`, its Pods, a Pod of a DaemonSet.
  { pattern: String.raw`\b${made}`, source: '', isName: true },
  { pattern: String.raw`\b(?=[0-9a-f]*\d)[0-9a-f]{12,64}\b`, source: '[0-9a-f]{12,64}', isName: true },
  {
    pattern: String.raw`\b\d{1,3}(?:\.\d{1,3}){3}\b`,
    source: String.raw`\d{1,3}(?:\.\d{1,3}){3}`,
    isName: true,
  },
  {
    pattern: String.raw`(?:About an?|Less than a|\d+) (?:second|minute|hour|day)s?`,
    source: String.raw`(?:About an?|Less than a|\d+) (?:second|minute|hour|day)s?`,
  },
  { pattern: String.raw`\b${age}(?![\w.])`, source: age },
  { pattern: String.raw`\b\d+#\d+`, source: String.raw`\d+#\d+` },
  // The nodes that run Pods are alike.
  { pattern: String.raw`\bworker-\d\b`, source: String.raw`worker-\d`, isName: true },
  { pattern: String.raw`\b\d+Mi\b`, source: String.raw`\d+Mi` },
  { pattern: String.raw`(?<=worker process )\d+`, source: String.raw`\d+` },
  // A node port, a number of a process.
  { pattern: String.raw`(?<![\w.:-])\d{4,5}(?![\w.:-])`, source: String.raw`\d+`, isName: true },
  { pattern: String.raw`:3\d{4}/`, source: String.raw`:3\d{4}/` },
];

const anyChance = new RegExp(chances.map(({ pattern }) => `(${pattern})`).join('|'), 'g');

/**
 * Whether what was printed is what a lesson shows: a line of `…` stands for any number of lines, `…` in a
 * line for anything, and what is by chance for its like. Names that a lesson and the world have for the same
 * thing are remembered.
 *
 * @param anyOrder whether lines may have changed places: they are sorted by names of chance
 * @param names is added to
 */
export function isSameOutput(
  shown: readonly string[],
  printed: readonly string[],
  names: Names,
  anyOrder = false,
): boolean {
  const lines = tidied(shown);
  const isCut = lines.includes('…');
  const wanted = anyOrder ? lines.filter((line) => line !== '…') : lines;
  const found = match(wanted, tidied(printed), new Map(names), anyOrder ? { isCut } : undefined);
  if (!found) return false;
  for (const [name, own] of found) names.set(name, own);
  return true;
}

/**
 * A line with what stands in it for other names: a later command of the lesson.
 *
 * @param ask gives a name that a controller has made and that was not shown before
 */
export function withNames(
  text: string,
  names: Names,
  ask: (name: string) => string | undefined = () => undefined,
): string {
  return text.replace(anyChance, (found) => {
    const known = names.get(found);
    if (known !== undefined || !isMade.test(found)) return known ?? found;
    const asked = ask(found);
    if (asked !== undefined) names.set(found, asked);
    return asked ?? found;
  });
}

function match(
  shown: readonly string[],
  printed: readonly string[],
  names: Names,
  anyOrder: { readonly isCut: boolean } | undefined,
): Names | undefined {
  const [first, ...rest] = shown;
  const isEnough = printed.length === 0 || anyOrder?.isCut === true;
  if (first === undefined) return isEnough ? names : undefined;
  if (first === '…') {
    for (let skipped = 0; skipped <= printed.length; skipped++) {
      const found = match(rest, printed.slice(skipped), names, anyOrder);
      if (found) return found;
    }
    return undefined;
  }
  for (const [place, line] of printed.entries()) {
    if (place > 0 && !anyOrder) break;
    const own = matchLine(first, line, names);
    const found = own && match(rest, printed.toSpliced(place, 1), own, anyOrder);
    if (found) return found;
  }
  return undefined;
}

/** @returns the names with those that the line adds; undefined when it is another line */
function matchLine(shown: string, printed: string, names: Names): Names | undefined {
  const known = new Map(names);
  const open: string[] = [];
  let source = '';
  let end = 0;
  for (const found of shown.matchAll(anyChance)) {
    const [text] = found;
    source += literal(shown.slice(end, found.index));
    end = found.index + text.length;
    const chance = chances[found.slice(1).findIndex((each) => each !== undefined)];
    const name = chance?.isName ? known.get(text) : undefined;
    if (name !== undefined) source += literal(name);
    else if (chance?.isName) {
      source += chance.source === '' ? `(${likeMade(text)})` : `(${chance.source})`;
      open.push(text);
    } else source += chance?.source ?? '';
  }
  const hit = new RegExp(`^${source}${literal(shown.slice(end))}$`).exec(printed);
  if (!hit) return undefined;
  const [, ...printedNames] = hit;
  for (const [place, own] of printedNames.entries()) {
    const [text = ''] = open.slice(place);
    if ((known.get(text) ?? own) !== own) return undefined;
    // Two names stand for two things.
    if (!known.has(text) && [...known.values()].includes(own)) return undefined;
    known.set(text, own);
  }
  return known;
}

/** A name that has been made from the same one, and as long. */
function likeMade(name: string): string {
  const [, own = ''] =
    new RegExp(`^([a-z0-9-]+?)-(?:${hash}-${safe}{5}|${hash}|${safe}{5})$`).exec(name) ?? [];
  const parts = name.slice(own.length + 1).split('-');
  const like = parts.map((part) => (part.length === 5 ? `${safe}{5}` : `${safe}{6,10}`));
  return `${literal(own)}-${like.join('-')}`;
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Columns are as wide as what is in them, and an empty line at the end says nothing. */
function tidied(lines: readonly string[]): readonly string[] {
  const tidy = lines.map((line) => line.trimEnd().replace(/(?<=\S) {2,}/g, '  '));
  const last = tidy.findLastIndex((line) => line !== '');
  return tidy.slice(0, last + 1);
}
