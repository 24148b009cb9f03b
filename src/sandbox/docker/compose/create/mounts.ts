import type { VolumeMountConfig } from '../../../../docker/compose/service-shape.ts';
import type { Steps } from '../../../effects.ts';
import { readFile } from '../../../effects.ts';
import { ask, encoded } from '../../engine-client.ts';
import { CommandFailure } from '../../failures.ts';
import type { Listed } from '../containers.ts';
import { imageOf, type Project, type Service } from '../project/project.ts';
import { warn } from '../warn.ts';

/** A mount of the API (api/types/mount of moby). */
export interface Mount {
  readonly Type: string;
  readonly Source?: string;
  readonly Target: string;
  readonly ReadOnly?: boolean;
  readonly BindOptions?: object;
  readonly VolumeOptions?: object;
  readonly TmpfsOptions?: object;
  readonly ImageOptions?: object;
}

/** What a container mounts: as `Binds`, which make folders that are missing, and as `Mounts`. */
export interface ContainerMounts {
  readonly binds: readonly string[];
  readonly mounts: readonly Mount[];
}

/**
 * The mounts of a container (buildContainerVolumes of pkg/compose/create.go).
 *
 * @param inherit a container whose volumes without a name are taken over
 * @throws CommandFailure
 */
export function* mountsOf(
  project: Project,
  service: Service,
  inherit: Listed | undefined,
): Steps<ContainerMounts> {
  const found = new Map<string, Mount>();
  const inherited = inherit ? yield* inheritedMounts(project, service, inherit) : [];
  for (const mount of inherited) found.set(mount.Target, mount);
  const given = (service.volumes ?? []).filter(
    ({ source, target }) => source || !inherited.some((each) => each.Target === target),
  );
  for (const volume of given) {
    const mount = mountOf(project, volume);
    found.set(mount.Target, mount);
  }
  for (const mount of [
    ...(yield* secretMounts(project, service)),
    ...(yield* configMounts(project, service)),
  ])
    if (!found.has(mount.Target)) found.set(mount.Target, mount);
  const binds: string[] = [];
  const mounts: Mount[] = [];
  for (const mount of found.values()) {
    const volume = given.find(({ target }) => target === mount.Target);
    const bind = volume && asBind(project, volume, mount);
    if (bind === undefined) mounts.push(mount);
    else binds.push(bind);
  }
  return { binds, mounts };
}

/** The old short form, where nothing is said that only the long one can say. */
function asBind(project: Project, volume: VolumeMountConfig, mount: Mount): string | undefined {
  const { bind, volume: options } = volume;
  if (mount.Type === 'bind') {
    if (bind?.create_host_path === false || bind?.propagation || bind?.recursive) return undefined;
    return bindText(mount.Source ?? '', volume);
  }
  const named =
    mount.Type === 'volume' && [...project.volumes.values()].find(({ name }) => name === mount.Source);
  if (!named) return undefined;
  const isLong = Object.keys(options?.labels ?? {}).length > 0 || options?.subpath || options?.nocopy;
  return isLong ? undefined : bindText(named.name, volume);
}

function bindText(source: string, { target, read_only, bind }: VolumeMountConfig): string {
  const options = [read_only ? 'ro' : 'rw', bind?.selinux].filter(Boolean);
  return `${source}:${target}:${options.join(',')}`;
}

function mountOf(project: Project, volume: VolumeMountConfig): Mount {
  const { type, source = '', target = '', read_only, bind, volume: options, tmpfs, image } = volume;
  const named = type === 'volume' ? project.volumes.get(source)?.name : undefined;
  return {
    Type: type,
    ...(source !== '' && { Source: named ?? source }),
    Target: target,
    ...(read_only && { ReadOnly: true }),
    ...(type === 'bind' && bind && { BindOptions: bindOptions(bind) }),
    ...(type === 'volume' &&
      options && {
        VolumeOptions: {
          ...(options.nocopy && { NoCopy: true }),
          ...(options.subpath && { Subpath: options.subpath }),
          ...(options.labels && { Labels: options.labels }),
        },
      }),
    ...(type === 'tmpfs' &&
      tmpfs && {
        TmpfsOptions: {
          ...(tmpfs.size && { SizeBytes: tmpfs.size }),
          ...(tmpfs.mode && { Mode: tmpfs.mode }),
        },
      }),
    ...(type === 'image' && image && { ImageOptions: { Subpath: image.subpath ?? '' } }),
  };
}

function bindOptions(bind: NonNullable<VolumeMountConfig['bind']>): object {
  return {
    ...(bind.propagation && { Propagation: bind.propagation }),
    ...(bind.recursive === 'disabled' && { NonRecursive: true }),
    ...(bind.create_host_path !== false && { CreateMountpoint: true }),
    ...(bind.recursive === 'writable' && { ReadOnlyNonRecursive: true }),
    ...(bind.recursive === 'readonly' && { ReadOnlyForceRecursive: true }),
  };
}

/** Volumes without a name, of the image and of the service, that a new container takes over. */
function* inheritedMounts(project: Project, service: Service, { Mounts }: Listed): Steps<readonly Mount[]> {
  const kept = Mounts.filter(({ Type }) => Type !== 'tmpfs');
  if (kept.length === 0) return [];
  const image = yield* ask<{ readonly Config?: { readonly Volumes?: object | null } }>(
    'GET',
    `/images/${encoded(imageOf(service, project.name))}/json`,
  );
  return kept.flatMap(({ Type, Name, Source, Destination, RW }) => {
    const isOfImage = Object.hasOwn(image.Config?.Volumes ?? {}, Destination);
    const isNameless = (service.volumes ?? []).some(
      ({ target, source }) => target === Destination && !source,
    );
    if (!isOfImage && !isNameless) return [];
    const source = Type === 'volume' ? (Name ?? '') : Source;
    return [{ Type, Source: source, Target: Destination, ...(!RW && { ReadOnly: true }) }];
  });
}

function* secretMounts(project: Project, service: Service): Steps<readonly Mount[]> {
  const mounts: Mount[] = [];
  for (const { source = '', target = source, uid, gid, mode } of service.secrets ?? []) {
    const secret = project.secrets.get(source);
    if (secret?.external) throw new CommandFailure(`unsupported external secret ${secret.name}`);
    if (secret?.environment !== undefined) continue;
    if (uid || gid || mode !== undefined)
      yield* warn('secrets `uid`, `gid` and `mode` are not supported, they will be ignored');
    const file = secret?.file ?? '';
    if ((yield* readFile(file)) === undefined) yield* warn(`secret file ${secret?.name} does not exist`);
    mounts.push({
      Type: 'bind',
      Source: file,
      Target: target.startsWith('/') ? target : `/run/secrets/${target}`,
      ReadOnly: true,
      BindOptions: {},
    });
  }
  return mounts;
}

function* configMounts(project: Project, service: Service): Steps<readonly Mount[]> {
  const mounts: Mount[] = [];
  for (const { source = '', target = source, uid, gid, mode } of service.configs ?? []) {
    const config = project.configs.get(source);
    if (config?.external) throw new CommandFailure(`unsupported external config ${config.name}`);
    if (config?.environment !== undefined || config?.content !== undefined) continue;
    if (uid || gid || mode !== undefined)
      yield* warn('config `uid`, `gid` and `mode` are not supported, they will be ignored');
    mounts.push({
      Type: 'bind',
      Source: config?.file ?? '',
      Target: target.startsWith('/') ? target : `/${target}`,
      ReadOnly: true,
    });
  }
  return mounts;
}
