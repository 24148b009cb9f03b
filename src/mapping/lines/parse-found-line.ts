import { parseDocker } from '../../docker/parse.ts';
import { DockerRefusal } from '../../docker/refusal.ts';
import { splitWords } from '../../docker/words.ts';
import { parseKubectl } from '../../kubernetes/parse.ts';
import { KubectlRefusal } from '../../kubernetes/refusal.ts';
import type { FoundLine } from './found-line.ts';

/** What a line asks for. */
export interface ParsedLine {
  /** Canonical, such as `docker container ls`. */
  readonly command: string;
  /** The long names of the flags, in the order given. */
  readonly flags: readonly string[];
  readonly args: readonly string[];
}

/**
 * Reads a line as its program does.
 *
 * @returns undefined when the program would refuse it
 */
export function parseFoundLine({
  text,
  program,
}: Pick<FoundLine, 'text' | 'program'>): ParsedLine | undefined {
  try {
    const { words } = splitWords(text);
    const { command, globals, flags, args } =
      program === 'kubectl' ? parseKubectl(words) : parseDocker(words);
    return { command, flags: [...globals, ...flags].map(({ name }) => name), args };
  } catch (error) {
    if (error instanceof DockerRefusal || error instanceof KubectlRefusal) return undefined;
    throw error;
  }
}
