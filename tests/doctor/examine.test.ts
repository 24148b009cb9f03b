import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { examine, type Known } from '../../src/doctor/examine.ts';
import type { Finding, Report } from '../../src/doctor/report.ts';
import { withTools } from '../fixtures/fake-tools.ts';
import { ioOf } from '../fixtures/io.ts';

const isWindows = process.platform === 'win32';

const known: Known = {
  version: '1.0.0',
  nodeVersion: 'v20.20.2',
  architecture: 'x64',
  terminal: 'xterm, 80 columns',
  progressPath: '~/.local/state/k8s-docker-tutor/progress.json',
  progress: 'none yet',
};

const noEngine =
  'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?';
/** As the CLI does it: the client is printed even when there is no engine, but the code is 1 then. */
const docker = (engine: 'up' | 'down'): string => `
  up=${engine === 'up' ? 'true' : 'false'}
  case "$*" in
    --version) echo 'Docker version 29.1.3, build f52814d' ;;
    'version --format {{.Client.Version}}') echo 29.1.3; $up || { echo '${noEngine}' >&2; exit 1; } ;;
    'version --format {{.Server.Version}}') $up && echo 28.5.2 || { echo; echo '${noEngine}' >&2; exit 1; } ;;
    'context show') echo desktop-linux ;;
    *) echo "unknown: $*" >&2; exit 125 ;;
  esac`;

const kubectl = ({ contexts = 'kind-lab\nprod', current = 'kind-lab', nodes = '' } = {}): string => `
  case "$1 $2" in
    'version --client') echo '{"clientVersion": {"gitVersion": "v1.36.1"}, "kustomizeVersion": "v5.8.0"}' ;;
    'config get-contexts') printf '${contexts.replaceAll('\n', '\\n')}' ;;
    'config current-context') ${current ? `echo ${current}` : 'echo "error: current-context is not set" >&2; exit 1'} ;;
    'get nodes') ${nodes || 'echo "The connection to the server was refused" >&2; exit 1'} ;;
  esac`;

async function examineWith(
  scripts: Record<string, string>,
  rest: Partial<Known> = {},
  asksCluster = false,
): Promise<Report> {
  return examine(ioOf({ env: withTools(scripts).env }), { ...known, ...rest }, asksCluster);
}

function partOf(report: Report, title: string): readonly Finding[] {
  return report.parts.find((part) => part.title === title)?.findings ?? [];
}

/** A finding without its hint. */
function gist({ name, state, value }: Finding): string {
  return `${name}: ${state}, ${value}`;
}

