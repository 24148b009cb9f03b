import { cut } from '../../../docker/go-values.ts';
import { parseImage } from '../../../docker/images.ts';
import { DockerRefusal } from '../../../docker/refusal.ts';
import { throwUnless } from '../../thrown.ts';
import type { DockerContext } from '../context.ts';
import { CommandFailure } from '../failures.ts';

/** What of `docker build` is not simulated: it would make another image, or put it elsewhere. */
const notSimulated = [
  '--add-host',
  '--allow',
  '--annotation',
  '--attest',
  '--build-context',
  '--cache-from',
  '--cache-to',
  '--cgroup-parent',
  '--metadata-file',
  '--output',
  '--policy',
  '--push',
  '--resource',
  '--sbom',
  '--shm-size',
  '--ssh',
  '--ulimit',
] as const;

/** Refuses flags by name that are not simulated. @throws CommandFailure */
export function refuseUnsimulated({ flags, path }: DockerContext): void {
  for (const flag of notSimulated) {
    if (!flags.has(flag) || flags.text(flag) === 'false') continue;
    const hint = flag === '--push' ? `: build with a tag, then docker push it` : '';
    throw failure(`${path} ${flag} is not simulated here${hint}`);
  }
  const platform = flags.text('--platform');
  if (platform !== '' && platform !== 'linux/amd64')
    throw failure(`${path} --platform ${platform} is not simulated here: everything is linux/amd64`);
  const builder = flags.text('--builder');
  if (builder !== '' && builder !== 'default')
    throw new CommandFailure(`ERROR: no builder "${builder}" found`);
  const network = flags.text('--network');
  if (!['', 'default', 'host', 'none', 'bridge'].includes(network))
    throw failure(
      `network mode ${JSON.stringify(network)} not supported by buildkit - you can define a custom network for your builder using the network driver-opt in buildx create`,
    );
}

/** What `docker build` says when it fails by itself. */
export function failure(message: string): CommandFailure {
  return new CommandFailure(`ERROR: failed to build: ${message}`);
}

/** The names for the image. @throws CommandFailure for what is no name */
export function tagsOf({ flags }: DockerContext): readonly string[] {
  return flags.texts('--tag').map((tag) => {
    try {
      if (tag === '') throw new DockerRefusal('repository name must have at least one component', '');
      parseImage(tag);
      return tag;
    } catch (error) {
      throwUnless(error, DockerRefusal);
      const why = error.message
        .replace(/^.*invalid reference format: /, '')
        .replace(/ \(\S+\)(?= must be lowercase)/, '');
      throw failure(`invalid tag ${JSON.stringify(tag)}: ${why}`);
    }
  });
}

/** `NAME=value` pairs as one object; a name without a value has that of the shell, if any. */
export function buildArguments({ flags, surroundings }: DockerContext): Readonly<Record<string, string>> {
  const args: Record<string, string> = {};
  for (const text of flags.texts('--build-arg')) {
    const equals = text.indexOf('=');
    const name = equals < 0 ? text : text.slice(0, equals);
    const value = equals < 0 ? surroundings.env[name] : text.slice(equals + 1);
    if (value !== undefined) args[name] = value;
  }
  return args;
}

/** The labels, each `name=value`; without a value it is empty. */
export function labelsOf({ flags }: DockerContext): Readonly<Record<string, string>> {
  return Object.fromEntries(
    flags.texts('--label').map((text) => {
      const equals = text.indexOf('=');
      return equals < 0 ? [text, ''] : [text.slice(0, equals), text.slice(equals + 1)];
    }),
  );
}

/** Where a secret of a build is: in a file or in a variable; in both the variable counts. */
export interface SecretSource {
  readonly id: string;
  readonly file: string;
  readonly variable: string;
}

/**
 * What `--secret` says (util/buildflags of docker/buildx, and secretsprovider of moby/buildkit).
 *
 * @param env the id alone is a variable where there is one of that name
 * @throws CommandFailure
 */
export function secretOf(text: string, env: Readonly<Record<string, string>>): SecretSource {
  const found = { id: '', src: '', env: '', type: '' };
  for (const field of text.split(',')) {
    const [key, value, hasValue] = cut(field, '=');
    const name = key.toLowerCase() === 'source' ? 'src' : key.toLowerCase();
    if (!hasValue) throw new CommandFailure(`ERROR: invalid field '${field}' must be a key=value pair`);
    if (!isSecretKey(name)) throw new CommandFailure(`ERROR: unexpected key '${name}' in '${field}'`);
    if (name === 'type' && !['file', 'env'].includes(value))
      throw new CommandFailure(`ERROR: unsupported secret type ${JSON.stringify(value)}`);
    found[name] = value;
  }
  const { id, type } = found;
  if (id === '') throw failure('secret missing ID');
  const isMoved = type === 'env' && found.env === '';
  const [file, variable] = isMoved ? ['', found.src] : [found.src, found.env];
  if (file !== '' || variable !== '') return { id, file, variable };
  return env[id] === undefined ? { id, file: id, variable } : { id, file, variable: id };
}

function isSecretKey(name: string): name is 'id' | 'src' | 'env' | 'type' {
  return ['id', 'src', 'env', 'type'].includes(name);
}
