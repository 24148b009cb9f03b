import { libraryLayer } from '../../images/layers/library-layers.ts';
import { sha256 } from '../../images/sha256.ts';
import type { HostImage, Image } from '../../runtime/container-runtime.ts';
import type { FileNode } from '../../runtime/file-tree.ts';
import type { LayerFiles } from '../../runtime/files/image-tree.ts';
import { tables } from '../../runtime/records.ts';
import { utf8Length } from '../../runtime/volume.ts';
import type { Store } from '../../store.ts';
import { EngineError } from '../engine/engine-error.ts';
import type { Archive, ArchiveEntry } from '../engine/request.ts';
import { recordEvent } from '../events.ts';
import { demandSpace } from '../system/disk.ts';
import { demandReference, familiarName, tagOf } from './image-names.ts';
import { compressedSize, fileLayers } from './image-sizes.ts';
import { demandImage, keepUnnamed, nameImage, namesOf } from './image-store.ts';
import { descriptorOf } from './image-views.ts';

/**
 * Images as an archive, in the OCI image layout with the `manifest.json` that Docker adds.
 *
 * @param names of images, by which they are going to be called, or ids
 * @throws EngineError when there is no such image
 */
export function saveImages(store: Store, names: readonly string[]): Archive {
  const blobs = new Map<string, FileNode>();
  const manifests: unknown[] = [];
  const list = new Map<string, { Config: string; RepoTags: string[] | null; Layers: string[] }>();
  for (const text of names) {
    const image = demandImage(store, text);
    const named = namedBy(store, image, text);
    for (const [path, node] of blobsOf(store, image.image)) blobs.set(path, node);
    const { id, digest } = image.image;
    for (const full of named.length > 0 ? named : [undefined]) {
      const annotations =
        full === undefined
          ? {}
          : {
              annotations: {
                'io.containerd.image.name': full,
                'org.opencontainers.image.ref.name': tagOf(full),
              },
            };
      manifests.push({ ...descriptorOf(image.image), ...annotations });
    }
    const known = list.get(digest)?.RepoTags ?? [];
    const tags = [...known, ...named.map(familiarName)];
    list.set(digest, {
      Config: blobPath(id),
      RepoTags: tags.length > 0 ? tags : null,
      Layers: fileLayers(image.image).map((layer) => blobPath(layer.digest)),
    });
    recordEvent(store, 'image', 'save', digest, { name: text });
  }
  const index = {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests,
  };
  const entries: ArchiveEntry[] = [
    { path: 'blobs', node: folder },
    { path: 'blobs/sha256', node: folder },
    ...[...blobs].sort(([one], [other]) => (one < other ? -1 : 1)).map(([path, node]) => ({ path, node })),
    { path: 'index.json', node: file(JSON.stringify(index)) },
    { path: 'manifest.json', node: file(JSON.stringify([...list.values()])) },
    { path: 'oci-layout', node: file('{"imageLayoutVersion":"1.0.0"}') },
  ];
  return { entries };
}

/**
 * Takes the images of an archive up.
 *
 * @returns what the daemon tells of each
 * @throws EngineError when the archive holds no images
 */
export function loadImages(store: Store, archive: Archive): readonly unknown[] {
  const textAt = (path: string): string | undefined => {
    const node = archive.entries.find((entry) => entry.path === path)?.node;
    return node?.kind === 'file' ? node.content : undefined;
  };
  const index = readJson(textAt('index.json')) as { readonly manifests?: readonly Described[] } | undefined;
  if (!index?.manifests) throw new EngineError(500, 'unrecognized image format');
  return index.manifests.map(({ digest, annotations = {} }) => {
    const packed = readJson(textAt(blobPath(digest))) as PackedImage | undefined;
    if (!packed?.image) throw new EngineError(500, `content digest ${digest}: not found`);
    for (const layer of fileLayers(packed.image)) {
      const files = readJson(textAt(blobPath(layer.digest))) as LayerFiles | undefined;
      const isThere = libraryLayer(layer.files) ?? store.read(tables.layers, layer.files);
      if (!isThere && files) store.write(tables.layers, layer.files, files);
    }
    demandSpace(store, packed.image);
    const full = annotations['io.containerd.image.name'];
    if (full === undefined) keepUnnamed(store, packed.image);
    else nameImage(store, full, packed.image);
    recordEvent(store, 'image', 'load', digest, { name: digest });
    const what = full === undefined ? `Loaded image ID: ${digest}` : `Loaded image: ${familiarName(full)}`;
    return { stream: `${what}\n` };
  });
}

/** What a blob of a manifest holds here: real ones name their layers, from which the rest can be read. */
interface PackedImage {
  readonly image?: Image;
}

interface Described {
  readonly digest: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

const folder: FileNode = { kind: 'folder', mode: 0o755, owner: '0:0', at: 0 };

function file(content: string, size = 0): FileNode {
  const zeros = Math.max(0, size - utf8Length(content));
  return { kind: 'file', content, mode: 0o644, owner: '0:0', at: 0, ...(zeros > 0 ? { zeros } : {}) };
}

function blobPath(digest: string): string {
  return `blobs/sha256/${digest.replace(/^sha256:/, '')}`;
}

function blobsOf(store: Store, image: Image): readonly (readonly [path: string, node: FileNode])[] {
  const layers = fileLayers(image).map((layer) => {
    // Layers of the library are the same everywhere; the others travel with the image.
    const own = libraryLayer(layer.files) ? '' : JSON.stringify(store.read(tables.layers, layer.files) ?? '');
    return [blobPath(layer.digest), file(own, compressedSize(layer))] as const;
  });
  const packed: PackedImage = { image };
  return [
    ...layers,
    [blobPath(image.id), file(JSON.stringify(image.config))],
    [blobPath(image.digest), file(JSON.stringify(packed))],
  ];
}

/** By a repository all of its tags are saved, by a name that one, and by an id none. */
function namedBy(store: Store, image: HostImage, text: string): readonly string[] {
  const { digest } = image.image;
  if (digest.startsWith(text) || digest.slice('sha256:'.length).startsWith(text)) return [];
  const reference = demandReference(text);
  const full = `${reference.registry}/${reference.repository}:${reference.tag || 'latest'}`;
  return namesOf(store, image).filter((name) => name === full);
}

function readJson(text: string | undefined): unknown {
  if (text === undefined || text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Digest of files, by which a layer that holds them is called. */
export function filesDigest(files: LayerFiles): string {
  return sha256(JSON.stringify(files));
}