describe.skipIf(isWindows)('an examination (skipped on Windows: the fake tools are shell scripts)', () => {
  it('of a machine with nothing on it finds the tutor, and no fault', async () => {
    const report = await examineWith({});
    expect(report.parts.map(({ title }) => title)).toEqual([
      'This tutor',
      'Docker',
      'Kubernetes',
      'Other runtimes and local clusters',
    ]);
    expect(partOf(report, 'This tutor').map(gist)).toEqual([
      'k8s-docker-tutor: found, 1.0.0',
      'Node.js: found, v20.20.2 on linux x64',
      'terminal: found, xterm, 80 columns',
      'progress: found, ~/.local/state/k8s-docker-tutor/progress.json (none yet)',
    ]);
    expect(partOf(report, 'Docker').map(gist)).toEqual(['client: absent, not installed']);
    expect(partOf(report, 'Kubernetes').map(gist)).toEqual(['kubectl: absent, not installed']);
    expect(partOf(report, 'Other runtimes and local clusters').map(gist)).toEqual(
      ['podman', 'nerdctl', 'containerd', 'crictl', 'kind', 'minikube', 'k3d'].map(
        (name) => `${name}: absent, not installed`,
      ),
    );
    for (const title of ['Docker', 'Kubernetes']) expect(partOf(report, title)[0]?.hint).toBeTruthy();
  });

  it('without a home says what to do', async () => {
    const [, , , progress] = partOf(await examineWith({}, { progressPath: undefined }), 'This tutor');
    expect(progress).toEqual({
      name: 'progress',
      state: 'trouble',
      value: 'no home directory',
      hint: 'Set K8S_DOCKER_TUTOR_STATE to a directory of yours.',
    });
  });

  it('finds the client, the engine and the context of Docker', async () => {
    const report = await examineWith({ docker: docker('up') });
    expect(partOf(report, 'Docker').map(gist)).toEqual([
      'client: found, 29.1.3',
      'engine: found, 28.5.2',
      'context: found, desktop-linux',
    ]);
  });

  it('shows the first line of a tool that names no version', async () => {
    const report = await examineWith({
      docker: 'echo "Docker of a kind"; echo more',
      podman: 'echo "podman version 5.6.2"',
    });
    expect(partOf(report, 'Docker').map(gist)[0]).toBe('client: found, Docker of a kind');
    expect(partOf(report, 'Other runtimes and local clusters').map(gist)[0]).toBe('podman: found, 5.6.2');
  });

  it('finds the client of Docker where no engine runs', async () => {
    const report = await examineWith({ docker: docker('down') });
    expect(partOf(report, 'Docker').map(gist)).toEqual([
      'client: found, 29.1.3',
      `engine: trouble, ${noEngine}`,
      'context: found, desktop-linux',
    ]);
    expect(partOf(report, 'Docker')[1]?.hint).toBe(
      'Start Docker to try the docker side of a lesson yourself.',
    );
  });

  it('says what is the matter with a Docker that cannot be run', async () => {
    const report = await examineWith({ docker: 'echo "exec format error" >&2; exit 126' });
    expect(partOf(report, 'Docker').map(gist)).toEqual([
      'client: trouble, exec format error',
      'engine: trouble, exec format error',
      'context: trouble, exec format error',
    ]);
  });

  it.each<[string, string, string[]]>([
    ['with contexts', kubectl(), ['contexts: found, kind-lab, prod', 'current: found, kind-lab']],
    [
      'with none chosen',
      kubectl({ current: '' }),
      ['contexts: found, kind-lab, prod', 'current: absent, none is chosen'],
    ],
    [
      'with none at all',
      kubectl({ contexts: '', current: '' }),
      ['contexts: absent, none', 'current: absent, none is chosen'],
    ],
  ])('finds kubectl %s', async (_case, script, expected) => {
    const report = await examineWith({ kubectl: script });
    expect(partOf(report, 'Kubernetes').map(gist)).toEqual(['kubectl: found, v1.36.1', ...expected]);
  });

  it('does not take a configuration that cannot be read for one without contexts', async () => {
    const broken = `case "$1" in
      version) echo '{"clientVersion": {"gitVersion": "v1.36.1"}}' ;;
      *) echo 'error: error loading config file "/home/ada/.kube/config": permission denied' >&2; exit 1 ;;
    esac`;
    const [, contexts] = partOf(await examineWith({ kubectl: broken }), 'Kubernetes');
    expect(contexts && gist(contexts)).toBe(
      'contexts: trouble, error: error loading config file "/home/ada/.kube/config": permission denied',
    );
  });

  it.each([
    ['JSON', `echo '{"clientVersion": {"gitVersion": "v1.29.0-rc.1+k3s1"}}'`, 'v1.29.0-rc.1+k3s1'],
    ['text', "echo 'Client Version: v1.27.4'", 'v1.27.4'],
    ['something else', "echo 'no idea'; echo 'at all'", 'no idea'],
  ])('reads the version of a kubectl that answers with %s', async (_form, script, version) => {
    const [client] = partOf(await examineWith({ kubectl: script }), 'Kubernetes');
    expect(client && gist(client)).toBe(`kubectl: found, ${version}`);
  });

  it.each([
    ['podman', '--version', 'podman version 5.6.2', '5.6.2'],
    ['nerdctl', '--version', 'nerdctl version 2.2.0', '2.2.0'],
    ['containerd', '--version', 'containerd github.com/containerd/containerd/v2 v2.2.0 1c4457e', 'v2.2.0'],
    ['containerd', '--version', 'containerd containerd.io 1.7.28 b98a3aa', '1.7.28'],
    ['crictl', '--version', 'crictl version v1.34.0', 'v1.34.0'],
    ['kind', 'version', 'kind v0.31.0 go1.25.5 linux/amd64', 'v0.31.0'],
    ['minikube', 'version --short', 'v1.37.0', 'v1.37.0'],
    ['k3d', 'version', 'k3d version v5.8.3\\nk3s version v1.31.5-k3s1 (default)', 'v5.8.3'],
  ])('reads the version of %s from %o: %o', async (name, args, printed, version) => {
    const script = `[ "$*" = '${args}' ] && printf '${printed}\\n' || exit 1`;
    const others = partOf(await examineWith({ [name]: script }), 'Other runtimes and local clusters');
    expect(others.filter(({ state }) => state !== 'absent').map(gist)).toEqual([
      `${name}: found, ${version}`,
    ]);
  });

  it('asks no cluster unless it is told to', async () => {
    const script = kubectl({
      nodes: "printf 'node-1 v1.36.1 containerd://2.2.0\\nnode-2 v1.36.1 cri-o://1.36.0\\n'",
    });
    expect(
      partOf(await examineWith({ kubectl: script }), 'Kubernetes').map(({ name }) => name),
    ).not.toContain('nodes');
    const [, , , nodes] = partOf(await examineWith({ kubectl: script }, {}, true), 'Kubernetes');
    expect(nodes && gist(nodes)).toBe(
      'nodes: found, node-1 v1.36.1 containerd://2.2.0; node-2 v1.36.1 cri-o://1.36.0',
    );
  });

  it.each<[string, Record<string, string>, string]>([
    ['has no nodes', { kubectl: kubectl({ nodes: 'true' }) }, 'nodes: found, none'],
    ['does not answer', { kubectl: kubectl() }, 'nodes: trouble, The connection to the server was refused'],
    ['cannot be asked', {}, 'nodes: trouble, no kubectl to ask with'],
  ])('of a cluster that %s says so', async (_what, scripts, expected) => {
    const nodes = partOf(await examineWith(scripts, {}, true), 'Kubernetes').at(-1);
    expect(nodes && gist(nodes)).toBe(expected);
  });

  it('runs nothing but questions: no command that changes anything', async () => {
    const { directory, env } = withTools(
      Object.fromEntries(
        ['docker', 'kubectl', 'podman', 'nerdctl', 'containerd', 'crictl', 'kind', 'minikube', 'k3d'].map(
          (name) => [name, `printf '%s\\n' "${name} $*" >> "$(dirname "$0")/log"`],
        ),
      ),
    );
    await examine(ioOf({ env }), known, true);
    const asked = readFileSync(join(directory, 'log'), 'utf8').split('\n').filter(Boolean);
    expect(asked.map((line) => line.replace(/ -o jsonpath=.*/, ' -o jsonpath')).toSorted()).toEqual([
      'containerd --version',
      'crictl --version',
      'docker --version',
      'docker context show',
      'docker version --format {{.Server.Version}}',
      'k3d version',
      'kind version',
      'kubectl config current-context',
      'kubectl config get-contexts -o name',
      'kubectl get nodes --request-timeout=3s -o jsonpath',
      'kubectl version --client -o json',
      'minikube version --short',
      'nerdctl --version',
      'podman --version',
    ]);
  });
});
