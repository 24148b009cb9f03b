import type { LifecycleHandler } from '../../../../kubernetes/api.ts';
import { RuntimeError } from '../../../runtime/container-runtime.ts';
import { afterAWhile } from '../node-context.ts';
import { connect } from '../pods/pod-connections.ts';
import { formatPod, type RoledContainer } from '../pods/pod-containers.ts';
import type { HookRun } from '../pods/pod-record.ts';
import type { PodWork } from '../pods/pod-work.ts';
import { expand } from './expansion.ts';

/** How a hook stands: it runs, or it has come to its end, with or without success. */
export type HookState =
  | { readonly state: 'running'; readonly run: HookRun; readonly failure?: undefined }
  | { readonly state: 'ended'; readonly failure: string | undefined };

/** Begins a hook of a running container (k8s.io/kubernetes/pkg/kubelet/lifecycle/handlers.go). */
export function beginHook(
  work: PodWork,
  container: RoledContainer,
  id: string,
  handler: LifecycleHandler,
): HookState {
  const { context, record } = work;
  const { exec, httpGet, tcpSocket, sleep } = handler;
  if (sleep) return { state: 'running', run: { until: afterAWhile(context, sleep.seconds * 1000) } };
  if (exec) {
    try {
      const argv = staticallyExpanded(container, exec.command ?? []);
      const process = context.runtime.exec(record.node, id, { argv, tty: false, stdin: false });
      return advanceHook(work, container, handler, { process });
    } catch (problem) {
      if (!(problem instanceof RuntimeError)) throw problem;
      return {
        state: 'ended',
        failure: execFailure(work, container, exec.command ?? [], problem.message, ''),
      };
    }
  }
  if (httpGet) {
    const answer = connect(work, container, httpGet, 'hook');
    const what = `HTTP lifecycle hook (${httpGet.path ?? ''}) ${whose(work, container)}`;
    return {
      state: 'ended',
      failure: answer.kind === 'error' ? `${what} failed - error: ${answer.message}` : undefined,
    };
  }
  const problem = tcpSocket ? 'invalid handler: tcpSocket' : 'invalid handler';
  return { state: 'ended', failure: `Cannot run handler: ${problem}` };
}

/** Looks whether a hook has come to its end. */
export function advanceHook(
  work: PodWork,
  container: RoledContainer,
  { exec }: LifecycleHandler,
  run: HookRun,
): HookState {
  const { runtime, cluster } = work.context;
  if ('until' in run) {
    return run.until <= cluster.now ? { state: 'ended', failure: undefined } : { state: 'running', run };
  }
  const process = runtime.process(work.record.node, run.process);
  if (process?.state === 'running') return { state: 'running', run };
  if (!process) return { state: 'ended', failure: undefined };
  runtime.forget(work.record.node, run.process);
  const { exitCode = 0, output } = process;
  if (exitCode === 0) return { state: 'ended', failure: undefined };
  const command = exec?.command ?? [];
  const text = output.map((line) => line.text).join('');
  // In the words of the client of the runtime: after the code stands what went to standard error.
  const errors = output.filter(({ stream }) => stream === 'stderr').map((line) => line.text);
  const why = `command '${command.join(' ')}' exited with ${exitCode}: ${errors.join('')}`;
  return { state: 'ended', failure: execFailure(work, container, command, why, text) };
}

/** Variables in the command of a hook or a probe: only those that the Pod gives a plain value. */
export function staticallyExpanded({ spec }: RoledContainer, command: readonly string[]): readonly string[] {
  const values = new Map((spec.env ?? []).map(({ name, value = '' }) => [name, value]));
  return command.map((word) => expand(word, (name) => values.get(name)));
}

function execFailure(
  work: PodWork,
  container: RoledContainer,
  command: readonly string[],
  why: string,
  output: string,
): string {
  const what = `Exec lifecycle hook ([${command.join(' ')}]) ${whose(work, container)}`;
  return `${what} failed - error: ${why}, message: ${JSON.stringify(output)}`;
}

function whose({ pod }: PodWork, { spec }: RoledContainer): string {
  return `for Container "${spec.name}" in Pod "${formatPod(pod)}"`;
}
