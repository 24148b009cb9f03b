/** What has to stand on a kubectl line beside its command. */
interface Requirement {
  /** How many arguments there are at least and at most. */
  readonly least?: number;
  readonly most?: number;
  /** Flags that stand for the arguments: with one of them there need be none. */
  readonly or?: readonly string[];
  /** Flags of which one has to be there. */
  readonly flags?: readonly (readonly string[])[];
  /** What stands behind `--` is a command for a container, and does not count. */
  readonly isCommandBehind?: true;
  /** What kubectl says without the arguments; `{count}` is how many there are. */
  readonly says: string;
}

const byFile = ['--filename', '--kustomize'];
const oneName: Requirement = {
  least: 1,
  most: 1,
  isCommandBehind: true,
  says: 'exactly one NAME is required, got {count}',
};
const someObject: Requirement = {
  least: 1,
  or: byFile,
  says: 'You must provide one or more resources by argument or filename.',
};
const rolledOut: Requirement = { least: 1, or: byFile, says: 'required resource not specified' };
const changed: Requirement = {
  least: 1,
  or: byFile,
  says: 'one or more resources must be specified as <resource> <name> or <resource>/<name>',
};
const manifest: Requirement = { flags: [byFile], says: 'must specify one of -f and -k' };
const someNode = (verb: string): Requirement => ({
  least: 1,
  or: ['--selector'],
  says: `USAGE: ${verb} NODE [flags]`,
});
const context = (least: number, most: number): Requirement => ({
  least,
  most,
  says: 'wrong number of arguments, got {count}',
});

/** What kubectl 1.32 and 1.36 complain about before they ask a cluster; tried with both. */
const requirements: Readonly<Record<string, Requirement>> = {
  annotate: changed,
  apply: manifest,
  attach: { least: 1, says: 'at least 1 argument is required for attach' },
  'auth can-i': {
    least: 2,
    or: ['--list'],
    says: 'you must specify two arguments: verb resource or verb resource/resourceName.',
  },
  autoscale: { ...someObject, flags: [['--max']] },
  'certificate approve': {
    least: 1,
    or: byFile,
    says: 'one or more CSRs must be specified as <name> or -f <filename>',
  },
  'certificate deny': {
    least: 1,
    or: byFile,
    says: 'one or more CSRs must be specified as <name> or -f <filename>',
  },
  completion: { least: 1, most: 1, says: 'Shell not specified.' },
  'config delete-cluster': context(1, 1),
  'config delete-context': context(1, 1),
  'config delete-user': context(1, 1),
  'config rename-context': context(2, 2),
  'config set': context(2, 2),
  'config set-cluster': context(1, 1),
  'config set-credentials': context(1, 1),
  'config set-context': { ...context(1, 1), or: ['--current'] },
  'config unset': context(1, 1),
  'config use-context': context(1, 1),
  'config view': { most: 0, says: 'unexpected arguments' },
  cordon: someNode('cordon'),
  cp: { least: 2, most: 2, says: 'source and destination are required' },
  create: manifest,
  'create configmap': oneName,
  'create cronjob': { ...oneName, flags: [['--image'], ['--schedule']] },
  'create deployment': { ...oneName, flags: [['--image']] },
  'create ingress': oneName,
  'create job': { ...oneName, flags: [['--image', '--from']] },
  'create namespace': oneName,
  'create poddisruptionbudget': oneName,
  'create priorityclass': oneName,
  'create quota': oneName,
  'create role': oneName,
  'create rolebinding': oneName,
  'create clusterrole': oneName,
  'create clusterrolebinding': oneName,
  'create secret docker-registry': oneName,
  'create secret generic': oneName,
  'create secret tls': oneName,
  'create service clusterip': { ...oneName, flags: [['--tcp', '--clusterip']] },
  'create service externalname': { ...oneName, flags: [['--external-name']] },
  'create service loadbalancer': { ...oneName, flags: [['--tcp']] },
  'create service nodeport': { ...oneName, flags: [['--tcp']] },
  'create serviceaccount': oneName,
  'create token': oneName,
  delete: { ...someObject, or: [...byFile, '--raw'] },
  describe: { ...someObject, says: 'You must specify the type of resource to describe.' },
  diff: manifest,
  drain: someNode('drain'),
  edit: someObject,
  explain: { least: 1, most: 1, says: 'You must specify the type of resource to explain.' },
  expose: someObject,
  get: { ...someObject, or: [...byFile, '--raw'], says: 'You must specify the type of resource to get.' },
  label: changed,
  logs: {
    least: 1,
    most: 2,
    or: ['--selector'],
    says: "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.",
  },
  patch: { ...someObject, flags: [['--patch', '--patch-file']] },
  'port-forward': { least: 2, says: 'TYPE/NAME and list of ports are required for port-forward' },
  replace: manifest,
  'rollout history': rolledOut,
  'rollout pause': rolledOut,
  'rollout restart': rolledOut,
  'rollout resume': rolledOut,
  'rollout status': rolledOut,
  'rollout undo': rolledOut,
  run: { least: 1, flags: [['--image']], says: 'NAME is required for run' },
  scale: { ...someObject, flags: [['--replicas']] },
  'set env': changed,
  'set image': someObject,
  'set resources': someObject,
  'set selector': someObject,
  'set serviceaccount': someObject,
  taint: { least: 1, says: 'one or more resources must be specified as <resource> <name>' },
  'top node': { most: 1, says: 'node [NAME | -l label]' },
  'top pod': { most: 1, says: 'pod [NAME | -l label]' },
  uncordon: someNode('uncordon'),
  version: { most: 0, says: 'extra arguments' },
  wait: { ...someObject, flags: [['--for']] },
};

