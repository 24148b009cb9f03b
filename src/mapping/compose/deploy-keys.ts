import { isName } from '../../kubernetes/names.ts';
import { cpuQuantity } from '../../kubernetes/quantity.ts';
import { addCaveat, type WorkloadDraft } from '../workload/draft.ts';
import { requestDevices, setRequest } from '../workload/limits.ts';
import { isMetadataKey } from '../workload/metadata.ts';
import type { KeyRule, KeyUse, ServiceContext, VerdictParts } from './key-rule.ts';
import { replicate } from './lifecycle-keys.ts';
import { applyConstraint, applyPreference } from './placement.ts';
import { updateKeys } from './update-keys.ts';

const page = 'docker-compose-file-deploy';
const none = { grade: 'none', kubernetes: 'none' } as const;
const below = (key: string): KeyRule => ({
  key,
  each: 'below',
  grade: 'exact',
  kubernetes: 'the default',
  why: 'It is empty, so it asks for nothing.',
  sources: [page],
});

/** How a service is spread over machines: mostly of Swarm, and near to what Kubernetes does. */
export const deployKeys: readonly KeyRule[] = [
  below('deploy'),
  {
    key: 'deploy.mode',
    grade: 'exact',
    kubernetes: 'the kind of workload',
    why: '',
    sources: [page, 'k8s-deployments', 'k8s-daemonset', 'k8s-jobs'],
    apply(_draft, { value }, { choice }) {
      const known = ['replicated', 'global', 'replicated-job', 'global-job'].includes(value);
      if (!known)
        return {
          ...none,
          why: `\`${value}\` is no mode that Swarm knows: \`replicated\`, \`global\`, \`replicated-job\` or \`global-job\`.`,
        };
      if (value === 'global-job')
        return {
          grade: 'approximate',
          kubernetes: 'Job',
          why: 'A Job runs to its end once. On every node once is what no kind of workload does: a DaemonSet starts it again and again.',
        };
      return {
        kubernetes: choice.kind,
        why:
          value === 'global'
            ? 'A DaemonSet has one Pod on every node that takes it.'
            : value === 'replicated'
              ? `A ${choice.kind} has as many Pods as \`replicas\` says.`
              : 'A Job has Pods that run to their end.',
      };
    },
  },
  {
    key: 'deploy.endpoint_mode',
    grade: 'exact',
    kubernetes: 'Service spec.clusterIP',
    why: '`vip` is how a Service is: one address of its own, and connections are spread over the Pods.',
    sources: [page, 'k8s-service', 'k8s-dns'],
    apply(draft, { value }, { extras }) {
      if (value !== 'dnsrr') return {};
      extras.headless = true;
      draft.service.headless = true;
      return {
        why: 'A headless Service, `clusterIP: None`, answers with the addresses of all its Pods, as `dnsrr` does.',
      };
    },
  },
  {
    key: 'deploy.replicas',
    grade: 'exact',
    kubernetes: 'spec.replicas',
    why: '',
    sources: [page, 'k8s-kubectl-scale'],
    apply: (draft, _use, context) => replicate(draft, context.service.config.deploy?.replicas ?? 1, context),
  },
  {
    key: 'deploy.labels',
    each: 'entry',
    grade: 'approximate',
    kubernetes: 'metadata.labels of the workload',
    why: '',
    sources: [page, 'k8s-labels', 'k8s-annotations'],
    apply(draft, { name, value }, { extras }) {
      if (!isMetadataKey(name))
        return { ...none, why: `\`${name}\` can be no key of a label or annotation.` };
      if (isName(value, 'labelValue') && name !== 'app') {
        extras.objectLabels[name] = value;
        return {
          why: `\`${name}\` is a label of the workload and its Services, not of the Pods, as it is one of Swarm's service and not of its containers.`,
        };
      }
      draft.annotations[name] = value;
      return {
        kubernetes: 'metadata.annotations',
        why:
          name === 'app'
            ? '`app` is the label by which the Service finds the Pods here, so yours is an annotation.'
            : `The value is none that a label can have, so \`${name}\` is an annotation.`,
      };
    },
  },
  ...updateKeys,
  below('deploy.resources'),
  below('deploy.resources.limits'),
  below('deploy.resources.reservations'),
  ...(
    [
      ['limits.cpus', '--cpus'],
      ['limits.memory', '--memory'],
      ['limits.pids', '--pids-limit'],
      ['reservations.memory', '--memory-reservation'],
    ] as const
  ).map(
    ([key, flag]): KeyRule => ({
      key: `deploy.resources.${key}`,
      flag,
      grade: 'exact',
      kubernetes: 'resources',
      why: '',
      sources: [page],
    }),
  ),
  {
    key: 'deploy.resources.reservations.cpus',
    grade: 'exact',
    kubernetes: 'resources.requests.cpu',
    why: '',
    sources: [page, 'k8s-manage-resources'],
    apply(draft, _use, { service }) {
      const { resources: { reservations = {}, limits } = {} } = deployOf(service);
      const { cpus = 0 } = reservations;
      const most = limits?.cpus ?? service.config.cpus ?? 0;
      if (cpus <= 0) return { kubernetes: 'the default', why: 'It reserves nothing.' };
      if (most > 0 && cpus > most)
        return { ...none, why: 'It is more than the limit, which the API refuses. The limit alone stays.' };
      const quantity = cpuQuantity(Math.round(cpus * 1e9));
      setRequest(draft, 'cpu', quantity);
      return { why: `\`${quantity}\` is what the scheduler keeps free for the Pod, as Swarm does.` };
    },
  },
  {
    key: 'deploy.resources.reservations.generic_resources',
    grade: 'none',
    kubernetes: 'extended resources',
    why: '`{value}` is what the administrator of a Swarm node says it has. In Kubernetes, device plugins or the administrator announce extended resources, with a domain in their names; put that into `resources.limits`.',
    sources: [page, 'k8s-device-plugins'],
  },
  {
    key: 'deploy.resources.reservations.devices',
    each: 'entry',
    grade: 'approximate',
    kubernetes: 'resources.limits `nvidia.com/gpu`',
    why: '',
    sources: [page, 'docker-gpu', 'k8s-schedule-gpus', 'k8s-device-plugins'],
    apply: reserveDevice,
  },
  below('deploy.restart_policy'),
  {
    key: 'deploy.restart_policy.condition',
    grade: 'exact',
    kubernetes: 'restartPolicy',
    why: '',
    sources: [page, 'k8s-pod-lifecycle', 'k8s-jobs'],
    apply(_draft, { value }, { choice }) {
      if (value === 'any')
        return {
          kubernetes: choice.kind,
          why: `A ${choice.kind} starts its Pods again whatever they end with.`,
          ...(choice.kind === 'Job'
            ? { grade: 'none' as const, why: 'The API refuses `Always` in a Job.' }
            : {}),
        };
      if (choice.kind === 'Job')
        return {
          kubernetes: `Job restartPolicy: ${choice.restartPolicy ?? 'Never'}`,
          why:
            value === 'none'
              ? 'The Job does not start the container again.'
              : 'The Job starts it again when it fails.',
        };
      return {
        grade: 'approximate',
        kubernetes: choice.kind,
        why: `It is a ${choice.kind}, because ${choice.because}. \`Always\` is the only policy there.`,
      };
    },
  },
  {
    key: 'deploy.restart_policy.max_attempts',
    grade: 'none',
    kubernetes: 'Job spec.backoffLimit',
    why: 'Only a Job counts how often it tries again. Here the kubelet goes on for ever, with up to 5 minutes between.',
    sources: [page, 'k8s-jobs', 'k8s-pod-lifecycle'],
    apply(draft, _use, { choice, service }) {
      if (choice.kind !== 'Job') return {};
      draft.backoffLimit = Math.max(0, service.config.deploy?.restart_policy?.max_attempts ?? 0);
      return {
        grade: 'exact',
        why: `\`backoffLimit: ${draft.backoffLimit}\`: the Job gives up after so many failures.`,
      };
    },
  },
  ...(['delay', 'window'] as const).map(
    (key): KeyRule => ({
      key: `deploy.restart_policy.${key}`,
      grade: 'none',
      kubernetes: 'none',
      why: 'The kubelet chooses the time between starts itself: 10 seconds, then twice as long each time, up to 5 minutes. `{value}` has no field.',
      sources: [page, 'k8s-pod-lifecycle'],
    }),
  ),
  below('deploy.placement'),
  {
    key: 'deploy.placement.constraints',
    each: 'entry',
    grade: 'exact',
    kubernetes: 'spec.affinity.nodeAffinity',
    why: '',
    sources: [page, 'k8s-assign-pod-node', 'k8s-well-known-labels'],
    apply: (draft, { value }, context) => applyConstraint(draft, value, context),
  },
  {
    key: 'deploy.placement.preferences',
    each: 'entry',
    grade: 'approximate',
    kubernetes: 'spec.topologySpreadConstraints',
    why: '',
    sources: [page, 'k8s-topology-spread'],
    apply(draft, { index }, context) {
      const { placement: { preferences = [] } = {} } = deployOf(context.service);
      const [{ spread = '' } = {}] = preferences.slice(index);
      return applyPreference(draft, spread, context);
    },
  },
  {
    key: 'deploy.placement.max_replicas_per_node',
    grade: 'approximate',
    kubernetes: 'spec.topologySpreadConstraints',
    why: '',
    sources: [page, 'k8s-topology-spread', 'k8s-assign-pod-node'],
    apply(draft, _use, { service, extras }) {
      const { placement: { max_replicas_per_node: most = 0 } = {} } = deployOf(service);
      if (most === 0)
        return { grade: 'exact', kubernetes: 'the default', why: '0 is no limit, and there is none.' };
      if (most > 1)
        return {
          ...none,
          why: `A limit of ${most} Pods a node has no field. \`topologySpreadConstraints\` spread them evenly; one a node is what \`podAntiAffinity\` can say.`,
        };
      extras.affinity = {
        ...extras.affinity,
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { labelSelector: { matchLabels: { app: draft.name } }, topologyKey: 'kubernetes.io/hostname' },
          ],
        },
      };
      return {
        grade: 'exact',
        kubernetes: 'spec.affinity.podAntiAffinity',
        why: 'No two Pods of it on one node: a Pod that finds no free node stays Pending.',
      };
    },
  },
];

