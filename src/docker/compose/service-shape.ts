import { buildShape } from './build-shape.ts';
import { deployShape, deviceRequest } from './deploy-shape.ts';
import {
  as,
  decimal,
  dictOf,
  flag,
  listOf,
  maybe,
  object,
  oneOrMore,
  options,
  orNames,
  orShort,
  pairs,
  type Shape,
  text,
  textOrNumber,
  texts,
  type ValueOf,
  whole,
  word,
} from './shape.ts';
import { bytes, command, duration, healthTest, hosts } from './values.ts';

/** Paths, sizes and modes of what a service mounts. */
const volume = object(
  {
    type: word('bind', 'volume', 'tmpfs', 'cluster', 'npipe', 'image'),
    source: text,
    target: text,
    read_only: flag,
    consistency: text,
    bind: object({
      propagation: text,
      create_host_path: flag,
      recursive: word('enabled', 'disabled', 'writable', 'readonly'),
      selinux: word('z', 'Z'),
    }),
    volume: object({ labels: texts, nocopy: flag, subpath: text }),
    tmpfs: object({ size: bytes, mode: whole }),
    image: object({ subpath: text }),
  },
  ['type', 'target'],
);

const port = object(
  {
    name: text,
    mode: text,
    host_ip: text,
    target: whole,
    published: textOrNumber,
    protocol: text,
    app_protocol: text,
  },
  ['target'],
);

/** When an image is pulled (pull_policy of the schema of compose files). */
const pullPolicy =
  /^(always|never|build|if_not_present|missing|refresh|daily|weekly|every_([0-9]+[wdhms])+)$/;

/** A mode as compose prints it: octal, whatever it was written as. */
const mode: Shape<number> = (tree, path) => {
  if (tree.kind === 'leaf' && typeof tree.value === 'number') return tree.value;
  return as(
    text,
    (value) => (/^[0-7]{1,6}$/.test(value) ? Number.parseInt(value, 8) : undefined),
    'has to be a mode such as 0440',
  )(tree, path);
};

/** A config or secret, and where it is mounted. */
const fileMount = object({ source: text, target: text, uid: text, gid: text, mode }, ['source']);

/** The soft and the hard limit; one number is both. */
const ulimits: Shape<Readonly<Record<string, number | { readonly soft: number; readonly hard: number }>>> =
  dictOf((tree, path) =>
    tree.kind === 'leaf'
      ? whole(tree, path)
      : object({ soft: whole, hard: whole }, ['soft', 'hard'])(tree, path),
  );

const hook = object({ command, user: text, privileged: flag, working_dir: text, environment: pairs }, [
  'command',
]);

const healthcheck = object({
  disable: flag,
  interval: duration,
  retries: whole,
  test: healthTest,
  timeout: duration,
  start_period: duration,
  start_interval: duration,
});

const network = maybe(
  object({
    aliases: listOf(text),
    interface_name: text,
    ipv4_address: text,
    ipv6_address: text,
    link_local_ips: listOf(text),
    mac_address: text,
    driver_opts: options,
    priority: decimal,
    gw_priority: decimal,
  }),
);

const dependency = object(
  {
    restart: flag,
    required: flag,
    condition: word('service_started', 'service_healthy', 'service_completed_successfully'),
  },
  ['condition'],
);

const watch = object(
  {
    ignore: oneOrMore(text),
    include: oneOrMore(text),
    path: text,
    action: word('rebuild', 'sync', 'restart', 'sync+restart', 'sync+exec'),
    target: text,
    exec: hook,
    initial_sync: flag,
  },
  ['path', 'action'],
);

const disk = listOf(object({ path: text, rate: bytes }));

/**
 * Every key of a service (compose-spec.json, the schema of https://github.com/compose-spec/compose-spec).
 * `pre_start` is newer than the published schema; compose 5 reads it.
 */
