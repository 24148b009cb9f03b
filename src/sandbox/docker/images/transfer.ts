import { type ImageReference, parseImage, parsePlatform } from '../../../docker/images.ts';
import { print, type Steps } from '../../effects.ts';
import { goJson } from '../../go/go-json.ts';
import type { DockerContext } from '../context.ts';
import { openMessages } from '../engine-client.ts';
import { CommandFailure } from '../failures.ts';
import { pullImage } from '../pull-image.ts';
import { registryAuth } from '../registry/credentials.ts';
import { displayMessages } from '../streams/json-messages.ts';

/** `docker image pull` (cli/command/image/pull.go of docker/cli). */
export function* runPull(context: DockerContext): Steps<number> {
  const { flags } = context;
  const image = context.argument(0);
  const reference = parseImage(image);
  const [isQuiet, isAll] = [flags.on('--quiet'), flags.on('--all-tags')];
  yield* sayDefaultTag(reference, isQuiet || isAll);
  const platform = flags.text('--platform');
  yield* pullImage(context, {
    image,
    ...(platform === '' ? {} : { platform: platformOf(platform) }),
    isQuiet,
    isAll,
  });
  yield* print(`${isAll ? repositoryOf(reference) : wholeName(reference)}\n`);
  return 0;
}

/** `docker image push` (cli/command/image/push.go of docker/cli). */
export function* runPush(context: DockerContext): Steps<number> {
  const { flags } = context;
  const text = flags.text('--platform');
  const platform = text === '' ? undefined : platformJson(text, `Invalid platform ${text}`);
  if (platform !== undefined) {
    yield* print(
      '\n Info -> Using --platform pushes only the specified platform manifest of a multi-platform image index.\n         Other components, like attestations, will not be included.\n         To push the complete multi-platform image, remove the --platform flag.\n         \n',
    );
  }
  const reference = parseImage(context.argument(0));
  const [isQuiet, isAll] = [flags.on('--quiet'), flags.on('--all-tags')];
  yield* sayDefaultTag(reference, isQuiet || isAll);
  if (reference.digest !== '') throw new CommandFailure('cannot push a digest reference');
  const name = repositoryOf(reference);
  const stream = yield* openMessages('POST', `/images/${name}/push`, {
    query: {
      tag: isAll ? undefined : reference.tag || 'latest',
      platform,
    },
    headers: { 'x-registry-auth': yield* registryAuth(context, reference.registry) },
  });
  const notes: string[] = [];
  try {
    yield* displayMessages(stream, { isQuiet, aux: (value) => notes.push(...noteOf(value)) });
    if (isQuiet) yield* print(`${wholeName(reference)}\n`);
  } finally {
    for (const note of notes) yield* print(`\n Info -> ${note.replaceAll('\n', '\n         ')}\n`);
  }
  return 0;
}

function* sayDefaultTag({ tag, digest }: ImageReference, isSilent: boolean): Steps<void> {
  if (tag === '' && digest === '' && !isSilent) yield* print('Using default tag: latest\n');
}

/** The registry and the repository, as the API takes them. */
export function repositoryOf({ registry, repository }: ImageReference): string {
  return `${registry}/${repository}`;
}

function wholeName(reference: ImageReference): string {
  const { tag, digest } = reference;
  const suffix = `${tag && `:${tag}`}${digest && `@${digest}`}`;
  return repositoryOf(reference) + (suffix || ':latest');
}

/** @throws CommandFailure for what is no platform, in the words of containerd behind those of the command */
function platformOf(text: string, refusal = ''): string {
  try {
    return parsePlatform(text);
  } catch {
    throw new CommandFailure(
      `${refusal}${JSON.stringify(text)}: unknown operating system or architecture: invalid argument`,
    );
  }
}

/** A platform as some parts of the API take it. @throws CommandFailure that begins with the words of the refusal */
export function platformJson(text: string, refusal = ''): string {
  const [os, architecture, variant] = platformOf(text, refusal).split('/');
  return goJson({ architecture, os, variant });
}

/** What the engine says about a push beside how it goes on. */
function noteOf(value: unknown): readonly string[] {
  const { manifestPushedInsteadOfIndex, originalIndex, selectedManifest } = value as {
    readonly manifestPushedInsteadOfIndex?: boolean;
    readonly originalIndex?: { readonly digest: string };
    readonly selectedManifest?: { readonly digest: string };
  };
  if (!manifestPushedInsteadOfIndex) return [];
  return [
    `Not all multiplatform-content is present and only the available single-platform image was pushed\n${originalIndex?.digest} -> ${selectedManifest?.digest}`,
  ];
}
