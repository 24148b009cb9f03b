import { print, type Steps } from '../../effects.ts';
import type { KubectlContext } from '../context.ts';
import { CommandFailure } from '../failures.ts';
import { demandCount } from './change-entries.ts';
import { clusterFields, contextFields, type FieldKind, type Fields, userFields } from './fields.ts';
import { type Configuration, type Entry, loadConfiguration, saveConfiguration } from './kubeconfig-file.ts';

/** A path names a field as kubectl has it in memory: whom one acts as is `act-as` there, and `as` in the file. */
function inMemory(field: string): string {
  return field.replace(/^as(?=-|$)/, 'act-as');
}

function inFile(field: string): string {
  return field.replace(/^act-as/, 'as');
}

const parts: Readonly<Record<string, Fields>> = {
  clusters: clusterFields,
  users: Object.fromEntries(Object.entries(userFields).map(([field, kind]) => [inMemory(field), kind])),
  contexts: contextFields,
};

/** A place in the configuration, such as `contexts.dev.namespace`. */
interface Place {
  readonly part: 'clusters' | 'users' | 'contexts';
  /** Names may hold full stops. Undefined for all of the part. */
  readonly name: string | undefined;
  readonly field: string | undefined;
}

/** @returns undefined for `current-context` */
function placeOf(path: string): Place | undefined {
  const [part = '', ...words] = path.split('.');
  if (part === 'current-context' && words.length === 0) return undefined;
  if (part === 'current-context')
    throw new CommandFailure(`unable to parse one or more field values of ${path}`);
  const fields = Object.hasOwn(parts, part) ? parts[part] : undefined;
  if (!fields) throw new CommandFailure(`unable to parse ${path} after [] at api.Config`);
  if (words.length === 0) return { part: part as Place['part'], name: undefined, field: undefined };
  const known = words.findIndex((word, index) => index > 0 && Object.hasOwn(fields, word));
  const end = known < 0 ? words.length : known;
  if (known >= 0 && known < words.length - 1) {
    throw new CommandFailure(`unable to parse one or more field values of ${path}`);
  }
  return { part: part as Place['part'], name: words.slice(0, end).join('.'), field: words[known] };
}

/** `kubectl config set`. */
export function* runConfigSet(context: KubectlContext): Steps<number> {
  demandCount(context, 2);
  const [path = '', value = ''] = context.options.args;
  if (value === '') throw new CommandFailure('you cannot use set to unset a property');
  if (path === '') throw new CommandFailure('you must specify a property');
  const configuration = yield* loadConfiguration(context);
  const place = placeOf(path);
  const isRaw = context.options.on('--set-raw-bytes');
  yield* saveConfiguration(
    context,
    place ? withField(configuration, place, value, isRaw) : { ...configuration, currentContext: value },
  );
  yield* print(`Property ${JSON.stringify(path)} set.\n`);
  return 0;
}

function withField(
  configuration: Configuration,
  { part, name, field }: Place,
  value: string,
  isRaw: boolean,
): Configuration {
  const entries = configuration[part];
  if (name === undefined || field === undefined) {
    throw new CommandFailure(`can't set a map to a value: map[${Object.keys(entries).sort().join(' ')}]`);
  }
  const kind = parts[part]?.[field] ?? 'text';
  const entry: Entry = { ...entries[name], [inFile(field)]: fieldValue(kind, value, isRaw) };
  return { ...configuration, [part]: { ...entries, [name]: entry } };
}

function fieldValue(kind: FieldKind, value: string, isRaw: boolean): unknown {
  switch (kind) {
    case 'switch':
      if (!/^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(value)) {
        throw new CommandFailure(`strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`);
      }
      return /^(1|t|true)$/i.test(value);
    case 'bytes':
      return isRaw ? btoa(value) : checkedBase64(value);
    case 'text':
      return value;
    default:
      throw new CommandFailure('unrecognized slice type. string');
  }
}

function checkedBase64(value: string): string {
  const bad = value.search(/[^A-Za-z0-9+/=]/);
  const place = bad >= 0 ? bad : value.length % 4 === 0 ? -1 : value.length - (value.length % 4);
  if (place < 0) return value;
  throw new CommandFailure(`error decoding input value: illegal base64 data at input byte ${place}`);
}

/** `kubectl config unset`. */
export function* runConfigUnset(context: KubectlContext): Steps<number> {
  demandCount(context, 1);
  const [path = ''] = context.options.args;
  if (path === '') throw new CommandFailure('you must specify a property');
  const configuration = yield* loadConfiguration(context);
  const place = placeOf(path);
  yield* saveConfiguration(
    context,
    place ? withoutPlace(configuration, place) : { ...configuration, currentContext: '' },
  );
  yield* print(`Property ${JSON.stringify(path)} unset.\n`);
  return 0;
}

function withoutPlace(configuration: Configuration, { part, name, field }: Place): Configuration {
  if (name === undefined) return { ...configuration, [part]: {} };
  const { [name]: entry, ...others } = configuration[part];
  if (field === undefined) return { ...configuration, [part]: others };
  if (!entry) throw new CommandFailure(`current map key \`${name}\` is invalid`);
  const { [inFile(field)]: _, ...rest } = entry;
  return { ...configuration, [part]: { ...others, [name]: rest } };
}