/** What is missing on a line, or too much: what kubectl says, and what to do. */
export interface Shortcoming {
  readonly message: string;
  readonly hint: string;
}

/**
 * What kubectl misses on a line before it asks a cluster: a name, a file, a flag that has to be there.
 *
 * @param command canonical, such as `kubectl run`
 * @param args the words that are no flags, up to `--`
 * @param afterDashes what stands behind `--`
 * @param flags the long names of the flags that were given
 */
export function shortcomingOf(
  command: string,
  args: readonly string[],
  afterDashes: readonly string[],
  flags: ReadonlySet<string>,
): Shortcoming | undefined {
  const name = command.slice('kubectl '.length);
  if (command === 'kubectl exec') return shortcomingOfExec(args, afterDashes, flags);
  const required = Object.hasOwn(requirements, name) ? requirements[name] : undefined;
  if (!required) return undefined;

  const missing = required.flags?.find((choice) => !choice.some((flag) => flags.has(flag)));
  if (missing) return missesFlag(missing, required);
  const { least = 0, most = Number.POSITIVE_INFINITY, or = [] } = required;
  // Elsewhere what stands behind -- are arguments as all others.
  const count = args.length + (required.isCommandBehind ? 0 : afterDashes.length);
  const isTooFew = count < least && !or.some((flag) => flags.has(flag));
  if (!isTooFew && count <= most) return undefined;
  return {
    message: required.says.replace('{count}', String(count)),
    hint: `${command} --help shows how it goes.`,
  };
}

function missesFlag(missing: readonly string[], { says }: Requirement): Shortcoming {
  const names = missing.map((flag) => flag.slice(2)).join('" or "');
  const isManifest = missing === byFile;
  return {
    message: isManifest ? says : `required flag(s) "${names}" not set`,
    hint: isManifest ? 'Name a manifest with -f.' : `Add ${missing.join(' or ')}.`,
  };
}

function shortcomingOfExec(
  args: readonly string[],
  afterDashes: readonly string[],
  flags: ReadonlySet<string>,
): Shortcoming | undefined {
  const hint = 'kubectl exec <pod> -- <command> is how it goes.';
  if (args.length === 0 && !flags.has('--filename')) {
    return { message: 'pod, type/name or --filename must be specified', hint };
  }
  if (afterDashes.length > 0) return undefined;
  if (args.length > 1) {
    return {
      message: 'exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead',
      hint,
    };
  }
  return { message: 'you must specify at least one command for the container', hint };
}
