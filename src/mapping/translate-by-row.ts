import type { DockerCommand } from '../docker/parse.ts';
import type { CommandRow } from './command-row.ts';
import { additionsOf, judgeFlags } from './judge-flags.ts';
import { withClusterNames } from './names-from-docker.ts';
import { fillTemplate, singlePlaceholders, type TemplateValues } from './template.ts';
import type { SuggestedCommand, Translation } from './translation.ts';

/**
 * Translates a line whose command is a row of the catalogue: its templates filled with what was typed, its
 * flags judged one by one.
 *
 * @param input the line as it was typed
 */
export function translateByRow(row: CommandRow, command: DockerCommand, input: string): Translation {
  const positionals = positionalsOf(row, command.args);
  // What is typed before a command is judged by whoever knows that command; of `docker` itself it is all there is.
  const uses = command.command === 'docker' ? [...command.globals, ...command.flags] : command.flags;
  const { verdicts, counting } = judgeFlags(uses, row);
  const values = new Map<string, string[]>(positionals);
  const open: string[] = [];
  if (row.commands.every(({ run }) => run.startsWith('kubectl '))) {
    for (const name of row.positionals.filter((each) => !/command|arg/i.test(each)).map(bareName)) {
      const { words, caveats } = withClusterNames(positionals.get(name) ?? []);
      if (caveats.length === 0) continue;
      values.set(name, words);
      open.push(...caveats);
    }
  }
  for (const use of counting) {
    const name = `flag.${use.name.slice(2)}`;
    const others = values.get(name);
    if (others) others.push(use.value);
    else values.set(name, [use.value]);
  }

  const known = new Set([
    ...row.positionals.map(bareName),
    ...row.flags.map((flag) => `flag.${flag.flag.slice(2)}`),
  ]);
  const commands = values.has('flag.help')
    ? helpOf(row)
    : row.commands
        .filter(({ when }) => when === undefined || holds(when, values))
        .flatMap(({ run, why }) =>
          fillForEach(run, known, values).map((argv): SuggestedCommand => ({ argv, why })),
        );
  const [first, ...others] = commands;

  return {
    input,
    argv: command.argv,
    command: command.command,
    grade: row.grade,
    summary: row.summary,
    commands: first
      ? [
          {
            ...first,
            argv: withAdditions(
              first.argv,
              counting.flatMap((use) => additionsOf(use, row, known, values)),
            ),
          },
          ...others,
        ]
      : [],
    objects: [],
    flags: verdicts,
    positionals: Object.fromEntries(
      [...positionals].map(([name, words]) => [name, isRest(row, name) ? words : (words[0] ?? '')]),
    ),
    caveats: [...new Set(open), ...row.caveats],
    lesson: row.lesson,
    sources: row.sources,
  };
}

/** `docker logs --help` asks what `kubectl logs --help` answers. */
function helpOf(row: CommandRow): SuggestedCommand[] {
  const { run } = row.commands.find(({ when }) => when === undefined) ?? row.commands[0] ?? {};
  const [path = ''] = /^[a-z]+( [a-z-]+(?= |$))*/.exec(run ?? '') ?? [];
  if (path === '') return [];
  return [{ argv: [...path.split(' '), '--help'], why: 'Says what the command takes.' }];
}

function positionalsOf(row: CommandRow, args: readonly string[]): Map<string, string[]> {
  return new Map(
    row.positionals.flatMap((name, place) => {
      const words = name.endsWith('...') ? args.slice(place) : args.slice(place, place + 1);
      return words.length > 0 ? [[bareName(name), words] as const] : [];
    }),
  );
}

/** Before the `--` that a command to run inside stands behind, otherwise at the end. */
export function withAdditions(argv: readonly string[], added: readonly string[]): string[] {
  const dashes = argv.indexOf('--');
  const at = dashes === -1 ? argv.length : dashes;
  return [...joinSelectors([...argv.slice(0, at), ...added]), ...argv.slice(at)];
}

/** kubectl takes the last of several selectors; all of them are meant, which is a list with commas. */
function joinSelectors(argv: readonly string[]): string[] {
  const words: string[] = [];
  const selectors = new Map<string, { readonly place: number; readonly all: string[] }>();
  for (const word of argv) {
    const [option, selector = ''] = /^(--selector|--field-selector)=(.*)$/s.exec(word)?.slice(1) ?? [];
    const earlier = option === undefined ? undefined : selectors.get(option);
    if (earlier) earlier.all.push(selector);
    else if (option !== undefined) selectors.set(option, { place: words.push(word) - 1, all: [selector] });
    else words.push(word);
  }
  for (const [option, { place, all }] of selectors) words[place] = `${option}=${all.join(',')}`;
  return words;
}

/**
 * Whether all words of a condition hold: `--tag !--push service --mode=global`, flags by their names,
 * arguments by theirs.
 */
function holds(when: string, values: TemplateValues): boolean {
  return when.split(' ').every((condition) => {
    const [name = '', value] = condition.replace(/^!/, '').replace(/^--/, 'flag.').split('=', 2);
    const given = values.get(name) ?? [];
    const isSo = value === undefined ? given.length > 0 : given.includes(value);
    return isSo !== condition.startsWith('!');
  });
}

/** One command, or one for each value where a flag that was given several times stands for one word. */
function fillForEach(run: string, known: ReadonlySet<string>, values: TemplateValues): string[][] {
  const several = singlePlaceholders(run).find(
    (name) => known.has(name) && (values.get(name) ?? []).length > 1,
  );
  if (several === undefined) return [fillTemplate(run, known, values)];
  return (values.get(several) ?? []).map((value) =>
    fillTemplate(run, known, new Map([...values, [several, [value]]])),
  );
}

function isRest(row: CommandRow, name: string): boolean {
  return row.positionals.includes(`${name}...`);
}

function bareName(positional: string): string {
  return positional.replace(/\.\.\.$/, '');
}
