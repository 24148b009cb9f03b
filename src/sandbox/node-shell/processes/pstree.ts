import { complain, print, type Steps } from '../../effects.ts';
import type { HostProcess } from './process-entry.ts';
import { programName } from './ps.ts';

/** `pstree` of psmisc, with `-p` for numbers and `-a` for whole command lines; each child on a line of its own. */
export function* pstree(words: readonly string[], all: readonly HostProcess[]): Steps<number> {
  const options = words.slice(1).filter((word) => word.startsWith('-'));
  const unknown = options.find((word) => !/^-[pa]+$/.test(word));
  if (unknown !== undefined) {
    yield* complain(
      `pstree: ${unknown} is not simulated here. Everything that is: pstree, pstree -p, pstree -a\n`,
    );
    return 1;
  }
  const letters = options.join('');
  const wanted = words.slice(1).find((word) => !word.startsWith('-')) ?? '1';
  const root = all.find(({ pid }) => `${pid}` === wanted);
  if (!root) return 1;
  const lines: string[] = [];
  const name = ({ argv, pid }: HostProcess): string => {
    const short = pid === 1 ? 'systemd' : programName(argv);
    const number = letters.includes('p') ? (letters.includes('a') ? `,${pid}` : `(${pid})`) : '';
    const rest = letters.includes('a') && argv.length > 1 ? ` ${argv.slice(1).join(' ')}` : '';
    return `${short}${number}${rest}`;
  };
  const add = (process: HostProcess, head: string, below: string): void => {
    lines.push(head + name(process));
    const children = all.filter(({ parent }) => parent === process.pid);
    children.forEach((child, place) => {
      const isLast = place === children.length - 1;
      add(child, `${below}${isLast ? '`' : '|'}-`, `${below}${isLast ? ' ' : '|'} `);
    });
  };
  add(root, '', '  ');
  yield* print(lines.map((line) => `${line}\n`).join(''));
  return 0;
}
