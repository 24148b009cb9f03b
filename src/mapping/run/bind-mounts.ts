import { hostBaseName } from '../../docker/base-name.ts';
import { isName, toName } from '../../kubernetes/names.ts';
import { addCaveat, nameFor, prepare, type WorkloadDraft } from '../workload/draft.ts';
import { isOnTheNode, judgeHostPath, plainPath } from '../workload/judge-host-path.ts';
import {
  assumedStorage,
  type MountPoint,
  mountClaim,
  mountFiles,
  mountHostPath,
} from '../workload/storage.ts';
import { isOn, type RunContext, type VerdictParts } from './flag-rule.ts';
import { pathInWord } from './shell-text.ts';

interface Binding {
  /** Whether docker makes the directory where it is missing, as `-v` does. */
  readonly made: boolean;
  readonly remarks?: string;
}

/** A path of the learner's machine, by what it most likely holds. */
export function bindHostPath(
  draft: WorkloadDraft,
  source: string,
  at: MountPoint,
  binding: Binding,
  context: RunContext,
): VerdictParts {
  const judged = judgeHostPath(source, at.path, at.readOnly ?? false);
  // Only a path of the node has mounts that could come and go below it.
  const { propagation: _propagation, recursiveReadOnly: _recursive, ...plain } = at;
  const parts = judge();
  return { ...parts, why: `${parts.why}${binding.remarks ?? ''}` };

  function judge(): VerdictParts {
    switch (judged.use) {
      case 'engine':
        return engineSocket(source);
      case 'node':
        return nodePath(draft, source, at, judged.type, context);
      case 'file':
        return oneFile(draft, source, plain, judged.secret);
      case 'files':
        return directoryOfFiles(draft, source, plain, judged.secret);
      case 'source':
        return partOfTheImage(draft, source, at);
      case 'data':
        return data(draft, source, plain);
      case 'unknown':
        return nodePath(
          draft,
          source,
          at,
          binding.made && looksLikeDirectory(source) ? 'DirectoryOrCreate' : undefined,
          context,
        );
    }
  }
}

/** Docker's word for propagation in the word of the API. */
export function propagationOf(option: string): Pick<MountPoint, 'propagation'> {
  if (option.endsWith('shared')) return { propagation: 'Bidirectional' };
  if (option.endsWith('slave')) return { propagation: 'HostToContainer' };
  return {};
}

function engineSocket(source: string): VerdictParts {
  return {
    grade: 'none',
    kubernetes: 'none',
    why: `\`${source}\` is the way to a Docker Engine, and nodes have none: they run containerd or CRI-O. A program that starts containers talks to the Kubernetes API, with a ServiceAccount that may; to build images, use BuildKit or another builder in a Pod of its own.`,
    sources: ['docker-bind-mounts', 'k8s-container-runtimes', 'k8s-service-accounts'],
  };
}

function nodePath(
  draft: WorkloadDraft,
  source: string,
  at: MountPoint,
  type: Parameters<typeof mountHostPath>[3],
  { command }: RunContext,
): VerdictParts {
  const path = plainPath(source);
  // The API lets only a privileged container pass its mounts on to the node.
  const allowed = at.propagation !== 'Bidirectional' || isOn(command, '--privileged');
  const { propagation: _, ...others } = at;
  mountHostPath(draft, path, allowed ? at : others, type);
  addCaveat(
    draft,
    `\`${path}\` is a path of whatever node the Pod runs on, not of your machine. It differs from node to node, and the Pod Security Standards forbid hostPath in the levels Baseline and Restricted.`,
  );
  const dropped = allowed
    ? ''
    : ' Mounts of the container are passed on to the node by privileged containers only, so that part is left out.';
  const always =
    path.startsWith('/proc') || path.startsWith('/sys') || path === '/' || path.startsWith('/var/log')
      ? ' Something that looks at every machine is a DaemonSet.'
      : '';
  return {
    grade: 'approximate',
    kubernetes: 'hostPath',
    why: `\`${path}\` is a path of the node on which the Pod happens to run.${always} A cluster of one node is where this works as in docker.${dropped}`,
    sources: ['docker-bind-mounts', 'k8s-volumes', 'k8s-pod-security-standards'],
  };
}

