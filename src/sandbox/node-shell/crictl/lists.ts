import { print, type Steps } from '../../effects.ts';
import { humanDuration, humanSize } from '../../go/go-units.ts';
import { goYaml } from '../../go/go-yaml.ts';
import type { HostImage } from '../../runtime/container-runtime.ts';
import { imagesOnNode, sizeOnNode } from '../cri/images-on-node.ts';
import { type CriContainer, type CriSandbox, sandboxLabels } from '../cri/pods-on-node.ts';
import {
  containerAnnotations,
  containerEntry,
  containerState,
  imageEntry,
  isPinned,
  sandboxAnnotations,
  sandboxEntry,
} from './entries.ts';
import { usageOf } from './grammar.ts';
import { filteredImages, nameOfImage } from './image-filters.ts';
import { CrictlFailure, printJson, printTable, shortId } from './output.ts';
import type { CrictlRun } from './run.ts';
import { chosenContainers, chosenSandboxes } from './selection.ts';

/** `crictl ps`. */
export function* runPs(run: CrictlRun): Steps<number> {
  const { options } = run;
  if (options.args.length > 0) return yield* showUsage('ps');
  const found = chosenContainers(run);
  const output = options.text('output');
  if (yield* printed(output, 'containers', found.map(containerEntry))) return 0;
  if (output !== 'table')
    throw new CrictlFailure(`listing containers: unsupported output format "${output}"`);
  if (options.on('quiet')) {
    yield* print(found.map(({ container }) => `${container.id}\n`).join(''));
    return 0;
  }
  if (options.on('verbose')) {
    yield* print(found.map((each) => containerText(run, each)).join(''));
    return 0;
  }
  const whole = options.on('no-trunc');
  const idOf = (id: string): string => (whole ? id : shortId(id));
  const head = ['CONTAINER', 'IMAGE', 'CREATED', 'STATE', 'NAME', 'ATTEMPT', 'POD ID', 'POD', 'NAMESPACE'];
  yield* printTable([
    head,
    ...found.map((each) => {
      const { container, sandbox, name, attempt } = each;
      const path = options.on('resolve-image-path') ? run.image(container.imageId)?.tags[0] : undefined;
      return [
        idOf(container.id),
        path ?? idOf(container.imageId),
        ago(run, container.createdAt),
        stateWord(each),
        name,
        `${attempt}`,
        idOf(sandbox.id),
        sandbox.name,
        sandbox.namespace,
      ];
    }),
  ]);
  return 0;
}

/** `crictl pods`. */
export function* runPods(run: CrictlRun): Steps<number> {
  const { options } = run;
  const found = chosenSandboxes(run);
  const output = options.text('output');
  if (yield* printed(output, 'items', found.map(sandboxEntry))) return 0;
  if (output !== 'table')
    throw new CrictlFailure(`listing pod sandboxes: unsupported output format "${output}"`);
  if (options.on('quiet')) {
    yield* print(found.map(({ id }) => `${id}\n`).join(''));
    return 0;
  }
  if (options.on('verbose')) {
    yield* print(found.map(sandboxText).join(''));
    return 0;
  }
  const whole = options.on('no-trunc');
  yield* printTable([
    ['POD ID', 'CREATED', 'STATE', 'NAME', 'NAMESPACE', 'ATTEMPT', 'RUNTIME'],
    ...found.map(({ id, createdAt, isReady, name, namespace, attempt }) => [
      whole ? id : shortId(id),
      ago(run, createdAt),
      isReady ? 'Ready' : 'NotReady',
      name,
      namespace,
      `${attempt}`,
      '(default)',
    ]),
  ]);
  return 0;
}

/**
 * `crictl images`. A name behind it changes nothing: containerd lists all that it has (containerd,
 * `internal/cri/server/images`).
 */
