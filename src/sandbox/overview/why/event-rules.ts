import { amount, listed } from './account.ts';
import { again, type EventRule, first, found, names, own, podsIn, type ToldEvent } from './event-rule.ts';
import { kubeletRules } from './kubelet-rules.ts';

/**
 * How the events are told. Their messages are those of upstream, so what is in them is found by their form.
 */
export const eventRules: readonly EventRule[] = [
  ...kubeletRules,
  {
    component: /^deployment-controller$/,
    reason: 'ScalingReplicaSet',
    together: ({ message }) => message,
    tell: (events) => {
      const event = first(events);
      const [way = '', set = '', from = '', to = ''] = found(
        event,
        /^Scaled (up|down) replica set (\S+) from (\d+) to (\d+)/,
      );
      if (way === 'up' && from === '0')
        return `made ReplicaSet ${set} for Deployment ${event.name}, and asked it for ${amount(Number(to), 'Pod')}`;
      return `asked ReplicaSet ${set} for ${amount(Number(to), 'Pod')} instead of ${from}`;
    },
  },
  {
    component: /^(replicaset|daemonset|job)-controller$/,
    reason: 'SuccessfulCreate',
    together: own,
    tell: (events) => {
      const pods = podsIn(events, /^Created pod: (\S+)/);
      return `made ${amount(pods.length, 'Pod')} for ${own(first(events))}: ${listed(pods)}`;
    },
  },
  {
    component: /^(replicaset|daemonset|job)-controller$/,
    reason: 'SuccessfulDelete',
    together: own,
    tell: (events) => {
      const pods = podsIn(events, /^Deleted pod: (\S+)/);
      return `deleted ${amount(pods.length, 'Pod')} of ${own(first(events))}: ${listed(pods)}`;
    },
  },
  {
    component: /^(replicaset|daemonset|job|statefulset)-controller$/,
    reason: 'FailedCreate',
    together: own,
    tell: (events) => {
      const event = first(events);
      const why = event.message.replace(/^(Error creating: |create Pod .* failed error: )/, '');
      return `could not make a Pod for ${own(event)}${again(event)}: ${why}`;
    },
  },
  {
    component: /^statefulset-controller$/,
    reason: 'SuccessfulCreate',
    together: (event) => `${own(event)} ${/^Create (Pod|Claim)/.exec(event.message)?.[1]}`,
    tell: (events) => {
      const claims = podsIn(events, /^Create Claim (\S+)/);
      const pods = podsIn(events, /^Create Pod (\S+)/);
      if (claims.length > 0) return `made ${amount(claims.length, 'claim')}: ${listed(claims)}`;
      return `made ${amount(pods.length, 'Pod')} for ${own(first(events))}: ${listed(pods)}`;
    },
  },
  {
    component: /^statefulset-controller$/,
    reason: 'SuccessfulDelete',
    together: own,
    tell: (events) => `deleted ${listed(podsIn(events, /^Delete Pod (\S+)/))} of ${own(first(events))}`,
  },
  {
    component: /^cronjob-controller$/,
    reason: 'SuccessfulCreate',
    together: own,
    tell: (events) =>
      `made Job ${listed(podsIn(events, /^Created job (\S+)/))} for ${own(first(events))}: it was time`,
  },
  {
    component: /^cronjob-controller$/,
    reason: 'SawCompletedJob',
    together: own,
    tell: (events) => `saw that Job ${listed(podsIn(events, /^Saw completed job: ([^,\s]+)/))} has ended`,
  },
  {
    component: /^job-controller$/,
    reason: 'Completed',
    together: own,
    tell: (events) => `marked Job ${first(events).name} complete`,
  },
  {
    component: /^job-controller$/,
    reason: 'Suspended',
    together: own,
    tell: (events) => `suspended Job ${first(events).name}`,
  },
  {
    component: /^job-controller$/,
    reason: 'Resumed',
    together: own,
    tell: (events) => `lets Job ${first(events).name} go on`,
  },
  {
    component: /^default-scheduler$/,
    reason: 'Scheduled',
    together: () => '',
    tell: (events) => {
      const places = new Map<string, string[]>();
      for (const event of events) {
        const [node = ''] = found(event, / to (\S+)$/);
        places.set(node, [...(places.get(node) ?? []), event.name]);
      }
      return `put ${[...places].map(([node, pods]) => `${listed(pods)} on ${node}`).join('; ')}`;
    },
  },
  {
    component: /^default-scheduler$/,
    reason: 'FailedScheduling',
    together: ({ message }) => message,
    tell: (events) => `found no node for ${names(events)}`,
  },
  {
    component: /^default-scheduler$/,
    reason: 'Preempted',
    together: () => '',
    tell: (events) => `sent ${names(events)} away, to make room for a Pod of higher priority`,
  },
  {
    component: /^node-controller$/,
    reason: 'NodeNotReady',
    together: ({ kind }) => kind,
    tell: (events) =>
      first(events).kind === 'Node'
        ? `heard nothing of node ${names(events)} for 40 seconds, and marked it NotReady`
        : `marked the Pods of that node not ready: ${names(events)}`,
  },
  {
    component: /^taint-eviction-controller$/,
    reason: 'TaintManagerEviction',
    together: ({ message }) => `${isCancelled(message)}`,
    tell: (events) =>
      isCancelled(first(events).message)
        ? `lets ${names(events)} stay: the taint is gone`
        : `marked ${names(events)} for deletion: its node has a taint that it does not tolerate`,
  },
  {
    component: /^persistentvolume-controller$/,
    reason: 'WaitForFirstConsumer',
    together: () => '',
    tell: (events) => `leaves claim ${names(events)} unbound until a Pod uses it`,
  },
  {
    component: /^persistentvolume-controller$/,
    reason: 'WaitForPodScheduled',
    together: () => '',
    tell: () => undefined,
  },
  {
    component: /^persistentvolume-controller$/,
    reason: 'ExternalProvisioning',
    together: () => '',
    tell: (events) => `asked the provisioner for a volume for claim ${names(events)}`,
  },
  { component: /local-path/, reason: 'Provisioning', together: () => '', tell: () => undefined },
  {
    component: /local-path/,
    reason: 'ProvisioningSucceeded',
    together: () => '',
    tell: (events) => `made a volume for claim ${names(events)}`,
  },
  {
    component: /^horizontal-pod-autoscaler$/,
    reason: 'SuccessfulRescale',
    together: ({ message }) => message,
    tell: (events) => {
      const [size = '', why = ''] = found(first(events), /^New size: (\d+); reason: ([\s\S]*)$/);
      return `asked for ${amount(Number(size), 'Pod')}: ${why}`;
    },
  },
];

/** Whether the taint eviction controller has changed its mind. */
function isCancelled(message: string): boolean {
  return message.startsWith('Cancelling');
}

/** How those who tell are called. */
const tellers: Readonly<Record<string, string>> = {
  'deployment-controller': 'deployment controller',
  'replicaset-controller': 'replicaset controller',
  'statefulset-controller': 'statefulset controller',
  'daemonset-controller': 'daemonset controller',
  'job-controller': 'job controller',
  'cronjob-controller': 'cronjob controller',
  'default-scheduler': 'scheduler',
  'node-controller': 'node controller',
  'taint-eviction-controller': 'taint eviction controller',
  'persistentvolume-controller': 'volume controller',
  'horizontal-pod-autoscaler': 'autoscaler',
  controllermanager: 'disruption controller',
};

/** Who told of something, such as `kubelet on worker-1`. */
export function tellerOf({ component, node }: ToldEvent): string {
  if (component === 'kubelet') return `kubelet on ${node}`;
  return tellers[component] ?? (component.includes('local-path') ? 'local-path provisioner' : component);
}
