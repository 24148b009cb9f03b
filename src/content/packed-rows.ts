import type { CommandRow } from '../mapping/command-row.ts';
import type { KubectlFlagRow, KubectlRow } from '../mapping/way-back/kubectl-row.ts';

/** What rows of commands share is packed once; here it is taken out and put back. */

/** A row whose flags rest on the row's own pages where they name none. */
export type PackedRow = Omit<CommandRow, 'flags'> & {
  readonly flags: readonly (Omit<CommandRow['flags'][number], 'sources'> & {
    readonly sources?: readonly string[];
  })[];
};

/** A row whose flags are named where they are what all commands share. */
export type PackedKubectlRow = Omit<KubectlRow, 'globals' | 'flags'> & {
  readonly flags: readonly (string | KubectlFlagRow)[];
};

/** What all kubectl commands share: the global flags, and by name the flags that mean the same in every row. */
export interface SharedFlags {
  readonly globals: readonly KubectlFlagRow[];
  readonly common: Readonly<Record<string, Omit<KubectlFlagRow, 'sources'> & Partial<KubectlFlagRow>>>;
}

/** The file that the row of a docker command is packed in: commands that are like one another together. */
export function packOf(command: string): string {
  const [, group = ''] = command.split(' ');
  return packs.find(([, groups]) => groups.includes(group))?.[0] ?? 'rows/other';
}

const packs: readonly (readonly [file: string, groups: readonly string[]])[] = [
  ['rows/container', ['container']],
  ['rows/compose', ['compose']],
  ['rows/swarm', ['service', 'stack', 'swarm', 'node', 'config', 'secret']],
  ['rows/build', ['buildx', 'builder', 'image', 'manifest', 'trust']],
];

/** Packs the row of a docker command. */
export function packRow(row: CommandRow): PackedRow {
  const own = JSON.stringify(row.sources);
  return {
    ...row,
    flags: row.flags.map(({ sources, ...flag }) =>
      JSON.stringify(sources) === own ? flag : { ...flag, sources },
    ),
  };
}

/** The row that was packed. */
export function unpackRow(row: PackedRow): CommandRow {
  return { ...row, flags: row.flags.map((flag) => ({ ...flag, sources: flag.sources ?? row.sources })) };
}

/** Packs the row of a kubectl command. @param common flags that rows may share, by name */
export function packKubectlRow(
  { globals: _, ...row }: KubectlRow,
  common: SharedFlags['common'],
): PackedKubectlRow {
  return {
    ...row,
    flags: row.flags.map((flag) => {
      const shared = common[flag.flag];
      const isShared =
        shared &&
        JSON.stringify(sorted({ sources: row.sources, ...shared })) === JSON.stringify(sorted(flag));
      return isShared ? flag.flag : flag;
    }),
  };
}

/** The row that was packed. */
export function unpackKubectlRow(row: PackedKubectlRow, { globals, common }: SharedFlags): KubectlRow {
  return {
    ...row,
    globals,
    flags: row.flags.flatMap((flag) => {
      if (typeof flag !== 'string') return [flag];
      const shared = common[flag];
      return shared ? [{ sources: row.sources, ...shared }] : [];
    }),
  };
}

function sorted(value: object): [string, unknown][] {
  return Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
}
