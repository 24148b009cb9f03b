import { kernelRelease } from '../../runtime/files/virtual-files.ts';
import type { Store } from '../../store.ts';
import { allContainers } from '../containers/container-record.ts';
import { allImages } from '../images/image-store.ts';
import { laptopCpus, laptopMemory, laptopName } from './laptop-facts.ts';

/** The version of the engine that is simulated, and of its API. */
const engineVersion = '29.7.2';
const apiVersion = '1.55';
const oldestApi = '1.40';

const commit = '6a43e3d';
const builtAt = '2026-08-05T18:24:27.000000000+00:00';
const goVersion = 'go1.26.8';
const containerdCommit = 'db8809540e1a7a9da5d518876894933ff55692ab';
const runcCommit = '8f2685a471d3347a686ad3909783d8aafc6bb208';

/** What every answer of the engine says of it in its headers. */
export const pingHeaders: Readonly<Record<string, string>> = {
  'api-version': apiVersion,
  'builder-version': '2',
  'docker-experimental': 'false',
  ostype: 'linux',
  server: `Docker/${engineVersion} (linux)`,
  swarm: 'inactive',
};

/** What `docker version` is told. */
export function versionView(): Readonly<Record<string, unknown>> {
  return {
    Platform: { Name: '' },
    Version: engineVersion,
    ApiVersion: apiVersion,
    MinAPIVersion: oldestApi,
    Os: 'linux',
    Arch: 'amd64',
    Components: [
      {
        Name: 'Engine',
        Version: engineVersion,
        Details: {
          ApiVersion: apiVersion,
          Arch: 'amd64',
          BuildTime: builtAt,
          Experimental: 'false',
          GitCommit: commit,
          GoVersion: goVersion,
          KernelVersion: kernelRelease,
          MinAPIVersion: oldestApi,
          Module: 'github.com/moby/moby/v2',
          ModuleVersion: 'v2.0.0+unknown',
          Os: 'linux',
        },
      },
      { Name: 'containerd', Version: 'v2.3.4', Details: { GitCommit: containerdCommit } },
      { Name: 'runc', Version: '1.5.1', Details: { GitCommit: runcCommit } },
      { Name: 'docker-init', Version: '0.19.0', Details: { GitCommit: '' } },
    ],
    GitCommit: commit,
    GoVersion: goVersion,
    KernelVersion: kernelRelease,
    BuildTime: builtAt,
  };
}

/** What `docker info` is told of the laptop. */
export function infoView(store: Store): Readonly<Record<string, unknown>> {
  const containers = allContainers({ store });
  const running = containers.filter(({ state }) => state.running && !state.paused).length;
  const paused = containers.filter(({ state }) => state.paused).length;
  return {
    ID: '2f4e1f0c-9a41-4c8e-8d2a-6f1f6f0b7a55',
    Containers: containers.length,
    ContainersRunning: running,
    ContainersPaused: paused,
    ContainersStopped: containers.length - running - paused,
    Images: allImages(store).length,
    Driver: 'overlayfs',
    DriverStatus: [['driver-type', 'io.containerd.snapshotter.v1']],
    Plugins: {
      Volume: ['local'],
      Network: ['bridge', 'host', 'ipvlan', 'macvlan', 'null', 'overlay'],
      Authorization: null,
      Log: [
        ...['awslogs', 'fluentd', 'gcplogs', 'gelf', 'journald', 'json-file', 'local', 'splunk', 'syslog'],
      ],
    },
    MemoryLimit: true,
    SwapLimit: true,
    CpuCfsPeriod: true,
    CpuCfsQuota: true,
    CPUShares: true,
    CPUSet: true,
    PidsLimit: true,
    IPv4Forwarding: true,
    Debug: false,
    NFd: 28 + 4 * running,
    OomKillDisable: false,
    NGoroutines: 64 + 9 * running,
    SystemTime: new Date(store.now).toISOString(),
    LoggingDriver: 'json-file',
    CgroupDriver: 'systemd',
    CgroupVersion: '2',
    NEventsListener: 0,
    KernelVersion: kernelRelease,
    OperatingSystem: 'Debian GNU/Linux 13 (trixie)',
    OSVersion: '13',
    OSType: 'linux',
    Architecture: 'x86_64',
    IndexServerAddress: 'https://index.docker.io/v1/',
    RegistryConfig: {
      InsecureRegistryCIDRs: ['::1/128', '127.0.0.0/8'],
      IndexConfigs: {
        'docker.io': { Name: 'docker.io', Mirrors: [], Secure: true, Official: true },
      },
      Mirrors: [],
    },
    NCPU: laptopCpus,
    MemTotal: laptopMemory,
    GenericResources: null,
    DockerRootDir: '/var/lib/docker',
    HttpProxy: '',
    HttpsProxy: '',
    NoProxy: '',
    Name: laptopName,
    Labels: [],
    ExperimentalBuild: false,
    ServerVersion: engineVersion,
    Runtimes: { 'io.containerd.runc.v2': { path: 'runc' }, runc: { path: 'runc' } },
    DefaultRuntime: 'runc',
    Swarm: {
      NodeID: '',
      NodeAddr: '',
      LocalNodeState: 'inactive',
      ControlAvailable: false,
      Error: '',
      RemoteManagers: null,
    },
    LiveRestoreEnabled: false,
    Isolation: '',
    InitBinary: 'docker-init',
    ContainerdCommit: { ID: containerdCommit },
    RuncCommit: { ID: runcCommit },
    InitCommit: { ID: '' },
    SecurityOptions: ['name=apparmor', 'name=seccomp,profile=builtin', 'name=cgroupns'],
    FirewallBackend: {
      Driver: 'iptables',
      Info: [
        ['EnableUserlandProxy', 'true'],
        ['UserlandProxyPath', '/usr/bin/docker-proxy'],
      ],
    },
    CDISpecDirs: ['/etc/cdi', '/var/run/cdi'],
    Containerd: {
      Address: '/run/containerd/containerd.sock',
      Namespaces: { Containers: 'moby', Plugins: 'plugins.moby' },
    },
    Warnings: null,
  };
}
