// What the progress of two builds never says alike: how long a step takes, and which of two steps is first. Steps are
// compared as a set, each with what it says; everything behind them line by line.

/** Replaced in every line. */
const replacements: readonly (readonly [RegExp, string])[] = [
  [/\bref \w{25}::\w{25}/g, 'ref <ref>'],
  [/\/var\/lib\/docker\/buildkit\/\S*?\/cachemounts\/buildkit\d+/g, ''],
  // Bytes that are sent to the builder are the same everywhere, unlike the sizes of layers.
  [/(?<=transferring (?:dockerfile|context): )([\d.]+)(k?)B/g, '$1 $2bytes'],
  [/ \d+\.\d+s(?= done$|$)/g, ''],
  [/^(#\d+ )?\d+\.\d+ (?!MB)/g, '$1'],
];

/** Text that a build printed; any other stays as it is. */
export function normalisedProgress(text: string): string {
  if (!text.startsWith('#0 building with')) return text;
  const lines = text.replace(/\n$/, '').split('\n').map(plain);
  const steps = new Map<string, string[]>();
  const rest: string[] = [];
  for (const line of lines) {
    const [, number = '', said = ''] = /^#(\d+) (.*)$/.exec(line) ?? [];
    if (number === '' || number === '0') {
      if (number === '0') continue;
      if (line !== '' || rest.length > 0) rest.push(line);
      continue;
    }
    const step = steps.get(number) ?? [];
    if (!isNoise(said) && said !== step[0]) step.push(said);
    steps.set(number, step);
  }
  const shown = [...steps.values()].map(inOrder).sort(byText);
  return [...shown.flat(), ...sortedWarnings(rest)].map((line) => `${line}\n`).join('');
}

function plain(line: string): string {
  return replacements.reduce((text, [pattern, by]) => text.replace(pattern, by), line);
}

/** What only stands there because something took long, and what an engine fetches that has nothing yet. */
function isNoise(said: string): boolean {
  return (
    said === '...' ||
    /^(extracting )?sha256:/.test(said) ||
    (/^(exporting|naming|unpacking|transferring|resolve).*(?<! done)$/.test(said) &&
      !said.startsWith('exporting to'))
  );
}

/** The name first, then what it says. A warning stands here if it comes soon enough, and below in any case; an image may be there or not. */
function inOrder(step: readonly string[]): readonly string[] {
  const [name = '', ...said] = step;
  const isImage = /\bFROM \S+@sha256:/.test(name);
  const ends = said.filter((line) => /^(CACHED|DONE|CANCELED)$/.test(line));
  const kept = said.filter((line) => !ends.includes(line));
  const others = kept.filter((line) => !line.startsWith('WARN: '));
  return [`# ${name}`, ...[...others, ...(isImage ? [] : ends.slice(-1))].map((line) => `    ${line}`)];
}

function byText(one: readonly string[], other: readonly string[]): number {
  const [left, right] = [one.join('\n'), other.join('\n')];
  return left < right ? -1 : left > right ? 1 : 0;
}

function sortedWarnings(lines: readonly string[]): readonly string[] {
  const start = lines.findIndex((line) => /warnings? found/.test(line)) + 1;
  if (start === 0) return lines;
  const rules = lines.slice(start).filter((line) => /^(\S+\[0m)? - \w+: /.test(line));
  const bare = rules.map((line) => line.replace(/^\S+\[0m/, '')).sort();
  return [...lines.slice(0, start), ...bare, ...lines.slice(start + rules.length)];
}
