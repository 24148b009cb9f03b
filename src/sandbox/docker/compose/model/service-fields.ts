import { goDuration } from '../../../go/go-duration.ts';
import {
  embedded,
  type Fields,
  listOf,
  mapOf,
  optOut,
  pointer,
  shellCommand,
  size,
  struct,
  type Write,
  written,
} from './go-struct.ts';

const duration: Write = (value) => (value === undefined ? undefined : goDuration(value as number));
const spokenDuration: Write = (value) => (value ? goDuration(value as number) : undefined);

/** `name=address`, sorted. */
const hostLines: Write = (value) => {
  const lines = Object.entries((value ?? {}) as Record<string, readonly string[]>).flatMap(
    ([name, addresses]) => addresses.map((each) => `${name}=${each}`),
  );
  return lines.length === 0 ? undefined : lines.sort();
};

const octal: Write = (value) => (value === undefined ? undefined : `0${(value as number).toString(8)}`);

const limits: Write = mapOf((value, writing) => {
  if (typeof value === 'number') return value;
  const { soft, hard } = value as { readonly soft?: number; readonly hard?: number };
  const entries: [string, number | undefined][] = [
    ['soft', soft],
    ['hard', hard],
  ];
  return new Map(
    entries.flatMap(([key, each]): [string, number][] =>
      writing === 'yaml' ? [[key, each ?? 0]] : each ? [[key, each]] : [],
    ),
  );
});

/** The library gives these two no names of their own in JSON or YAML. */
const disks = (second: 'rate' | 'weight'): Write =>
  listOf((value, writing) => {
    const { path, [second]: number } = value as { path?: string; rate?: number; weight?: number };
    const name = second === 'rate' ? 'Rate' : 'Weight';
    const amount = second === 'rate' ? String(number) : (number ?? 0);
    return writing === 'json'
      ? new Map<string, string | number>([
          ['Path', path ?? ''],
          [name, amount],
        ])
      : new Map<string, string | number>([
          ['path', path ?? ''],
          [second, amount],
        ]);
  });

const fileMounts = listOf(struct(['source', 'target', 'uid', 'gid', ['mode', octal]]));
const deviceRequests = listOf(struct(['capabilities', 'driver', 'count', 'device_ids', 'options']));

const hookFields: Fields = [
  ['command', shellCommand],
  'image',
  'user',
  'privileged',
  'working_dir',
  'environment',
  'per_replica',
];

const updates = struct([
  ['parallelism', pointer],
  ['delay', spokenDuration],
  'failure_action',
  ['monitor', spokenDuration],
  'max_failure_ratio',
  'order',
]);

const resource = struct([
  'cpus',
  ['memory', size],
  'pids',
  ['devices', deviceRequests],
  ['generic_resources', listOf(written)],
]);

const deploy = struct([
  'mode',
  ['replicas', pointer],
  'labels',
  ['update_config', updates],
  ['rollback_config', updates],
  [
    'resources',
    embedded([
      ['limits', resource],
      ['reservations', resource],
    ]),
  ],
  [
    'restart_policy',
    struct(['condition', ['delay', duration], ['max_attempts', pointer], ['window', duration]]),
  ],
  [
    'placement',
    embedded(['constraints', ['preferences', listOf(struct(['spread']))], 'max_replicas_per_node']),
  ],
  'endpoint_mode',
]);

const sshKeys: Write = (value) => {
  const names = Object.entries((value ?? {}) as Record<string, string | null>);
  return names.length === 0 ? undefined : names.map(([id, path]) => (path ? `${id}: ${path}` : id));
};

const build = struct([
  'context',
  'dockerfile',
  'dockerfile_inline',
  'entitlements',
  'args',
  'provenance',
  'sbom',
  ['ssh', sshKeys],
  'labels',
  'cache_from',
  'cache_to',
  'no_cache',
  'no_cache_filter',
  'additional_contexts',
  'pull',
  ['extra_hosts', hostLines],
  'isolation',
  'network',
  'target',
  ['secrets', fileMounts],
  ['shm_size', size],
  'tags',
  ['ulimits', limits],
  'platforms',
  'privileged',
]);

