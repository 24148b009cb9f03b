import type {
  ConfigConfig,
  ModelConfig,
  NetworkConfig,
  SecretConfig,
  VolumeConfig,
} from '../../../../docker/compose/project-shape.ts';
import type { ServiceConfig } from '../../../../docker/compose/service-shape.ts';
import { byKey } from '../../../go/go-order.ts';

type Named<Config> = Config & { readonly name: string };

/** A service of a project, with the labels that compose gives its containers. */
export interface Service extends ServiceConfig {
  readonly name: string;
  readonly customLabels: Readonly<Record<string, string>>;
}

/** A network of a project, with the name that it has in the engine. */
export type ProjectNetwork = Named<NetworkConfig>;

/** A volume of a project, with the name that it has in the engine. */
export type ProjectVolume = Named<VolumeConfig>;

/** A project as compose works with it (types.Project of compose-go). */
export interface Project {
  readonly name: string;
  /** What paths are relative to. */
  readonly directory: string;
  /** The files it was read from, without those they include. */
  readonly files: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly services: ReadonlyMap<string, Service>;
  /** Those that are not taken part in, by their profiles. */
  readonly disabled: ReadonlyMap<string, readonly string[]>;
  readonly networks: ReadonlyMap<string, ProjectNetwork>;
  readonly volumes: ReadonlyMap<string, ProjectVolume>;
  readonly configs: ReadonlyMap<string, Named<ConfigConfig>>;
  readonly secrets: ReadonlyMap<string, Named<SecretConfig>>;
  readonly models: ReadonlyMap<string, Named<ModelConfig>>;
  /** Keys of the top that are the user's own: `x-…`. */
  readonly extensions: ReadonlyMap<string, unknown>;
}

/** How many containers a service is to have. */
export function scaleOf({ scale, deploy }: ServiceConfig): number {
  return scale ?? deploy?.replicas ?? 1;
}

/** The image of a service: what it says, or the name that its build gets (api.GetImageNameOrDefault). */
export function imageOf(service: Service, project: string): string {
  return service.image || `${project}-${service.name}`;
}

/** What a map holds in the order of its keys. */
export function sortedEntries<Value>(map: ReadonlyMap<string, Value>): (readonly [string, Value])[] {
  return [...map].sort(byKey);
}

/** Names in the order of their letters. */
export function sortedNames(names: Iterable<string>): string[] {
  return [...names].sort();
}
