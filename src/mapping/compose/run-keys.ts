import type { ServiceConfig } from '../../docker/compose/service-shape.ts';
import { type KeyRule, type KeyUse, type ServiceContext, servicePage } from './key-rule.ts';

/** Keys that say what a flag of `docker run` says: the rule of the flag is used. */
const keys: readonly (readonly [key: string, flag: string, each?: 'entry'])[] = [
  ['blkio_config.weight', '--blkio-weight'],
  ['cap_add', '--cap-add', 'entry'],
  ['cap_drop', '--cap-drop', 'entry'],
  ['cgroup', '--cgroupns'],
  ['cgroup_parent', '--cgroup-parent'],
  ['cpu_count', '--cpu-count'],
  ['cpu_percent', '--cpu-percent'],
  ['cpu_period', '--cpu-period'],
  ['cpu_quota', '--cpu-quota'],
  ['cpu_rt_period', '--cpu-rt-period'],
  ['cpu_rt_runtime', '--cpu-rt-runtime'],
  ['cpu_shares', '--cpu-shares'],
  ['cpus', '--cpus'],
  ['cpuset', '--cpuset-cpus'],
  ['device_cgroup_rules', '--device-cgroup-rule', 'entry'],
  ['dns', '--dns', 'entry'],
  ['dns_opt', '--dns-option', 'entry'],
  ['dns_search', '--dns-search', 'entry'],
  ['domainname', '--domainname'],
  ['group_add', '--group-add', 'entry'],
  ['hostname', '--hostname'],
  ['ipc', '--ipc'],
  ['isolation', '--isolation'],
  ['label_file', '--label-file', 'entry'],
  ['logging.driver', '--log-driver'],
  ['mac_address', '--mac-address'],
  ['mem_limit', '--memory'],
  ['mem_reservation', '--memory-reservation'],
  ['mem_swappiness', '--memory-swappiness'],
  ['memswap_limit', '--memory-swap'],
  ['oom_score_adj', '--oom-score-adj'],
  ['pid', '--pid'],
  ['pids_limit', '--pids-limit'],
  ['platform', '--platform'],
  ['runtime', '--runtime'],
  ['security_opt', '--security-opt', 'entry'],
  ['shm_size', '--shm-size'],
  ['stop_signal', '--stop-signal'],
  ['tmpfs', '--tmpfs', 'entry'],
  ['user', '--user'],
  ['userns_mode', '--userns'],
  ['uts', '--uts'],
  ['working_dir', '--workdir'],
];

/** Switches, which a flag of docker run can only turn on. */
const switches: readonly (readonly [key: keyof ServiceConfig, flag: string])[] = [
  ['init', '--init'],
  ['oom_kill_disable', '--oom-kill-disable'],
  ['privileged', '--privileged'],
  ['read_only', '--read-only'],
  ['stdin_open', '--interactive'],
  ['tty', '--tty'],
  ['use_api_socket', '--use-api-socket'],
];

type FlagValue = NonNullable<KeyRule['flagValue']>;

/** Keys whose value the flag writes in another way. */
const rewritten: readonly (readonly [key: string, flag: string, value: FlagValue])[] = [
  ['devices', '--device', (use) => field(use, 'source', 'target', 'permissions')],
  [
    'extra_hosts',
    '--add-host',
    ({ name, value }) => (name === '' ? value : `${name}=${value.replace(/, .*$/s, '')}`),
  ],
  ['annotations', '--annotation', ({ name, value }) => `${name}=${value}`],
  ['logging.options', '--log-opt', ({ name, value }) => `${name}=${value}`],
  ['storage_opt', '--storage-opt', ({ name, value }) => `${name}=${value}`],
  ['sysctls', '--sysctl', ({ name, value }) => `${name}=${value}`],
  [
    'ulimits',
    '--ulimit',
    ({ name, trees: [tree] }) =>
      `${name}=${tree?.kind === 'dict' ? field({ trees: [tree] }, 'soft', 'hard') : field({ trees: tree ? [tree] : [] })}`,
  ],
  ['blkio_config.device_read_bps', '--device-read-bps', (use) => field(use, 'path', 'rate')],
  ['blkio_config.device_read_iops', '--device-read-iops', (use) => field(use, 'path', 'rate')],
  ['blkio_config.device_write_bps', '--device-write-bps', (use) => field(use, 'path', 'rate')],
  ['blkio_config.device_write_iops', '--device-write-iops', (use) => field(use, 'path', 'rate')],
  ['blkio_config.weight_device', '--blkio-weight-device', (use) => field(use, 'path', 'weight')],
];

const row = { grade: 'none', kubernetes: 'none', why: '', sources: [servicePage] } as const;

/** Rules of keys that are flags of `docker run` as well: what is true of one is true of the other. */
export const runKeys: readonly KeyRule[] = [
  { ...row, key: 'blkio_config', each: 'below' },
  { ...row, key: 'logging', each: 'below' },
  ...keys.map(([key, flag, each]): KeyRule => ({ ...row, key, flag, ...(each ? { each } : {}) })),
  ...switches.map(
    ([key, flag]): KeyRule => ({
      ...row,
      key,
      flag,
      flagValue: (_use, { service }) => (service.config[key] === true ? 'true' : undefined),
      grade: 'exact',
      kubernetes: 'the default',
      why: 'It is turned off, which is the default of a container in a Pod too.',
    }),
  ),
  ...rewritten.map(([key, flag, flagValue]): KeyRule => ({ ...row, key, flag, flagValue, each: 'entry' })),
  {
    ...row,
    key: 'stop_grace_period',
    flag: '--stop-timeout',
    flagValue(_use, { service }) {
      const { stop_grace_period: grace = 0 } = service.config;
      return `${Math.ceil(grace / 1000)}`;
    },
  },
  {
    ...row,
    key: 'gpus',
    flag: '--gpus',
    flagValue: (_use, context) => gpuText(context),
  },
];

/** Fields of an entry with colons between them, as a flag has them; of a text, the text. */
function field({ trees: [tree] }: Pick<KeyUse, 'trees'>, ...names: readonly string[]): string {
  if (!tree || tree.kind === 'list') return '';
  if (tree.kind === 'leaf') return String(tree.value);
  const values = names.flatMap((name) => {
    const found = tree.entries.get(name)?.value;
    return found?.kind === 'leaf' ? [String(found.value)] : [];
  });
  return values.join(':');
}

/** What is asked for first; a container asks for one resource. */
function gpuText({ service }: ServiceContext): string {
  const { gpus = [] } = service.config;
  const [{ count = -1, device_ids: ids, driver } = {}] = gpus;
  const which = ids ? `"device=${ids.join(',')}"` : `count=${count < 0 ? 'all' : count}`;
  return driver === undefined ? which : `${which},driver=${driver}`;
}
