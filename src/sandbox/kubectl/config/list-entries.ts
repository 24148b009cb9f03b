import { print, type Steps } from '../../effects.ts';
import { TabWriter } from '../../go/tab-writer.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure, throwAll } from '../failures.ts';
import { type Entry, loadConfiguration } from './kubeconfig-file.ts';

/** `kubectl config get-contexts`. */
export function* runGetContexts(context: KubectlContext): Steps<number> {
  const { options } = context;
  const output = options.text('--output', '');
  if (output !== '' && output !== 'name') {
    throw new CommandFailure(
      `--output ${output} is not available in kubectl config get-contexts; resetting to default output format`,
    );
  }
  const { contexts, currentContext } = yield* loadConfiguration(context);
  const asked = options.args.length === 0 ? Object.keys(contexts) : options.args;
  const missing = asked.filter((name) => !Object.hasOwn(contexts, name));
  const names = asked.filter((name) => Object.hasOwn(contexts, name)).toSorted();
  if (output === 'name') yield* print(names.map((name) => `${name}\n`).join(''));
  else {
    const rows = names.map((name) => cellsOf(name, contexts[name] ?? {}, name === currentContext));
    const head = ['CURRENT', 'NAME', 'CLUSTER', 'AUTHINFO', 'NAMESPACE'];
    yield* print(new TabWriter().text(options.on('--no-headers') ? rows : [head, ...rows]));
  }
  throwAll(missing.map((name) => new CommandFailure(`context ${name} not found`)));
  return 0;
}

function cellsOf(name: string, { cluster, user, namespace }: Entry, isCurrent: boolean): string[] {
  return [isCurrent ? '*' : ' ', name, ...[cluster, user, namespace].map((each) => String(each ?? ''))];
}

/** `kubectl config current-context`. @throws CommandFailure where there is none */
export function* runCurrentContext(context: KubectlContext): Steps<number> {
  const { currentContext } = yield* loadConfiguration(context);
  if (currentContext === '') throw new CommandFailure('current-context is not set');
  yield* print(`${currentContext}\n`);
  return 0;
}

/** `kubectl config get-clusters`. */
export function* runGetClusters(context: KubectlContext): Steps<number> {
  const { clusters } = yield* loadConfiguration(context);
  return yield* printNames(Object.keys(clusters));
}

/** `kubectl config get-users`. */
export function* runGetUsers(context: KubectlContext): Steps<number> {
  const { users } = yield* loadConfiguration(context);
  return yield* printNames(Object.keys(users));
}

function* printNames(names: readonly string[]): Steps<number> {
  yield* print(
    `NAME\n${names
      .toSorted()
      .map((name) => `${name}\n`)
      .join('')}`,
  );
  return 0;
}
