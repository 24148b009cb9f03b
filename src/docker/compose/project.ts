import type {
  ConfigConfig,
  ModelConfig,
  NetworkConfig,
  SecretConfig,
  VolumeConfig,
} from './project-shape.ts';
import type { Place } from './refusal.ts';
import type { ServiceConfig } from './service-shape.ts';
import type { Dict, Tree } from './tree.ts';

/** Compose files, read, merged and checked: what `docker compose config` prints, with the places. */
export interface ComposeProject {
  readonly name: string;
  /** What paths of the files are relative to. */
  readonly directory: string;
  /** Those that would be started, in the order of the files. */
  readonly services: readonly ComposeService[];
  /** Those of profiles that are not active. */
  readonly inactive: readonly {
    readonly name: string;
    readonly profiles: readonly string[];
    readonly place: Place;
  }[];
  readonly networks: readonly Resource<NetworkConfig>[];
  readonly volumes: readonly Resource<VolumeConfig>[];
  readonly configs: readonly Resource<ConfigConfig>[];
  readonly secrets: readonly Resource<SecretConfig>[];
  readonly models: readonly Resource<ModelConfig>[];
  /** Keys of the top, in the order given; a key can stand there once for each file. */
  readonly topKeys: readonly { readonly key: string; readonly place: Place; readonly tree: Tree }[];
  /** Files that were read, in order. */
  readonly files: readonly string[];
  /** Variables that are not set and have no default: compose puts nothing in their place. */
  readonly unset: readonly string[];
}

export interface ComposeService {
  readonly name: string;
  readonly place: Place;
  /** With what compose takes for granted: networks, dependencies, values of the environment. */
  readonly config: ServiceConfig;
  /** What the files say, in the long form, with the place of every key. */
  readonly given: Dict;
  /** What it extends. */
  readonly extends?: { readonly text: string; readonly place: Place };
}

/** A network, volume, config, secret or model of the project. */
export interface Resource<Config> {
  /** The key by which services name it. */
  readonly key: string;
  readonly place: Place;
  /** `name` is the one that docker knows it by. */
  readonly config: Config & { readonly name: string };
  /** What the file says; undefined where compose makes it by itself. */
  readonly given: Tree | undefined;
}