const watch = listOf(
  struct([
    ['path', written],
    ['action', written],
    'target',
    ['exec', embedded(hookFields)],
    'include',
    'ignore',
    'initial_sync',
  ]),
);

const endpoint = struct([
  'aliases',
  'driver_opts',
  'gw_priority',
  'interface_name',
  'ipv4_address',
  'ipv6_address',
  'link_local_ips',
  'mac_address',
  'priority',
]);

const healthcheck = struct([
  'test',
  ['timeout', duration],
  ['interval', duration],
  ['retries', pointer],
  ['start_period', duration],
  ['start_interval', duration],
  'disable',
]);

const mounts = listOf(
  struct([
    'type',
    'source',
    'target',
    'read_only',
    'consistency',
    ['bind', struct(['selinux', 'propagation', ['create_host_path', optOut], 'recursive'])],
    ['volume', struct(['labels', 'nocopy', 'subpath'])],
    ['tmpfs', struct([['size', size], 'mode'])],
    ['image', struct(['subpath'])],
  ]),
);

/** Every key of a service in the order of the struct (types.ServiceConfig of compose-go 2.15). */
export const serviceFields: Fields = [
  'profiles',
  'annotations',
  ['attach', pointer],
  ['build', build],
  ['develop', struct([['watch', watch]])],
  [
    'blkio_config',
    struct([
      'weight',
      ['weight_device', disks('weight')],
      ['device_read_bps', disks('rate')],
      ['device_read_iops', disks('rate')],
      ['device_write_bps', disks('rate')],
      ['device_write_iops', disks('rate')],
    ]),
  ],
  'cap_add',
  'cap_drop',
  'cgroup_parent',
  'cgroup',
  'cpu_count',
  'cpu_percent',
  'cpu_period',
  'cpu_quota',
  'cpu_rt_period',
  'cpu_rt_runtime',
  'cpus',
  'cpuset',
  'cpu_shares',
  ['command', shellCommand],
  ['configs', fileMounts],
  'container_name',
  ['credential_spec', struct(['config', 'file', 'registry'])],
  ['depends_on', mapOf(struct(['condition', 'restart', ['required', (value) => value === true]]))],
  ['deploy', deploy],
  'device_cgroup_rules',
  ['devices', listOf(struct(['source', 'target', 'permissions']))],
  'dns',
  'dns_opt',
  'dns_search',
  'domainname',
  ['entrypoint', shellCommand],
  ['provider', struct(['type', 'options'])],
  'environment',
  ['env_file', listOf(struct(['path', ['required', optOut], 'format']))],
  'expose',
  'external_links',
  ['extra_hosts', hostLines],
  'group_add',
  ['gpus', deviceRequests],
  'hostname',
  ['healthcheck', healthcheck],
  'image',
  ['init', pointer],
  'ipc',
  'isolation',
  'labels',
  'label_file',
  'links',
  ['logging', struct(['driver', 'options'])],
  ['mem_limit', size],
  ['mem_reservation', size],
  ['memswap_limit', size],
  ['mem_swappiness', size],
  'mac_address',
  ['models', mapOf(struct(['endpoint_var', 'model_var']))],
  'network_mode',
  ['networks', mapOf(endpoint)],
  'oom_kill_disable',
  'oom_score_adj',
  'pid',
  'pids_limit',
  'platform',
  ['ports', listOf(struct(['name', 'mode', 'host_ip', 'target', 'published', 'protocol', 'app_protocol']))],
  'privileged',
  'pull_policy',
  'read_only',
  'restart',
  'runtime',
  ['scale', pointer],
  ['secrets', fileMounts],
  'security_opt',
  ['shm_size', size],
  'stdin_open',
  ['stop_grace_period', duration],
  'stop_signal',
  'storage_opt',
  'sysctls',
  'tmpfs',
  'tty',
  ['ulimits', limits],
  'use_api_socket',
  'user',
  'userns_mode',
  'uts',
  ['volumes', mounts],
  'volumes_from',
  'working_dir',
  ['pre_start', listOf(struct(hookFields))],
  ['post_start', listOf(struct(hookFields))],
  ['pre_stop', listOf(struct(hookFields))],
];
