import type { HostImage } from '../../runtime/container-runtime.ts';
import { imagesOnNode } from '../cri/images-on-node.ts';
import type { NodeParts } from '../cri/node-parts.ts';
import {
  type CriContainer,
  type CriSandbox,
  containersOf,
  type PodOnNode,
  podsOnNode,
  sandboxesOf,
} from '../cri/pods-on-node.ts';
import type { CrictlOptions } from './options.ts';
import { type CriCall, CriFailure } from './output.ts';

/** A command of crictl that is under way on a node. */
export class CrictlRun {
  readonly parts: NodeParts;
  readonly options: CrictlOptions;

  constructor(parts: NodeParts, options: CrictlOptions) {
    this.parts = parts;
    this.options = options;
  }

  get now(): number {
    return this.parts.cluster.now;
  }

  pods(): readonly PodOnNode[] {
    return podsOnNode(this.parts);
  }

  containers(): readonly CriContainer[] {
    return containersOf(this.pods());
  }

  sandboxes(): readonly CriSandbox[] {
    return sandboxesOf(this.pods());
  }

  /**
   * The container of an id or of its beginning.
   *
   * @param told what the client library says when there is none
   * @param describe what containerd says then
   * @throws CriFailure
   */
  container(
    id: string,
    told: CriCall | undefined,
    describe = (why: string) => `an error occurred when try to find container "${id}": ${why}`,
  ): CriContainer {
    const found = this.containers().filter(({ container }) => container.id.startsWith(id));
    return only(found, id, told, describe);
  }

  /** The sandbox of an id or of its beginning. @throws CriFailure */
  sandbox(id: string): CriSandbox {
    const found = this.sandboxes().filter((each) => each.id.startsWith(id));
    return only(found, id, undefined, (why) => `an error occurred when try to find sandbox: ${why}`);
  }

  /** The image of a name or an id, also that of the sandboxes; undefined when the node has none. */
  image(name: string): HostImage | undefined {
    const { runtime, node } = this.parts;
    const isNamed = ({ image, tags }: HostImage) => image.id === name || tags.includes(name);
    return runtime.findImage(node, name) ?? imagesOnNode(this.parts).find(isNamed);
  }
}

function only<T>(
  found: readonly T[],
  id: string,
  told: CriCall | undefined,
  describe: (why: string) => string,
): T {
  const [first, ...others] = found;
  if (id === '') throw new CriFailure('Unknown', describe("prefix can't be empty"), told);
  if (!first) throw new CriFailure('NotFound', describe('not found'), told);
  if (others.length > 0) {
    throw new CriFailure('Unknown', describe(`Multiple IDs found with provided prefix: ${id}`), told);
  }
  return first;
}
