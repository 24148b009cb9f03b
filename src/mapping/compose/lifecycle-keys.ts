import type { HookConfig } from '../../docker/compose/service-shape.ts';
import { parseRestart } from '../../docker/limits.ts';
import { unlessRefused } from '../../docker/refusal.ts';
import { toName } from '../../kubernetes/names.ts';
import { addCaveat, type WorkloadDraft } from '../workload/draft.ts';
import { escapeReferences } from '../workload/environment.ts';
import { type KeyRule, type ServiceContext, servicePage, type VerdictParts } from './key-rule.ts';

const hookSources = [servicePage, 'docker-compose-lifecycle', 'k8s-lifecycle-hooks'];

/** How a service starts, ends and comes back, and how many of it there are. */
export const lifecycleKeys: readonly KeyRule[] = [
  {
    key: 'restart',
    grade: 'exact',
    kubernetes: 'restartPolicy',
    why: '',
    sources: [servicePage, 'docker-restart-policies', 'k8s-pod-lifecycle'],
    apply: restart,
  },
  {
    key: 'scale',
    grade: 'exact',
    kubernetes: 'spec.replicas',
    why: '',
    sources: [servicePage, 'k8s-kubectl-scale'],
    apply(draft, _use, context) {
      const { scale = 1 } = context.service.config;
      return replicate(draft, scale, context);
    },
  },
  {
    key: 'post_start',
    each: 'entry',
    grade: 'approximate',
    kubernetes: 'lifecycle.postStart',
    why: '',
    sources: hookSources,
    apply(draft, { index }, { service }) {
      const { post_start: hooks = [] } = service.config;
      return addHook(draft, 'postStart', hooks, index);
    },
  },
  {
    key: 'pre_stop',
    each: 'entry',
    grade: 'approximate',
    kubernetes: 'lifecycle.preStop',
    why: '',
    sources: hookSources,
    apply(draft, { index }, { service }) {
      const { pre_stop: hooks = [] } = service.config;
      return addHook(draft, 'preStop', hooks, index);
    },
  },
  {
    key: 'pre_start',
    each: 'entry',
    grade: 'approximate',
    kubernetes: 'initContainers',
    why: 'An init container runs to its end before the service starts, for every Pod of it. Compose runs it once for the service, unless `per_replica` says otherwise.',
    sources: [servicePage, 'docker-compose-lifecycle', 'k8s-init-containers'],
    apply(draft, { index }, { service, extras }) {
      const hook = service.config.pre_start?.[index];
      if (!hook) return {};
      const variables = Object.entries(hook.environment ?? {}).flatMap(([name, value]) =>
        value === null ? [] : [{ name, value: escapeReferences(value) }],
      );
      extras.initContainers.push({
        name: toName(`before-${draft.name}-${index + 1}`, 'label').name,
        image: hook.image ?? draft.container.image,
        ...(hook.command && hook.command.length > 0 ? { args: hook.command.map(escapeReferences) } : {}),
        ...(hook.working_dir === undefined ? {} : { workingDir: hook.working_dir }),
        ...(variables.length > 0 ? { env: variables } : {}),
        ...(hook.user !== undefined && /^\d{1,9}$/.test(hook.user)
          ? { securityContext: { runAsUser: Number(hook.user) } }
          : {}),
      });
      return {};
    },
  },
];

function restart(
  draft: WorkloadDraft,
  { value }: { value: string },
  { choice }: ServiceContext,
): VerdictParts {
  const stopped =
    value === 'unless-stopped' ? ' "Stopped stays stopped" is `kubectl scale --replicas=0`.' : '';
  if (choice.kind !== 'Job') {
    const isFitting = value === 'always' || value === 'unless-stopped';
    return {
      ...(isFitting ? {} : { grade: 'approximate' as const }),
      kubernetes: choice.kind,
      why: isFitting
        ? `A ${choice.kind} keeps its Pods running: \`Always\` is the only policy there. Back-off grows from 10 seconds to 5 minutes, in docker from 100 milliseconds to 1 minute.${stopped}`
        : `It is a ${choice.kind}, because ${choice.because}. The API takes no other policy than \`Always\` in its Pods, so they are started again whatever they end with.`,
      sources: [servicePage, 'docker-restart-policies', 'k8s-deployments'],
    };
  }
  const most = retries(value);
  if (most > 0) draft.backoffLimit = most;
  const sources = [servicePage, 'docker-restart-policies', 'k8s-jobs'];
  if (value.startsWith('on-failure')) {
    return {
      grade: most > 0 ? 'exact' : 'approximate',
      kubernetes: most > 0 ? 'Job restartPolicy: OnFailure, backoffLimit' : 'Job restartPolicy: OnFailure',
      why:
        most > 0
          ? `The Job starts it again when it fails, ${most} times at the most: \`backoffLimit: ${most}\`. A Deployment knows \`Always\` only.`
          : 'The Job starts it again when it fails, 6 times by default, where docker never gives up. A Deployment knows `Always` only.',
      sources,
    };
  }
  if (value === 'no')
    return {
      kubernetes: 'Job restartPolicy: Never',
      why: 'The Job does not start the container again. It makes a new Pod when the last one failed, 6 times by default: `backoffLimit: 0` allows none.',
      sources,
    };
  return {
    grade: 'none',
    kubernetes: 'none',
    why: `It is a Job, because ${choice.because}, and the API refuses \`Always\` in a Job.`,
    sources,
  };
}

