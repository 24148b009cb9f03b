import { DockerRefusal } from '../../docker/refusal.ts';
import type { KubectlCommand } from '../../kubernetes/parse.ts';
import type { Likeness } from '../../lesson/lesson.ts';
import type { TemplateValues } from '../template.ts';
import type { SuggestedCommand } from '../translation.ts';
import { type Addition, fillDockerLine } from './docker-lines.ts';
import { judgeFlag, verdictOf } from './judge-flags.ts';
import type { DockerTemplate, KubectlAnswer, KubectlResourceRow, KubectlRow } from './kubectl-row.ts';
import { givenFlags, isTurnedOff, valuesOf, withNames } from './line-values.ts';
import { type NamedObject, readArguments } from './named-objects.ts';
import type { WayBack } from './way-back.ts';

/** Placeholders that are not the row's own; line-values.ts says what they are. */
export const derived = [
  ...['availability', 'command', 'copies', 'each', 'file', 'filters', 'forward', 'image', 'labels', 'name'],
  ...['names', 'publish', 'scale', 'set', 'taints', 'target', 'unset', 'untaints'],
  ...['limits.cpus', 'limits.memory', 'requests.cpus', 'requests.memory'],
];

/** The answer for some of the objects that a line names. */
interface Part {
  readonly answer: KubectlAnswer;
  readonly resource: KubectlResourceRow | undefined;
  readonly names: readonly string[];
}

/**
 * What a Docker user would have typed instead of a kubectl line, by the row of its command: its templates
 * filled with what was typed, its flags judged one by one. Every docker line is one that docker takes.
 *
 * @param input the line as it was typed
 */
export function translateBack(row: KubectlRow, command: KubectlCommand, input: string): WayBack {
  const named = readArguments(row.positionals, command.args);
  const values = valuesOf(command, named);
  const known = new Set([
    ...derived,
    ...row.positionals.map((name) => name.replace(/\.\.\.$/, '')),
    ...row.flags.map(({ flag }) => `flag.${flag.slice(2)}`),
  ]);
  const parts = partsOf(row, named.objects.length > 0 ? named.objects : filesOf(command));
  const rows = [...parts.flatMap(({ resource }) => resource?.flags ?? []), ...row.flags];
  const judged = command.flags.map((use) =>
    judgeFlag(use, rows, known, values, isTurnedOff(command.command, use)),
  );
  const additions = judged.flatMap(({ addition }) => addition ?? []);
  const asksForHelp = command.flags.some(({ name, value }) => name === '--help' && value === 'true');
  const refusals: string[] = [];
  const commands = asksForHelp
    ? helpOf(row)
    : parts.flatMap((part) =>
        commandsOf(part, command, { known, values: withNames(values, part.names), additions, refusals }),
      );
  const globals = command.globals.map((use) => judgeFlag(use, row.globals, known, values));

  return {
    input,
    argv: command.argv,
    command: command.command,
    grade: gradeOf(parts.map(({ answer }) => answer.grade)),
    summary: unique(parts.map(({ answer }) => answer.summary)).join(' '),
    commands: commands.filter(
      ({ argv }, place) => commands.findIndex((other) => isSame(other.argv, argv)) === place,
    ),
    objects: [],
    flags: [...judged, ...globals]
      .sort((one, other) => one.use.position - other.use.position)
      .map((each) => verdictOf(each, row.sources)),
    positionals: positionalsOf(row, named.words, command.afterDashes),
    caveats: unique([...parts.flatMap(({ answer }) => answer.caveats), ...row.caveats, ...refusals]),
    lesson: row.lesson,
    sources: row.sources,
  };
}

/** A line with a file names no objects: they are in there. */
function filesOf(command: KubectlCommand): NamedObject[] {
  const hasFile = command.flags.some(({ name }) => name === '--filename' || name === '--kustomize');
  return hasFile ? [{ kind: 'file' }] : [];
}

