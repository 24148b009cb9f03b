import { isNodeUp } from '../../cluster/node/node-power.ts';
import { complain, print, type Steps } from '../../effects.ts';
import { fullName, readReference } from '../../images/registry.ts';
import type { Sandbox } from '../../sandbox.ts';
import { laptopHost } from '../laptop/laptop.ts';

/** Bytes that reach a node in a millisecond. */
const bytesPerMs = 100_000;

/**
 * `node load IMAGE [NODE…]`: puts an image of the laptop's engine on nodes, as `kind load docker-image` does. Pods
 * run it without a registry, unless they are told to pull always.
 *
 * @param advance lets the time pass that it takes
 */
export function* loadOnNodes(
  words: readonly string[],
  sandbox: Sandbox,
  advance: (milliseconds: number) => void,
): Steps<number> {
  const [, , name = '', ...given] = words;
  if (name === '' || name.startsWith('-')) {
    yield* complain('usage: node load IMAGE [NODE...]; docker images lists the images\n');
    return 2;
  }
  const { runtime, cluster } = sandbox;
  const found = runtime.findImage(laptopHost, name);
  const reference = readReference(name);
  if (!found) {
    yield* complain(`node load: image "${name}" not present locally; docker build or docker pull it first\n`);
    return 1;
  }
  const all = cluster.list('nodes').map(({ metadata }) => metadata.name ?? '');
  const missing = given.find((node) => !all.includes(node));
  if (missing !== undefined) {
    yield* complain(`node load: there is no node "${missing}"\n`);
    return 1;
  }
  const targets = given.length > 0 ? given : all;
  const down = targets.find((node) => !isNodeUp(cluster.store, node));
  if (down !== undefined) {
    yield* complain(`node load: ${down} has no power; node start ${down} turns it on\n`);
    return 1;
  }
  const tag = reference?.repository ? fullName(reference) : found.tags[0];
  if (tag === undefined) {
    yield* complain(`node load: "${name}" has no name that a Pod could ask for; docker tag it first\n`);
    return 1;
  }
  for (const node of targets) {
    const known = runtime.findImage(node, tag);
    if (known?.image.digest === found.image.digest) {
      yield* print(`${tag} is on ${node} already.\n`);
      continue;
    }
    advance(Math.ceil(found.image.size / bytesPerMs));
    runtime.keepImage(node, tag, found.image);
    yield* print(`${tag} is on ${node} now.\n`);
  }
  if (tag.endsWith(':latest'))
    yield* complain(
      '→ A Pod pulls what is called latest each time, unless imagePullPolicy says IfNotPresent.\n',
    );
  return 0;
}
