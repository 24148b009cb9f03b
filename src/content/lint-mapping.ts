import { allCommands, commandGrammar } from '../docker/grammar.ts';
import { placeholdersIn } from '../mapping/template.ts';
import { doubles } from './doubles.ts';
import type { Finding } from './finding.ts';
import { lintProse } from './lint-prose.ts';
import { unknownSources } from './lint-sources.ts';
import type { ContentText, RowsText } from './load-content.ts';

type Row = RowsText['value'][number];

/**
 * What is wrong with the rows of lessons/mapping/: each docker command has exactly one, and in it exactly
 * one for each of its flags, so that nothing one can type goes without an answer.
 */
export function lintMapping(content: ContentText): Finding[] {
  if (content.mapping.length === 0) return [];
  const all = content.mapping.flatMap((rows) => rows.value.map((row, place) => ({ rows, row, place })));
  const known = new Set(all.map(({ row }) => row.command));
  return [
    ...content.mapping.flatMap((rows) =>
      doubles(
        rows.value.map((row, place) => ({ name: row.command, line: rows.lineOf([place]) })),
        rows.file,
        'the command',
      ),
    ),
    ...allCommands()
      .filter((command) => !known.has(command))
      .map(
        (command): Finding => ({ file: 'mapping/', line: 1, message: `no row says what "${command}" is` }),
      ),
    ...all.flatMap(({ rows, row, place }) =>
      lintRow(row, content).map(
        (message): Finding => ({
          file: rows.file,
          line: rows.lineOf([place]),
          message: `${row.command}: ${message}`,
        }),
      ),
    ),
  ];
}

function lintRow(row: Row, content: ContentText): string[] {
  const { flags = [] } = row;
  const prose = [
    row.summary,
    ...(row.caveats ?? []),
    ...(row.commands ?? []).map((command) => command.why),
    ...flags.flatMap((flag) => [flag.why, ...(flag.values ?? []).map((value) => value.why)]),
  ];
  return [
    ...prose.flatMap(lintProse),
    ...[...row.sources, ...flags.flatMap((flag) => flag.sources)].flatMap((id) =>
      unknownSources([id], content),
    ),
    ...(content.lessons.some((lesson) => lesson.front.id === row.lesson)
      ? []
      : [`there is no lesson "${row.lesson}"`]),
    ...lintFlags(row),
    ...lintTemplates(row),
  ];
}

function lintFlags(row: Row): string[] {
  const grammar = commandGrammar(row.command);
  if (!grammar) return ['docker has no such command'];
  if (grammar.command !== row.command) return [`its long name is "${grammar.command}"`];
  // The flags of run and create have rules in code, since what becomes of one depends on the others.
  if (row.command === 'docker container run' || row.command === 'docker container create') return [];
  const { flags = [] } = row;
  const given = flags.map((flag) => flag.flag);
  const wanted = grammar.flags.filter((flag) => !flag.hidden).map((flag) => flag.name);
  return [
    ...wanted.filter((flag) => !given.includes(flag)).map((flag) => `no row says what becomes of ${flag}`),
    ...given
      .filter((flag) => !grammar.flags.some(({ name }) => name === flag))
      .map((flag) => `it has no flag ${flag}`),
    ...given.filter((flag, place) => given.indexOf(flag) !== place).map((flag) => `${flag} has two rows`),
  ];
}

/** What looks like a placeholder in a jsonpath. */
const ofJsonpath = new Set(['end', 'range']);

function lintTemplates(row: Row): string[] {
  const { flags = [] } = row;
  const commands = row.commands ?? [];
  const names = new Set([
    ...(row.positionals ?? []).map((name) => name.replace(/\.\.\.$/, '')),
    ...flags.map(({ flag }) => `flag.${flag.slice(2)}`),
  ]);
  const adds = flags.flatMap((flag) => [
    flag.adds ?? '',
    ...(flag.values ?? []).map((value) => value.adds ?? ''),
  ]);
  const asked = [
    ...commands.flatMap(({ run }) => placeholdersIn(run)),
    ...adds.flatMap(placeholdersIn).filter((name) => name !== 'value' && name !== 'rest'),
  ];
  // What a condition names: `--tag !--push service --mode=global`.
  const conditions = commands
    .flatMap(({ when }) => when?.split(' ') ?? [])
    .map((each) => each.replace(/^!/, '').replace(/=.*$/, ''));
  return [
    ...asked
      .filter((name) => !names.has(name) && !ofJsonpath.has(name))
      .map(
        (name) =>
          `a template asks for {${name}}, and it has no such ${name.startsWith('flag.') ? 'flag' : 'argument'}`,
      ),
    ...conditions
      .filter((name) => !names.has(name.replace(/^--/, 'flag.')))
      .map((name) => `a command is for when ${name} is given, and it has no such thing`),
  ];
}