/** One part a kind of object; the row itself where it says nothing of the kind, or none is named. */
function partsOf(row: KubectlRow, objects: readonly NamedObject[]): Part[] {
  const byAnswer = new Map<KubectlResourceRow | undefined, string[]>();
  for (const { kind, name } of objects) {
    const resource = resourceFor(row, kind);
    byAnswer.set(resource, [...(byAnswer.get(resource) ?? []), ...(name === undefined ? [] : [name])]);
  }
  if (byAnswer.size === 0) return [{ answer: row, resource: undefined, names: [] }];
  return [...byAnswer].map(([resource, names]) => ({
    answer: resource ?? row,
    resource,
    names: unique(names),
  }));
}

/** What a row answers for a kind of object: its own answer where it says nothing of the kind. */
export function answerFor(row: KubectlRow, kind: string | undefined): KubectlAnswer {
  return resourceFor(row, kind) ?? row;
}

function resourceFor(row: KubectlRow, kind: string | undefined): KubectlResourceRow | undefined {
  return row.resources.find(({ kinds }) => kind !== undefined && kinds.includes(kind));
}

interface Filling {
  readonly known: ReadonlySet<string>;
  readonly values: TemplateValues;
  readonly additions: readonly Addition[];
  /** Takes what docker says of lines that it refuses. */
  readonly refusals: string[];
}

function commandsOf(part: Part, command: KubectlCommand, filling: Filling): SuggestedCommand[] {
  const { known, values, additions, refusals } = filling;
  return part.answer.commands
    .filter(({ when }) => when === undefined || when.split(' ').every((each) => holds(each, command, values)))
    .flatMap((template) => repeated(template, values).map((own) => ({ template, own })))
    .flatMap(({ template, own }) => {
      const argv = fillDockerLine(template.run, known, own, additions);
      if (!(argv instanceof DockerRefusal)) return [{ argv, why: template.why }];
      refusals.push(`docker takes no such line: ${argv.message.replace(/\.$/, '')}.`);
      return [];
    });
}

/** The values for a command, once for each object where the command takes one at a time. */
function repeated({ run }: DockerTemplate, values: TemplateValues): TemplateValues[] {
  if (!run.includes('{each}')) return [values];
  return (values.get('names') ?? []).map((name) => new Map([...values, ['each', [name]]]));
}

/** Whether a condition of a template holds; their form is in kubectl-row.ts. */
function holds(condition: string, command: KubectlCommand, values: TemplateValues): boolean {
  if (condition.startsWith('!')) return !holds(condition.slice(1), command, values);
  if (!condition.startsWith('--')) return (values.get(condition) ?? []).length > 0;
  const [name, value] = condition.split(/=(.*)/s);
  return givenFlags(command).some((use) => use.name === name && (value === undefined || use.value === value));
}

/** `docker logs --help` for the first command of a row. */
function helpOf(row: KubectlRow): SuggestedCommand[] {
  const [first] = [...row.commands, ...row.resources.flatMap(({ commands }) => commands)];
  const words = first?.run.split(' ') ?? ['docker'];
  const end = words.findIndex((word) => /^-|\{/.test(word));
  const argv = fillDockerLine(
    `${words.slice(0, end < 0 ? words.length : end).join(' ')} --help`,
    new Set(),
    new Map(),
    [],
  );
  return argv instanceof DockerRefusal ? [] : [{ argv, why: 'Explains the docker command and its flags.' }];
}

/** What all have, otherwise `approximate`. */
function gradeOf(grades: readonly Likeness[]): Likeness {
  const [first = 'none', ...others] = unique(grades);
  return others.length === 0 ? first : 'approximate';
}

function positionalsOf(
  row: KubectlRow,
  words: ReadonlyMap<string, readonly string[]>,
  afterDashes: readonly string[],
): Record<string, string | readonly string[]> {
  const named = [...words].map(([name, typed]): [string, string | readonly string[]] => {
    const [first = ''] = typed;
    return [name, row.positionals.includes(`${name}...`) ? typed : first];
  });
  return Object.fromEntries(afterDashes.length > 0 ? [...named, ['command', afterDashes]] : named);
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((word, place) => word === other[place]);
}

function unique<Item>(items: readonly Item[]): Item[] {
  return [...new Set(items)];
}
