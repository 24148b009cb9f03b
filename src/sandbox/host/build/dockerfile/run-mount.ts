import { DockerfileError } from './dockerfile-error.ts';
import { withSuggestion } from './suggestion.ts';

/** What `RUN --mount` puts into the container while the command runs. */
export interface RunMount {
  readonly type: 'bind' | 'cache' | 'tmpfs' | 'secret' | 'ssh';
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
  'type',
  'from',
  'source',
  'target',
  'readonly',
  'id',
  'sharing',
  'required',
  'size',
  'mode',
  'uid',
  'gid',
  'src',
  'dst',
  'destination',
  'ro',
  'rw',
  'readwrite',
  'env',
];

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
  return fields.findLast(([key]) => key.toLowerCase() === 'from')?.[1] ?? '';
}

/**
 * Reads a mount.
 *
 * @param expand replaces the variables of a value
 * @throws DockerfileError
 */
export function parseMount(text: string, expand: (value: string) => string): RunMount {
  const mount = {
    type: 'bind' as RunMount['type'],
    from: '',
    source: '',
    target: '',
    id: '',
    required: false,
    env: '',
  };
  let readOnly: boolean | undefined;
  for (const field of text.split(',')) {
    const [written = '', given] = splitField(field);
    const key = written.toLowerCase();
    if (given === undefined && !['readonly', 'ro', 'readwrite', 'rw', 'required'].includes(key))
      throw new DockerfileError(`invalid field '${field}' must be a key=value pair`);
    const value = given === undefined ? 'true' : expand(given);
    if (key === 'type') mount.type = typeOf(value);
    else if (key === 'from') mount.from = value;
    else if (key === 'source' || key === 'src') mount.source = value;
    else if (key === 'target' || key === 'dst' || key === 'destination') mount.target = value;
    else if (key === 'id') mount.id = value;
    else if (key === 'env') mount.env = value;
    else if (key === 'readonly' || key === 'ro') readOnly = switchOf(key, value);
    else if (key === 'readwrite' || key === 'rw') readOnly = !switchOf(key, value);
    else if (key === 'required') {
      if (mount.type !== 'secret' && mount.type !== 'ssh')
        throw new DockerfileError(`unexpected key 'required' for mount type '${mount.type}'`);
      mount.required = switchOf(key, value);
    } else if (key === 'sharing' && !sharings.includes(value))
      throw new DockerfileError(
        withSuggestion(`unsupported sharing value ${JSON.stringify(value)}`, value, sharings),
      );
    else if (key === 'size' && !/^\d+(\.\d+)? ?([kmgtp]?i?b?)$/i.test(value))
      throw new DockerfileError(`invalid value for size: ${value}`);
    else if (key === 'mode' && !/^[0-7]+$/.test(value))
      throw new DockerfileError(`invalid value ${value} for mode`);
    else if ((key === 'uid' || key === 'gid') && !/^\d+$/.test(value))
      throw new DockerfileError(`invalid value ${value} for ${key}`);
    else if (!keys.includes(key))
      throw new DockerfileError(withSuggestion(`unexpected key '${key}' in '${field}'`, key, keys));
  }
  if (mount.type === 'secret' && mount.from !== '')
    throw new DockerfileError('secret mount should not have a from');
  if (
    mount.type === 'secret' &&
    mount.source === '' &&
    mount.target === '' &&
    mount.id === '' &&
    mount.env === ''
  )
    throw new DockerfileError('invalid secret mount. one of source, target required');
  return { ...mount, readOnly: readOnly ?? (mount.type !== 'cache' && mount.type !== 'tmpfs') };
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
