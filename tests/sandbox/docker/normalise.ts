import { normalisedProgress } from './normalise-progress.ts';
import type { Outcome } from './scenario.ts';

// What two engines never say alike, and nothing else. The same function is used on what the real engine printed, when it
// is recorded, and on what the simulated one prints, when the two are compared.

/** What is replaced by a fixed text. What is left of the line is compared as it is. */
const replacements: readonly (readonly [RegExp, string])[] = [
  // Times: when something happened, and how long ago. "Never" stays what it is.
  [/\b(?!0001-01-01)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)/g, '<time>'],
  [/\b\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? [+-]\d{4} \w+/g, '<time>'],
  [/\b(?:Less than|About) an? (?:second|minute|hour)\b/g, '<age>'],
  [/\b\d+ (?:second|minute|hour|day|week|month|year)s?(?= ago| \(|\s|$)/gm, '<age>'],
  [/("(?:time|timeNano)":) ?\d+/g, '$1<time>'],
  // What BuildKit calls what it keeps.
  [/\b(?=[a-z]*\d)[a-z0-9]{25}\b/g, '<record>'],
  // Sizes: the layers of the images differ. Nothing is nothing everywhere.
  [/\b(?!0B)\d+(?:\.\d+)?(?:e[+-]\d+)?(?:[kMGT]?B|[KMGT]iB)\b/g, '<size>'],
  [/(?<=digest: sha256:<id \d+> size: )\d+/g, '<size>'],
  [/("(?:Size|size|SizeRw|SizeRootFs|VirtualSize)": ?)[1-9]\d*/g, '$1<size>'],
  // Chance: addresses of cards, numbers of processes, ports that the engine chose.
  [/\b[0-9a-f]{2}(?::[0-9a-f]{2}){5}\b/g, '<mac>'],
  [/("Pid": ?)[1-9]\d*/g, '$1<pid>'],
  [/^(\w+ +)\d+( +)\d+( +\d+ +)\d\d:\d\d(?= +\?)/gm, '$1<pid>$2<pid>$3<time>'],
  [
    /(?<=[\d\]]:|"HostPort": ?")(?:3276[89]|327[7-9]\d|32[89]\d\d|3[3-9]\d{3}|[45]\d{4}|60\d{3})\b/g,
    '<port>',
  ],
  // How often one is told to wait.
  [/^(.*: Waiting\n)\1+/gm, '$1'],
  // Control groups of the machine: of version 1 or 2.
  [/(?<="CgroupnsMode": ?")(?:host|private)/g, '<cgroups>'],
  [/(?<="OomKillDisable": ?)(?:false|null)/g, '<cgroups>'],
  // Which name server the machine asks.
  [/(?<=dial tcp: lookup \S+ on )[\d.]+:53/g, '<name server>'],
  // A column is as wide as what stands in it, so its width follows from all of these.
  [/(?<=\S) {3,}/g, '   '],
];

/** An id or a digest: 64 hexadecimal digits, or the first 12 of them. */
const id = /\b(?:[0-9a-f]{64}|[0-9a-f]{12})\b/g;

/**
 * What several lines said after one another, without what differs from engine to engine.
 *
 * Ids and digests become numbers in the order in which they are first seen, so that it still shows which are the same.
 */
export function normalised(outcomes: readonly Outcome[]): Outcome[] {
  const known = new Map<string, number>();
  const text = (raw: string): string => {
    const numbered = raw.replace(id, (found) => {
      const key = found.slice(0, 12);
      const number = known.get(key) ?? known.size + 1;
      known.set(key, number);
      return found.length === 64 ? `<id ${number}>` : `<short id ${number}>`;
    });
    return replacements.reduce((rest, [pattern, by]) => rest.replace(pattern, by), numbered);
  };
  return outcomes.map(({ stdout, stderr, code }) => ({
    stdout: text(stdout),
    stderr: text(normalisedProgress(stderr)),
    code,
  }));
}

/** A recording, or a part of it, as it is written to a file: `$ ` before lines, `! ` before what went to stderr. */
export function transcript(line: string, { stdout, stderr, code }: Outcome): string {
  const printed = stdout === '' || stdout.endsWith('\n') ? stdout : `${stdout}\n[no end of line]\n`;
  const errors = stderr.replace(/\n$/, '').split('\n');
  const complained = stderr === '' ? '' : errors.map((each) => `! ${each}\n`).join('');
  return `$ ${line}\n${printed}${complained}${code === 0 ? '' : `[${code}]\n`}`;
}
