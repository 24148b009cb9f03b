import type { Io } from '../io.ts';
import type { Finding, Report } from './report.ts';
import { runTool, type ToolAnswer } from './run-tool.ts';

/** What is known without running anything. */
export interface Known {
  readonly version: string;
  readonly nodeVersion: string;
  readonly architecture: string;
  readonly terminal: string;
  readonly progressPath: string | undefined;
  /** How the progress file was found: "12 answers", "none yet", "cannot be written". */
  readonly progress: string;
}

/**
 * Asks the tools of this machine what they are. Runs docker, kubectl and a few others, only to ask for
 * versions and contexts; the one thing that leaves the machine is `kubectl get nodes` to the cluster of
 * the current context, and only with `asksCluster`.
 */
export async function examine(io: Io, known: Known, asksCluster: boolean): Promise<Report> {
  const ask = (file: string, ...args: string[]): Promise<ToolAnswer> =>
    runTool(file, args, io.env as NodeJS.ProcessEnv);
  const [client, server, dockerContext, kubectl, contexts, current, nodes, others] = await Promise.all([
    // `docker version` asks the engine as well, and fails without one.
    ask('docker', '--version'),
    ask('docker', 'version', '--format', '{{.Server.Version}}'),
    ask('docker', 'context', 'show'),
    ask('kubectl', 'version', '--client', '-o', 'json'),
    ask('kubectl', 'config', 'get-contexts', '-o', 'name'),
    ask('kubectl', 'config', 'current-context'),
    asksCluster ? ask('kubectl', 'get', 'nodes', '--request-timeout=3s', '-o', nodeColumns) : undefined,
    Promise.all(runtimes.map(async ([file, ...args]) => tool(file, await ask(file, ...args), firstVersion))),
  ]);
  return {
    parts: [
      { title: 'This tutor', findings: ourselves(io, known) },
      {
        title: 'Docker',
        findings: [
          tool(
            'client',
            client,
            firstVersion,
            'The lessons show what docker prints, so you can learn without it.',
          ),
          ...(client.kind === 'absent'
            ? []
            : [engine(server), tool('context', dockerContext, (text) => text)]),
        ],
      },
      {
        title: 'Kubernetes',
        findings: [
          tool(
            'kubectl',
            kubectl,
            clientVersion,
            'The lesson "local-clusters" shows how to get it and a cluster.',
          ),
          ...(kubectl.kind === 'absent' ? [] : [contextList(contexts), currentContext(current)]),
          ...(nodes ? [nodeRuntimes(nodes)] : []),
        ],
      },
      {
        title: 'Other runtimes and local clusters',
        findings: others,
      },
    ],
  };
}

const runtimes: readonly (readonly [string, ...string[]])[] = [
  ['podman', '--version'],
  ['nerdctl', '--version'],
  ['containerd', '--version'],
  ['crictl', '--version'],
  ['kind', 'version'],
  ['minikube', 'version', '--short'],
  ['k3d', 'version'],
];

const nodeColumns =
  'jsonpath={range .items[*]}{.metadata.name}{" "}{.status.nodeInfo.kubeletVersion}{" "}{.status.nodeInfo.containerRuntimeVersion}{"\\n"}{end}';

function ourselves(io: Io, known: Known): Finding[] {
  const found = (name: string, value: string): Finding => ({ name, state: 'found', value });
  return [
    found('k8s-docker-tutor', known.version),
    found('Node.js', `${known.nodeVersion} on ${io.platform} ${known.architecture}`),
    found('terminal', known.terminal),
    known.progressPath === undefined
      ? {
          name: 'progress',
          state: 'trouble',
          value: 'no home directory',
          hint: 'Set K8S_DOCKER_TUTOR_STATE to a directory of yours.',
        }
      : found('progress', `${known.progressPath} (${known.progress})`),
  ];
}

function tool(name: string, answer: ToolAnswer, read: (text: string) => string, hint?: string): Finding {
  switch (answer.kind) {
    case 'answered':
      return { name, state: 'found', value: read(answer.text) };
    case 'absent':
      return { name, state: 'absent', value: 'not installed', ...(hint === undefined ? {} : { hint }) };
    case 'failed':
      return { name, state: 'trouble', value: answer.why };
  }
}

function engine(server: ToolAnswer): Finding {
  const finding = tool('engine', server, (text) => text);
  if (finding.state === 'found') return finding;
  return { ...finding, hint: 'Start Docker to try the docker side of a lesson yourself.' };
}

function contextList(contexts: ToolAnswer): Finding {
  if (contexts.kind === 'failed') return { name: 'contexts', state: 'trouble', value: contexts.why };
  const names = contexts.kind === 'answered' ? contexts.text.split('\n').filter(Boolean) : [];
  if (names.length === 0)
    return {
      name: 'contexts',
      state: 'absent',
      value: 'none',
      hint: 'The lesson "local-clusters" shows how to get a cluster.',
    };
  return { name: 'contexts', state: 'found', value: names.join(', ') };
}

function currentContext(current: ToolAnswer): Finding {
  return current.kind === 'answered'
    ? { name: 'current', state: 'found', value: current.text }
    : { name: 'current', state: 'absent', value: 'none is chosen' };
}

function nodeRuntimes(nodes: ToolAnswer): Finding {
  if (nodes.kind !== 'answered')
    return {
      name: 'nodes',
      state: 'trouble',
      value: nodes.kind === 'failed' ? nodes.why : 'no kubectl to ask with',
    };
  return { name: 'nodes', state: 'found', value: nodes.text.split('\n').join('; ') || 'none' };
}

function clientVersion(text: string): string {
  try {
    return (JSON.parse(text) as { clientVersion: { gitVersion: string } }).clientVersion.gitVersion;
  } catch {
    return firstVersion(text);
  }
}

function firstVersion(text: string): string {
  return /v?\d+\.\d+(?:\.\d+)?[\w.+-]*/.exec(text)?.[0] ?? text.replace(/\n.*$/s, '');
}
