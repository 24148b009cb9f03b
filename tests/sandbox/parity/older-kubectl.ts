import type { KubectlVersion } from './real-kubectl.ts';
import type { Outcome } from './worlds.ts';

/** What other versions of kubectl say otherwise than 1.36. What each says was read in the source of each release. */
interface Difference {
  /** The first minor version that says it as 1.36 does. */
  readonly since?: number;
  /** The builds that say it otherwise, whatever their version. */
  readonly build?: RegExp;
  /** The lines that it is about; all when left out. */
  readonly line?: RegExp;
  readonly pattern: RegExp;
}

/** What 1.36 says that the older one does not say so. */
interface Novelty extends Difference {
  /** What the older one says instead of what the pattern finds. */
  readonly older: string;
}

/** What the older one says besides, so that it can only be taken away from its words. */
interface Relic extends Difference {
  /** What 1.36 says instead of what the pattern finds. */
  readonly newer: string;
}

const novelties: readonly Novelty[] = [
  // "deleted from default namespace" (kubernetes/kubernetes#126619).
  {
    since: 34,
    pattern: / (deleted|force deleted) from \S+ namespace(?=$| \((?:server )?dry run\)$)/gm,
    older: ' $1',
  },
  // Of a DaemonSet it is told in which namespace it is (kubernetes/kubernetes#130862).
  {
    since: 33,
    line: /^kubectl describe daemonset/,
    pattern: /^(Name: .*\n)Namespace: .*\n/gm,
    older: '$1',
  },
  // Ports of containers are told with their names (kubernetes/kubernetes#133018).
  {
    since: 34,
    line: /^kubectl (describe|rollout history)/,
    pattern: /(?<=^ +(?:Host )?Ports?:\s.*\d\/(?:TCP|UDP|SCTP)) \([a-z0-9-]+\)/gm,
    older: '',
  },
  // `--cpu` took the place of `--cpu-percent` (kubernetes/kubernetes#129373).
  { since: 34, pattern: /^Flag --cpu-percent has been deprecated, .*\n/gm, older: '' },
  // The time zone of a CronJob (kubernetes/kubernetes#136663).
  { since: 36, line: /^kubectl describe cronjob/, pattern: /^Time Zone: .*\n/gm, older: '' },
  // Which containers there are where the one that was asked for is not (kubernetes/kubernetes#136973). It was the
  // server that found out for `exec`.
  { since: 36, line: /^kubectl logs/, pattern: /( is not valid for pod \S+) out of: .*$/gm, older: '$1' },
  {
    since: 36,
    line: /^kubectl exec/,
    pattern: /^error: (container \S+ is not valid for pod \S+) out of: .*$/gm,
    older: 'Error from server (BadRequest): $1',
  },
  // That what was applied is not what was undone (kubernetes/kubernetes#137064).
  {
    since: 36,
    line: /^kubectl rollout undo/,
    pattern: /^Warning: resource \S+ was previously managed with 'kubectl apply'\. .*\n/gm,
    older: '',
  },
  // Events name the container (kubernetes/kubernetes#133627).
  { since: 35, line: /describe/, pattern: / {2}spec\.\w+\{[^}]*\}: /g, older: '  ' },
  // `scale` says as other commands do that there is nothing (kubernetes/kubernetes#134017).
  {
    since: 35,
    line: /^kubectl scale/,
    pattern: /^Error from server \(NotFound\): (.* not found)$/gm,
    older: 'error: no objects passed to scale $1',
  },
  // `-o kyaml` needs no leave (kubernetes/kubernetes#133327).
  { since: 35, pattern: /(allowed formats are: .*)kyaml,/g, older: '$1' },
];

const relics: readonly Relic[] = [
  // Whether what is projected may be missing (kubernetes/kubernetes#129457).
  { since: 33, pattern: /^( +)ConfigMapOptional:( +)<nil>$/gm, newer: '$1Optional:         $2false' },
  { since: 33, pattern: /^( +)SecretOptionalName:( +)<nil>$/gm, newer: '$1Optional:          $2false' },
  // An object that is nowhere yet has no time of creation (kubernetes/kubernetes#130989).
  {
    since: 34,
    pattern: /^( *)metadata:\n\1 {2}creationTimestamp: null\n(?!\1 {2}\S)/gm,
    newer: '$1metadata: {}\n',
  },
  { since: 34, pattern: /^ *creationTimestamp: null\n/gm, newer: '' },
  { since: 34, pattern: /^ *"creationTimestamp": null,\n/gm, newer: '' },
  // No Secrets come with a ServiceAccount any more (kubernetes/kubernetes#117160).
  {
    since: 35,
    line: /describe (sa|serviceaccount)/,
    pattern: /^(Mountable secrets|Tokens): +<none>\n/gm,
    newer: '',
  },
  // Nobody knows the version of kube-proxy (kubernetes/kubernetes#136673).
  { since: 36, line: /describe node/, pattern: /^ +Kube-Proxy Version: +\n/gm, newer: '' },
  // The kubectl of the Google Cloud SDK tells what was mistyped in the way of servers (k8s.io/component-base/cli, Run).
  { build: /dispatcher/, pattern: /^Error: /gm, newer: 'error: ' },
  {
    build: /dispatcher/,
    pattern:
      /^E\d{4} [\d:.]+ +\d+ run\.go:\d+\] "command failed" err="required flag\(s\) \\"(.*)\\" not set"$/gm,
    newer: 'error: required flag(s) "$1" not set',
  },
];

/** What 1.36 has to be asked so that it answers as an older one does. */
const questions: readonly Relic[] = [
  // Of several objects no events are told (kubernetes/kubernetes#137145).
  {
    since: 36,
    pattern: /^kubectl describe(?!.*--show-events)/,
    newer: 'kubectl describe --show-events=true',
  },
];

/** An outcome of ours in the words of another kubectl. */
export function asOlder(outcome: Outcome, line: string, version: KubectlVersion): Outcome {
  const known = novelties.filter((each) => appliesTo(each, line, version));
  return changed(outcome, (text) =>
    known.reduce((said, { pattern, older }) => said.replace(pattern, older), text),
  );
}

/** An outcome of another kubectl without what 1.36 does not say so. */
export function asNewer(outcome: Outcome, line: string, version: KubectlVersion): Outcome {
  const known = relics.filter((each) => appliesTo(each, line, version));
  return changed(outcome, (text) =>
    known.reduce((said, { pattern, newer }) => said.replace(pattern, newer), text),
  );
}

/** The line by which 1.36 is asked for what another kubectl answers to a line. */
export function askedOfNewer(line: string, version: KubectlVersion): string {
  return questions
    .filter((each) => appliesTo(each, line, version))
    .reduce((asked, { pattern, newer }) => asked.replace(pattern, newer), line);
}

function appliesTo(
  { since, build, line: about }: Difference,
  line: string,
  { minor, name }: KubectlVersion,
): boolean {
  const isOld = since !== undefined && minor < since;
  return (isOld || build?.test(name) === true) && (about === undefined || about.test(line));
}

function changed({ stdout, stderr, code }: Outcome, change: (text: string) => string): Outcome {
  return { stdout: change(stdout), stderr: change(stderr), code };
}
