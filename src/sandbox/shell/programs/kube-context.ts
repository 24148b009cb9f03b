import { parse } from 'yaml';
import type { Kubeconfig } from '../../kubectl/config.ts';
import { home, type Laptop } from '../laptop/laptop.ts';

/** What kubectl works with when nothing else is said. */
export interface KubeContext {
  /** Empty where there is none. */
  readonly name: string;
  readonly namespace: string;
}

let last: { readonly text: string; readonly config: Kubeconfig } | undefined;

/** The current context of the learner's kubeconfig. */
export function kubeContext(laptop: Laptop): KubeContext {
  const { 'current-context': name = '', contexts } = kubeconfig(laptop);
  const entry = contexts?.find((each) => each.name === name);
  return { name, namespace: entry?.context?.namespace ?? 'default' };
}

/** The contexts there are in it. */
export function contextNames(laptop: Laptop): readonly string[] {
  return (kubeconfig(laptop).contexts ?? []).map(({ name }) => name);
}

/** The learner's kubeconfig; an empty one where it cannot be read. */
function kubeconfig(laptop: Laptop): Kubeconfig {
  const [path = `${home}/.kube/config`] = laptop.variables().KUBECONFIG?.split(':') ?? [];
  const text = laptop.read(path) ?? '';
  // It is asked for at every prompt and every Tab, and hardly ever another one.
  if (last?.text !== text) last = { text, config: read(text) };
  return last.config;
}

function read(text: string): Kubeconfig {
  try {
    return (parse(text) as Kubeconfig | null) ?? {};
  } catch {
    return {};
  }
}
