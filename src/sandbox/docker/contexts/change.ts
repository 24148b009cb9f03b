import { parseFields } from '../../../docker/go-values.ts';
import { complain, print, remove, type Steps } from '../../effects.ts';
import { throwUnless } from '../../thrown.ts';
import { readConfig } from '../config-file.ts';
import type { DockerContext } from '../context.ts';
import { CommandFailure, throwAll } from '../failures.ts';
import { changeConfig, save } from '../settings-files.ts';
import {
  allContexts,
  type ContextEndpoint,
  type ContextMeta,
  contextFolder,
  contextName,
  defaultContext,
  defaultDescription,
  findContext,
} from './context-store.ts';

/** `docker context use` (cli/command/context/use.go of docker/cli). */
export function* runUse(context: DockerContext): Steps<number> {
  const [name = ''] = context.args;
  yield* findContext(context, name);
  const chosen = name === defaultContext ? undefined : name;
  const { currentContext } = yield* readConfig(context);
  if ((currentContext || undefined) !== chosen) yield* changeConfig(context, { currentContext: chosen });
  yield* print(`${name}\n`);
  yield* complain(`Current context is now ${JSON.stringify(name)}\n`);
  return 0;
}

/** `docker context create`. */
export function* runCreate(context: DockerContext): Steps<number> {
  const { flags, args } = context;
  const [name = ''] = args;
  const quoted = JSON.stringify(name);
  if (name === defaultContext) throw new CommandFailure(`${quoted} is a reserved context name`);
  if ((yield* allContexts(context)).some(({ Name }) => Name === name)) {
    throw new CommandFailure(`context ${quoted} already exists`);
  }
  const isNew = flags.has('--docker');
  if (isNew && flags.has('--from')) {
    throw new CommandFailure('cannot use --docker flag when --from is set');
  }
  const model = isNew
    ? { Metadata: {}, Endpoints: { docker: yield* endpointOf(context) } }
    : yield* describedContext(context, flags.text('--from') || (yield* contextName(context)));
  const description = flags.text('--description');
  yield* saveContext(context, {
    Name: name,
    Metadata: description === '' ? model.Metadata : { Description: description },
    Endpoints: model.Endpoints,
  });
  yield* print(`${name}\n`);
  yield* complain(`Successfully created context ${quoted}\n`);
  return 0;
}

/** A context as another one is made of it: the default one says what it is. @throws CommandFailure */
function* describedContext(context: DockerContext, name: string): Steps<ContextMeta> {
  const found = yield* findContext(context, name);
  return name === defaultContext ? { ...found, Metadata: { Description: defaultDescription } } : found;
}

/** `docker context update`. */
export function* runUpdate(context: DockerContext): Steps<number> {
  const { flags, args } = context;
  const [name = ''] = args;
  if (name === defaultContext) throw new CommandFailure(`"default" is a reserved context name`);
  const before = yield* findContext(context, name);
  const description = flags.text('--description');
  yield* saveContext(context, {
    Name: name,
    Metadata: description === '' ? before.Metadata : { Description: description },
    Endpoints: flags.has('--docker') ? { docker: yield* endpointOf(context) } : before.Endpoints,
  });
  yield* print(`${name}\n`);
  yield* complain(`Successfully updated context ${JSON.stringify(name)}\n`);
  return 0;
}

function* saveContext(context: DockerContext, meta: ContextMeta): Steps<void> {
  yield* save(`${contextFolder(context, meta.Name, 'meta')}/meta.json`, JSON.stringify(meta));
}

/** Keys of a certificate; their files would be copied. */
const certificateKeys = ['ca', 'cert', 'key'];

/** @throws CommandFailure where the endpoint is not simulated, or there is none */
function* endpointOf(context: DockerContext): Steps<ContextEndpoint> {
  const fields = context.flags.texts('--docker').flatMap(parseFields);
  const given = Object.fromEntries(
    fields.map((field) => {
      const equals = field.indexOf('=');
      return [field.slice(0, equals), field.slice(equals + 1)];
    }),
  );
  const certificate = certificateKeys.find((key) => given[key] !== undefined);
  if (certificate !== undefined) {
    throw new CommandFailure(`docker context: certificates (${certificate}=) are not simulated here`);
  }
  if (given.from !== undefined) {
    const { Endpoints } = yield* findContext(context, given.from);
    return Endpoints.docker;
  }
  const { host: Host = '' } = given;
  if (Host !== '' && !Host.includes('://')) {
    throw new CommandFailure(
      `unable to create docker endpoint config: unable to apply docker endpoint options: unable to parse docker host \`${Host}\``,
    );
  }
  return { ...(Host !== '' && { Host }), SkipTLSVerify: given['skip-tls-verify'] === 'true' };
}

/** `docker context rm`. */
export function* runRemove(context: DockerContext): Steps<number> {
  const { args, flags } = context;
  const failures: CommandFailure[] = [];
  for (const name of args) {
    try {
      yield* removeOne(context, name, flags.on('--force'));
      yield* print(`${name}\n`);
    } catch (failure) {
      throwUnless(failure, CommandFailure);
      failures.push(failure);
    }
  }
  throwAll(failures);
  return 0;
}

function* removeOne(context: DockerContext, name: string, isForced: boolean): Steps<void> {
  const quoted = JSON.stringify(name);
  if (name === defaultContext) throw new CommandFailure(`context ${quoted} cannot be removed`);
  if (name === (yield* contextName(context))) {
    if (!isForced) {
      throw new CommandFailure(`context ${quoted} is in use, set -f flag to force remove`);
    }
    yield* changeConfig(context, { currentContext: undefined });
  }
  const isThere = (yield* allContexts(context)).some(({ Name }) => Name === name);
  if (!isThere && !isForced) throw new CommandFailure(`context ${quoted} does not exist`);
  if (isThere) yield* remove(contextFolder(context, name, 'meta'));
}
