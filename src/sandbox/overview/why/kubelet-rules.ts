import { again, containerOf, type EventRule, first, found, names, probeFailure } from './event-rule.ts';

/** How what the kubelets tell of is told. */
export const kubeletRules: readonly EventRule[] = [
  { component: /^kubelet$/, reason: 'Pulling', together: () => '', tell: () => undefined },
  {
    component: /^kubelet$/,
    reason: 'Pulled',
    together: ({ message }) => message.replace(/ in \S+ \(.*$/, ''),
    tell: (events) => {
      const [image = '', took] = found(first(events), /^Successfully pulled image "([^"]+)" in (\S+)/);
      if (took !== undefined) return `pulled ${image} for ${names(events)} (${took})`;
      const [present] = found(first(events), /^Container image "([^"]+)" already present/);
      return `had the image ${present} already, for ${names(events)}`;
    },
  },
  { component: /^kubelet$/, reason: 'Created', together: () => '', tell: () => undefined },
  {
    component: /^kubelet$/,
    reason: 'Started',
    together: ({ container }) => container,
    tell: (events) => {
      const times = events.reduce((sum, { count }) => sum + count, 0);
      const more = times > events.length ? ` (${times} times by now)` : '';
      return `started ${containerOf(events)}${more}`;
    },
  },
  {
    component: /^kubelet$/,
    reason: 'Killing',
    together: ({ container, message }) => container + message,
    tell: (events) => {
      const { message } = first(events);
      const [why = ''] = /failed (liveness|startup) probe/.exec(message) ?? [];
      if (why !== '') return `stops ${containerOf(events)}: it ${why}`;
      if (message.includes('definition changed'))
        return `stops ${containerOf(events)}: its definition changed`;
      return `stops ${containerOf(events)}`;
    },
  },
  {
    component: /^kubelet$/,
    reason: 'Failed',
    together: ({ container, message }) => container + message,
    tell: (events) => {
      const { message } = first(events);
      const [image = '', why = ''] = found(first(events), /^Failed to pull image "([^"]+)": ([\s\S]*)$/);
      if (image !== '')
        return `could not pull ${image} for ${names(events)}: ${why.replace(/^rpc error: code = \w+ desc = /, '')}`;
      // What follows a failed pull says nothing more.
      if (/^Error: (ErrImagePull|ImagePullBackOff)$/.test(message)) return undefined;
      return `could not start ${containerOf(events)}: ${message.replace(/^Error: /, '')}`;
    },
  },
  {
    component: /^kubelet$/,
    reason: 'BackOff',
    together: ({ container, message }) => container + /^Back-off \w+/.exec(message)?.[0],
    tell: (events) => {
      const isPull = first(events).message.startsWith('Back-off pulling');
      return `waits before it ${isPull ? `pulls the image of ${names(events)}` : `starts ${containerOf(events)}`} again`;
    },
  },
  {
    component: /^kubelet$/,
    reason: 'Unhealthy',
    together: ({ container, message }) => container + message,
    tell: (events) => {
      const { message } = first(events);
      const [kind = ''] = message.toLowerCase().split(' ');
      return `saw the ${kind} probe of ${names(events)} fail${again(first(events))}: ${probeFailure(message)}`;
    },
  },
  {
    component: /^kubelet$/,
    reason: 'SandboxChanged',
    together: () => '',
    tell: (events) => `makes a new sandbox for ${names(events)}: the one before is gone`,
  },
  {
    component: /^kubelet$/,
    reason: 'FailedMount',
    together: ({ message }) => message,
    tell: (events) => {
      const why = first(events).message.replace(
        /^MountVolume\.SetUp failed for volume "([^"]+)" : /,
        'volume $1: ',
      );
      return `could not mount what ${names(events)} wants${again(first(events))}: ${why}`;
    },
  },
  {
    component: /^kubelet$/,
    reason: 'Evicted',
    together: () => '',
    tell: (events) => `sent ${names(events)} away: ${first(events).message.trim()}`,
  },
  {
    component: /^kubelet$/,
    reason: 'NodeReady',
    together: () => '',
    tell: (events) => `says that node ${names(events)} is ready`,
  },
  {
    component: /^kubelet$/,
    reason: 'NodeNotSchedulable',
    together: () => '',
    tell: (events) => `says that node ${names(events)} is cordoned`,
  },
  {
    component: /^kubelet$/,
    reason: 'NodeSchedulable',
    together: () => '',
    tell: (events) => `says that node ${names(events)} takes Pods again`,
  },
];
