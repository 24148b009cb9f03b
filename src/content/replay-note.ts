/**
 * What an author says to whoever replays a lesson, in a comment right before the block that it is about:
 *
 *     <!-- file: shop.yaml -->           the block is this file from now on
 *     <!-- before: kubectl apply -f … --> lines that are run first, quietly
 *     <!-- outside: why -->              it cannot be run in the sandbox
 *     <!-- differs: why -->              it is run, and prints something else there
 */
export interface ReplayNote {
  readonly file?: string;
  readonly before?: string;
  readonly outside?: string;
  readonly differs?: string;
}

const words = ['file', 'before', 'outside', 'differs'] as const;

/**
 * Reads a comment.
 *
 * @param comment with its `<!--` and `-->`
 * @returns undefined when it is none that is understood
 */
export function readNote(comment: string): ReplayNote | undefined {
  const [, word = '', text = ''] = /^<!--\s*(\w+):\s*([\s\S]*?)\s*-->\s*$/.exec(comment) ?? [];
  const known = words.find((each) => each === word);
  return known && text !== '' ? { [known]: text } : undefined;
}

/** Two notes about the same block; lines that are run before it follow one another. */
export function joinNotes(one: ReplayNote | undefined, other: ReplayNote): ReplayNote {
  const before = [one?.before, other.before].filter((each) => each !== undefined).join('\n');
  return { ...one, ...other, ...(before === '' ? {} : { before }) };
}
