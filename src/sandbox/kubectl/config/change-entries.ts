import { complain, print, type Steps } from '../../effects.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure, UsageFailure } from '../failures.ts';
import { type Configuration, fileOf, loadConfiguration, saveConfiguration } from './kubeconfig-file.ts';

/** Refuses other than so many arguments. @throws CommandFailure */
export function demandCount({ options }: KubectlContext, count: number): void {
  const { args } = options;
  if (args.length !== count) throw new CommandFailure(`Unexpected args: [${args.join(' ')}]`);
}

/** `kubectl config use-context`. */
export function* runUseContext(context: KubectlContext): Steps<number> {
  demandCount(context, 1);
  const [name = ''] = context.options.args;
  const configuration = yield* loadConfiguration(context);
  if (name === '') throw new CommandFailure('empty context names are not allowed');
  if (!Object.hasOwn(configuration.contexts, name)) {
    throw new CommandFailure(`no context exists with the name: ${JSON.stringify(name)}`);
  }
  yield* saveConfiguration(context, { ...configuration, currentContext: name });
  yield* print(`Switched to context ${JSON.stringify(name)}.\n`);
  return 0;
}

/** `kubectl config rename-context`. */
export function* runRenameContext(context: KubectlContext): Steps<number> {
  demandCount(context, 2);
  const [old = '', name = ''] = context.options.args;
  if (name === '') throw new CommandFailure('You must specify a new non-empty context name');
  const configuration = yield* loadConfiguration(context);
  const { [old]: entry, ...others } = configuration.contexts;
  const [quotedOld, quotedName] = [JSON.stringify(old), JSON.stringify(name)];
  const file = fileOf(context);
  if (!entry) throw new CommandFailure(`cannot rename the context ${quotedOld}, it's not in ${file}`);
  if (Object.hasOwn(configuration.contexts, name)) {
    throw new CommandFailure(
      `cannot rename the context ${quotedOld}, the context ${quotedName} already exists in ${file}`,
    );
  }
  const { currentContext } = configuration;
  yield* saveConfiguration(context, {
    ...configuration,
    contexts: { ...others, [name]: entry },
    currentContext: currentContext === old ? name : currentContext,
  });
  yield* print(`Context ${quotedOld} renamed to ${quotedName}.\n`);
  return 0;
}

/** `kubectl config delete-context`. */
export function* runDeleteContext(context: KubectlContext): Steps<number> {
  const { currentContext } = yield* loadConfiguration(context);
  const [name] = context.options.args;
  demandCount(context, 1);
  return yield* deleteEntry(context, 'contexts', 'context', name === currentContext);
}

/** `kubectl config delete-cluster`. */
export function* runDeleteCluster(context: KubectlContext): Steps<number> {
  demandCount(context, 1);
  return yield* deleteEntry(context, 'clusters', 'cluster', false);
}

/** `kubectl config delete-user`. */
export function* runDeleteUser(context: KubectlContext): Steps<number> {
  if (context.options.args.length !== 1) {
    throw new UsageFailure('user to delete is required', 'kubectl config delete-user');
  }
  return yield* deleteEntry(context, 'users', 'user', false);
}

function* deleteEntry(
  context: KubectlContext,
  part: 'contexts' | 'clusters' | 'users',
  what: string,
  isActive: boolean,
): Steps<number> {
  const [name = ''] = context.options.args;
  const configuration: Configuration = yield* loadConfiguration(context);
  const file = fileOf(context);
  const { [name]: entry, ...others } = configuration[part];
  if (!entry) throw new CommandFailure(`cannot delete ${what} ${name}, not in ${file}`);
  if (isActive) {
    yield* complain(
      'warning: this removed your active context, use "kubectl config use-context" to select a different one\n',
    );
  }
  yield* saveConfiguration(context, { ...configuration, [part]: others });
  yield* print(`deleted ${what} ${name} from ${file}\n`);
  return 0;
}
