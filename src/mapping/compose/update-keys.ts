import type { KeyRule, ServiceContext, VerdictParts } from './key-rule.ts';

const page = 'docker-compose-file-deploy';
const sources = [page, 'k8s-deployments'];

/** How a new version comes. */
export const updateKeys: readonly KeyRule[] = [
  {
    key: 'deploy.rollback_config',
    grade: 'none',
    kubernetes: '`kubectl rollout undo`',
    why: '`kubectl rollout undo` goes back to the version before, in the same manner as an update goes forward: how it goes back cannot be set apart.',
    sources: [page, 'k8s-rollout-undo'],
  },
  {
    key: 'deploy.update_config',
    each: 'below',
    grade: 'exact',
    kubernetes: 'the default',
    why: 'It is empty, so it asks for nothing.',
    sources: [page],
  },
  {
    key: 'deploy.update_config.parallelism',
    grade: 'approximate',
    kubernetes: 'strategy.rollingUpdate',
    why: '',
    sources,
    apply: (_draft, _use, context) => roll(context),
  },
  {
    key: 'deploy.update_config.order',
    grade: 'exact',
    kubernetes: 'strategy.rollingUpdate',
    why: '',
    sources,
    apply(_draft, { value }, context) {
      const parts = roll(context);
      if (parts.grade === 'none') return parts;
      const { rolling: { maxSurge, maxUnavailable } = {} } = context.extras;
      return {
        why:
          value === 'start-first'
            ? `\`maxUnavailable: 0\` and \`maxSurge: ${maxSurge}\`: the new Pod is there before the old one goes.`
            : `\`maxSurge: 0\` and \`maxUnavailable: ${maxUnavailable}\`: the old Pod goes before the new one comes. Kubernetes by itself starts first.`,
      };
    },
  },
  {
    key: 'deploy.update_config.delay',
    grade: 'approximate',
    kubernetes: 'spec.minReadySeconds',
    why: '',
    sources,
    apply: (_draft, _use, context) => wait(context, 'delay'),
  },
  {
    key: 'deploy.update_config.monitor',
    grade: 'approximate',
    kubernetes: 'spec.minReadySeconds',
    why: '',
    sources,
    apply: (_draft, _use, context) => wait(context, 'monitor'),
  },
  {
    key: 'deploy.update_config.failure_action',
    grade: 'approximate',
    kubernetes: 'the way a rollout stops',
    why: '',
    sources: [page, 'k8s-deployments', 'k8s-rollout-undo'],
    apply(_draft, { value }) {
      if (value === 'rollback')
        return {
          grade: 'none',
          kubernetes: '`kubectl rollout undo`',
          why: 'A rollout does not go back by itself. It stops where new Pods do not become ready, with the old ones still there; `kubectl rollout undo` goes back.',
        };
      if (value === 'continue')
        return {
          grade: 'none',
          kubernetes: 'none',
          why: 'A rollout goes on only as far as new Pods become ready. Without a readiness probe a Pod is ready as soon as it runs.',
        };
      return {
        grade: 'exact',
        why: 'A rollout stops by itself where new Pods do not become ready, and the old ones stay.',
      };
    },
  },
  {
    key: 'deploy.update_config.max_failure_ratio',
    grade: 'none',
    kubernetes: 'none',
    why: 'A rollout tolerates no share of failures, {value} or other: every new Pod has to become ready.',
    sources,
  },
];

function updateOf({ config: { deploy: { update_config = {} } = {} } }: ServiceContext['service']) {
  return update_config;
}

/** Swarm stops first and by one; a Deployment starts first, and by a quarter. */
function roll({ service, choice, extras, around }: ServiceContext): VerdictParts {
  const { parallelism = 1, order = 'stop-first' } = updateOf(service);
  if (choice.kind === 'Job')
    return {
      grade: 'none',
      kubernetes: 'none',
      why: 'A Job is not updated: delete it, and apply the new one.',
      sources: [page, 'k8s-jobs'],
    };
  if (choice.kind === 'StatefulSet')
    return {
      grade: 'none',
      kubernetes: 'updateStrategy',
      why: 'A StatefulSet updates its Pods one after the other, the last one first, and always stops first.',
      sources: [page, 'k8s-statefulset'],
    };
  const many = parallelism === 0 ? '100%' : parallelism;
  extras.rolling =
    order === 'start-first' ? { maxSurge: many, maxUnavailable: 0 } : { maxSurge: 0, maxUnavailable: many };
  const which = order === 'start-first' ? 'maxSurge' : 'maxUnavailable';
  return {
    why: `\`${which}: ${many}\`: ${parallelism === 0 ? 'all Pods' : parallelism === 1 ? 'one Pod' : `${parallelism} Pods`} of \`${around.name}\` at a time. Swarm counts in batches; a rollout goes on as soon as one new Pod is ready.`,
  };
}

function wait({ service, extras, choice }: ServiceContext, key: 'delay' | 'monitor'): VerdictParts {
  if (choice.kind === 'Job')
    return {
      grade: 'none',
      kubernetes: 'none',
      why: 'A Job is not updated: delete it, and apply the new one.',
      sources: [page, 'k8s-jobs'],
    };
  const { [key]: milliseconds = 0 } = updateOf(service);
  const seconds = Math.ceil(Math.max(0, milliseconds) / 1000);
  if (seconds === 0)
    return {
      grade: 'exact',
      kubernetes: 'the default',
      why: 'There is no time to wait, and none by default.',
    };
  extras.minReadySeconds = Math.max(extras.minReadySeconds ?? 0, seconds);
  return {
    why: `\`minReadySeconds: ${seconds}\`: a new Pod has to be ready for so long before it counts and the rollout goes on.${key === 'delay' ? ' There is no pause between two Pods as such.' : ''}`,
  };
}
