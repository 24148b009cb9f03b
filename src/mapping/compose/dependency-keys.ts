import { toName } from '../../kubernetes/names.ts';
import type { Container } from '../../kubernetes/pod-spec.ts';
import type { WorkloadDraft } from '../workload/draft.ts';
import { escapeReferences } from '../workload/environment.ts';
import { type KeyRule, type ServiceContext, servicePage, type VerdictParts } from './key-rule.ts';
import { around } from './survey.ts';

const sources = [servicePage, 'docker-compose-startup-order', 'k8s-init-containers', 'k8s-probes'];

/** What waits for other services. */
const waiter = 'busybox:1.36';

/** The order in which services start. */
export const dependencyKeys: readonly KeyRule[] = [
  {
    key: 'depends_on',
    each: 'entry',
    grade: 'approximate',
    kubernetes: 'none',
    why: '',
    sources,
    apply(draft, use, context) {
      const name = use.name === '' ? use.value : use.name;
      const dependency = context.service.config.depends_on?.[name];
      if (!dependency) return {};
      const { why = '', ...parts } = judge(draft, name, dependency.condition, context);
      const restart = dependency.restart
        ? ` \`restart: true\` has no counterpart: Pods are not started again because another one was. \`kubectl rollout restart\` does it by hand.`
        : '';
      return { ...parts, why: `${why}${restart}` };
    },
  },
];

function judge(draft: WorkloadDraft, name: string, condition: string, context: ServiceContext): VerdictParts {
  const { survey } = context;
  const other = survey.byName.get(name);
  if (!other) {
    return {
      grade: 'none',
      kubernetes: 'none',
      why: `\`${name}\` is of a profile that is not active, and not required, so there is nothing to wait for.`,
    };
  }
  if (other.config.provider) {
    return {
      grade: 'none',
      kubernetes: 'none',
      why: `\`${name}\` is run by a provider outside of the project. Make what it gives before, and hand its address over in variables.`,
    };
  }
  switch (condition) {
    case 'service_completed_successfully':
      return completed(name, context);
    case 'service_healthy':
      return healthy(draft, name, context);
    default:
      return {
        why: `Kubernetes starts everything at once, so nothing is made of this. Docker waits only until \`${name}\` was started, not until it answers: the program has to try again anyway, and when it gives up, its Pod is started again. Where it must not start before, say \`condition: service_healthy\`.`,
      };
  }
}

/** A Job cannot be waited for by a Pod without the right to read Jobs, so the one who applies waits. */
function completed(name: string, { survey, around: own, choice }: ServiceContext): VerdictParts {
  const job = around(survey, name).name;
  return {
    kubernetes: `Job, \`kubectl wait\``,
    why: `\`${name}\` is the Job \`${job}\`. Apply all but what waits for it, then \`kubectl wait --for=condition=complete job/${job}\`, then the rest: the commands do that. Applied all at once, \`${own.name}\` starts beside it${choice.kind === 'Job' ? ' and is tried again when it fails' : ' and is started again until it finds what it needs'}.`,
    sources: [servicePage, 'k8s-jobs', 'k8s-kubectl-wait'],
  };
}

/** The Service has an address behind it only while a Pod is ready, so to reach it is to know that it is healthy. */
function healthy(
  _draft: WorkloadDraft,
  name: string,
  { survey, extras, around: own }: ServiceContext,
): VerdictParts {
  const other = around(survey, name);
  const host = other.host === undefined ? other : around(survey, other.host);
  if (own.host === name || (own.host === other.host && own.host !== undefined)) {
    return {
      why: `\`${name}\` runs in the same Pod, and its containers start together: the program has to try again until it answers at localhost.`,
    };
  }
  const [port] = other.ports;
  const service = other.host === undefined ? other.serviceName : host.serviceName;
  const container = waitFor(toName(`wait-for-${name}`, 'label').name, service, port);
  if (!extras.initContainers.some((each) => each.name === container.name))
    extras.initContainers.push(container);
  const check = survey.byName.get(name)?.config.healthcheck;
  const unknown = check?.test
    ? ''
    : ` \`${name}\` has no health check here, and Kubernetes does not run that of an image, so this waits until it accepts connections.`;
  return {
    kubernetes: 'initContainers',
    why: `An init container (${waiter}) waits until the Service \`${service}\` ${port === undefined ? 'has an address' : `accepts a connection at port ${port}`}, which it does once a Pod behind it is ready. It waits at every start of a Pod, where compose waits once.${unknown}`,
  };
}

function waitFor(name: string, service: string, port: number | undefined): Container {
  const test =
    port === undefined
      ? `nslookup ${service}.$(cat /var/run/secrets/kubernetes.io/serviceaccount/namespace).svc.cluster.local`
      : `nc -z -w 2 ${service} ${port}`;
  const script = `until ${test}; do echo waiting for ${service}; sleep 2; done`;
  // The shell runs `$(cat …)`; Kubernetes would take it for a variable of its own.
  return { name, image: waiter, command: ['sh', '-c', escapeReferences(script)] };
}
