import { complain, print, type Steps } from '../../effects.ts';
import { binarySize } from '../../go/go-units.ts';
import { columns } from '../columns.ts';

/** What containerd has in one of its namespaces. */
export interface CtrNamespace {
  readonly name: string;
  /** In the order of their ids. */
  readonly containers: readonly CtrContainer[];
  readonly images: readonly CtrImage[];
}

export interface CtrContainer {
  readonly id: string;
  readonly image: string;
  /** What runs of it; undefined when nothing does. */
  readonly task?: { readonly pid: number; readonly status: 'RUNNING' | 'PAUSED' | 'STOPPED' };
}

export interface CtrImage {
  readonly ref: string;
  readonly digest: string;
  readonly size: number;
  /** Whether it was the kubelet who had it pulled. */
  readonly isManaged: boolean;
}

const groups: Readonly<Record<string, string>> = {
  namespaces: 'namespaces',
  namespace: 'namespaces',
  ns: 'namespaces',
  containers: 'containers',
  container: 'containers',
  c: 'containers',
  tasks: 'tasks',
  task: 'tasks',
  t: 'tasks',
  images: 'images',
  image: 'images',
  i: 'images',
};

/** Commands that the real one has; these and what they could do are not here. */
const others = new Set(
  'plugins plugin version content events event leases run snapshots snapshot pprof sandboxes sandbox info deprecations oci shim install'.split(
    ' ',
  ),
);

/**
 * ctr: containerd's own debugging client (containerd 2.3, `cmd/ctr`), in so far as it lists.
 *
 * @param words the first is `ctr`
 * @param namespaces of the containerd of the machine
 */
export function* ctr(words: readonly string[], namespaces: readonly CtrNamespace[]): Steps<number> {
  const rest = words.slice(1);
  let name = 'default';
  for (let word = rest[0]; word?.startsWith('-'); word = rest[0]) {
    const [, flag = '', value] = /^(--?[\w-]+)(?:=(.*))?$/.exec(word) ?? [];
    rest.shift();
    if (flag === '-n' || flag === '--namespace') name = value ?? rest.shift() ?? '';
    else if (flag === '-a' || flag === '--address') value ?? rest.shift();
    else if (flag === '-v' || flag === '--version')
      return yield* said('ctr github.com/containerd/containerd/v2 v2.3.4');
    else return yield* refuse(`ctr ${word}`);
  }
  const [group, command, ...options] = rest;
  if (group === undefined || group === '--help') return yield* refuse('the help of ctr');
  const kind = Object.hasOwn(groups, group) ? groups[group] : undefined;
  if (!kind) {
    if (others.has(group)) return yield* refuse(`ctr ${group}`);
    yield* complain(`No help topic for '${group}'\n`);
    return 0;
  }
  if (command !== 'ls' && command !== 'list')
    return yield* refuse(`ctr ${[group, command].join(' ').trim()}`);
  const isQuiet = options.includes('-q') || options.includes('--quiet');
  const unknown = options.find((word) => !['-q', '--quiet'].includes(word));
  if (unknown !== undefined) return yield* refuse(`ctr ${group} ${command} ${unknown}`);
  const found = namespaces.find((each) => each.name === name);
  const rows = rowsOf(kind, found, namespaces);
  if (isQuiet) yield* print(rows.map(([first]) => `${first}\n`).join(''));
  else yield* print(tableOf(kind, rows));
  return 0;
}

function rowsOf(
  kind: string,
  found: CtrNamespace | undefined,
  namespaces: readonly CtrNamespace[],
): readonly (readonly string[])[] {
  switch (kind) {
    case 'namespaces':
      return namespaces.map(({ name }) => [name, '', '']);
    case 'containers':
      return (found?.containers ?? []).map(({ id, image }) => [id, image, 'io.containerd.runc.v2', '']);
    case 'tasks':
      return (found?.containers ?? []).flatMap(({ id, task }) =>
        task ? [[id, `${task.pid}`, task.status]] : [],
      );
    default:
      return (found?.images ?? []).map(({ ref, digest, size, isManaged }) => [
        ref,
        'application/vnd.oci.image.manifest.v1+json',
        digest,
        mebibytes(size),
        'linux/amd64',
        isManaged ? 'io.cri-containerd.image=managed' : '-',
        '',
      ]);
  }
}

const heads: Readonly<Record<string, readonly string[]>> = {
  namespaces: ['NAME', 'LABELS', ''],
  containers: ['CONTAINER', 'IMAGE', 'RUNTIME', ''],
  tasks: ['TASK', 'PID', 'STATUS', ''],
  images: ['REF', 'TYPE', 'DIGEST', 'SIZE', 'PLATFORMS', 'LABELS', ''],
};

function tableOf(kind: string, rows: readonly (readonly string[])[]): string {
  const shape =
    kind === 'containers' || kind === 'tasks' ? { least: 4, padding: 4 } : { least: 1, padding: 1 };
  const all = [heads[kind] ?? [], ...rows];
  // The last cell of a row stands in no column, so the head of the tasks is filled up and their rows are not.
  return columns(all, shape);
}

/** A size as ctr writes it: `67.9 MiB`. */
function mebibytes(size: number): string {
  const [, number = '', unit = ''] = /^([\d.]+)(\D+)$/.exec(binarySize(size)) ?? [];
  const one = unit === 'B' ? number : Number(number).toFixed(1);
  return `${one} ${unit}`;
}

function* said(text: string): Steps<number> {
  yield* print(`${text}\n`);
  return 0;
}

function* refuse(what: string): Steps<number> {
  yield* complain(
    `${what} is not simulated here. Everything that is: ctr namespaces ls, ctr -n NAME containers ls, tasks ls, images ls\n`,
  );
  return 1;
}
