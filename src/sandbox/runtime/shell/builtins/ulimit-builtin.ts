import { type Limit, limitOf } from '../../resource-limits.ts';
import type { ShellMachine } from '../machine.ts';
import type { Flavour } from '../syntax.ts';

/** What a letter of `ulimit` asks for. */
interface Resource {
  /** As `--ulimit` of docker has it. */
  readonly name: string;
  /** What it is divided by. */
  readonly unit: number;
  /** How `ulimit -a` of busybox, of bash and of dash call it; left out where that one does not know it. */
  readonly busybox?: string;
  readonly bash?: readonly [title: string, unit: string];
  readonly dash?: string;
}

/** In the order of bash; -p and -R are not of the kernel's limits. */
const resources: Readonly<Record<string, Resource>> = {
  c: {
    ...{ name: 'core', unit: 512, busybox: 'core file size (blocks)', dash: 'coredump(blocks)' },
    bash: ['core file size', 'blocks'],
  },
  d: {
    ...{ name: 'data', unit: 1024, busybox: 'data seg size (kb)', dash: 'data(kbytes)' },
    bash: ['data seg size', 'kbytes'],
  },
  e: { name: 'nice', unit: 1, busybox: 'scheduling priority', bash: ['scheduling priority', ''] },
  f: {
    ...{ name: 'fsize', unit: 512, busybox: 'file size (blocks)', dash: 'file(blocks)' },
    bash: ['file size', 'blocks'],
  },
  i: { name: 'sigpending', unit: 1, busybox: 'pending signals', bash: ['pending signals', ''] },
  l: {
    ...{ name: 'memlock', unit: 1024, busybox: 'max locked memory (kb)', dash: 'locked memory(kbytes)' },
    bash: ['max locked memory', 'kbytes'],
  },
  m: {
    ...{ name: 'rss', unit: 1024, busybox: 'max memory size (kb)', dash: 'memory(kbytes)' },
    bash: ['max memory size', 'kbytes'],
  },
  n: { name: 'nofile', unit: 1, busybox: 'open files', dash: 'nofiles', bash: ['open files', ''] },
  q: {
    ...{ name: 'msgqueue', unit: 1, busybox: 'POSIX message queues (bytes)' },
    bash: ['POSIX message queues', 'bytes'],
  },
  r: {
    name: 'rtprio',
    unit: 1,
    busybox: 'real-time priority',
    dash: 'rtprio',
    bash: ['real-time priority', ''],
  },
  s: {
    ...{ name: 'stack', unit: 1024, busybox: 'stack size (kb)', dash: 'stack(kbytes)' },
    bash: ['stack size', 'kbytes'],
  },
  t: {
    ...{ name: 'cpu', unit: 1, busybox: 'cpu time (seconds)', dash: 'time(seconds)' },
    bash: ['cpu time', 'seconds'],
  },
  u: {
    name: 'nproc',
    unit: 1,
    busybox: 'max user processes',
    dash: 'process',
    bash: ['max user processes', ''],
  },
  v: {
    ...{ name: 'as', unit: 1024, busybox: 'virtual memory (kb)', dash: 'vmemory(kbytes)' },
    bash: ['virtual memory', 'kbytes'],
  },
  x: { name: 'locks', unit: 1, busybox: 'file locks', dash: 'locks', bash: ['file locks', ''] },
};

/** dash lists them in the order of its own table (src/miscbltin.c). */
const dashOrder = 'tfdscmlunvxr';

/** ulimit: shows how much may be taken of something; a lower limit is taken note of, a higher one refused. */
export function ulimit(machine: ShellMachine, args: readonly string[]): number {
  const letters = args.filter((word) => word.startsWith('-')).flatMap((word) => [...word.slice(1)]);
  const wanted = args.find((word) => !word.startsWith('-'));
  const limits = machine.call.spec.confinement?.limits;
  const isHard = letters.includes('H') && !letters.includes('S');
  const shown = ({ name, unit }: Resource): string => {
    const limit = limitOf(limits, name)[isHard ? 1 : 0];
    return limit < 0 ? 'unlimited' : `${Math.floor(limit / unit)}`;
  };
  if (letters.includes('a')) {
    machine.call.out(listed(machine, shown));
    return 0;
  }
  const [letter = 'f'] = letters.filter((each) => each !== 'H' && each !== 'S');
  const resource = resources[letter];
  if (!resource) {
    complain(machine, unknownLetter(letter));
    return machine.flavour === 'ash' ? 1 : 2;
  }
  if (wanted === undefined) {
    machine.call.out(`${shown(resource)}\n`);
    return 0;
  }
  if (!/^(\d+|unlimited|hard|soft)$/.test(wanted)) {
    complain(machine, {
      ash: `sh: invalid number '${wanted}'`,
      bash: `bash: line ${machine.line}: ulimit: ${wanted}: invalid number`,
      dash: 'ulimit: bad number',
    });
    return machine.flavour === 'dash' ? 2 : 1;
  }
  if (isAllowed(wanted, limitOf(limits, resource.name), resource.unit)) return 0;
  complain(machine, {
    ash: 'sh: error setting limit: Operation not permitted',
    bash: `bash: ulimit: ${resource.bash?.[0]}: cannot modify limit: Operation not permitted`,
    dash: 'ulimit: error setting limit (Operation not permitted)',
  });
  return machine.flavour === 'dash' ? 2 : 1;
}

/** The three say nearly nothing alike, each without or with where it happened. */
function complain(machine: ShellMachine, said: Readonly<Record<Flavour, string>>): void {
  if (machine.flavour === 'dash') machine.say(said.dash);
  else machine.call.err(`${said[machine.flavour]}\n`);
}

function unknownLetter(letter: string): Readonly<Record<Flavour, string>> {
  return {
    ash: `ulimit: invalid option -- '${letter}'`,
    bash: `bash: ulimit: -${letter}: invalid option\nulimit: usage: ulimit [-SHabcdefiklmnpqrstuvxPRT] [limit]`,
    dash: `ulimit: Illegal option -${letter}`,
  };
}

function isAllowed(wanted: string, [, hard]: Limit, unit: number): boolean {
  if (hard < 0 || wanted === 'hard' || wanted === 'soft') return true;
  return wanted !== 'unlimited' && Number(wanted) * unit <= hard;
}

function listed({ flavour }: ShellMachine, shown: (resource: Resource) => string): string {
  const of = Object.entries(resources);
  if (flavour === 'dash') {
    const rows = [...dashOrder].flatMap((letter) => resources[letter] ?? []);
    return rows.map((each) => `${(each.dash ?? '').padEnd(20)} ${shown(each)}\n`).join('');
  }
  if (flavour === 'bash') {
    return of
      .map(([letter, each]) => {
        const [title = '', unit = ''] = each.bash ?? [];
        const how = `(${unit === '' ? '' : `${unit}, `}-${letter})`;
        return `${title.padEnd(20)} ${how.padStart(19)} ${shown(each)}\n`;
      })
      .join('');
  }
  return of
    .map(([letter, each]) => `${(each.busybox ?? '').padEnd(31)} (-${letter}) ${shown(each)}\n`)
    .join('');
}
