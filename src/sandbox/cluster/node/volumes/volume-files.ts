import type {
  ConfigMap,
  DownwardAPIVolumeFile,
  KeyToPath,
  Pod,
  Volume as PodVolume,
  VolumeProjection,
} from '../../../../kubernetes/api.ts';
import type { FileNode } from '../../../runtime/file-tree.ts';
import type { Cluster } from '../../cluster.ts';
import { configMapData, secretData } from '../containers/environment.ts';
import { ConfigError, type FieldSources, fieldValue, resourceValue } from '../containers/field-values.ts';
import { namespaceOf } from '../pods/pod-facts.ts';
import { decoded } from './secret-data.ts';
import { serviceAccountToken } from './service-account-token.ts';

/** A file that a volume is to have. */
export interface GivenFile {
  /** From the volume's root, without a slash in front. */
  readonly path: string;
  readonly content: string;
  readonly mode: number;
}

/** Mode of files for which none is given (k8s.io/kubernetes/pkg/apis/core/v1/defaults.go). */
const usualMode = 0o644;

/**
 * The files of a volume whose content the cluster gives: ConfigMap, Secret, downward API, and several of them
 * in one.
 *
 * @returns undefined for volumes of other kinds
 * @throws ConfigError when something that is referred to is not there
 */
export function givenFiles(
  cluster: Cluster,
  pod: Pod,
  volume: PodVolume,
  sources: FieldSources,
): readonly GivenFile[] | undefined {
  const { configMap, secret, downwardAPI, projected } = volume;
  if (configMap) return projection(cluster, pod, { configMap }, configMap.defaultMode, sources);
  if (secret) {
    const { secretName = '', ...rest } = secret;
    return projection(cluster, pod, { secret: { ...rest, name: secretName } }, secret.defaultMode, sources);
  }
  if (downwardAPI) return projection(cluster, pod, { downwardAPI }, downwardAPI.defaultMode, sources);
  return projected?.sources?.flatMap((each) =>
    projection(cluster, pod, each, projected.defaultMode, sources),
  );
}

/** The ConfigMaps and Secrets whose changes reach the files of a Pod: `configmaps/name`, `secrets/name`. */
export function mountedSources({ spec }: Pod): readonly string[] {
  const found: string[] = [];
  for (const { configMap, secret, projected } of spec?.volumes ?? []) {
    if (configMap?.name) found.push(`configmaps/${configMap.name}`);
    if (secret?.secretName) found.push(`secrets/${secret.secretName}`);
    for (const source of projected?.sources ?? []) {
      // The certificate of the cluster never changes, and every Pod has it.
      const { configMap: map } = source;
      if (map?.name && map.name !== 'kube-root-ca.crt') found.push(`configmaps/${map.name}`);
      if (source.secret?.name) found.push(`secrets/${source.secret.name}`);
    }
  }
  return found;
}

/**
 * Files as the kubelet lays them out, so that all of them change at one moment: in a folder of their own, to
 * which a link leads (k8s.io/kubernetes/pkg/volume/util/atomic_writer.go).
 *
 * @param at names the folder, and is the time of the files
 */
export function laidOut(
  files: readonly GivenFile[],
  at: number,
  group: number,
): Readonly<Record<string, FileNode>> {
  if (last.at !== at || last.group !== group) last = layoutAt(at, group);
  const { owner, shared } = last;
  const nodes: Record<string, FileNode> = { [last.folder]: last.own, '/..data': last.data };
  for (const { path, content, mode } of files) {
    let known = shared.get(path);
    if (!known) {
      known = sharedFile(last, path, { kind: 'file', content, mode, owner, at });
      shared.set(path, known);
    }
    const { node, link } = known;
    const isSame = node.content === content && node.mode === mode;
    nodes[known.place] = isSame ? node : { kind: 'file', content, mode, owner, at };
    nodes[known.linkPlace] = link;
  }
  return nodes;
}

/** What volumes that are laid out at one moment have in common. */
interface Layout {
  readonly at: number;
  readonly group: number;
  /** The path of the folder. */
  readonly folder: string;
  readonly owner: string;
  readonly own: FileNode;
  readonly data: FileNode;
  /** By path. */
  readonly shared: Map<string, SharedFile>;
}