const deployOf = ({ config: { deploy = {} } }: ServiceContext['service']) => deploy;

function reserveDevice(draft: WorkloadDraft, { index }: KeyUse, { service }: ServiceContext): VerdictParts {
  const device = service.config.deploy?.resources?.reservations?.devices?.[index];
  const kinds = device?.capabilities ?? [];
  if (!device || !kinds.includes('gpu')) {
    return {
      ...none,
      why: `A device with the capabilities ${kinds.join(', ') || 'none'} is asked for by the name that its device plugin gives it, in \`resources.limits\`.`,
      sources: [page, 'k8s-device-plugins'],
    };
  }
  const resource = device.driver === 'amd' ? 'amd.com/gpu' : 'nvidia.com/gpu';
  const wanted =
    device.device_ids && device.device_ids.length > 0
      ? device.device_ids.length
      : Math.max(1, device.count ?? 1);
  requestDevices(draft, resource, wanted);
  addCaveat(
    draft,
    `\`${resource}\` exists where the vendor's device plugin runs; elsewhere the Pod stays Pending.`,
  );
  const which = device.device_ids
    ? ` Which ones (${device.device_ids.join(', ')}) cannot be chosen.`
    : (device.count ?? -1) < 0
      ? ' There is no word for all of a node: 1 is an assumption.'
      : '';
  return {
    kubernetes: `resources.limits \`${resource}\``,
    why: `The container asks for ${wanted} of \`${resource}\`, and the scheduler finds a node that has as many free.${which}`,
  };
}
