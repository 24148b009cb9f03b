import type { Pod } from '../../../kubernetes/api.ts';
import type { ProcessStream } from '../../cluster/api/request.ts';
import {
  complain,
  listFolder,
  lookAt,
  now,
  pause,
  print,
  put,
  readFile,
  type Steps,
  writeFile,
} from '../../effects.ts';
import type { KubectlContext } from '../context.ts';
import { BareFailure, CommandFailure } from '../failures.ts';
import { connect, get } from '../server/client.ts';
import { containerMeant, demandUnended } from './pod-for.ts';

/** A place of the learner's machine, or in a container. */
interface Place {
  readonly namespace?: string;
  /** Undefined on the learner's machine. */
  readonly pod?: string;
  readonly path: string;
}

/**
 * `kubectl cp SOURCE DESTINATION` (k8s.io/kubectl/pkg/cmd/cp). In life both ends pack and unpack with tar;
 * here every file goes by itself through a process in the container, and only texts can be copied.
 */
export function* runCp(context: KubectlContext): Steps<number> {
  const { options } = context;
  const words = [...options.args, ...options.command.afterDashes];
  if (words.length !== 2) throw new CommandFailure('source and destination are required');
  const [source, target] = words.map(readPlace);
  if (!source || !target) return 0;
  if (source.pod !== undefined && target.pod !== undefined) {
    throw new CommandFailure('one of src or dest must be a local file specification');
  }
  if (source.path === '' || target.path === '') throw new CommandFailure('filepath can not be empty');
  if (source.pod !== undefined) return yield* copyFromPod(context, source, target.path);
  if (target.pod !== undefined) return yield* copyToPod(context, source.path, target);
  throw new CommandFailure('one of src or dest must be a remote file specification');
}

function readPlace(word: string): Place {
  const colon = word.indexOf(':');
  const odd = 'filespec must match the canonical format: [[namespace/]pod:]file/path';
  if (colon === 0) throw new CommandFailure(odd);
  if (colon < 0) return { path: withoutSlash(word) };
  const path = withoutSlash(word.slice(colon + 1));
  const parts = word.slice(0, colon).split('/');
  const [first = '', second] = parts;
  if (parts.length > 2) throw new CommandFailure(odd);
  return second === undefined ? { pod: first, path } : { namespace: first, pod: second, path };
}

function withoutSlash(path: string): string {
  return path.length > 1 ? path.replace(/\/$/, '') : path;
}

/** A container that files are copied from or to. */
interface Container {
  readonly pod: Pod;
  readonly name: string;
}

/** @param tell where a default is told of: what kubectl reads from a container goes to its output all in one */
function* containerAt(
  context: KubectlContext,
  { namespace, pod: name = '' }: Place,
  tell: (text: string) => Steps<void>,
): Steps<Container> {
  const where = namespace ?? (yield* context.target()).namespace;
  const path = `/api/v1/namespaces/${encodeURIComponent(where)}/pods/${encodeURIComponent(name)}`;
  const pod = yield* get<Pod>(path);
  demandUnended(pod, 'exec into a container');
  return { pod, name: yield* containerMeant(pod, context.options.text('--container', ''), false, tell) };
}

