import { commandGrammar, type FlagGrammar } from '../docker/grammar.ts';
import type { FlagUse } from '../docker/parse.ts';
import type { CommandRow, FlagRow } from './command-row.ts';
import { isTrue } from './run/flag-rule.ts';
import { fillTemplate, type TemplateValues } from './template.ts';
import type { FlagVerdict } from './translation.ts';

/** Types of flags of which docker takes the last one; the others add up. */
const typesTakenOnce = new Set([
  'bool',
  'bytes',
  'command',
  'credential-spec',
  'decimal',
  'duration',
  'float',
  'int',
  'ip',
  'node-addr',
  'pem-file',
  'string',
  'uint',
  'uint16',
  'uint32',
]);

/** Switches that are on unless they are turned off, "(default true)" in the client's help. */
const onByDefault = new Set([
  'docker compose ps --orphans',
  'docker compose run --interactive',
  'docker compose run --no-tty',
  'docker compose watch --prune',
  'docker container attach --sig-proxy',
  'docker image pull --disable-content-trust',
  'docker image push --disable-content-trust',
  'docker stack deploy --detach',
]);

/** What became of some flags. */
export interface JudgedFlags {
  /** One for each use, in the order given. */
  readonly verdicts: readonly FlagVerdict[];
  /** The uses that say something: without what is given again further on, and without switches turned off. */
  readonly counting: readonly FlagUse[];
}

/** What became of flags, by the row of their command. */
export function judgeFlags(uses: readonly FlagUse[], row: CommandRow): JudgedFlags {
  const grammar = new Map(commandGrammar(row.command)?.flags.map((flag) => [flag.name, flag]));
  const last = new Map(uses.map((use) => [use.name, use]));
  const asksForHelp = last.get('--help')?.value === 'true';
  const fates = uses.map((use): Fate => {
    if (asksForHelp && use.name !== '--help') return 'unread';
    const flag = grammar.get(use.name);
    if (flag && typesTakenOnce.has(flag.type) && last.get(use.name) !== use) return 'overridden';
    return flag?.type === 'bool' && !isTrue(use.value) ? 'off' : 'counts';
  });
  return {
    verdicts: uses.map((use, place) => judge(use, row, grammar.get(use.name), fates[place] ?? 'counts')),
    counting: uses.filter((_, place) => fates[place] === 'counts'),
  };
}

/** What docker makes of one use of a flag. */
type Fate = 'counts' | 'overridden' | 'off' | 'unread';

function judge(use: FlagUse, row: CommandRow, grammar: FlagGrammar | undefined, fate: Fate): FlagVerdict {
  const isAlone = use.value === 'true' && (grammar === undefined || grammar.type === 'bool');
  const verdict = {
    flag: use.name,
    ...(isAlone ? {} : { value: use.value }),
    grade: 'exact',
    kubernetes: 'nothing',
    sources: row.flags.find((each) => each.flag === use.name)?.sources ?? row.sources,
  } as const;
  if (use.name === '--help') {
    return {
      ...verdict,
      kubernetes: '--help',
      why: 'kubectl explains each of its commands in the same way.',
    };
  }
  if (fate === 'unread') {
    return {
      ...verdict,
      why: 'Beside `--help` it says nothing: docker prints its help and does nothing else.',
    };
  }
  if (fate === 'overridden') {
    return { ...verdict, why: `\`${use.name}\` is given again further on, and docker takes the last one.` };
  }
  if (fate === 'off' && !onByDefault.has(`${row.command} ${use.name}`)) {
    return { ...verdict, why: `\`${use.name}=${use.value}\` is docker's default, so nothing comes of it.` };
  }
  const meaning = meaningOf(use, row);
  // The tests hold every flag of the grammar against the rows, so this is for a grammar newer than its rows.
  if (!meaning)
    return { ...verdict, grade: 'none', kubernetes: 'none', why: 'There is no counterpart on record.' };
  const { grade, kubernetes, why } = meaning;
  return { ...verdict, grade, kubernetes, why };
}

/** The words that a flag appends to the command, by the row of its command. */
export function additionsOf(
  use: FlagUse,
  row: CommandRow,
  known: ReadonlySet<string> = new Set(),
  values: TemplateValues = new Map(),
): string[] {
  const meaning = meaningOf(use, row);
  if (meaning?.adds === undefined) return [];
  return fillTemplate(
    meaning.adds,
    new Set([...known, 'value', 'rest']),
    new Map([...values, ['value', [use.value]], ['rest', [use.value.slice(meaning.starts.length)]]]),
  );
}

type Meaning = Pick<FlagRow, 'grade' | 'kubernetes' | 'adds' | 'why'> & { readonly starts: string };

function meaningOf(use: FlagUse, row: CommandRow): Meaning | undefined {
  const flag = row.flags.find((each) => each.flag === use.name);
  return (
    flag?.values?.find(({ starts }) => use.value.startsWith(starts)) ?? (flag && { ...flag, starts: '' })
  );
}
