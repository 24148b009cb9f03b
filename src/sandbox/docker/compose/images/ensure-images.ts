import { now, type Steps } from '../../../effects.ts';
import { CommandFailure } from '../../failures.ts';
import type { Compose } from '../compose.ts';
import { labels } from '../containers.ts';
import { imageOf, type Project, type Service } from '../project/project.ts';
import { mapServices } from '../project/select-services.ts';
import { together } from '../together.ts';
import { type BuildOptions, buildServices } from './build.ts';
import { dependentImages, type LocalImage, localImage, localImages } from './local-images.ts';
import { pullImage } from './pull-image.ts';

/**
 * Pulls and builds what is needed, and gives each service the digest of its image (ensureImagesExists of
 * pkg/compose/build.go).
 *
 * @param build how; undefined where nothing may be built
 * @throws CommandFailure
 */
export function* ensureImages(
  compose: Compose,
  project: Project,
  build: BuildOptions | undefined,
  isQuiet: boolean,
): Steps<Project> {
  const images = yield* localImages(project);
  yield* pullMissing(compose, project, images, isQuiet);
  if (build) {
    const due = [...project.services.values()].filter(
      (service) =>
        service.build && (service.pull_policy === 'build' || !images.has(imageOf(service, project.name))),
    );
    for (const name of yield* buildServices(compose, project, due, build)) {
      const image = yield* localImage(name);
      if (image) images.set(name, image);
    }
  }
  return mapServices(project, (service) => {
    const image = images.get(imageOf(service, project.name));
    if (!image) return service;
    return { ...service, customLabels: { ...service.customLabels, [labels.image]: image.digest } };
  });
}

function* pullMissing(
  compose: Compose,
  project: Project,
  images: Map<string, LocalImage>,
  isQuiet: boolean,
): Steps<void> {
  const due = new Map<string, Service>();
  const services = [...project.services.values()];
  for (const service of services) {
    for (const image of [service.image ?? '', ...dependentImages(service)])
      if (yield* mustPull({ ...service, image }, images)) due.set(image, service);
  }
  yield* together(
    [...due].map(function* ([image, service]): Steps<void> {
      const isBuilt = services.some((each) => each.build && (each.image === image || each === service));
      const build = image === service.image ? service.build : undefined;
      try {
        yield* pullImage(compose, { image, platform: service.platform, build }, isQuiet);
      } catch (error) {
        if (!isBuilt || !(error instanceof CommandFailure)) throw error;
        return;
      }
      const found = yield* localImage(image);
      if (found) images.set(image, found);
    }),
  );
}

const waits: Readonly<Record<string, number>> = { daily: 24 * 3_600_000, weekly: 7 * 24 * 3_600_000 };

/** Whether the image of a service has to be pulled before it runs. @throws CommandFailure */
export function* mustPull(
  { provider, image, pull_policy: policy = '' }: Service,
  images: ReadonlyMap<string, LocalImage>,
): Steps<boolean> {
  if (provider || !image) return false;
  const found = images.get(image);
  const wait = waits[policy] ?? every(policy);
  if (wait !== undefined) return !found || (yield* now()) > found.taggedAt + wait;
  switch (policy) {
    case 'always':
      return true;
    case 'never':
    case 'build':
      return false;
    case '':
    case 'missing':
    case 'if_not_present':
      return !found;
    case 'refresh':
      return true;
    default:
      throw new CommandFailure(`invalid pull_policy ${JSON.stringify(policy)}`);
  }
}

function every(policy: string): number | undefined {
  const [, number, unit = ''] = /^every_(\d+)([smhdw])$/.exec(policy) ?? [];
  const units: Readonly<Record<string, number>> = {
    s: 1000,
    m: 60_000,
    h: 3_600_000,
    d: 86_400_000,
    w: 604_800_000,
  };
  return number === undefined ? undefined : Number(number) * (units[unit] ?? 0);
}
