import type { LifecycleHandler } from '../../../../kubernetes/api.ts';
import { type LogLine, RuntimeError } from '../../../runtime/container-runtime.ts';
import { foreseen } from '../foreseen-error.ts';
import { afterAWhile } from '../node-context.ts';
import { connect } from '../pods/pod-connections.ts';
import { formatPod, type RoledContainer } from '../pods/pod-containers.ts';
import type { HookRun } from '../pods/pod-record.ts';
import type { PodWork } from '../pods/pod-work.ts';

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
  const { exec, httpGet, sleep } = handler;
  if (sleep) return { state: 'running', run: { until: afterAWhile(context, sleep.seconds * 1000) } };
  if (exec) {
    const { command = [] } = exec;
    try {
      // Its words stay as they are: only those of probes know variables.
      const process = context.runtime.exec(record.node, id, {
        argv: command,
        tty: false,
        stdin: false,
      });
      return advanceHook(work, container, handler, { process });
    } catch (problem) {
      const { message } = foreseen(problem, RuntimeError);
      return {
        state: 'ended',
        failure: execFailure(work, container, command, message, ''),
      };
    }
  }
  if (httpGet) {
    const answer = connect(work, container, httpGet, 'hook');
    const what = `HTTP lifecycle hook (${httpGet.path ?? ''}) ${whose(work, container)}`;
    return {
      state: 'ended',
      failure: answer.kind !== 'answer' ? `${what} failed - error: ${answer.message}` : undefined,
    };
  }
  return { state: 'ended', failure: `Cannot run handler: invalid handler: ${Object.keys(handler).join()}` };
}

/** Looks whether a hook has come to its end. */
export function advanceHook(
  work: PodWork,
  container: RoledContainer,
  handler: LifecycleHandler | undefined,
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
  const command = handler?.exec?.command ?? [];
  // In the words of the client of the runtime: after the code stands what went to standard error.
  const errors = output.filter(({ stream }) => stream === 'stderr').map((line) => line.text);
  const why = `command '${command.join(' ')}' exited with ${exitCode}: ${errors.join('')}`;
  return { state: 'ended', failure: execFailure(work, container, command, why, outputOf(output)) };
}

/** What a command printed, as the runtime hands it over: its errors stand last. */
export function outputOf(lines: readonly LogLine[]): string {
  const written = (stream: LogLine['stream']) => lines.filter((line) => line.stream === stream);
  return [...written('stdout'), ...written('stderr')].map(({ text }) => text).join('');
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