function oneFile(draft: WorkloadDraft, source: string, at: MountPoint, secret: boolean): VerdictParts {
  const file = hostBaseName(source);
  const key = toName(file, 'configKey').name;
  const name = nameFor(draft, `${draft.name}-${file}`, `path ${source}`);
  mountFiles(draft, secret ? 'secret' : 'configMap', name, { path: at.path, subPath: key });
  const path = pathInWord(source);
  const from = isName(file, 'configKey') ? path : `${key}=${path}`;
  createFrom(
    draft,
    secret,
    name,
    from,
    `Makes the ${secret ? 'Secret' : 'ConfigMap'} of ${source}, which is not read here.`,
  );
  const writes = at.readOnly ? '' : ' It is read-only in the container.';
  return {
    grade: 'approximate',
    kubernetes: secret ? 'Secret, mounted as a file' : 'ConfigMap, mounted as a file',
    why: `By its name \`${source}\` is a file of ${secret ? 'secrets' : 'configuration'}: \`kubectl create\` puts it into \`${name}\`, and it is mounted at \`${at.path}\`. Mounted alone (\`subPath\`), it does not change while the Pod runs.${writes}`,
    sources: secret
      ? ['docker-bind-mounts', 'k8s-secret', 'k8s-kubectl-create-secret-generic']
      : ['docker-bind-mounts', 'k8s-configmap', 'k8s-kubectl-create-configmap'],
  };
}

function directoryOfFiles(
  draft: WorkloadDraft,
  source: string,
  at: MountPoint,
  secret: boolean,
): VerdictParts {
  const directory = hostBaseName(source.replace(/[/\\]+$/, ''));
  const name = nameFor(draft, `${draft.name}-${directory}`, `path ${source}`);
  mountFiles(draft, secret ? 'secret' : 'configMap', name, { path: at.path });
  createFrom(
    draft,
    secret,
    name,
    pathInWord(source),
    `Makes the ${secret ? 'Secret' : 'ConfigMap'} of the files in ${source}, which are not read here.`,
  );
  return {
    grade: 'approximate',
    kubernetes: secret ? 'Secret, mounted as a directory' : 'ConfigMap, mounted as a directory',
    why: `By its name \`${source}\` holds files of ${secret ? 'secrets' : 'configuration'}: \`kubectl create\` puts those that lie directly in it into \`${name}\`, a megabyte at most. It is read-only in the container.`,
    sources: secret
      ? ['docker-bind-mounts', 'k8s-secret', 'k8s-kubectl-create-secret-generic']
      : ['docker-bind-mounts', 'k8s-configmap', 'k8s-kubectl-create-configmap'],
  };
}

function createFrom(draft: WorkloadDraft, secret: boolean, name: string, from: string, why: string): void {
  prepare(
    draft,
    ['kubectl', 'create', ...(secret ? ['secret', 'generic'] : ['configmap']), name, `--from-file=${from}`],
    why,
  );
}

function partOfTheImage(draft: WorkloadDraft, source: string, at: MountPoint): VerdictParts {
  addCaveat(
    draft,
    `\`${at.path}\` holds what the image has there: the files in \`${source}\` are not mounted. Build them into the image with COPY, and push it.`,
  );
  return {
    grade: 'none',
    kubernetes: 'none',
    why: `\`${source}\` looks like the program itself, and your directories are not on the nodes. Copy it into the image (\`COPY\`), build and push. For the edit and run of every day, keep docker, or a tool such as Skaffold or Tilt.`,
    sources: ['docker-bind-mounts', 'k8s-images'],
  };
}

function data(draft: WorkloadDraft, source: string, at: MountPoint): VerdictParts {
  const last = hostBaseName(source.replace(/[/\\]+$/, ''));
  const claim = mountClaim(draft, `${draft.name}-${last.replace(/^\$/, '')}`, at, {}, `path ${source}`);
  addCaveat(
    draft,
    `The claim \`${claim}\` starts empty, and its size, ${assumedStorage}, is an assumption. \`kubectl cp\` carries over what \`${source}\` holds, once a Pod runs.`,
  );
  const node = isOnTheNode(source) ? ' On a cluster of one node, hostPath would be the same directory.' : '';
  return {
    grade: 'approximate',
    kubernetes: 'PersistentVolumeClaim',
    why: `\`${source}\` looks like data that has to stay. Your directory is not on the nodes, so it is the claim \`${claim}\`, of ${assumedStorage} since some size has to be given.${node}`,
    sources: ['docker-bind-mounts', 'k8s-persistent-volumes'],
  };
}

/** A name with an ending is mostly a file. */
function looksLikeDirectory(path: string): boolean {
  return !/\.[A-Za-z0-9]{1,8}$/.test(path);
}
