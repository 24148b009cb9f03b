import type { KubectlCommand } from '../../kubernetes/parse.ts';
import { findResource } from '../../kubernetes/resources.ts';
import { type NamedObject, readArguments } from '../../mapping/way-back/named-objects.ts';

/**
 * What the arguments of a command name, where it is more than words, in the form of
 * lessons/mapping/kubectl.yaml; `kubectl <command> --help` says so too.
 */
const positionals: Readonly<Record<string, readonly string[]>> = {
  ...each(['objects...', 'pairs...'], 'annotate', 'label', 'set env', 'set image', 'taint'),
  ...each(['objects...'], 'apply edit-last-applied', 'apply view-last-applied', 'autoscale', 'delete'),
  ...each(['objects...'], 'describe', 'edit', 'expose', 'get', 'patch', 'scale', 'set resources', 'wait'),
  ...each(['objects...'], 'rollout history', 'rollout pause', 'rollout resume', 'rollout restart'),
  ...each(['objects...'], 'rollout status', 'rollout undo', 'set subject'),
  ...each(['nodes...'], 'cordon', 'uncordon', 'drain'),
  ...each(['object'], 'attach', 'debug', 'exec'),
  'set selector': ['objects...', 'expression'],
  'set serviceaccount': ['objects...', 'account'],
  logs: ['object', 'container'],
  'port-forward': ['object', 'ports...'],
};

function each(names: readonly string[], ...commands: readonly string[]): Record<string, readonly string[]> {
  return Object.fromEntries(commands.map((command) => [command, names]));
}

/** The arguments of a line, apart by what they are, each in one spelling. */
export interface ReadArguments {
  /** Plurals, or what was typed where no such kind is known. */
  readonly kinds: readonly string[];
  /** Names of objects, sorted: their order is no matter. */
  readonly names: readonly string[];
  /** All the rest: pairs sorted, other words as they stand. */
  readonly others: readonly string[];
}

/** Reads the arguments of a kubectl line. */
export function readKubectlArguments({ command, args }: KubectlCommand): ReadArguments {
  const verb = command.replace(/^kubectl /, '');
  const [first = ''] = args;
  // This command alone takes `node/worker-1` for a kind.
  const isOddKind = verb === 'taint' && first.includes('/');
  const wanted = isOddKind ? undefined : positionals[verb];
  if (!wanted) return { kinds: [], names: [], others: args.map((word) => wordOf(verb, word, args)) };
  const { objects, words } = readArguments(wanted, args);
  const pairs = [...(words.get('pairs') ?? [])].map(oneImage).sort();
  const ports = (words.get('ports') ?? []).map((port) => (/^\d+$/.test(port) ? `${port}:${port}` : port));
  const others = ['expression', 'account'].flatMap((name) => words.get(name) ?? []);
  return {
    kinds: unique(objects.map((object) => kindOf(object, args))),
    names: unique(objects.flatMap((object) => object.name ?? [])),
    others: [...pairs, ...ports, ...others],
  };
}

function kindOf({ kind }: NamedObject, args: readonly string[]): string {
  const [first = ''] = args;
  return kind ?? first.replace(/\/.*$/, '').toLowerCase();
}

/** A word of a command that names no objects, in one spelling. */
function wordOf(verb: string, word: string, args: readonly string[]): string {
  if (verb === 'explain') {
    const [kind = '', ...fields] = word.split('.');
    return [findResource(kind)?.plural ?? kind, ...fields].join('.');
  }
  if (verb === 'auth can-i' && word === args[1]) return findResource(word)?.plural ?? word;
  // Before the Pod of a copy stands its namespace; before a file may stand `./`.
  if (verb === 'cp') return word.replace(/^default\/(?=[^/]+:)/, '').replace(/^\.\/(?=.)/, '');
  return word;
}

/** `web=nginx` is `web=nginx:latest`, and comes from Docker Hub. */
function oneImage(pair: string): string {
  const [, name = '', image = ''] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
  return name === '' ? pair : `${name}=${sameImage(image)}`;
}

/** A reference to an image without what is meant anyway. */
export function sameImage(image: string): string {
  return image.replace(/^(?:docker\.io\/)?(?:library\/)?/, '').replace(/:latest$/, '');
}

function unique(words: readonly string[]): string[] {
  return [...new Set(words)].sort();
}
