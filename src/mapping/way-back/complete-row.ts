import { kubectlGrammar } from '../../kubernetes/grammar.ts';
import type {
  KubectlFlagRow,
  KubectlResourceRow,
  KubectlRow,
  WrittenFlagRow,
  WrittenKubectlMapping,
  WrittenKubectlRow,
  WrittenResourceRow,
} from './kubectl-row.ts';

/** The rows of a file, each with all that it shares with others: flags, sources, answers by kind. */
export function completeRows(file: WrittenKubectlMapping): KubectlRow[] {
  return file.rows.map((row) => completeRow(row, file));
}

/**
 * A row with every flag of its command (src/kubernetes/grammar.ts), its own or a common one.
 *
 * @param shared the flags that rows have in common
 */
function completeRow(
  row: WrittenKubectlRow,
  { globals, common }: Pick<WrittenKubectlMapping, 'globals' | 'common'>,
): KubectlRow {
  const withSources = (flag: WrittenFlagRow): KubectlFlagRow => ({ sources: row.sources, ...flag });
  const own = row.flags ?? [];
  const names = row.command === 'kubectl' ? [] : kubectlGrammar(row.command)?.flags.map(({ name }) => name);
  return {
    command: row.command,
    grade: row.grade,
    docker: row.docker,
    summary: row.summary,
    positionals: row.positionals ?? [],
    commands: row.commands ?? [],
    caveats: row.caveats ?? [],
    flags: (names ?? []).flatMap((name) => {
      const flag = own.find((each) => each.flag === name) ?? common.find((each) => each.flag === name);
      return flag ? [withSources(flag)] : [];
    }),
    globals,
    resources: (row.resources ?? []).map((entry) => completeResource(entry, row, withSources)),
    lesson: row.lesson,
    sources: row.sources,
  };
}

function completeResource(
  entry: WrittenResourceRow,
  row: WrittenKubectlRow,
  withSources: (flag: WrittenFlagRow) => KubectlFlagRow,
): KubectlResourceRow {
  return {
    kinds: entry.kinds,
    grade: entry.grade ?? row.grade,
    docker: entry.docker ?? row.docker,
    summary: entry.summary ?? row.summary,
    commands: entry.commands ?? [],
    caveats: entry.caveats ?? [],
    flags: (entry.flags ?? []).map(withSources),
  };
}
