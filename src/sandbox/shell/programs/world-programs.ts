import { findResource } from '../../../kubernetes/resources.ts';
import { isResource } from '../../cluster/resources.ts';
import { complain, print, type Steps } from '../../effects.ts';
import { Sandbox } from '../../sandbox.ts';
import type { Shell } from '../shell.ts';
import type { Program } from '../shell-context.ts';
import { loadOnNodes } from './node-load.ts';

/** Commands that no real machine has: they turn the world itself. */
export function worldPrograms(shell: Shell, sandbox: Sandbox): Readonly<Record<string, Program>> {
  return {
    undo: () => travel(shell, 'undo'),
    redo: () => travel(shell, 'redo'),
    reset: () => reset(shell, sandbox),
    fast: (words) => fast(words, shell),
    node: (words) => node(words, shell),
    load: (words) => load(words, shell),
  };
}

function* travel(shell: Shell, way: 'undo' | 'redo'): Steps<number> {
  const world = shell.history[way](shell.sandbox.snapshot());
  if (!world) {
    yield* complain(`nothing to ${way}\n`);
    return 1;
  }
  shell.travel(world);
  yield* print(way === 'undo' ? 'The last line is taken back.\n' : 'The line is taken again.\n');
  return 0;
}

function* reset(shell: Shell, sandbox: Sandbox): Steps<number> {
  shell.history.record(sandbox.snapshot());
  const nodes = sandbox.cluster.list('nodes').length;
  const seed = sandbox.cluster.store.random(2 ** 31);
  shell.travel(Sandbox.fresh({ now: sandbox.cluster.now, seed, nodes }).snapshot());
  yield* print('A new world. undo brings the old one back.\n');
  return 0;
}

function* fast(words: readonly string[], shell: Shell): Steps<number> {
  const [, number = '', unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(words[1] ?? '') ?? [];
  const milliseconds = Number(number) * ({ ms: 1, s: 1000, m: 60_000, h: 3_600_000 }[unit] ?? 1000);
  if (number === '' || milliseconds > 7 * 24 * 3_600_000) {
    yield* complain('usage: fast 30s, fast 5m, fast 2h; a week at most\n');
    return 2;
  }
  shell.advance(milliseconds);
  return 0;
}

function* node(words: readonly string[], shell: Shell): Steps<number> {
  const { sandbox } = shell;
  const [, way = '', name = ''] = words;
  if (way === 'ssh') return yield* shell.nodes.ssh(words);
  if (way === 'load')
    return yield* loadOnNodes(words, sandbox, (milliseconds) => shell.advance(milliseconds));
  if ((way !== 'stop' && way !== 'start') || name === '') {
    yield* complain(
      'usage: node ssh NAME, node stop NAME, node start NAME, node load IMAGE; kubectl get nodes lists the names\n',
    );
    return 2;
  }
  const isThere = sandbox.cluster.get('nodes', undefined, name) !== undefined;
  if (!isThere) {
    yield* complain(`node: there is no node "${name}"\n`);
    return 1;
  }
  if (way === 'stop') sandbox.failNode(name);
  else sandbox.recoverNode(name);
  yield* print(way === 'stop' ? `${name} has no power.\n` : `${name} is starting.\n`);
  return 0;
}

const workloads = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Pod'] as const;

function* load(words: readonly string[], shell: Shell): Steps<number> {
  const { sandbox } = shell;
  const [, target = '', amount = ''] = words;
  const [type = '', name = ''] = target.split('/');
  const [, number = '', milli = ''] = /^(\d+(?:\.\d+)?)(m?)$/.exec(amount) ?? [];
  const resource = findResource(type);
  const kind = workloads.find((each) => each === resource?.kind);
  if (!resource || !kind || name === '' || (amount !== 'off' && number === '')) {
    yield* complain('usage: load deployment/web 400m, load deployment/web off\n');
    return 2;
  }
  const namespace = shell.namespace();
  const table = resource.group ? `${resource.plural}.${resource.group}` : resource.plural;
  if (!isResource(table) || !sandbox.cluster.get(table, namespace, name)) {
    yield* complain(`load: there is no ${target} in the namespace ${namespace}\n`);
    return 1;
  }
  const cpuMilli = amount === 'off' ? 0 : Math.round(Number(number) * (milli ? 1 : 1000));
  sandbox.setLoad({ kind, namespace, name }, cpuMilli);
  yield* print(
    cpuMilli === 0
      ? `${target} has nothing to do any more.\n`
      : `Visitors keep ${target} busy: ${cpuMilli}m of CPU, shared by its Pods.\n`,
  );
  return 0;
}
