import { baseName } from '../../docker/base-name.ts';
import type { DockerCommand } from '../../docker/parse.ts';
import type { Likeness } from '../../lesson/lesson.ts';
import type { WorkloadKind } from '../workload/draft.ts';
import { isOn, lastValue, usesOf } from './flag-rule.ts';

/** What kind of object the line asks for, and why. */
export interface KindChoice {
  readonly kind: WorkloadKind;
  /** A clause that follows "because". */
  readonly because: string;
  readonly grade: Likeness;
  readonly restartPolicy: 'Always' | 'OnFailure' | 'Never';
  /** The learner sits in front of it. */
  readonly interactive: boolean;
  readonly lesson: string;
  readonly sources: readonly string[];
}

interface Line {
  readonly command: DockerCommand;
  readonly args: readonly string[];
  readonly restart: string;
  readonly detached: boolean;
  readonly interactive: boolean;
  readonly removed: boolean;
  readonly publishes: boolean;
}

type Choice = Omit<KindChoice, 'interactive'>;

const deployment = {
  kind: 'deployment',
  restartPolicy: 'Always',
  lesson: 'deployments',
  sources: ['k8s-deployments', 'docker-restart-policies'],
} as const;
const pod = {
  kind: 'pod',
  restartPolicy: 'Never',
  lesson: 'pods',
  sources: ['k8s-pods', 'k8s-pod-lifecycle'],
} as const;
const job = { kind: 'job', restartPolicy: 'Never', lesson: 'jobs', sources: ['k8s-jobs'] } as const;
const statefulSet = { sources: ['k8s-statefulset'] } as const;

/** Ids of the pages that the choice rests on. */
export const kindSources: readonly string[] = [deployment, pod, job, statefulSet].flatMap(
  ({ sources }) => sources,
);

/** The first row that fits decides. */
const rows: readonly { readonly fits: (line: Line) => boolean; readonly choice: Choice }[] = [
  {
    fits: ({ restart }) => restart === 'always',
    choice: {
      ...deployment,
      grade: 'exact',
      because:
        '`--restart always` asks for something that keeps it running, and that is what a Deployment does',
    },
  },
  {
    fits: ({ restart }) => restart === 'unless-stopped',
    choice: {
      ...deployment,
      grade: 'exact',
      because:
        '`--restart unless-stopped` asks for something that keeps it running, and stopped is `replicas: 0`',
    },
  },
  {
    fits: ({ restart }) => restart.startsWith('on-failure'),
    choice: {
      ...job,
      restartPolicy: 'OnFailure',
      grade: 'approximate',
      because: '`--restart on-failure` runs it until it succeeds, and a Deployment restarts always',
    },
  },
  {
    fits: ({ interactive }) => interactive,
    choice: { ...pod, grade: 'exact', because: 'you sit in front of it, and it is over when you leave' },
  },
  {
    fits: ({ detached, removed, publishes }) => detached && removed && !publishes,
    choice: {
      ...job,
      grade: 'approximate',
      because: 'it runs once in the background and is removed when it ends',
    },
  },
  {
    fits: ({ detached, args }) => detached && ends(args),
    choice: {
      ...job,
      grade: 'approximate',
      because: 'the command ends by itself, and a Deployment would start it again and again',
    },
  },
  {
    fits: ({ detached, publishes }) => detached && publishes,
    choice: {
      ...deployment,
      grade: 'approximate',
      because:
        'it serves others in the background; docker would leave it stopped when it dies, and a Deployment starts it again',
    },
  },
  {
    fits: ({ detached }) => detached,
    choice: {
      ...deployment,
      grade: 'approximate',
      because:
        'it runs in the background until you stop it; docker would leave it stopped when it dies, and a Deployment starts it again',
    },
  },
  {
    fits: ({ removed }) => removed,
    choice: { ...pod, grade: 'exact', because: 'it runs once, in front of you, and is gone afterwards' },
  },
  {
    fits: ({ publishes }) => publishes,
    choice: {
      ...deployment,
      grade: 'approximate',
      because:
        'it publishes a port, so it serves others; docker would leave it stopped when it dies, and a Deployment starts it again',
    },
  },
  {
    fits: () => true,
    choice: {
      ...pod,
      grade: 'exact',
      because: 'docker runs it once, in front of you, and does not start it again',
    },
  },
];

/**
 * Chooses the kind that the flags imply: restart policies first, since a Deployment's Pods only know
 * `Always`, then who waits for it. `as` overrides the kind, not what is known about it.
 */
export function chooseKind(command: DockerCommand, args: readonly string[], as?: WorkloadKind): KindChoice {
  const created = command.command === 'docker container create';
  const interactive = isOn(command, '--interactive') && !isOn(command, '--detach');
  const line: Line = {
    command,
    args,
    restart: lastValue(command, '--restart') ?? 'no',
    detached: isOn(command, '--detach') || created,
    interactive: interactive || (isOn(command, '--tty') && !isOn(command, '--detach')),
    removed: isOn(command, '--rm'),
    publishes: usesOf(command, '--publish').length > 0 || isOn(command, '--publish-all'),
  };
  const { choice } = rows.find(({ fits }) => fits(line)) ?? {
    choice: { ...pod, grade: 'exact', because: '' },
  };
  if (as === undefined || as === choice.kind) return { ...choice, interactive: line.interactive };
  return { ...override(choice, as), interactive: line.interactive };
}

function override(choice: Choice, as: WorkloadKind): Choice {
  const because = `you asked for it with \`--as ${as}\``;
  switch (as) {
    case 'deployment':
      return { ...deployment, grade: 'approximate', because };
    case 'statefulset':
      return {
        ...deployment,
        kind: 'statefulset',
        grade: 'approximate',
        because,
        lesson: 'storage',
        sources: statefulSet.sources,
      };
    case 'job':
      return {
        ...job,
        grade: 'approximate',
        because,
        restartPolicy: choice.restartPolicy === 'OnFailure' ? 'OnFailure' : 'Never',
      };
    case 'pod':
      // A bare Pod knows every policy, and a docker container stays on its machine as it does.
      return { ...pod, grade: 'approximate', because, restartPolicy: restartOfPod(choice) };
  }
}

function restartOfPod({ kind, grade, restartPolicy }: Choice): KindChoice['restartPolicy'] {
  if (kind === 'deployment') return grade === 'exact' ? 'Always' : 'Never';
  return restartPolicy;
}

const commandsThatEnd: ReadonlySet<string> = new Set([
  'cat',
  'chmod',
  'chown',
  'cp',
  'curl',
  'date',
  'dd',
  'df',
  'du',
  'echo',
  'env',
  'false',
  'find',
  'grep',
  'head',
  'hostname',
  'id',
  'ls',
  'md5sum',
  'mkdir',
  'mongodump',
  'mv',
  'mysqldump',
  'nslookup',
  'pg_dump',
  'pg_dumpall',
  'pg_restore',
  'printenv',
  'printf',
  'ps',
  'pwd',
  'rm',
  'sha256sum',
  'tar',
  'touch',
  'true',
  'uname',
  'unzip',
  'wget',
  'whoami',
  'zip',
]);

/** Whether the words after the image are a command that is known to end. */
function ends(args: readonly string[]): boolean {
  const [first = '', ...rest] = args;
  const name = baseName(first);
  if (name === 'sleep') return /^\d{1,4}[sm]?$/.test(rest[0] ?? '');
  if (name === 'ping') return rest.includes('-c');
  if (commandsThatEnd.has(name)) return true;
  return args.some((word) => /^(db:)?(migrate|migration|backup|restore|seed)(:[a-z]+)?$/.test(word));
}