/** A file as the first volume had it: most are the same in all, such as the certificate of the cluster. */
interface SharedFile {
  readonly place: string;
  readonly node: Extract<FileNode, { kind: 'file' }>;
  readonly linkPlace: string;
  readonly link: FileNode;
}

function sharedFile({ folder, at }: Layout, path: string, node: SharedFile['node']): SharedFile {
  const slash = path.indexOf('/');
  const first = slash < 0 ? path : path.slice(0, slash);
  const link = { kind: 'link', target: `..data/${first}`, at } as const;
  return { place: `${folder}/${path}`, node, linkPlace: `/${first}`, link };
}

function layoutAt(at: number, group: number): Layout {
  const folder = `..${new Date(at).toISOString().replace(/[-:T]/g, '_').slice(0, 23)}`;
  const owner = `0:${group}`;
  return {
    at,
    group,
    folder: `/${folder}`,
    owner,
    own: { kind: 'folder', mode: 0o755, owner, at },
    data: { kind: 'link', target: folder, at },
    shared: new Map(),
  };
}

let last: Layout = layoutAt(0, 0);

function projection(
  cluster: Cluster,
  pod: Pod,
  source: VolumeProjection,
  defaultMode: number | undefined,
  sources: FieldSources,
): readonly GivenFile[] {
  const namespace = namespaceOf(pod);
  const mode = defaultMode ?? usualMode;
  if (source.configMap) {
    const { name = '', items, optional } = source.configMap;
    const found = cluster.get('configmaps', namespace, name);
    // Pods of a template share what they mount, and all mount the certificate of the cluster.
    const isLast = found && found === lastMap.found && lastMap.source === source.configMap;
    if (isLast && lastMap.mode === mode) return lastMap.files;
    const text = configMapData(cluster, namespace, name, optional);
    const files = chosen({ ...text, ...decoded(found?.binaryData) }, items, mode, optional, 'configmap');
    lastMap = { found, source: source.configMap, mode, files };
    return files;
  }
  if (source.secret) {
    const { name = '', items, optional } = source.secret;
    return chosen(secretData(cluster, namespace, name, optional) ?? {}, items, mode, optional, 'secret');
  }
  if (source.downwardAPI) {
    return (source.downwardAPI.items ?? []).map((item) => downwardFile(pod, item, mode, sources));
  }
  if (source.serviceAccountToken) {
    const { path } = source.serviceAccountToken;
    return [{ path, content: serviceAccountToken(cluster, pod), mode }];
  }
  throw new ConfigError(`volumes from ${Object.keys(source)[0]} are not simulated`);
}

/** The ConfigMap that was mounted last, and the files that it gave. */
let lastMap: {
  readonly found: ConfigMap | undefined;
  readonly source: VolumeProjection['configMap'];
  readonly mode: number;
  readonly files: readonly GivenFile[];
} = { found: undefined, source: undefined, mode: 0, files: [] };

function chosen(
  data: Readonly<Record<string, string>>,
  items: readonly KeyToPath[] | undefined,
  mode: number,
  optional: boolean | undefined,
  what: 'configmap' | 'secret',
): readonly GivenFile[] {
  if (!items) return Object.entries(data).map(([path, content]) => ({ path, content, mode }));
  return items.flatMap(({ key, path, mode: own }) => {
    const content = data[key];
    if (content !== undefined) return [{ path, content, mode: own ?? mode }];
    if (optional) return [];
    const which =
      what === 'secret' ? 'references non-existent secret' : 'configmap references non-existent config';
    throw new ConfigError(`${which} key: ${key}`);
  });
}

function downwardFile(
  pod: Pod,
  { path, fieldRef, resourceFieldRef, mode: own }: DownwardAPIVolumeFile,
  mode: number,
  sources: FieldSources,
): GivenFile {
  const content = resourceFieldRef
    ? resourceValue(pod, undefined, resourceFieldRef, sources)
    : fieldValue(pod, fieldRef?.fieldPath ?? '', sources);
  return { path, content, mode: own ?? mode };
}