export function* runImages(run: CrictlRun): Steps<number> {
  const { options } = run;
  if (options.args.length > 1) return yield* showUsage('images');
  const found = filteredImages(imagesOnNode(run.parts), options.all('filter'));
  if (
    yield* printed(
      options.text('output'),
      'images',
      found.map((each) => imageEntry(each, sizeOnNode(each))),
    )
  )
    return 0;
  if (options.on('quiet')) {
    yield* print(found.map(({ image }) => `${image.id}\n`).join(''));
    return 0;
  }
  if (options.on('verbose')) {
    yield* print(found.map(imageText).join(''));
    return 0;
  }
  const idOf = (id: string): string => (options.on('no-trunc') ? id : shortId(id));
  const some = (flag: string, cell: string): string[] => (options.on(flag) ? [cell] : []);
  yield* printTable([
    ['IMAGE', 'TAG', ...some('digests', 'DIGEST'), 'IMAGE ID', 'SIZE', ...some('pinned', 'PINNED')],
    ...found.flatMap((each) => {
      const { image, tags, digests } = each;
      const digest = digests[0]?.replace(/^.*@/, '') ?? '<none>';
      const pairs = tags.length > 0 ? tags.map(nameAndTag) : [[nameOfImage(each), '<none>']];
      return pairs.map((pair) => [
        ...pair,
        ...some('digests', idOf(digest)),
        idOf(image.id),
        humanSize(sizeOnNode(each), 3),
        ...some('pinned', `${isPinned(tags)}`),
      ]);
    }),
  ]);
  return 0;
}

function nameAndTag(text: string): string[] {
  const colon = text.lastIndexOf(':');
  return [text.slice(0, colon), text.slice(colon + 1)];
}

/** Prints a list as JSON or YAML where that was asked for. */
function* printed(output: string, name: string, entries: readonly object[]): Steps<boolean> {
  if (output === 'json') yield* printJson({ [name]: entries });
  else if (output === 'yaml') yield* print(`${goYaml({ [name]: entries })}\n`);
  return output === 'json' || output === 'yaml';
}

/** Prints the help of a command that was not used as it is meant. */
export function* showUsage(command: string): Steps<number> {
  yield* print(usageOf(command));
  return 0;
}

/** How long ago something was, as docker and crictl say it. */
export function ago(run: CrictlRun, at: number): string {
  return `${humanDuration(run.now - at)} ago`;
}

function stateWord(each: CriContainer): string {
  const state = containerState(each);
  return state.charAt(0) + state.slice(1).toLowerCase();
}

function containerText(run: CrictlRun, each: CriContainer): string {
  const { container, sandbox, name, attempt } = each;
  return [
    `ID: ${container.id}`,
    `PodID: ${sandbox.id}`,
    `Namespace: ${sandbox.namespace}`,
    `Name: ${name}`,
    `Attempt: ${attempt}`,
    `State: ${stateWord(each)}`,
    `Image: ${container.imageId}`,
    `Created: ${ago(run, container.createdAt)}`,
    ...pairLines('Labels', container.spec.labels),
    ...pairLines('Annotations', containerAnnotations(each)),
    '\n',
  ].join('\n');
}

function sandboxText(sandbox: CriSandbox): string {
  const { id, name, uid, namespace, attempt, isReady, createdAt } = sandbox;
  return [
    `ID: ${id}`,
    `Name: ${name}`,
    `UID: ${uid}`,
    `Namespace: ${namespace}`,
    ...(attempt === 0 ? [] : [`Attempt: ${attempt}`]),
    `Status: ${isReady ? 'Ready' : 'NotReady'}`,
    `Created: ${dateText(createdAt)}`,
    ...pairLines('Labels', sandboxLabels(sandbox)),
    ...pairLines('Annotations', sandboxAnnotations(sandbox)),
    'Runtime: (default)',
    '\n',
  ].join('\n');
}

function imageText(each: HostImage): string {
  const { image, tags, digests } = each;
  return [
    `ID: ${image.id}`,
    ...tags.map((tag) => `RepoTags: ${tag}`),
    ...digests.map((digest) => `RepoDigests: ${digest}`),
    `Size: ${sizeOnNode(each)}`,
    ...(isPinned(tags) ? ['Pinned: true'] : []),
    '\n',
  ].join('\n');
}

/** Labels or annotations as the tools of containerd list them, in order. */
export function pairLines(title: string, pairs: Readonly<Record<string, string>>): readonly string[] {
  const lines = Object.entries(pairs).sort(([one], [other]) => (one < other ? -1 : 1));
  return [`${title}:`, ...lines.map(([key, value]) => `\t${key} -> ${value}`)];
}

/** A time as Go prints it. */
export function dateText(at: number): string {
  return `${new Date(at)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.?0*Z$/, '')} +0000 UTC`;
}
