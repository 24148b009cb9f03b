import { laptopAddress, laptopNetwork } from '../../../cluster/network/cluster-network.ts';
import { sha256 } from '../../../images/sha256.ts';
import { type Image, type Mount, RuntimeError } from '../../../runtime/container-runtime.ts';
import type { LayerFiles } from '../../../runtime/files/image-tree.ts';
import { keyOn, tables } from '../../../runtime/records.ts';
import type { EngineParts } from '../../engine/engine-parts.ts';
import { networkOfContainer } from '../../network/host-network.ts';
import type { Vertex } from '../plan/plan.ts';
import type { OpenVertex, ProgressWriter } from './progress-writer.ts';
import type { BuildSteps } from './waiting.ts';

/** The host that commands of builds run on: nobody lists its containers. */
export const buildHost = 'buildkit';

/** How long it takes until the first process runs, and after the last one. */
const startMs = 100;
const endMs = 50;

/** What a command is called when its container is listed by mistake. */
const containerName = 'buildkitsandbox';

/** What the runtime calls the files that a command begins with. */
const imageName = 'docker.io/buildkit/step';

/** Why a command did not do what it was to do. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

type Run = Vertex & { readonly kind: 'run' };

/**
 * Runs a command in a container of its own.
 *
 * @param files names of the layers that it sees
 * @returns what it changed
 * @throws CommandError in BuildKit's words
 */
export function* runCommand(
  parts: EngineParts,
  { argv, env, workingDir, user, network }: Run,
  {
    files,
    mounts,
    vertex,
    progress,
  }: {
    readonly files: readonly string[];
    readonly mounts: readonly Mount[];
    readonly vertex: OpenVertex;
    readonly progress: ProgressWriter;
  },
): BuildSteps<LayerFiles> {
  const { runtime, store } = parts;
  const image = imageOf(files);
  const name = `${imageName}@${image.digest}`;
  const process = `process ${JSON.stringify(argv.join(' '))} did not complete successfully: `;
  yield* progress.sleep(startMs);
  const log = (text: string) =>
    progress.send({ logs: [{ vertex: vertex.digest, stream: 'stdout', text, at: progress.now }] });
  let id: string | undefined;
  try {
    runtime.keepImage(buildHost, name, image);
    id = runtime.create(buildHost, {
      name: containerName,
      image: image.id,
      argv,
      env,
      workingDir,
      user,
      hostname: containerName,
      network: network === 'none' ? networkOfContainer('none') : laptopNetwork,
      mounts,
      readOnlyRoot: false,
      tty: false,
      stdin: false,
      stopSignal: 'SIGTERM',
      sharePids: false,
      labels: {},
      hostFiles: {
        '/etc/resolv.conf': `nameserver ${laptopAddress}\n`,
        '/etc/hosts': '127.0.0.1\tlocalhost buildkitsandbox\n::1\tlocalhost ip6-localhost ip6-loopback\n',
      },
    });
    runtime.start(buildHost, id);
    yield* followed(parts, id, vertex, progress);
    yield* progress.sleep(endMs);
    const code = runtime.container(buildHost, id)?.exitCode ?? 0;
    if (code !== 0) throw new CommandError(`${process}exit code: ${code}`);
    return (store.read(tables.changes, keyOn(buildHost, id)) ?? {}) as LayerFiles;
  } catch (error) {
    if (!(error instanceof RuntimeError)) throw error;
    if (error.message.startsWith('unable to find')) throw new CommandError(process + error.message);
    log(`runc run failed: ${error.message.replace(/^.*?runc create failed: /, '')}\n`);
    throw new CommandError(`${process}exit code: 1`);
  } finally {
    if (id !== undefined) removeContainer(parts, id);
    if (runtime.findImage(buildHost, image.id)) runtime.removeImage(buildHost, image.id);
  }
}

/** Passes on what is written, until the command has ended. */
function* followed(
  { runtime }: EngineParts,
  id: string,
  vertex: OpenVertex,
  progress: ProgressWriter,
): BuildSteps<void> {
  let place = 0;
  for (;;) {
    const isOver = runtime.container(buildHost, id)?.state !== 'running';
    const part = runtime.logsAfter(buildHost, id, place);
    place = part.place;
    const logs = part.pieces.map(({ at, stream, text }) => ({ vertex: vertex.digest, at, stream, text }));
    if (logs.length > 0) progress.send({ logs });
    if (isOver) return;
    yield { container: id };
  }
}

/** Ends what still runs, and forgets the container. */
function removeContainer({ runtime }: EngineParts, id: string): void {
  const container = runtime.container(buildHost, id);
  if (!container) return;
  if (container.state === 'running') runtime.stop(buildHost, id, 0);
  runtime.remove(buildHost, id);
}

/** What the runtime takes for an image: the layers that the command sees. */
function imageOf(files: readonly string[]): Image {
  const id = `sha256:${sha256(`step ${files.join('\n')}`)}`;
  const layers = files.map((name) => ({ digest: name, size: 0, createdBy: '', files: name }));
  return { id, digest: id, config: {}, size: 0, created: 0, layers };
}
