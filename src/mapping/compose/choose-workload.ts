import { baseName } from '../../docker/base-name.ts';
import type { ComposeService } from '../../docker/compose/project.ts';
import { judgeHostPath } from '../workload/judge-host-path.ts';
import { shownPath } from './shown-path.ts';
import { around, type Survey } from './survey.ts';
import { isStatefulImage } from './well-known-images.ts';

/** What runs a service, and why. */
export interface WorkloadChoice {
  readonly kind: 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'Job';
  /** A clause that follows "because". */
  readonly because: string;
  readonly restartPolicy: 'OnFailure' | 'Never' | undefined;
  readonly sources: readonly string[];
}

const deployment = { kind: 'Deployment', restartPolicy: undefined, sources: ['k8s-deployments'] } as const;
const job = { kind: 'Job', sources: ['k8s-jobs'] } as const;

/** Chooses the kind of workload that fits a service; the first reason counts. */
export function chooseWorkload(service: ComposeService, survey: Survey): WorkloadChoice {
  const { config } = service;
  const { deploy, restart = '' } = config;
  const policy = deploy?.restart_policy?.condition;
  const { awaited, host } = around(survey, service.name);
  if (host !== undefined)
    return { ...deployment, because: `it runs in the Pod of \`${host}\`, whose network it shares` };
  if (deploy?.mode === 'global') {
    return {
      kind: 'DaemonSet',
      restartPolicy: undefined,
      because: '`deploy.mode: global` asks for one on every node',
      sources: ['k8s-daemonset'],
    };
  }
  if (deploy?.mode === 'replicated-job' || deploy?.mode === 'global-job') {
    return {
      ...job,
      restartPolicy: policy === 'none' ? 'Never' : 'OnFailure',
      because: `\`deploy.mode: ${deploy.mode}\` runs to an end`,
    };
  }
  if (awaited.has('service_completed_successfully')) {
    const again = restart.startsWith('on-failure') || policy === 'on-failure';
    return {
      ...job,
      restartPolicy: again ? 'OnFailure' : 'Never',
      because: 'others wait until it has completed',
    };
  }
  const serves = serving(service, survey);
  if (restart === 'always' || restart === 'unless-stopped' || policy === 'any')
    return runsOn(
      service,
      survey,
      `\`${restart === '' ? 'condition: any' : `restart: ${restart}`}\` keeps it running`,
    );
  if (restart.startsWith('on-failure') || (restart === '' && policy === 'on-failure')) {
    if (serves !== undefined)
      return runsOn(
        service,
        survey,
        `${serves}, so it is a server, and a Deployment starts it again after a success too`,
      );
    return {
      ...job,
      restartPolicy: 'OnFailure',
      because: 'it is started again only when it fails, and a Deployment starts again always',
    };
  }
  if (serves === undefined && endsByItself(config.entrypoint ?? [], config.command ?? [])) {
    return {
      ...job,
      restartPolicy: 'Never',
      because: 'its command ends by itself, and a Deployment would start it again and again',
    };
  }
  if (serves === undefined && (restart === 'no' || policy === 'none')) {
    return { ...job, restartPolicy: 'Never', because: 'it says that it is not to be started again' };
  }
  return runsOn(service, survey, 'it goes on until you stop it');
}

/** A clause that says why others need it to stay; undefined where nothing says so. */
function serving({ name, config }: ComposeService, survey: Survey): string | undefined {
  const { awaited, mentions } = around(survey, name);
  if (config.ports?.length) return 'it publishes ports';
  if (config.expose?.length) return 'it exposes ports';
  if (mentions.length > 0) return 'others connect to it';
  if (awaited.has('service_healthy') || awaited.has('service_started')) return 'others depend on it';
  if (config.healthcheck && !config.healthcheck.disable) return 'it has a health check';
  const { replicas = 1, update_config: update, endpoint_mode: endpoint } = config.deploy ?? {};
  if (update || endpoint !== undefined || replicas > 1)
    return 'it is deployed as a service of several replicas or with rolling updates';
  return undefined;
}

function runsOn(service: ComposeService, survey: Survey, because: string): WorkloadChoice {
  const { config, name } = service;
  const own = ownVolumes(service, survey);
  if (!isStatefulImage(config.image ?? '') || own.all === 0) return { ...deployment, because };
  if (own.shared > 0 || around(survey, name).guests.length > 0) {
    return {
      ...deployment,
      because: `${because}; it keeps data in a claim that others mount too, so the old Pod has to go before the new one comes`,
    };
  }
  return {
    kind: 'StatefulSet',
    restartPolicy: undefined,
    because: `${because}, and it keeps data of its own: a StatefulSet never runs two Pods on one claim, and each of them keeps its name and its claim`,
    sources: ['k8s-statefulset', 'k8s-persistent-volumes'],
  };
}

/** How many claims a service will have, and how many of them are not its own. */
function ownVolumes(
  { config }: ComposeService,
  { project, mountedBy }: Survey,
): { all: number; shared: number } {
  const kept = (config.volumes ?? []).filter(({ type, source, target, read_only }) => {
    if (source === undefined) return false;
    if (type !== 'bind') return type === 'volume';
    return judgeHostPath(shownPath(source, project.directory), target, read_only ?? false).use === 'data';
  });
  const shared = kept.filter(({ type, source }) => {
    const volume = project.volumes.find(({ key }) => key === source);
    const isGiven =
      volume?.config.external === true || Object.keys(volume?.config.driver_opts ?? {}).length > 0;
    return (mountedBy.get(`${type}:${source}`)?.length ?? 0) > 1 || (type === 'volume' && isGiven);
  });
  return { all: kept.length, shared: shared.length };
}

const commandsThatEnd: ReadonlySet<string> = new Set([
  ...[
    'cat',
    'chmod',
    'chown',
    'cp',
    'curl',
    'date',
    'echo',
    'env',
    'false',
    'find',
    'grep',
    'head',
    'ls',
    'mkdir',
    'mongodump',
  ],
  ...[
    'mv',
    'mysqldump',
    'pg_dump',
    'pg_dumpall',
    'pg_restore',
    'printenv',
    'printf',
    'rm',
    'tar',
    'touch',
    'true',
    'unzip',
    'zip',
  ],
]);

/** Words by which a command is known to do its work and end: migrate, seed, backup, … */
const workWords =
  /^(?:\w+:)?(?:migrat(?:e|ions?)|backup|restore|seed|createsuperuser|collectstatic|makemigrations|build|install|init-db|db-init|setup)(?::[a-z]+)?$/;

function endsByItself(entrypoint: readonly string[], command: readonly string[]): boolean {
  const words = [...entrypoint, ...command];
  const [program = '', argument = ''] = words;
  const first = baseName(program);
  if (commandsThatEnd.has(first)) return true;
  if (first === 'sleep') return /^\d{1,4}[sm]?$/.test(argument);
  const isShell = /^(ba|da|z)?sh$/.test(first);
  const script = isShell ? words.slice(-1).join() : '';
  if (/\bexit 0\b/.test(script) && !/\bwhile\b|\bexec\b/.test(script)) return true;
  return !isShell && words.length <= 6 && words.some((word) => workWords.test(word));
}
