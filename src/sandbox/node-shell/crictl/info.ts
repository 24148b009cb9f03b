import { print, type Steps } from '../../effects.ts';
import { byKey } from '../../go/go-order.ts';
import { goYaml } from '../../go/go-yaml.ts';
import { podRange } from '../cri/node-parts.ts';
import { showUsage } from './lists.ts';
import { CrictlFailure, log, printJson } from './output.ts';
import type { CrictlRun } from './run.ts';

/** The release of containerd on the nodes. */
const containerdVersion = 'v2.3.4';

/** `crictl version`. */
export function* runVersion({ options }: CrictlRun): Steps<number> {
  if (options.args.length > 0) return yield* showUsage('version');
  const lines = [
    'Version:  0.1.0',
    'RuntimeName:  containerd',
    `RuntimeVersion:  ${containerdVersion}`,
    'RuntimeApiVersion:  v1',
  ];
  yield* print(`${lines.join('\n')}\n`);
  return 0;
}

/** `crictl info`: whether the runtime is well, and the main parts of how it is set up. */
export function* runInfo(run: CrictlRun): Steps<number> {
  const { options, parts } = run;
  if (options.args.length > 0) return yield* showUsage('info');
  const range = podRange(parts.cluster.get('nodes', undefined, parts.node));
  const status = {
    conditions: [
      { message: '', reason: '', status: true, type: 'RuntimeReady' },
      { message: '', reason: '', status: true, type: 'NetworkReady' },
    ],
  };
  const info = {
    cniconfig: {
      Networks: [
        { Config: { Name: 'cni-loopback', Plugins: [{ Network: { type: 'loopback' } }] }, IFName: 'lo' },
        {
          Config: {
            Name: 'pods',
            Plugins: [
              { Network: { ipam: { ranges: [[{ subnet: range }]], type: 'host-local' }, type: 'bridge' } },
              { Network: { capabilities: { portMappings: true }, type: 'portmap' } },
            ],
          },
          IFName: 'eth0',
        },
      ],
      PluginConfDir: '/etc/cni/net.d',
      PluginDirs: ['/opt/cni/bin'],
      Prefix: 'eth',
    },
    config: {
      containerd: {
        defaultRuntimeName: 'runc',
        runtimes: { runc: { runtimeType: 'io.containerd.runc.v2' } },
      },
      containerdEndpoint: '/run/containerd/containerd.sock',
      containerdRootDir: '/var/lib/containerd',
      rootDir: '/var/lib/containerd/io.containerd.grpc.v1.cri',
      stateDir: '/run/containerd/io.containerd.grpc.v1.cri',
    },
    golang: 'go1.26.8',
    lastCNILoadStatus: 'OK',
    'lastCNILoadStatus.default': 'OK',
  };
  const value = options.on('quiet') ? { status } : { ...info, status };
  const output = options.text('output');
  if (output === 'json') yield* printJson(sorted(value));
  else if (output === 'yaml') yield* print(`${goYaml(value)}\n`);
  else throw new CrictlFailure(`getting status of runtime: unsupported format: "${output}"`);
  return 0;
}

function sorted(value: object): object {
  return Object.fromEntries(Object.entries(value).sort(byKey));
}

const socket = 'unix:///run/containerd/containerd.sock';

/** What stands in `/etc/crictl.yaml` of every node. */
export const crictlConfig: Readonly<Record<string, string>> = {
  'runtime-endpoint': socket,
  'image-endpoint': socket,
  timeout: '10',
  debug: 'false',
  'pull-image-on-create': 'false',
  'disable-pull-on-run': 'false',
};

/** `crictl config`: what it says can be read here, and not changed. */
export function* runConfig({ options }: CrictlRun): Steps<number> {
  const key = options.text('get');
  if (options.has('get')) {
    const value = crictlConfig[key];
    if (value === undefined) throw new CrictlFailure(`no configuration option named ${key}`);
    yield* print(`${value}\n`);
    return 0;
  }
  if (options.on('list')) {
    const rows = Object.entries(crictlConfig).map((pair) => pair);
    const widest = Math.max(20, ...rows.map(([name]) => name.length + 3));
    const lines = [['KEY', 'VALUE'], ...rows].map(([name = '', value]) => `${name.padEnd(widest)}${value}\n`);
    yield* print(`\u001b[2J\u001b[H${lines.join('')}`);
    return 0;
  }
  if (!options.has('set') && options.args.length === 0) return yield* showUsage('config');
  yield* log('error', 'changing the configuration of crictl is not simulated here');
  return 1;
}
