import { binarySize, humanDuration } from '../../go/go-units.ts';
import type { Sandbox } from '../../sandbox.ts';
import { laptopHost } from '../../shell/laptop/laptop.ts';
import { type DeadPort, deadPortsOf } from '../dead-ports.ts';
import type { ListedPort } from '../docker-listed.ts';
import { amount, type Finding } from '../why/account.ts';
import { exitMeaning } from './exit-code.ts';
import { onItsWay, trouble } from './finding.ts';
import { engineError } from './start-error.ts';

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
  readonly NetworkSettings: {
    readonly Ports: Readonly<
      Record<string, readonly { readonly HostIp: string; readonly HostPort: string }[] | null>
    >;
  };
}

/** Why a container of the Docker Engine is not as it should be; undefined when it is. */
export function dockerFinding(sandbox: Sandbox, container: InspectedContainer): Finding | undefined {
  const { State: state } = container;
  const name = container.Name.replace(/^\//, '');
  const about = `container ${name}`;
  const inspect = `docker inspect ${name}`;
  if (state.Status === 'running') return runningFinding(sandbox, container, name);
  if (state.Status === 'paused') {
    const because = 'It is paused: its processes are frozen where they were.';
    return trouble(about, [because], [`docker unpause ${name}`]);
  }
  if (state.Error !== '') return trouble(about, [engineError(state.Error)], [inspect]);
  if (state.Status === 'created') {
    return trouble(about, ['It was made and never started.'], [`docker start ${name}`]);
  }
  if (state.Status === 'exited' && state.ExitCode === 0) return undefined;
  const tell = state.Status === 'restarting' ? onItsWay : trouble;
  return tell(about, endSentences(sandbox, container), [`docker logs ${name}`, inspect]);
}

function runningFinding(sandbox: Sandbox, container: InspectedContainer, name: string): Finding | undefined {
  const about = `container ${name}`;
  const logs = `docker logs ${name}`;
  const health = container.State.Health;
  if (health?.Status === 'starting') {
    return onItsWay(about, ['It runs; its health check has not succeeded yet.']);
  }
  if (health?.Status === 'unhealthy') {
    const output = health.Log?.at(-1)?.Output.trim();
    const failed = `its health check has failed ${amount(health.FailingStreak, 'time')} in a row`;
    return trouble(
      about,
      [
        `It runs, but ${failed}${output ? `: ${output}` : ''}.`,
        'Docker only marks it: nobody starts it again for that.',
      ],
      [logs, `docker inspect ${name}`],
    );
  }
  const dead = deadPortsOf(sandbox, container.Id, portsOf(container));
  return dead.length === 0
    ? undefined
    : trouble(about, dead.map(deadPortText), [logs, `docker port ${name}`]);
}

/** How a container ended, what it wrote last, and what becomes of it. */
function endSentences(
  { cluster, runtime }: Sandbox,
  { Id, State: state, HostConfig: config, RestartCount }: InspectedContainer,
): readonly string[] {
  const ago = humanDuration(cluster.now - Date.parse(state.FinishedAt)).toLowerCase();
  const ended = `It ended ${ago} ago with exit code ${state.ExitCode}`;
  const policy = policyText(state.Status === 'restarting', RestartCount, config.RestartPolicy);
  if (state.OOMKilled) {
    return [`${ended}: it used more memory than its ${binarySize(config.Memory)}.`, policy];
  }
  const meaning = exitMeaning(state.ExitCode);
  const line = runtime.logs(laptopHost, Id).at(-1)?.text.trim();
  return [
    `${ended}${meaning ? `: ${meaning}` : ''}.`,
    ...(line ? [`It wrote last: "${line.slice(0, 160)}".`] : []),
    policy,
  ];
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
  if (policy === 'no') return 'Its restart policy is no: nobody starts it again.';
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
  return Object.entries(settings.Ports).flatMap(([name, bindings]) => {
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
