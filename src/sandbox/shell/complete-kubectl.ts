import { kubectlCandidates, kubectlPlace } from '../../kubernetes/completion.ts';
import { findResource } from '../../kubernetes/resources.ts';
import { isResource, type Resource, servedResources } from '../cluster/resources.ts';
import type { Shell } from './shell.ts';

/** Verbs whose first argument is the name of a Pod. */
const takePods = ['kubectl logs', 'kubectl exec', 'kubectl attach', 'kubectl port-forward', 'kubectl debug'];
const takeNodes = ['kubectl cordon', 'kubectl uncordon', 'kubectl drain'];
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
  if (flag && takeFiles.includes(flag.name)) return undefined;
  if (flag?.name === '--namespace') return namesOf('namespaces', undefined, shell);
  if (flag?.name === '--container') return containersOf(args, shell);
  if (flag || last.startsWith('-') || subcommands.length > 0) return kubectlCandidates(before, last);
  const namespace = namespaceOf(before) ?? shell.namespace();
  const named = (kind: string): readonly string[] => namesOfKind(kind, namespace, shell);
  if (takeNodes.includes(grammar.path)) return named('nodes');
  const slash = last.indexOf('/');
  if (slash > 0) return named(last.slice(0, slash)).map((name) => `${last.slice(0, slash)}/${name}`);
  if (takePods.includes(grammar.path)) return args.length === 0 ? named('pods') : [];
  const [kind] = args;
  if (kind === undefined) return servedResources.flatMap(({ plural, shortNames }) => [plural, ...shortNames]);
  return kind.includes('/') ? [] : named(kind);
}

/** The namespace that a line names. */
function namespaceOf(words: readonly string[]): string | undefined {
  const place = words.findIndex((word) => word === '-n' || word === '--namespace');
  const joined = words.find((word) => word.startsWith('--namespace='));
  return place < 0 ? joined?.slice('--namespace='.length) : words[place + 1];
}

function containersOf([pod = '']: readonly string[], shell: Shell): readonly string[] {
  const found = shell.sandbox.cluster.get('pods', shell.namespace(), pod.replace(/^pods?\//, ''));
  return found?.spec?.containers.map(({ name }) => name) ?? [];
}

function namesOfKind(kind: string, namespace: string, shell: Shell): readonly string[] {
  const found = findResource(kind);
  if (!found) return [];
  const table = found.group ? `${found.plural}.${found.group}` : found.plural;
  return isResource(table) ? namesOf(table, found.namespaced ? namespace : undefined, shell) : [];
}

function namesOf(table: Resource, namespace: string | undefined, shell: Shell): readonly string[] {
  return shell.sandbox.cluster.list(table, namespace).map(({ metadata }) => metadata.name);
}
