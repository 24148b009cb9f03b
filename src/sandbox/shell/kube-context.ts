import { parse } from 'yaml';
import type { Kubeconfig } from '../kubectl/config.ts';
import { home, type Laptop } from './laptop.ts';

/** What kubectl works with when nothing else is said. */
export interface KubeContext {
  /** Empty where there is none. */
  readonly name: string;
  readonly namespace: string;
}

let last: { readonly text: string; readonly context: KubeContext } | undefined;

/** The current context of the learner's kubeconfig. */
export function kubeContext(laptop: Laptop): KubeContext {
  const path = laptop.variables().KUBECONFIG?.split(':')[0] ?? `${home}/.kube/config`;
  const text = laptop.read(path) ?? '';
  // It is asked for at every prompt and every Tab, and hardly ever another one.
  if (last?.text !== text) last = { text, context: read(text) };
  return last.context;
}

function read(text: string): KubeContext {
  let config: Kubeconfig | null;
  try {
    config = parse(text) as Kubeconfig | null;
  } catch {
    return { name: '', namespace: 'default' };
  }
  const name = config?.['current-context'] ?? '';
  const entry = config?.contexts?.find((each) => each.name === name);
  return { name, namespace: entry?.context?.namespace ?? 'default' };
}