/** What a process in a container wrote, and how it ended. */
interface Outcome {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

const hour = 3_600_000;

function* run({ pod, name }: Container, command: readonly string[], input?: string): Steps<Outcome> {
  const { namespace = '', name: podName = '' } = pod.metadata;
  const stream: ProcessStream = yield* connect('process', {
    method: 'POST',
    path: `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(podName)}/exec`,
    query: {
      command,
      container: name,
      stdout: 'true',
      stderr: 'true',
      ...(input === undefined ? {} : { stdin: 'true' }),
    },
  });
  const texts = { stdout: '', stderr: '' };
  try {
    if (input !== undefined) {
      stream.write(input);
      stream.closeInput();
    }
    for (;;) {
      const { exitCode } = stream;
      for (const line of stream.next()) texts[line.stream] += line.text;
      if (stream.problem !== undefined) throw new CommandFailure(stream.problem);
      if (exitCode !== undefined) return { exitCode, out: texts.stdout, err: texts.stderr };
      yield* pause(hour);
    }
  } finally {
    stream.close();
  }
}

function* demand(container: Container, command: readonly string[], input?: string): Steps<string> {
  const { exitCode, out, err } = yield* run(container, command, input);
  if (exitCode === 0) return out;
  yield* complain(err);
  throw new BareFailure(`command terminated with exit code ${exitCode}`, exitCode);
}

function* copyToPod(context: KubectlContext, source: string, target: Place): Steps<number> {
  const files = yield* filesBelow(source);
  if (files === undefined) throw new CommandFailure(`${source} doesn't exist in local filesystem`);
  const container = yield* containerAt(context, target, complain);
  const isFolder = (yield* run(container, ['test', '-d', target.path])).exitCode === 0;
  const base = source.replace(/^.*\//s, '');
  const root = isFolder ? `${target.path.replace(/\/$/, '')}/${base}` : target.path;
  yield* demandFolder(container, folderOf(root));
  for (const file of files) {
    const path = `${root}${file.slice(source.length)}`;
    // tar makes the folders in the archive, and not the one that it is unpacked in.
    if (file !== source) yield* demand(container, ['mkdir', '-p', folderOf(path)]);
    const text = (yield* readFile(file)) ?? '';
    yield* demand(container, ['sh', '-c', 'cat > "$0"', path], text);
  }
  return 0;
}

/** The folder that something is in. */
function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Whether a container's tar is that of GNU; else it is busybox's. */
function* hasGnuTar(container: Container): Steps<boolean> {
  return (yield* run(container, ['test', '-e', '/etc/debian_version'])).exitCode === 0;
}

/** tar unpacks in the folder that the target is to be in. */
function* demandFolder(container: Container, folder: string): Steps<void> {
  if (folder === '' || (yield* run(container, ['test', '-d', folder])).exitCode === 0) return;
  const isGnu = yield* hasGnuTar(container);
  const code = isGnu ? 2 : 1;
  yield* complain(
    isGnu
      ? `tar: ${folder}: Cannot open: No such file or directory\ntar: Error is not recoverable: exiting now\n`
      : `tar: can't change directory to '${folder}': No such file or directory\n`,
  );
  throw new BareFailure(`command terminated with exit code ${code}`, code);
}

/** Every file of a folder; the path itself when it is a file. */
function* filesBelow(path: string): Steps<readonly string[] | undefined> {
  const names = yield* listFolder(path);
  if (names === undefined) return (yield* readFile(path)) === undefined ? undefined : [path];
  const found: string[] = [];
  for (const name of names) {
    const below = yield* filesBelow(`${path.replace(/\/$/, '')}/${name}`);
    if (below) found.push(...below);
  }
  return found;
}

function* copyFromPod(context: KubectlContext, source: Place, target: string): Steps<number> {
  const container = yield* containerAt(context, source, print);
  const isGnu = yield* hasGnuTar(container);
  const isThere = (yield* run(container, ['test', '-e', source.path])).exitCode === 0;
  if (source.path.startsWith('/') && (isThere || isGnu)) {
    yield* print(
      isGnu
        ? "tar: Removing leading `/' from member names\n"
        : "tar: removing leading '/' from member names\n",
    );
  }
  if (!isThere) {
    // tar says so, and kubectl is content with the archive of nothing.
    yield* print(
      isGnu
        ? `tar: ${source.path}: Cannot stat: No such file or directory\ntar: Exiting with failure status due to previous errors\n`
        : `tar: ${source.path}: No such file or directory\ntar: error exit delayed from previous errors\n`,
    );
    return 0;
  }
  const isFolder = (yield* run(container, ['test', '-d', source.path])).exitCode === 0;
  if (!isFolder && (yield* listFolder(target)) !== undefined) {
    throw new CommandFailure(`open ${target}: is a directory`);
  }
  const found = function* (type: 'd' | 'f'): Steps<readonly string[]> {
    const text = yield* demand(container, ['find', source.path, '-type', type]);
    return text.split('\n').filter(Boolean).sort();
  };
  const place = (path: string): string => `${target}${path.slice(source.path.length)}`;
  for (const folder of isFolder ? yield* found('d') : []) yield* makeFolder(place(folder));
  for (const file of isFolder ? yield* found('f') : [source.path]) {
    yield* makeFolder(folderOf(place(file)));
    yield* writeFile(place(file), yield* demand(container, ['cat', file]));
  }
  return 0;
}

/** Makes a folder on the learner's machine, with those that it is in. */
function* makeFolder(path: string): Steps<void> {
  if (path === '' || (yield* lookAt(path)) !== undefined) return;
  yield* makeFolder(folderOf(path));
  yield* put(path, { kind: 'folder', mode: 0o755, owner: '', at: yield* now() });
}
