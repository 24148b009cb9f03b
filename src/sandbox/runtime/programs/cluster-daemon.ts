import type { HttpResponse } from '../container-runtime.ts';
import type { Program } from '../program.ts';

interface Daemon {
  /** Bytes it takes, as `kubectl top` shows them of a cluster that does little. */
  readonly memory: number;
  readonly ports: readonly number[];
  /** What it logs when it begins. */
  readonly greeting: readonly string[];
}

const mebibyte = 2 ** 20;

/** What a cluster runs of itself, by the name of its program. */
const daemons: Readonly<Record<string, Daemon>> = {
  etcd: {
    memory: 45 * mebibyte,
    ports: [2379, 2380, 2381],
    greeting: ['{"level":"info","msg":"ready to serve client requests"}'],
  },
  'kube-apiserver': {
    memory: 240 * mebibyte,
    ports: [6443],
    greeting: ['"Serving securely" address="[::]:6443"'],
  },
  'kube-controller-manager': {
    memory: 55 * mebibyte,
    ports: [10257],
    greeting: [
      '"Serving securely" address="127.0.0.1:10257"',
      '"Successfully acquired lease" lock="kube-system/kube-controller-manager"',
    ],
  },
  'kube-scheduler': {
    memory: 25 * mebibyte,
    ports: [10259],
    greeting: [
      '"Serving securely" address="127.0.0.1:10259"',
      '"Successfully acquired lease" lock="kube-system/kube-scheduler"',
    ],
  },
  'kube-proxy': {
    memory: 20 * mebibyte,
    ports: [10249, 10256],
    greeting: ['"Using iptables Proxier"', '"Caches are synced" controller="service config"'],
  },
  coredns: {
    memory: 15 * mebibyte,
    ports: [53, 8080, 8181, 9153],
    greeting: ['.:53', 'CoreDNS-1.14.2', 'linux/amd64'],
  },
  'metrics-server': {
    memory: 20 * mebibyte,
    ports: [10250],
    greeting: ['"Serving securely" address="[::]:10250"'],
  },
  'local-path-provisioner': {
    memory: 10 * mebibyte,
    ports: [8080],
    greeting: ['level=debug msg="Provisioner started"'],
  },
};

/**
 * One of the programs that a cluster consists of. What it does is done elsewhere in the sandbox; as a process
 * it listens, says that it is well, and ends when it is told to.
 */
function clusterDaemon({ memory, ports, greeting }: Daemon): Program {
  return {
    memory,
    step(call) {
      if (call.state !== undefined) return 'waits';
      call.state = { isServing: true };
      for (const line of greeting) call.err(`${line}\n`);
      for (const port of ports) call.listen(port);
      return 'waits';
    },
    onSignal(call, signal) {
      if (signal !== 'TERM' && signal !== 'INT') return false;
      return call.end(0);
    },
    serve() {
      return well;
    },
  };
}

const well: HttpResponse = {
  status: 200,
  reason: 'OK',
  headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Length': '2' },
  body: 'ok',
  milliseconds: 1,
};

/** The programs that a cluster consists of, by their names. */
export const clusterDaemons: Readonly<Record<string, Program>> = Object.fromEntries(
  Object.entries(daemons).map(([name, daemon]) => [name, clusterDaemon(daemon)]),
);
