/** How much a process may take of something, softly and at most; -1 where there is no end. */
export type Limit = readonly [soft: number, hard: number];

/** By the names that `--ulimit` has for them, such as `nofile`. */
export type Limits = Readonly<Record<string, Limit>>;

interface Row {
  /** As `--ulimit` has it. */
  readonly name: string;
  /** As `/proc/PID/limits` has it. */
  readonly title: string;
  readonly unit: string;
  readonly usual: Limit;
}

const processes = 31_191;
const open: Limit = [-1, -1];

/** In the order of the kernel (fs/proc/base.c, `lnames`). */
const rows: readonly Row[] = [
  { name: 'cpu', title: 'Max cpu time', unit: 'seconds', usual: open },
  { name: 'fsize', title: 'Max file size', unit: 'bytes', usual: open },
  { name: 'data', title: 'Max data size', unit: 'bytes', usual: open },
  { name: 'stack', title: 'Max stack size', unit: 'bytes', usual: [8_388_608, -1] },
  { name: 'core', title: 'Max core file size', unit: 'bytes', usual: open },
  { name: 'rss', title: 'Max resident set', unit: 'bytes', usual: open },
  { name: 'nproc', title: 'Max processes', unit: 'processes', usual: open },
  { name: 'nofile', title: 'Max open files', unit: 'files', usual: [1_048_576, 1_048_576] },
  { name: 'memlock', title: 'Max locked memory', unit: 'bytes', usual: [8_388_608, 8_388_608] },
  { name: 'as', title: 'Max address space', unit: 'bytes', usual: open },
  { name: 'locks', title: 'Max file locks', unit: 'locks', usual: open },
  { name: 'sigpending', title: 'Max pending signals', unit: 'signals', usual: [processes, processes] },
  { name: 'msgqueue', title: 'Max msgqueue size', unit: 'bytes', usual: [819_200, 819_200] },
  { name: 'nice', title: 'Max nice priority', unit: '', usual: [0, 0] },
  { name: 'rtprio', title: 'Max realtime priority', unit: '', usual: [0, 0] },
  { name: 'rttime', title: 'Max realtime timeout', unit: 'us', usual: open },
];

/** The limit of a name that is known; what was set, or else what is usual. */
export function limitOf(limits: Limits | undefined, name: string): Limit {
  return limits?.[name] ?? rows.find((row) => row.name === name)?.usual ?? open;
}

/** What stands in `/proc/PID/limits`. */
export function limitsText(limits: Limits | undefined): string {
  const shown = (limit: number) => (limit < 0 ? 'unlimited' : `${limit}`);
  const line = (title: string, soft: string, hard: string, unit: string) =>
    `${title.padEnd(25)} ${soft.padEnd(20)} ${hard.padEnd(20)} ${unit === '' ? '' : unit.padEnd(10)}\n`;
  const lines = rows.map(({ name, title, unit }) => {
    const [soft, hard] = limitOf(limits, name);
    return line(title, shown(soft), shown(hard), unit);
  });
  return [line('Limit', 'Soft Limit', 'Hard Limit', 'Units'), ...lines].join('');
}