export const serviceKeys = {
  annotations: texts,
  blkio_config: object({
    device_read_bps: disk,
    device_read_iops: disk,
    device_write_bps: disk,
    device_write_iops: disk,
    weight: whole,
    weight_device: listOf(object({ path: text, weight: whole })),
  }),
  cap_add: listOf(text),
  cap_drop: listOf(text),
  cgroup: word('host', 'private'),
  cgroup_parent: text,
  command,
  configs: listOf(orShort(fileMount)),
  cpu_count: whole,
  cpu_percent: decimal,
  cpu_period: whole,
  cpu_quota: whole,
  cpu_rt_period: whole,
  cpu_rt_runtime: whole,
  cpu_shares: whole,
  cpus: decimal,
  cpuset: text,
  credential_spec: object({ config: text, file: text, registry: text }),
  device_cgroup_rules: listOf(text),
  devices: listOf(orShort(object({ source: text, target: text, permissions: text }, ['source', 'target']))),
  dns: oneOrMore(text),
  dns_opt: listOf(text),
  dns_search: oneOrMore(text),
  domainname: text,
  entrypoint: command,
  env_file: orShort(listOf(orShort(object({ path: text, format: text, required: flag }, ['path'])))),
  environment: pairs,
  extra_hosts: hosts,
  gpus: orShort(listOf(deviceRequest), word('all')),
  group_add: listOf(textOrNumber),
  hostname: text,
  image: text,
  init: flag,
  ipc: text,
  isolation: text,
  label_file: oneOrMore(text),
  labels: texts,
  logging: object({ driver: text, options }),
  mac_address: text,
  mem_limit: bytes,
  mem_reservation: bytes,
  mem_swappiness: bytes,
  memswap_limit: bytes,
  models: orNames(dictOf(maybe(object({ endpoint_var: text, model_var: text })))),
  network_mode: text,
  networks: orNames(dictOf(network)),
  oom_kill_disable: flag,
  oom_score_adj: whole,
  pid: maybe(text),
  pids_limit: whole,
  platform: text,
  privileged: flag,
  pull_policy: as(text, (value) => (pullPolicy.test(value) ? value : undefined), 'is no policy of pulling'),
  pull_refresh_after: text,
  read_only: flag,
  runtime: text,
  secrets: listOf(orShort(fileMount)),
  security_opt: listOf(text),
  shm_size: bytes,
  stop_grace_period: duration,
  stop_signal: text,
  storage_opt: options,
  sysctls: texts,
  tmpfs: oneOrMore(text),
  ulimits,
  use_api_socket: flag,
  user: text,
  userns_mode: text,
  uts: text,
  volumes: listOf(orShort(volume)),
  volumes_from: listOf(text),
  working_dir: text,
  attach: flag,
  build: orShort(buildShape),
  container_name: as(
    text,
    (value) => (/[a-zA-Z0-9][a-zA-Z0-9_.-]+/.test(value) ? value : undefined),
    'is no name for a container',
  ),
  depends_on: orNames(dictOf(dependency)),
  deploy: maybe(deployShape),
  develop: maybe(object({ watch: listOf(watch) })),
  expose: listOf(textOrNumber),
  extends: orShort(object({ service: text, file: text }, ['service'])),
  external_links: listOf(text),
  healthcheck,
  links: listOf(text),
  ports: listOf(orShort(port, textOrNumber)),
  post_start: listOf(hook),
  pre_start: listOf(
    object({
      command,
      image: text,
      user: text,
      privileged: flag,
      working_dir: text,
      environment: pairs,
      per_replica: flag,
    }),
  ),
  pre_stop: listOf(hook),
  profiles: listOf(text),
  provider: object(
    {
      type: text,
      options: dictOf(
        (tree, path) =>
          tree.kind === 'list' ? listOf(textOrNumber)(tree, path) : [scalarOption(tree, path)],
        /^.+$/,
      ),
    },
    ['type'],
  ),
  restart: text,
  scale: whole,
  stdin_open: flag,
  tty: flag,
} as const;

function scalarOption(...[tree, path]: Parameters<Shape<string>>): string {
  return tree.kind === 'leaf' && typeof tree.value === 'boolean'
    ? String(tree.value)
    : textOrNumber(tree, path);
}

/** A service, in the long form of every key. */
export const serviceShape = object(serviceKeys);

export type ServiceConfig = ValueOf<typeof serviceShape>;
export type PortConfig = ValueOf<typeof port>;
export type VolumeMountConfig = ValueOf<typeof volume>;
export type FileMountConfig = ValueOf<typeof fileMount>;
export type DependencyConfig = ValueOf<typeof dependency>;
export type HookConfig = ValueOf<typeof hook>;
export type HealthCheckConfig = ValueOf<typeof healthcheck>;
export type ServiceNetworkConfig = NonNullable<ValueOf<typeof network>>;
