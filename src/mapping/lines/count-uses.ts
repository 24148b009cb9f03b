import type { FoundLine } from './found-line.ts';

/** How often a command was typed, and with which flags. */
export interface Use {
  /** Canonical, such as `docker container ls`. */
  readonly command: string;
  /** The kind of object, where the command does something else to others: `pods` of `kubectl get pods`. */
  readonly kind?: string;
  readonly count: number;
  /** The most used first; a flag that is given twice on a line counts once. */
  readonly flags: readonly { readonly flag: string; readonly count: number }[];
}

/** What somebody really types. */
export interface Uses {
  /** The most used first; of two used alike, the one that was typed first. */
  readonly uses: readonly Use[];
  /** Lines that their program would refuse. */
  readonly refused: number;
}

/** What counts of a line. */
interface UsedLine extends Pick<Use, 'command' | 'kind'> {
  readonly flags: readonly string[];
}

/**
 * Counts what is used, by command and by flag.
 *
 * @param parse reads a line; undefined where its program refuses it
 */
export function countUses(
  lines: readonly FoundLine[],
  parse: (line: FoundLine) => UsedLine | undefined,
): Uses {
  const counts = new Map<
    string,
    Pick<Use, 'command' | 'kind'> & { count: number; flags: Map<string, number> }
  >();
  let refused = 0;
  for (const line of lines) {
    const parsed = parse(line);
    if (!parsed) {
      refused += 1;
      continue;
    }
    const { command, kind } = parsed;
    const key = `${command} ${kind ?? ''}`;
    const use = counts.get(key) ?? {
      command,
      ...(kind === undefined ? {} : { kind }),
      count: 0,
      flags: new Map<string, number>(),
    };
    use.count += 1;
    for (const flag of new Set(parsed.flags)) use.flags.set(flag, (use.flags.get(flag) ?? 0) + 1);
    counts.set(key, use);
  }
  const uses = [...counts.values()].map(
    ({ flags, ...use }): Use => ({
      ...use,
      flags: mostFirst([...flags].map(([flag, times]) => ({ flag, count: times }))),
    }),
  );
  return { uses: mostFirst(uses), refused };
}

function mostFirst<Counted extends { readonly count: number }>(items: readonly Counted[]): Counted[] {
  return [...items].sort((one, other) => other.count - one.count);
}
