import { binarySize, humanDuration } from '../../go/go-units.ts';
import type { Sandbox } from '../../sandbox.ts';
import { laptopHost } from '../../shell/laptop.ts';
import { type DeadPort, deadPortsOf } from '../dead-ports.ts';
import type { ListedPort } from '../docker-listed.ts';
import { amount, type Finding } from '../why/account.ts';
import { exitMeaning } from './exit-code.ts';
import { sentence } from './scheduling.ts';

/** A container as `docker inspect` shows it, in so far as it says how it stands. */
export interface InspectedContainer {
  readonly Id: string;
  readonly Name: string;
  readonly RestartCount: number;
  readonly State: {
    readonly Status: string;
    readonly Running: boolean;
    readonly OOMKilled: boolean;
    readonly ExitCode: number;
    readonly Error: string;
    readonly StartedAt: string;
    readonly FinishedAt: string;
    readonly Health?: {
      readonly Status: string;
      readonly FailingStreak: number;
      readonly Log?: readonly { readonly ExitCode: number; readonly Output: string }[] | null;
    };
  };
  readonly HostConfig: {
    readonly Memory: number;
    readonly RestartPolicy: { readonly Name: string; readonly MaximumRetryCount: number };
  };
  readonly Config: { readonly Image: string };
  readonly NetworkSettings?: {
    readonly Ports?: Readonly<
      Record<string, readonly { readonly HostIp: string; readonly HostPort: string }[] | null>
    >;
  };
}

/** Why a container of the Docker Engine is not as it should be; undefined when it is. */
export function dockerFinding(sandbox: Sandbox, container: InspectedContainer): Finding | undefined {
  const { State: state, HostConfig: config, RestartCount } = container;
  const name = container.Name.replace(/^\//, '');
  const about = `container ${name}`;
  const logs = `docker logs ${name}`;
  const told = (because: readonly string[], next: readonly string[], isPassing = false): Finding => ({
    about,
    because,
    next,
    isPassing,
  });
  if (state.Status === 'running') {
    const health = state.Health;
    if (health?.Status === 'starting')
      return told(['It runs; its health check has not succeeded yet.'], [], true);
    if (health?.Status !== 'unhealthy') {
      const dead = deadPortsOf(sandbox, container.Id, portsOf(container));
      const because = dead.map(deadPortText);
      return because.length === 0 ? undefined : told(because, [logs, `docker port ${name}`]);
    }
    const output = health.Log?.at(-1)?.Output.trim() ?? '';
    return told(
      [
        `It runs, but its health check has failed ${amount(health.FailingStreak, 'time')} in a row${output === '' ? '' : `: ${output}`}.`,
        'Docker only marks it: nobody starts it again for that.',
      ],
      [logs, `docker inspect ${name}`],
    );
  }
  if (state.Status === 'paused') {
    return told(['It is paused: its processes are frozen where they were.'], [`docker unpause ${name}`]);
  }
  if (state.Status === 'created') {
    if (state.Error === '') return told(['It was made and never started.'], [`docker start ${name}`]);
    return told([sentence(`It could not be started: ${state.Error}`)], [`docker inspect ${name}`]);
  }
  if (state.Status === 'exited' && state.ExitCode === 0) return undefined;
  const ago = humanDuration(sandbox.cluster.now - Date.parse(state.FinishedAt)).toLowerCase();
  const meaning = exitMeaning(state.ExitCode);
  const line = sandbox.runtime.container(laptopHost, container.Id)
    ? sandbox.runtime.logs(laptopHost, container.Id).at(-1)?.text.trim()
    : undefined;
  const end = state.OOMKilled
    ? `It ended ${ago} ago with exit code ${state.ExitCode}: it used more memory than ${config.Memory > 0 ? `its ${binarySize(config.Memory)}` : 'there is'}.`
    : sentence(`It ended ${ago} ago with exit code ${state.ExitCode}${meaning ? `: ${meaning}` : ''}`);
  return told(
    [
      ...(state.Error === '' ? [end] : [sentence(`It could not be started: ${state.Error}`)]),
      ...(line && !state.OOMKilled ? [`It wrote last: "${line.slice(0, 160)}".`] : []),
      policyText(state.Status === 'restarting', RestartCount, config.RestartPolicy),
    ],
    [logs, `docker inspect ${name}`],
    state.Status === 'restarting',
  );
}

/** What becomes of a container that has ended, by its restart policy. */
function policyText(
  isRestarting: boolean,
  count: number,
  { Name: policy, MaximumRetryCount: most }: InspectedContainer['HostConfig']['RestartPolicy'],
): string {
  if (isRestarting) {
    return `Its restart policy is ${policy}: it was started again ${amount(count, 'time')}, with longer and longer pauses.`;
  }
  if (policy === '' || policy === 'no') return 'Its restart policy is no: nobody starts it again.';
  if (policy === 'on-failure' && most > 0 && count >= most) {
    return `Its restart policy is on-failure:${most}, and it was started again ${amount(count, 'time')}: that was the last.`;
  }
  return `Its restart policy is ${policy}, which does not bring back what somebody has stopped.`;
}

/** Whether somebody has stopped a container: it ended by a signal, and not for lack of memory. */
export function isStopped({ State: state }: InspectedContainer): boolean {
  return state.Status === 'exited' && !state.OOMKilled && [130, 137, 143].includes(state.ExitCode);
}

function portsOf({ NetworkSettings: settings }: InspectedContainer): readonly ListedPort[] {
  return Object.entries(settings?.Ports ?? {}).flatMap(([name, bindings]) => {
    const [port, Type = 'tcp'] = name.split('/');
    return (bindings ?? []).map(({ HostIp: IP, HostPort }) => {
      return { IP, PublicPort: Number(HostPort), PrivatePort: Number(port), Type };
    });
  });
}

function deadPortText({ published, port, isLocal }: DeadPort): string {
  const leads = `Port ${published} of this machine leads to port ${port} of it`;
  if (!isLocal) return `${leads}, and nothing listens there.`;
  return `${leads}. What listens there does so on 127.0.0.1, which only the container itself can reach.`;
}