function retries(value: string): number {
  return unlessRefused(
    () => parseRestart(value).MaximumRetryCount,
    () => 0,
  );
}

/** Sets how many Pods there are, as the kind of workload says it. */
export function replicate(
  draft: WorkloadDraft,
  count: number,
  { choice, service, extras }: ServiceContext,
): VerdictParts {
  const sources = [servicePage, 'k8s-kubectl-scale'];
  if (choice.kind === 'DaemonSet')
    return {
      grade: 'none',
      kubernetes: 'none',
      why: 'A DaemonSet has one Pod on every node, so there is no number.',
      sources: [servicePage, 'k8s-daemonset'],
    };
  draft.replicas = count;
  if (choice.kind === 'Job') {
    extras.completions = count;
    return {
      kubernetes: 'Job spec.completions, spec.parallelism',
      why: `${count} Pods run to their end, all at once.`,
      sources: [servicePage, 'k8s-jobs'],
    };
  }
  if (count > 1 && choice.kind === 'StatefulSet') {
    addCaveat(
      draft,
      `\`${service.name}\` has ${count} replicas, and each Pod of the StatefulSet has a claim of its own: they are as many databases, not copies of one, unless the program copies between them itself.`,
    );
  }
  return {
    why: `\`replicas: ${count}\`. The Service spreads connections over them, and \`kubectl scale\` changes the number.`,
    sources,
  };
}

function addHook(
  draft: WorkloadDraft,
  which: 'postStart' | 'preStop',
  hooks: readonly HookConfig[],
  index: number,
): VerdictParts {
  const hook = hooks[index];
  if (!hook?.command || hook.command.length === 0)
    return { grade: 'none', kubernetes: 'none', why: 'It has no command.' };
  const odd = hook.user !== undefined || hook.privileged;
  const scripts = hooks.flatMap(({ command }) => (command && command.length > 0 ? [command] : []));
  const isPlain = scripts.length === 1 && !hook.working_dir && !hook.environment;
  const command = isPlain
    ? [...hook.command]
    : [
        '/bin/sh',
        '-c',
        hooks
          .map(scriptOf)
          .filter((each) => each !== '')
          .join(' && '),
      ];
  draft.container.lifecycle = { ...draft.container.lifecycle, [which]: { exec: { command } } };
  const when =
    which === 'postStart'
      ? 'right after the container was started, beside its own process'
      : 'before the stop signal, within the grace period';
  const joined =
    scripts.length > 1
      ? ' A Pod has one such hook, so they are joined in a shell, which the image needs.'
      : '';
  const left = odd
    ? ` It runs as the user of the container: \`user\` and \`privileged\` of a hook have no field.`
    : '';
  const fails = which === 'postStart' ? ' When it fails the container is killed.' : '';
  return { why: `It is run in the container ${when}.${fails}${joined}${left}` };
}

function scriptOf({ command, working_dir: directory, environment }: HookConfig): string {
  if (!command || command.length === 0) return '';
  const variables = Object.entries(environment ?? {}).flatMap(([name, value]) =>
    value === null ? [] : [`${name}=${quoted(value)}`],
  );
  const words = [...(variables.length > 0 ? ['env', ...variables] : []), ...command.map(quoted)].join(' ');
  return directory === undefined ? words : `(cd ${quoted(directory)} && ${words})`;
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
