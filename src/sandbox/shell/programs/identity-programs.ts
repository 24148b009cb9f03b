import { complain, print, type Steps } from '../../effects.ts';
import { kernelRelease } from '../../runtime/files/virtual-files.ts';
import type { Program } from '../shell-context.ts';

/** Who somebody is on a machine, and what it is called. */
export interface Identity {
  readonly host: string;
  /** The addresses of the machine, as `hostname -I` lists them. */
  readonly addresses: () => readonly string[];
  readonly user: readonly [id: number, name: string];
  /** The first is their own. */
  readonly groups: readonly (readonly [id: number, name: string])[];
}

/** Programs that say who one is, and where. */
export function identityPrograms(identity: Identity): Readonly<Record<string, Program>> {
  const { host, addresses, user } = identity;
  return {
    whoami: () => said(user[1]),
    id: (words) => id(words, identity),
    hostname: (words) => said(words.includes('-I') ? `${addresses().join(' ')} ` : host),
    uname: (words) => uname(words, host),
  };
}

function* said(text: string): Steps<number> {
  yield* print(`${text}\n`);
  return 0;
}

/** As GNU's programs refuse a letter. */
function* unknownOption(program: string, letter: string): Steps<number> {
  yield* complain(
    `${program}: invalid option -- '${letter}'\nTry '${program} --help' for more information.\n`,
  );
  return 1;
}

function* id(words: readonly string[], { user, groups }: Identity): Steps<number> {
  const letters = words
    .slice(1)
    .filter((word) => word.startsWith('-'))
    .join('')
    .replaceAll('-', '');
  const name = words.slice(1).find((word) => !word.startsWith('-'));
  const wrong = /[^ugGnr]/.exec(letters)?.[0];
  if (wrong !== undefined) return yield* unknownOption('id', wrong);
  if (name !== undefined && name !== user[1] && name !== 'root') {
    yield* complain(`id: '${name}': no such user\n`);
    return 1;
  }
  const root = [0, 'root'] as const;
  const [who, all] = name === 'root' ? [root, [root]] : [user, groups];
  const shown = (each: readonly [number, string]): string => `${each[letters.includes('n') ? 1 : 0]}`;
  if (letters.includes('u')) return yield* said(shown(who));
  if (letters.includes('G')) return yield* said(all.map(shown).join(' '));
  if (letters.includes('g')) return yield* said(all.slice(0, 1).map(shown).join(' '));
  const both = ([number, text]: readonly [number, string]): string => `${number}(${text})`;
  const own = all.slice(0, 1).map(both).join('');
  return yield* said(`uid=${both(who)} gid=${own} groups=${all.map(both).join(',')}`);
}

function* uname(words: readonly string[], host: string): Steps<number> {
  const letters = words.slice(1).join('').replaceAll('-', '') || 's';
  const wrong = /[^asnrvmo]/.exec(letters)?.[0];
  if (wrong !== undefined) return yield* unknownOption('uname', wrong);
  const parts: readonly (readonly [string, string])[] = [
    ['s', 'Linux'],
    ['n', host],
    ['r', kernelRelease],
    ['v', '#1 SMP PREEMPT_DYNAMIC'],
    ['m', 'x86_64'],
    ['o', 'GNU/Linux'],
  ];
  const shown = parts.filter(([letter]) => letters.includes('a') || letters.includes(letter));
  return yield* said(shown.map(([, text]) => text).join(' '));
}
