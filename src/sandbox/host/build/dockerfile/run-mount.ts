import { DockerfileError } from './dockerfile-error.ts';
import { withSuggestion } from './suggestion.ts';

/** What `RUN --mount` puts into the container while the command runs. */
export interface RunMount {
  readonly type: (typeof types)[number];
  /** A stage or an image; empty where the context is meant. */
  readonly from: string;
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
  readonly id: string;
  readonly required: boolean;
  /** The variable that a secret is in; empty without. */
  readonly env: string;
}

const types = ['bind', 'cache', 'tmpfs', 'secret', 'ssh'] as const;

const keys = [
  ...['type', 'from', 'source', 'target', 'readonly', 'id', 'sharing', 'required', 'size', 'mode', 'uid'],
  ...['gid', 'src', 'dst', 'destination', 'ro', 'rw', 'readwrite', 'env'],
];

/** Keys that have another name too. */
const fullNames: Readonly<Record<string, string>> = {
  src: 'source',
  dst: 'target',
  destination: 'target',
  ro: 'readonly',
  rw: 'readwrite',
};

/** Keys that may stand without a value. */
const switches: readonly string[] = ['readonly', 'readwrite', 'required'];

const sharings: readonly string[] = ['shared', 'private', 'locked'];

/** Looks at a mount before variables in it have a value. @throws DockerfileError */
export function checkMount(text: string): void {
  for (const field of text.split(',')) {
    const [key = '', value = ''] = splitField(field);
    const dollar = value.indexOf('$');
    if (key.toLowerCase() === 'from' && dollar >= 0 && dollar !== value.length - 1)
      throw new DockerfileError("'from' doesn't support variable expansion, define alias stage instead");
  }
}

/** The stage or image that a mount is from, before variables in it have a value; empty without. */
export function mountFrom(text: string): string {
  const fields = text.split(',').map(splitField);
  const [, from = ''] = fields.findLast(([key]) => key.toLowerCase() === 'from') ?? [];
  return from;
}

/**
 * Reads a mount (frontend/dockerfile/instructions/commands_runmount.go of moby/buildkit 0.32).
 *
 * @param expand replaces the variables of a value
 * @throws DockerfileError
 */
export function parseMount(text: string, expand: (value: string) => string): RunMount {
  const given = new Map<string, string>();
  let type: RunMount['type'] = 'bind';
  let isWritable: boolean | undefined;
  for (const field of text.split(',')) {
    const [written, behind] = splitField(field);
    const key = written.toLowerCase();
    const name = fullNames[key] ?? key;
    if (behind === undefined && !switches.includes(name))
      throw new DockerfileError(`invalid field '${field}' must be a key=value pair`);
    const value = behind === undefined ? 'true' : expand(behind);
    if (!keys.includes(key))
      throw new DockerfileError(withSuggestion(`unexpected key '${key}' in '${field}'`, key, keys));
    if (name === 'type') type = typeOf(value);
    else if (name === 'readwrite') isWritable = switchOf(key, value);
    else if (name === 'readonly') isWritable = !switchOf(key, value);
    else checkField(type, name, value);
    given.set(name, value);
  }
  const textOf = (name: string): string => given.get(name) ?? '';
  const mount = { type, from: textOf('from'), source: textOf('source'), target: textOf('target') };
  checkTogether(type, given);
  return {
    ...mount,
    id: textOf('id'),
    env: textOf('env'),
    required: given.has('required') && switchOf('required', textOf('required')),
    readOnly: !(isWritable ?? (type === 'cache' || type === 'tmpfs')),
  };
}

/** Looks at a field by itself: what type it is the mount of has been said before, or is not. */
function checkField(type: RunMount['type'], name: string, value: string): void {
  const wrongType = `unexpected key '${name}' for mount type '${type}'`;
  if (name === 'required') {
    if (type !== 'secret' && type !== 'ssh') throw new DockerfileError(wrongType);
    switchOf(name, value);
  } else if (name === 'size') {
    if (type !== 'tmpfs') throw new DockerfileError(wrongType);
    if (!/^\d+(\.\d+)? ?([kmgtp]?i?b?)$/i.test(value))
      throw new DockerfileError(`invalid value for size: ${value}`);
  } else if (name === 'sharing') {
    if (!sharings.includes(value.toLowerCase()))
      throw new DockerfileError(
        withSuggestion(`unsupported sharing value ${JSON.stringify(value)}`, value, sharings),
      );
  } else if (name === 'mode' ? !/^[0-7]+$/.test(value) : isOwner(name) && !/^\d+$/.test(value))
    throw new DockerfileError(`invalid value ${value} for ${name}`);
}

function isOwner(name: string): boolean {
  return name === 'uid' || name === 'gid';
}

/** Looks at what a mount of a type may have. @throws DockerfileError */
function checkTogether(type: RunMount['type'], given: ReadonlyMap<string, string>): void {
  const has = (name: string) => (given.get(name) ?? '') !== '';
  const file = type === 'bind' || type === 'tmpfs' ? ['mode', 'uid', 'gid'].find(has) : undefined;
  if (file !== undefined) throw new DockerfileError(`${file} not allowed for "${type}" type mounts`);
  if (type === 'secret') {
    if (has('from')) throw new DockerfileError('secret mount should not have a from');
    if (has('sharing')) throw new DockerfileError('secret mount should not define sharing');
    if (!['source', 'target', 'id'].some(has))
      throw new DockerfileError('invalid secret mount. one of source, target required');
    if (has('source') && has('id')) throw new DockerfileError("both source and id can't be set");
  }
  if (has('sharing') && type !== 'cache')
    throw new DockerfileError(`invalid cache sharing set for ${type} mount`);
}

/** A switch as Go reads it. @throws DockerfileError */
function switchOf(key: string, value: string): boolean {
  if (/^(1|t|T|TRUE|true|True)$/.test(value)) return true;
  if (/^(0|f|F|FALSE|false|False)$/.test(value)) return false;
  throw new DockerfileError(`invalid value for ${key}: ${value}`);
}

function splitField(field: string): readonly [string, string | undefined] {
  const equals = field.indexOf('=');
  return equals < 0 ? [field, undefined] : [field.slice(0, equals), field.slice(equals + 1)];
}

function typeOf(value: string): RunMount['type'] {
  const type = types.find((each) => each === value.toLowerCase());
  if (type) return type;
  throw new DockerfileError(withSuggestion(`unsupported mount type "${value}"`, value, types));
}
