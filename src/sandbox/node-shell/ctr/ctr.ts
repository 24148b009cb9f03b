import { complain, print, type Steps } from '../../effects.ts';
import { binarySize } from '../../go/go-units.ts';
import { columns } from '../columns.ts';
import { ctrHelp } from './help-text.ts';

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

/** What can be listed. */
type Kind = 'namespaces' | 'containers' | 'tasks' | 'images';

const groups: Readonly<Record<string, Kind>> = {
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
    const [flag, ...joined] = word.split('=');
    rest.shift();
    if (flag === '-v' || flag === '--version')
      return yield* said('ctr github.com/containerd/containerd/v2 v2.3.4');
    if (flag === '-h' || flag === '--help') return yield* said(ctrHelp.trimEnd());
    const value = joined.length > 0 ? joined.join('=') : rest.shift();
    if (flag === '-n' || flag === '--namespace') name = value ?? '';
    else if (flag !== '-a' && flag !== '--address') return yield* refuse(`ctr ${word}`);
  }
  const [group, command, ...options] = rest;
  if (group === undefined) return yield* said(ctrHelp.trimEnd());
  const kind = Object.hasOwn(groups, group) ? groups[group] : undefined;
  if (!kind) {
    if (others.has(group)) return yield* refuse(`ctr ${group}`);
    yield* complain(`No help topic for '${group}'\n`);
    return 3;
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
  kind: Kind,
  found: CtrNamespace | undefined,
  namespaces: readonly CtrNamespace[],
): readonly (readonly string[])[] {
  const { containers, images } = found ?? { containers: [], images: [] };
  switch (kind) {
    case 'namespaces':
      return namespaces.map(({ name }) => [name, '', '']);
    case 'containers':
      return containers.map(({ id, image }) => [id, image, 'io.containerd.runc.v2', '']);
    case 'tasks':
      return containers.flatMap(({ id, task }) => (task ? [[id, `${task.pid}`, task.status]] : []));
    default:
      return images.map(({ ref, digest, size, isManaged }) => [
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

const heads: Readonly<Record<Kind, readonly string[]>> = {
  namespaces: ['NAME', 'LABELS', ''],
  containers: ['CONTAINER', 'IMAGE', 'RUNTIME', ''],
  tasks: ['TASK', 'PID', 'STATUS', ''],
  images: ['REF', 'TYPE', 'DIGEST', 'SIZE', 'PLATFORMS', 'LABELS', ''],
};

function tableOf(kind: Kind, rows: readonly (readonly string[])[]): string {
  const shape =
    kind === 'containers' || kind === 'tasks' ? { least: 4, padding: 4 } : { least: 1, padding: 1 };
  const all = [heads[kind], ...rows];
  // The last cell of a row stands in no column, so the head of the tasks is filled up and their rows are not.
  return columns(all, shape);
}

/** A size as ctr writes it: `67.9 MiB`. */
function mebibytes(size: number): string {
  return binarySize(size).replace(/^([\d.]+)(\D+)$/, (_, number, unit) =>
    unit === 'B' ? `${number} B` : `${Number(number).toFixed(1)} ${unit}`,
  );
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
