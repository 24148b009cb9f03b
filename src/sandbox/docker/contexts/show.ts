import { print, type Steps } from '../../effects.ts';
import { GoRecord } from '../../go/go-record.ts';
import { naturalOrder } from '../../go/natural-order.ts';
import { throwUnless } from '../../thrown.ts';
import type { DockerContext } from '../context.ts';
import { CommandFailure } from '../failures.ts';
import { formatRows, type RowKind } from '../format/format-rows.ts';
import { inspect } from '../format/inspect.ts';
import {
  allContexts,
  contextFolder,
  contextName,
  defaultContext,
  defaultDescription,
  findContext,
} from './context-store.ts';

const kind: RowKind = {
  type: '*formatter.clientContextContext',
  headers: {
    Name: 'NAME',
    Description: 'DESCRIPTION',
    DockerEndpoint: 'DOCKER ENDPOINT',
    Error: 'ERROR',
  },
};

const tableFormat =
  'table {{.Name}}{{if .Current}} *{{end}}\\t{{.Description}}\\t{{.DockerEndpoint}}\\t{{.Error}}';

/** `docker context ls` (cli/command/context/list.go of docker/cli). */
export function* runList(context: DockerContext): Steps<number> {
  const { flags } = context;
  const current = yield* contextName(context);
  const rows = (yield* allContexts(context)).map(({ Name, Metadata, Endpoints }) => ({
    fields: {
      Name,
      Current: Name === current,
      Description: Name === defaultContext ? defaultDescription : (Metadata.Description ?? ''),
      DockerEndpoint: Endpoints.docker.Host ?? '',
      Error: '',
    },
  }));
  const lost = rows.every(({ fields }) => !fields.Current);
  const stub = { Name: current, Current: true, Description: '', DockerEndpoint: '' };
  const all = lost ? [...rows, { fields: { ...stub, Error: yield* lossOf(context, current) } }] : rows;
  const sorted = all.toSorted((one, other) => naturalOrder(one.fields.Name, other.fields.Name));
  const given = flags.text('--format') || 'table';
  const format = flags.on('--quiet') ? '{{.Name}}' : given === 'table' ? tableFormat : given;
  yield* print(formatRows(format, kind, sorted));
  return 0;
}

/** Why a context is not there, as far as the column goes. */
function* lossOf(context: DockerContext, name: string): Steps<string> {
  try {
    yield* findContext(context, name);
    return '';
  } catch (failure) {
    throwUnless(failure, CommandFailure);
    const { message } = failure;
    return message.length > mostOfError ? `${message.slice(0, mostOfError - 1)}…` : message;
  }
}

const mostOfError = 45;

/** `docker context show`. */
export function* runShow(context: DockerContext): Steps<number> {
  yield* print(`${yield* contextName(context)}\n`);
  return 0;
}

/** `docker context inspect`. */
export function* runInspect(context: DockerContext): Steps<number> {
  const { args, flags } = context;
  const names = args.length > 0 ? args : [yield* contextName(context)];
  return yield* inspect(names, flags.text('--format'), function* (name) {
    const { Name, Metadata, Endpoints } = yield* findContext(context, name);
    const inMemory = '<IN MEMORY>';
    const isDefault = name === defaultContext;
    const Storage = {
      MetadataPath: isDefault ? inMemory : contextFolder(context, name, 'meta'),
      TLSPath: isDefault ? inMemory : contextFolder(context, name, 'tls'),
    };
    const value = { Name, Metadata, Endpoints, TLSMaterial: {}, Storage };
    // What is kept of it is a part of what is shown of it, and has the name of one of its own fields.
    const kept = new GoRecord('store.Metadata', { Name, Metadata, Endpoints });
    const seen = new GoRecord('context.contextWithTLSListing', { ...value, Metadata: kept }, { json: value });
    return { value, isOwn: true, seen };
  });
}
