import { parseDurationText } from '../../kubernetes/duration.ts';
import { type KubectlFlag, kubectlGrammar } from '../../kubernetes/grammar.ts';
import type { KubectlCommand, KubectlFlagUse } from '../../kubernetes/parse.ts';
import { findResource } from '../../kubernetes/resources.ts';
import { type ReadArguments, sameImage } from './kubectl-words.ts';

/** Flags that change how much is logged, cached or waited for, and nothing of what is done. */
const ofClient = [
  ...['--v', '--vmodule', '--log-flush-frequency', '--request-timeout', '--cache-dir', '--kuberc'],
  ...['--warnings-as-errors', '--match-server-version', '--disable-compression', '--profile'],
  ...['--profile-output', '--field-manager', '--show-managed-fields', '--allow-missing-template-keys'],
  ...['--record', '--validate', '--timeout', '--wait', '--pod-running-timeout', '--chunk-size', '--quiet'],
  ...['--server-print', '--ignore-not-found', '--save-config', '--server-side', '--overwrite'],
];

/** Flags that show the same things with more about them. */
const ofView: Readonly<Record<string, readonly string[]>> = {
  'kubectl get': ['--show-labels', '--show-kind', '--sort-by', '--label-columns', '--output=wide'],
  'kubectl logs': ['--timestamps', '--prefix', '--ignore-errors', '--max-log-requests'],
  'kubectl exec': ['--stdin', '--tty'],
  'kubectl run': ['--attach'],
  'kubectl rollout status': ['--watch'],
  'kubectl top pod': ['--no-headers', '--sort-by', '--use-protocol-buffers'],
  'kubectl top node': ['--no-headers', '--sort-by', '--use-protocol-buffers'],
};

/** Commands whose `--output` says in what form the changed object is printed. */
const changes =
  /^kubectl (annotate|apply|autoscale|create .*|delete|expose|label|patch|replace|run|scale|set .*|taint|rollout (pause|restart|resume|undo))$/;

/**
 * Whether a flag that was not asked for leaves the outcome what it is.
 *
 * @param flags all flags of the line, as `kubectlFlags` gives them
 */
export function isHarmless(command: string, flag: string, flags: ReadonlyMap<string, string>): boolean {
  if (ofClient.includes(flag)) return true;
  const value = flags.get(flag);
  if (flag === '--output' && changes.test(command) && !flags.has('--dry-run')) return true;
  return ofView[command]?.some((each) => each === flag || each === `${flag}=${value}`) ?? false;
}

/**
 * The flags of a line, each in one spelling and without those that ask for what is so anyway: `-n default`,
 * `--replicas=1` of a new Deployment, `--target-port` that is the port.
 *
 * @returns values by the long names; of a flag that may be given often, all of them
 */
export function kubectlFlags(line: KubectlCommand, args: ReadArguments): Map<string, string> {
  const { command } = line;
  const flags = new Map<string, string>();
  const root = kubectlGrammar('kubectl')?.flags ?? [];
  const own = kubectlGrammar(command)?.flags ?? [];
  for (const use of [...line.globals, ...line.flags]) {
    const flag = [...own, ...root].find(({ name }) => name === use.name);
    const values = valuesOf(use, flag?.type ?? 'string');
    const before = isList(flag) ? (flags.get(use.name)?.split('\n') ?? []) : [];
    flags.set(use.name, [...new Set([...before, ...values])].sort().join('\n'));
  }
  const [, container] = command === 'kubectl logs' ? line.args : [];
  if (container !== undefined) flags.set('--container', container);
  // Until 1.34 the share of a CPU had a flag of its own.
  const percent = flags.get('--cpu-percent');
  if (percent !== undefined) {
    flags.delete('--cpu-percent');
    flags.set('--cpu', `${percent}%`);
  }
  for (const [name, value] of [...flags]) {
    const flag = [...own, ...root].find((each) => each.name === name);
    if (isMeantAnyway(command, name, value, flag, flags, args)) flags.delete(name);
  }
  return flags;
}

function isList(flag: KubectlFlag | undefined): boolean {
  return ['stringArray', 'stringSlice', 'stringToString'].includes(flag?.type ?? '');
}

function valuesOf({ name, value }: KubectlFlagUse, type: KubectlFlag['type']): string[] {
  switch (type) {
    case 'bool':
      return [/^(1|t|T|TRUE|true|True)$/.test(value) ? 'true' : 'false'];
    case 'duration':
      return [String(parseDurationText(value) ?? value)];
    case 'stringSlice':
    case 'stringToString':
      return value.split(',').map((each) => oneSpelling(name, each));
    default:
      return [oneSpelling(name, value)];
  }
}

/** A value without what is only its spelling. */
function oneSpelling(name: string, value: string): string {
  switch (name) {
    case '--selector':
    case '--field-selector':
      return value
        .split(/,(?![^(]*\))/)
        .map((part) => part.replace(/==/, '=').replace(/\s+/g, ' ').trim())
        .sort()
        .join(',');
    case '--filename':
    case '--kustomize':
      return value.replace(/^\.\/(?=.)/, '').replace(/(?<=.)\/$/, '');
    case '--image':
      return sameImage(value);
    case '--dry-run':
      return value === 'unchanged' ? 'client' : value;
    case '--for': {
      const [, kind = '', object] = /^([^/=]+)\/(.*)$/s.exec(value) ?? [];
      if (object !== undefined) return `${findResource(kind)?.plural ?? kind}/${object}`;
      // kubectl compares conditions without their case; a condition is waited for until it is true.
      return /^condition=/i.test(value) ? value.toLowerCase().replace(/=true$/, '') : value;
    }
    case '--tcp':
      return /^\d+$/.test(value) ? `${value}:${value}` : value;
    default:
      return value;
  }
}

function isMeantAnyway(
  command: string,
  name: string,
  value: string,
  flag: KubectlFlag | undefined,
  flags: ReadonlyMap<string, string>,
  args: ReadArguments,
): boolean {
  if (name === '--namespace') return value === 'default' && command !== 'kubectl config set-context';
  if (command === 'kubectl expose') {
    const own: Readonly<Record<string, string | undefined>> = {
      '--target-port': flags.get('--port'),
      '--name': args.names.length === 1 ? args.names[0] : undefined,
      '--type': 'ClusterIP',
      '--protocol': 'TCP',
    };
    if (own[name] === value) return true;
  }
  if (name === '--stdin' || name === '--tty') return value === 'false';
  // Of a list the recorded default stands in brackets. No revision, or 0, is the one before.
  const recorded = isList(flag) ? flag?.default?.replace(/^\[|\]$/g, '') : flag?.default;
  const otherwise =
    recorded ?? (flag?.type === 'bool' ? 'false' : name === '--to-revision' ? '0' : undefined);
  if (otherwise === undefined) return false;
  return flag?.type === 'duration' ? String(parseDurationText(otherwise)) === value : otherwise === value;
}
