import type { ContainerStatus, Pod } from '../../../kubernetes/api.ts';
import { complain, pause, print, type Steps } from '../../effects.ts';
import { throwUnless } from '../../thrown.ts';
import type { KubectlContext } from '../context.ts';
import { UpgradeFailure } from '../failures.ts';
import { get, getText } from '../server/client.ts';
import { attachTo } from '../streams/attach.ts';

/** Longer than anything that is waited for. */
const hour = 3_600_000;

/** Waits until a container for debugging runs, and attaches to it; of one that has ended the log is shown. */
export function* attachToDebugger({ options }: KubectlContext, pod: Pod, container: string): Steps<void> {
  const { namespace = '', name = '' } = pod.metadata;
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}`;
  const isQuiet = options.on('--quiet');
  const current = yield* waitFor(path, container, isQuiet);
  const showLog = function* (): Steps<void> {
    yield* print(yield* getText(`${path}/log`, { container }));
  };
  if (statusOf(current, container)?.state?.terminated) {
    yield* showLog();
    return;
  }
  try {
    const stdin = options.on('--stdin');
    yield* attachTo(current, { container, stdin, tty: options.on('--tty'), isQuiet });
  } catch (failure) {
    throwUnless(failure, UpgradeFailure);
    yield* complain(
      `warning: couldn't attach to pod/${name}, falling back to streaming logs: ${failure.message}\n`,
    );
    yield* showLog();
  }
}

function* waitFor(path: string, container: string, isQuiet: boolean): Steps<Pod> {
  let version: string | undefined;
  for (;;) {
    const pod = yield* get<Pod>(path);
    const { state } = statusOf(pod, container) ?? {};
    if (state?.running || state?.terminated) return pod;
    const message = state?.waiting?.message ?? '';
    if (!isQuiet && message !== '' && pod.metadata.resourceVersion !== version) {
      yield* complain(`Warning: container ${container}: ${message}\n`);
    }
    version = pod.metadata.resourceVersion;
    yield* pause(hour);
  }
}

function statusOf({ status }: Pod, container: string): ContainerStatus | undefined {
  return [
    ...(status?.initContainerStatuses ?? []),
    ...(status?.containerStatuses ?? []),
    ...(status?.ephemeralContainerStatuses ?? []),
  ].find(({ name }) => name === container);
}
