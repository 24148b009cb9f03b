import { isAtLeast, type WorkloadDraft } from './draft.ts';

/** How long the Pod has between the stop signal and SIGKILL; 30 s where nothing is said, docker's 10. */
export function setGracePeriod(draft: WorkloadDraft, seconds: number): void {
  draft.pod.terminationGracePeriodSeconds = seconds;
}

/** The names of KEP-4960, by number where Linux on most machines has one. */
const signals: readonly (readonly [string, number?])[] = [
  ['SIGHUP', 1],
  ['SIGINT', 2],
  ['SIGQUIT', 3],
  ['SIGILL', 4],
  ['SIGTRAP', 5],
  ['SIGABRT', 6],
  ['SIGBUS', 7],
  ['SIGFPE', 8],
  ['SIGKILL', 9],
  ['SIGUSR1', 10],
  ['SIGSEGV', 11],
  ['SIGUSR2', 12],
  ['SIGPIPE', 13],
  ['SIGALRM', 14],
  ['SIGTERM', 15],
  ['SIGSTKFLT', 16],
  ['SIGCHLD', 17],
  ['SIGCONT', 18],
  ['SIGSTOP', 19],
  ['SIGTSTP', 20],
  ['SIGTTIN', 21],
  ['SIGTTOU', 22],
  ['SIGURG', 23],
  ['SIGXCPU', 24],
  ['SIGXFSZ', 25],
  ['SIGVTALRM', 26],
  ['SIGPROF', 27],
  ['SIGWINCH', 28],
  ['SIGIO', 29],
  ['SIGPWR', 30],
  ['SIGSYS', 31],
  ['SIGRTMIN', 34],
  ['SIGRTMAX', 64],
  ['SIGCLD'],
  ['SIGIOT'],
  ['SIGPOLL'],
];

/** A signal as the API writes it: `QUIT`, `sigquit` and `3` are `SIGQUIT`, `RTMIN+3` is `SIGRTMIN+3`. */
export function signalName(text: string): string | undefined {
  const asNumber = /^\d+$/.test(text) ? Number(text) : undefined;
  if (asNumber !== undefined)
    return signals.find(([, number]) => number === asNumber)?.[0] ?? realTime(asNumber);
  const name = `SIG${text.toUpperCase().replace(/^SIG/, '')}`;
  const [, edge, distance] = /^SIG(RTMIN\+|RTMAX-)(\d{1,2})$/.exec(name) ?? [];
  if (edge) return realTimeInRange(edge, Number(distance)) ? `SIG${edge}${Number(distance)}` : undefined;
  return signals.find(([each]) => each === name)?.[0];
}

/**
 * Has the runtime send another signal than the image's STOPSIGNAL. The field came with 1.33, behind the
 * feature gate ContainerStopSignals, which is alpha and off by default up to 1.36; the API wants to know the
 * operating system with it (https://github.com/kubernetes/enhancements/issues/4960).
 *
 * @returns whether the version knows the field
 */
export function setStopSignal(draft: WorkloadDraft, signal: string): boolean {
  if (!isAtLeast(draft, '1.33')) return false;
  draft.container.lifecycle = { ...draft.container.lifecycle, stopSignal: signal };
  draft.pod.os = { name: 'linux' };
  return true;
}

function realTime(number: number): string | undefined {
  if (number > 34 && number < 50) return `SIGRTMIN+${number - 34}`;
  if (number > 49 && number < 64) return `SIGRTMAX-${64 - number}`;
  return undefined;
}

function realTimeInRange(edge: string, distance: number): boolean {
  return distance >= 1 && distance <= (edge === 'RTMIN+' ? 15 : 14);
}
