import { print, type Steps, writeFile } from '../../../effects.ts';
import type { DockerContext } from '../../context.ts';
import { CommandFailure } from '../../failures.ts';
import { dependentImages } from '../images/local-images.ts';
import { serviceHash } from '../model/hash.ts';
import { projectJson, projectYaml } from '../model/project-model.ts';
import { loadProject } from '../project/load-project.ts';
import { imageOf, type Project, sortedEntries, sortedNames } from '../project/project.ts';
import { withEnvironmentResolved } from '../project/resolve-environment.ts';
import { selectServices, withDependencies } from '../project/select-services.ts';

/** What each switch lists; the first that is given counts. */
const lists: readonly (readonly [flag: string, names: (project: Project) => readonly string[]])[] = [
  ['--services', (project) => withDependencies(project, [])],
  ['--volumes', ({ volumes }) => sortedNames(volumes.keys())],
  ['--networks', ({ networks }) => sortedNames(networks.keys())],
  ['--models', ({ models }) => [...models.values()].map(({ model }) => model)],
];

/** `docker compose config` (cmd/compose/config.go). */
export function* runConfig(context: DockerContext): Steps<number> {
  const { flags, args: services } = context;
  const unknown = [
    '--no-interpolate',
    '--no-normalize',
    '--no-path-resolution',
    '--no-consistency',
    '--resolve-image-digests',
    '--variables',
  ].find((flag) => flags.on(flag));
  if (unknown) throw new CommandFailure(`docker compose config ${unknown} is not simulated here`);
  const list = lists.find(([flag]) => flags.on(flag));
  if (list) return yield* printLines(list[1](yield* loadProject(context)));
  if (flags.text('--hash') !== '') return yield* printHashes(context);
  const isResolved = !flags.on('--no-env-resolution');
  const resolved = yield* loadProject(context, services, isResolved ? 'resolved' : 'left');
  if (flags.on('--lock-image-digests'))
    throw new CommandFailure('docker compose config --lock-image-digests is not simulated here');
  if (flags.on('--profiles')) return yield* printLines(profilesOf(resolved));
  if (flags.on('--images')) return yield* printLines(imagesOf(resolved));
  if (flags.on('--environment')) {
    const variables = Object.entries(resolved.environment).map(([name, value]) => `${name}=${value}`);
    return yield* printLines(variables.sort());
  }
  const format = flags.text('--format') || 'yaml';
  if (format !== 'yaml' && format !== 'json')
    throw new CommandFailure(`unsupported format ${JSON.stringify(format)}`);
  const text = format === 'json' ? projectJson(resolved) : projectYaml(resolved);
  // What is read again must not be replaced again.
  const content = text.replaceAll('$', () => '$$');
  if (flags.on('--quiet')) return 0;
  const target = flags.text('--output');
  if (target === '') yield* print(content);
  else yield* writeFile(context.resolve(target), content);
  return 0;
}

function* printLines(lines: readonly string[]): Steps<number> {
  yield* print(lines.map((line) => `${line}\n`).join(''));
  return 0;
}

function* printHashes(context: DockerContext): Steps<number> {
  const text = context.flags.text('--hash');
  const loaded = yield* loadProject(context);
  const chosen = selectServices(loaded, text === '*' ? [] : text.split(','), 'ignore');
  const project = context.flags.on('--no-env-resolution') ? chosen : yield* withEnvironmentResolved(chosen);
  const services = sortedEntries(project.services);
  return yield* printLines(services.map(([name, service]) => `${name} ${serviceHash(service)}`));
}

function profilesOf({ services, disabled }: Project): readonly string[] {
  const all = [...[...services.values()].map(({ profiles = [] }) => profiles), ...disabled.values()];
  return [...new Set(all.flat())].sort();
}

function imagesOf(project: Project): readonly string[] {
  return sortedEntries(project.services).flatMap(([, service]) => [
    imageOf(service, project.name),
    ...dependentImages(service),
  ]);
}
