import { kubectlCandidates, kubectlPlace } from '../../../kubernetes/completion.ts';
import { findResource } from '../../../kubernetes/resources.ts';
import { isResource, type Resource, servedResources } from '../../cluster/resources.ts';
import { contextNames } from '../programs/kube-context.ts';
import type { Shell } from '../shell.ts';

const scaled = ['deployment', 'replicaset', 'replicationcontroller', 'statefulset'];
const rolled = ['deployment', 'daemonset', 'statefulset'];

/** Commands that take some kinds only, as kubectl's own completion names them (`kubectl __complete`). */
const someKinds: Readonly<Record<string, readonly string[]>> = {
  'kubectl autoscale': scaled,
  'kubectl expose': ['pod', 'service', 'replicationcontroller', 'deployment', 'replicaset'],
  'kubectl rollout history': rolled,
  'kubectl rollout pause': ['deployment'],
  'kubectl rollout restart': rolled,
  'kubectl rollout resume': ['deployment'],
  'kubectl rollout status': rolled,
  'kubectl rollout undo': rolled,
  'kubectl scale': scaled,
  'kubectl set image': [
    'daemonsets',
    'deployments',
    'pods',
    'cronjobs',
    'replicasets',
    'replicationcontrollers',
    'statefulsets',
  ],
  'kubectl taint': ['node'],
};

/** Commands that take any kind, and names of it. */
const anyKind = [
  'annotate',
  'debug',
  'delete',
  'describe',
  'edit',
  'explain',
  'get',
  'label',
  'patch',
  'wait',
];

/** Commands whose first argument is a name of one kind. */
const oneKind: Readonly<Record<string, Resource>> = {
  'kubectl attach': 'pods',
  'kubectl cordon': 'nodes',
  'kubectl drain': 'nodes',
  'kubectl exec': 'pods',
  'kubectl logs': 'pods',
  'kubectl port-forward': 'pods',
  'kubectl top node': 'nodes',
  'kubectl top pod': 'pods',
  'kubectl uncordon': 'nodes',
};

/** What stands for one of its Pods where a command wants a Pod. */
const podOwners = [
  'daemonsets/',
  'deployments/',
  'pods/',
  'jobs/',
  'replicasets/',
  'replicationcontrollers/',
  'services/',
  'statefulsets/',
];

const takePods = ['kubectl attach', 'kubectl exec', 'kubectl logs', 'kubectl port-forward'];
const takeContexts = ['delete-context', 'rename-context', 'set-context', 'use-context'].map(
  (name) => `kubectl config ${name}`,
);
const takeFiles = ['--filename', '--kustomize', '--from-file', '--from-env-file', '--kubeconfig'];

/**
 * What can follow in a kubectl line.
 *
 * @param before words up to the one that is typed, the program first
 * @returns undefined where it is a file
 */
export function completeKubectl(
  before: readonly string[],
  last: string,
  shell: Shell,
): readonly string[] | undefined {
  const { grammar, subcommands, flag, args } = kubectlPlace(before);
  const namespace = namespaceOf(before) ?? shell.namespace();
  if (flag) {
    if (takeFiles.includes(flag.name)) return undefined;
    if (flag.name === '--namespace') return namesOf('namespaces', undefined, shell);
    if (flag.name === '--container') return containersOf(args, namespace, shell);
    if (flag.name === '--context') return contextNames(shell.laptop);
  }
  if (flag || last.startsWith('-') || subcommands.length > 0) return kubectlCandidates(before, last);
  return (
    argument(
      grammar.path,
      args,
      last,
      (kind) => namesOfKind(kind, namespace, shell),
      () => containersOf(args, namespace, shell),
    ) ?? (takeContexts.includes(grammar.path) ? contextNames(shell.laptop) : undefined)
  );
}

/** What can follow that is no flag; undefined where the cluster knows nothing of it. */
function argument(
  path: string,
  args: readonly string[],
  last: string,
  named: (kind: string) => readonly string[],
  containers: () => readonly string[],
): readonly string[] | undefined {
  const others = (names: readonly string[]): readonly string[] =>
    names.filter((name) => !args.includes(name));
  const kinds = someKinds[path] ?? (anyKind.includes(path.slice('kubectl '.length)) ? allKinds() : undefined);
  const slash = last.indexOf('/');
  if (slash > 0 && (kinds !== undefined || takePods.includes(path))) {
    return others(named(last.slice(0, slash)).map((name) => last.slice(0, slash + 1) + name));
  }
  const [first] = args;
  if (path === 'kubectl cp') return slash < 0 ? named('pods').map((name) => `${name}:`) : undefined;
  const only = oneKind[path];
  if (only !== undefined) {
    if (first !== undefined) return path === 'kubectl logs' ? containers() : [];
    return takePods.includes(path) ? [...named(only), ...podOwners] : named(only);
  }
  if (kinds === undefined || first === undefined) return kinds;
  return first.includes('/') ? [] : others(named(first));
}

function allKinds(): readonly string[] {
  return servedResources.flatMap(({ plural, shortNames }) => [plural, ...shortNames]);
}

/** The namespace that a line names. */
function namespaceOf(words: readonly string[]): string | undefined {
  const place = words.findIndex((word) => word === '-n' || word === '--namespace');
  const joined = words.find((word) => word.startsWith('--namespace='));
  return place < 0 ? joined?.slice('--namespace='.length) : words[place + 1];
}

/** Names of the containers of a Pod, those first that run first. */
function containersOf([pod = '']: readonly string[], namespace: string, shell: Shell): readonly string[] {
  const { initContainers = [], containers = [] } =
    shell.sandbox.cluster.get('pods', namespace, pod.replace(/^(pods?|po)\//, ''))?.spec ?? {};
  return [...initContainers, ...containers].map(({ name }) => name);
}

/** @param kinds one, or several with commas between them, of which the first counts */
function namesOfKind(kinds: string, namespace: string, shell: Shell): readonly string[] {
  const found = findResource(kinds.split(',', 1).join());
  const table = found?.group ? `${found.plural}.${found.group}` : found?.plural;
  if (table === undefined || !isResource(table)) return [];
  return namesOf(table, found?.namespaced ? namespace : undefined, shell);
}

function namesOf(table: Resource, namespace: string | undefined, shell: Shell): readonly string[] {
  return shell.sandbox.cluster.list(table, namespace).map(({ metadata }) => metadata.name);
}
