import { builtAt } from '../images/layers/file-nodes.ts';
import { libraryLayer } from '../images/layers/library-layers.ts';
import type { Store } from '../store.ts';
import type { Image } from './container-runtime.ts';
import { ContainerFiles } from './files/container-files.ts';
import { ImageTree, type LayerFiles } from './files/image-tree.ts';
import type { HostFacts } from './files/virtual-container.ts';
import { type ContainerRecord, keyOn, tables } from './records.ts';

/** Trees are the same wherever their layers are, and large: they are made once. */
const trees = new Map<string, ImageTree>();
const mostTrees = 200;
/** Containers of an image share one list, so that the names need not be put together to find its tree. */
const treesOfLists = new WeakMap<readonly string[], ImageTree>();

/**
 * What the files of a container are, of the newest state of the store.
 *
 * @param factsOf says what its host is, when somebody asks
 */
export function containerFiles(
  store: Store,
  container: ContainerRecord,
  factsOf: (host: string) => HostFacts,
): ContainerFiles {
  const { host, id, layers, spec } = container;
  const isSame = last?.store === store && last.container.id === id && last.container.host === host;
  if (
    isSame &&
    last?.factsOf === factsOf &&
    last.container.spec === spec &&
    last.container.layers === layers
  ) {
    return last.files;
  }
  const files = new ContainerFiles(
    store,
    keyOn(host, id),
    spec,
    treeOf(store, layers),
    factsOf,
    containerFiles,
  );
  last = { store, container, factsOf, files };
  return files;
}

/** A process asks for its files many times in a row. They are of the newest state, whenever they are asked. */
let last:
  | {
      readonly store: Store;
      readonly container: ContainerRecord;
      readonly factsOf: (host: string) => HostFacts;
      readonly files: ContainerFiles;
    }
  | undefined;

/**
 * The files of some layers together.
 *
 * @param names what `Layer.files` says; in `runtime/layers` a name never stands for other files later
 */
export function treeOf(store: Store, names: readonly string[]): ImageTree {
  const shared = treesOfLists.get(names);
  if (shared) return shared;
  const key = names.join('\n');
  const tree = trees.get(key) ?? newTree(store, key, names);
  if (trees.get(key) === tree) treesOfLists.set(names, tree);
  return tree;
}

function newTree(store: Store, key: string, names: readonly string[]): ImageTree {
  const layers = names.map(
    (name) => libraryLayer(name) ?? (store.read(tables.layers, name) as LayerFiles | undefined),
  );
  const tree = new ImageTree(
    layers.filter((layer) => layer !== undefined),
    builtAt,
  );
  if (layers.includes(undefined)) return tree;
  if (trees.size >= mostTrees) trees.clear();
  trees.set(key, tree);
  return tree;
}

/** The names of the files that an image is made of. */
export function layersOf({ layers }: Image): readonly string[] {
  const known = layerNames.get(layers);
  if (known) return known;
  const names = layers.map(({ files }) => files).filter((name) => name !== '');
  layerNames.set(layers, names);
  return names;
}

/** So that all containers of an image share one list. */
const layerNames = new WeakMap<Image['layers'], readonly string[]>();
