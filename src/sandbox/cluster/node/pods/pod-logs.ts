import type { ContainerStatus, Pod } from '../../../../kubernetes/api.ts';
import type { LogLine } from '../../../runtime/container-runtime.ts';
import type { LogOptions } from '../../api/subresources/node-backend.ts';
import { ApiError } from '../../api-error.ts';

/** What a log is cut to. */
export type LogCut = Pick<
  LogOptions,
  'timestamps' | 'sinceSeconds' | 'sinceTime' | 'tailLines' | 'limitBytes'
>;

/**
 * The id of the container whose log is asked for (k8s.io/kubernetes/pkg/kubelet, `validateContainerLogStatus`).
 *
 * @throws ApiError BadRequest when it has none
 */
export function containerForLog(pod: Pod, name: string, previous: boolean): string {
  const {
    initContainerStatuses = [],
    containerStatuses = [],
    ephemeralContainerStatuses = [],
  } = pod.status ?? {};
  const all = [...containerStatuses, ...initContainerStatuses, ...ephemeralContainerStatuses];
  const status = all.find((each) => each.name === name);
  const where = `container "${name}" in pod "${pod.metadata.name}"`;
  if (!status) throw refused(`${where} is not available`);
  const last = status.lastState?.terminated?.containerID;
  if (previous) {
    if (!last) throw refused(`previous terminated ${where} not found`);
    return idOf(last);
  }
  const { running, terminated, waiting } = status.state ?? {};
  if (running) return idOf(status.containerID);
  if (terminated) {
    const id = terminated.containerID ?? last;
    if (!id) throw refused(`${where} is terminated`);
    return idOf(id);
  }
  if (status.lastState?.terminated) {
    if (!last) throw refused(`${where} is terminated`);
    return idOf(last);
  }
  throw refused(
    `${where} is waiting to start${waiting ? `: ${whyWaiting(waiting.reason)}` : ' - no logs yet'}`,
  );
}

/**
 * The text of a log.
 *
 * @param written its lines
 */
export function logText(written: readonly LogLine[], cut: LogCut, now: number): string {
  const since = cut.sinceTime ?? (cut.sinceSeconds === undefined ? 0 : now - cut.sinceSeconds * 1000);
  const lines = written.filter(({ at }) => at >= since);
  const chosen = cut.tailLines === undefined ? lines : cut.tailLines === 0 ? [] : lines.slice(-cut.tailLines);
  const text = chosen
    .map((line) =>
      cut.timestamps ? `${new Date(line.at).toISOString().replace('Z', '000000Z')} ${line.text}` : line.text,
    )
    .join('');
  return cut.limitBytes === undefined ? text : text.slice(0, cut.limitBytes);
}

/**
 * Lines, in the order in which they had their end, with the time of it. The runtime keeps one then, when it has
 * become too long, or when the container is over; until then it is open (github.com/containerd/containerd, `internal/cri/io`).
 *
 * @param pieces as the runtime has them: parts of lines, or several
 * @param isOver whether nothing more can come
 */
export function linesOf(
  pieces: readonly LogLine[],
  isOver: boolean,
): { readonly lines: readonly LogLine[]; readonly open: readonly LogLine[] } {
  const all = joined(pieces);
  const isKept = ({ text }: LogLine) => isOver || text.endsWith('\n') || text.length >= longestPart;
  return { lines: all.filter(isKept), open: all.filter((line) => !isKept(line)) };
}

const longestPart = 16 * 1024;

function joined(pieces: readonly LogLine[]): readonly LogLine[] {
  const lines: LogLine[] = [];
  const open = new Map<LogLine['stream'], LogLine>();
  for (const { at, stream, text } of pieces) {
    for (const part of text.split(/(?<=\n)/)) {
      const line = { at, stream, text: `${open.get(stream)?.text ?? ''}${part}` };
      if (part.endsWith('\n')) {
        open.delete(stream);
        lines.push(line);
      } else open.set(stream, line);
    }
  }
  return [...lines, ...open.values()];
}

function whyWaiting(reason: ContainerStatus['name'] | undefined): string {
  if (reason === 'ErrImagePull') return "image can't be pulled";
  if (reason === 'ImagePullBackOff') return 'trying and failing to pull image';
  return reason ?? '';
}

function idOf(containerID = ''): string {
  return containerID.replace(/^containerd:\/\//, '');
}

function refused(message: string): ApiError {
  return new ApiError('BadRequest', message);
}
