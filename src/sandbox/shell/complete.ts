import { type KubectlGrammar, kubectlGrammar, subcommandOf } from '../../kubernetes/grammar.ts';
import { findResource } from '../../kubernetes/resources.ts';
import { isResource, type Resource, servedResources } from '../cluster/resources.ts';
import type { Shell } from './shell.ts';

/** Verbs whose first argument is the name of a Pod. */
const takePods = ['kubectl logs', 'kubectl exec', 'kubectl attach', 'kubectl port-forward', 'kubectl debug'];
const takeNodes = ['kubectl cordon', 'kubectl uncordon', 'kubectl drain'];

/**
 * What the last word of a line could become: commands, kubectl's own commands and flags, kinds, and the names
 * of objects that are there.
 */
export function completionsFor(line: string, shell: Shell): readonly string[] {
  const words = line
    .slice(Math.max(...['|', ';', '&'].map((sign) => line.lastIndexOf(sign))) + 1)
    .trimStart()
    .split(/\s+/);
  const last = words.at(-1) ?? '';
  const begun = (candidates: readonly string[]): readonly string[] =>
    [...new Set(candidates)].filter((each) => each.startsWith(last)).sort();
  if (words.length < 2) return begun(shell.commands());
  if (words[0] !== 'kubectl' && words[0] !== 'k') return begun(filesFor(last, shell));
  return begun(afterKubectl(words.slice(1, -1), last, shell));
}

function afterKubectl(words: readonly string[], last: string, shell: Shell): readonly string[] {
  const { grammar, left } = commandOf(words);
  const root = kubectlGrammar('kubectl');
  if (last.startsWith('-'))
    return [...grammar.flags, ...(root?.flags ?? [])].filter(({ hidden }) => !hidden).map(({ name }) => name);
  const before = words.at(-1) ?? '';
  if (before === '-f' || before === '--filename') return filesFor(last, shell);
  if (before === '-n' || before === '--namespace') return namesOf('namespaces', undefined, shell);
  const args = left.filter((word) => !word.startsWith('-'));
  if (grammar.subcommands.length > 0 && args.length === 0) return grammar.subcommands;
  if (takeNodes.includes(grammar.path)) return namesOf('nodes', undefined, shell);
  if (takePods.includes(grammar.path) && args.length === 0) return namesOf('pods', shell.namespace(), shell);
  return kindsAndNames(args, last, shell);
}

function commandOf(words: readonly string[]): { grammar: KubectlGrammar; left: readonly string[] } {
  let grammar = kubectlGrammar('kubectl');
  if (!grammar) throw new Error('the grammar has no kubectl');
  let place = 0;
  for (; place < words.length; place++) {
    const below = subcommandOf(grammar, words[place] ?? '');
    if (!below) break;
    grammar = below;
  }
  return { grammar, left: words.slice(place) };
}

function kindsAndNames(args: readonly string[], last: string, shell: Shell): readonly string[] {
  const slash = last.indexOf('/');
  if (slash > 0) {
    const kind = last.slice(0, slash);
    return named(kind, shell).map((name) => `${kind}/${name}`);
  }
  const [kind] = args;
  if (kind === undefined) return servedResources.flatMap(({ plural, shortNames }) => [plural, ...shortNames]);
  return named(kind, shell);
}

function named(kind: string, shell: Shell): readonly string[] {
  const found = findResource(kind);
  if (!found) return [];
  const table = found.group ? `${found.plural}.${found.group}` : found.plural;
  return isResource(table) ? namesOf(table, found.namespaced ? shell.namespace() : undefined, shell) : [];
}

function namesOf(table: Resource, namespace: string | undefined, shell: Shell): readonly string[] {
  return shell.sandbox.cluster.list(table, namespace).map(({ metadata }) => metadata.name);
}

function filesFor(last: string, shell: Shell): readonly string[] {
  const folder = last.slice(0, last.lastIndexOf('/') + 1);
  return (shell.laptop.list(folder || '.') ?? []).map((name) => folder + name);
}
