import { isUserDefined, parseNetwork } from '../../docker/networks.ts';
import { parseLink } from '../../docker/pairs.ts';
import { toName } from '../../kubernetes/names.ts';
import { addCaveat, isAtLeast, type WorkloadDraft } from '../workload/draft.ts';
import { addAlias, serviceName } from '../workload/ports.ts';
import { alsoSpelled, type FlagRule, lastValue, type RunContext, type VerdictParts } from './flag-rule.ts';

const lesson = 'services-and-dns';

const network: FlagRule = {
  flag: '--network',
  grade: 'approximate',
  kubernetes: 'Service, the network of all Pods',
  why: '',
  sources: ['docker-network', 'k8s-services-networking', 'k8s-dns'],
  alsoCites: [
    'docker-host-network',
    'k8s-pod-security-standards',
    'k8s-network-policies',
    'k8s-pods',
    'docker-bridge-network',
  ],
  lesson,
  apply(draft, { value }, context) {
    const { name, aliases, ipv4, ipv6, macAddress, driverOptions } = parseNetwork(value);
    const left = [
      ...(ipv4 || ipv6 || macAddress ? ['a fixed address'] : []),
      ...(Object.keys(driverOptions).length > 0 ? ['options of a driver'] : []),
    ];
    const parts = attach(draft, name, context);
    const names = aliases.map((alias) => `\`${addAlias(draft, alias)}\``);
    const more = names.length > 0 ? ` ${names.join(' and ')}: one more Service each.` : '';
    const none = left.length > 0 ? ` For ${left.join(' and ')} there is no field.` : '';
    return {
      ...parts,
      ...(left.length > 0 && parts.grade === 'exact' ? { grade: 'approximate' as const } : {}),
      why: `${parts.why}${more}${none}`,
    };
  },
};

const networkAlias: FlagRule = {
  flag: '--network-alias',
  grade: 'approximate',
  kubernetes: 'Service',
  why: '',
  sources: ['docker-bridge-network', 'k8s-service', 'k8s-dns'],
  lesson,
  apply(draft, { value }) {
    const name = addAlias(draft, value);
    const made = name === value ? '' : ` The name \`${value}\` became one that the API accepts.`;
    return { why: `A further name is a further Service, \`${name}\`, that selects the same Pods.${made}` };
  },
};

/** Where the container is in the network. */
export const networkFlags: readonly FlagRule[] = [
  network,
  alsoSpelled('--net', network),
  networkAlias,
  alsoSpelled('--net-alias', networkAlias),
  {
    flag: '--link',
    grade: 'approximate',
    kubernetes: 'Service of the other one',
    why: '',
    sources: ['docker-links', 'k8s-service', 'k8s-dns'],
    lesson,
    apply(_draft, { value }) {
      const link = parseLink(value);
      const container = toName(link.container.replace(/^\//, ''), 'label').name;
      const alias = toName(link.alias.replace(/^\//, ''), 'label').name;
      const expose = `\`kubectl expose deployment ${container}${alias === container ? '' : ` --name=${alias}`} --port=…\``;
      return {
        why: `A link has no field. The other one needs a Service that is called \`${alias}\`, and then every Pod finds it by that name: ${expose}. Pods that start later also get \`${alias.toUpperCase().replaceAll('-', '_')}_SERVICE_HOST\`.`,
      };
    },
  },
  ...(
    [
      ['--ip', 'The address {value}'],
      ['--ip6', 'The address {value}'],
      ['--link-local-ip', 'The link-local address {value}'],
    ] as const
  ).map(
    ([flag, what]): FlagRule => ({
      flag,
      grade: 'none',
      kubernetes: 'none',
      why: `${what} cannot be asked for: the network plugin gives every Pod an address, a new one each time. What stays is the address and the name of a Service.`,
      sources: ['docker-container-run', 'k8s-services-networking'],
      lesson,
    }),
  ),
  {
    flag: '--mac-address',
    grade: 'none',
    kubernetes: 'none',
    why: 'The network plugin chooses the hardware address; `{value}` has no field.',
    sources: ['docker-container-run', 'docker-macvlan', 'k8s-network-plugins'],
    lesson,
  },
  {
    flag: '--hostname',
    grade: 'exact',
    kubernetes: 'spec.hostname',
    why: '',
    sources: ['docker-container-run', 'k8s-pod-hostname'],
    lesson,
    apply(draft, { value }, { command, kind }) {
      if (lastValue(command, '--network') === 'host') {
        return {
          grade: 'none',
          kubernetes: 'none',
          why: 'With `hostNetwork: true` the Pod has the name of its node.',
        };
      }
      if (kind === 'statefulset') {
        return {
          grade: 'none',
          kubernetes: 'none',
          why: 'Each Pod of a StatefulSet is called by its own name and number, and so is its host.',
        };
      }
      const [first = value, ...domain] = value.split('.');
      const { name, changed } = toName(first, 'label');
      draft.pod.hostname = name;
      const all = kind === 'deployment' ? ' All Pods of the Deployment have it.' : '';
      const rest =
        domain.length > 0
          ? ` The domain \`${domain.join('.')}\` is left out: the full name of a Pod lies in the domain of the cluster.${override(draft)}`
          : '';
      return {
        ...(changed || domain.length > 0 ? { grade: 'approximate' as const } : {}),
        why: `The Pod calls itself \`${name}\`.${all} Others do not find it by that name: that takes a Service.${rest}`,
      };
    },
  },
  {
    flag: '--domainname',
    grade: 'none',
    kubernetes: 'none',
    why: '',
    sources: ['docker-container-run', 'k8s-pod-hostname'],
    lesson,
    apply: (draft, { value }) => ({
      why: `The full name of a Pod lies in the domain of the cluster, \`spec.subdomain\` below it, so \`${value}\` cannot be its domain.${override(draft)}`,
    }),
  },
];

function override(draft: WorkloadDraft): string {
  return isAtLeast(draft, '1.35')
    ? ' `spec.hostnameOverride`, beta in 1.35, can give it any full name that it calls itself.'
    : '';
}

function attach(draft: WorkloadDraft, name: string, { command }: RunContext): VerdictParts & { why: string } {
  if (name === 'host') {
    draft.pod.hostNetwork = true;
    // Without this a Pod in the node's network resolves no Services.
    draft.pod.dnsPolicy ??= 'ClusterFirstWithHostNet';
    addCaveat(
      draft,
      'Namespaces of the node, such as `hostNetwork`, `hostPID` and `hostIPC`, are forbidden by the Pod Security Standards in the levels Baseline and Restricted.',
    );
    return {
      grade: 'exact',
      kubernetes: 'spec.hostNetwork',
      why: 'The Pod has the network of its node, and two of them cannot listen on one port of it. `ClusterFirstWithHostNet` keeps the names of Services.',
      sources: ['docker-host-network', 'k8s-dns', 'k8s-pod-security-standards'],
    };
  }
  if (name === 'none') {
    draft.isolated = true;
    return {
      kubernetes: 'NetworkPolicy',
      why: 'Every Pod has a network. A NetworkPolicy that allows nothing comes near, if the network plugin enforces it, and mostly some moments after the start; without one that does, it does nothing.',
      sources: ['docker-network', 'k8s-network-policies'],
    };
  }
  if (name.startsWith('container:')) {
    return {
      kubernetes: 'containers of one Pod',
      why: `Only containers of one Pod share a network: put this one into the Pod of \`${name.slice('container:'.length)}\`, which is unknown here.`,
      sources: ['docker-network', 'k8s-pods'],
    };
  }
  if (!isUserDefined(name)) {
    return {
      grade: 'exact',
      kubernetes: 'the network of all Pods',
      why: `\`${name}\` is docker's default, and every Pod is on the one network of the cluster.`,
    };
  }
  const named = lastValue(command, '--name') !== undefined;
  if (named) draft.service.headless = true;
  addCaveat(
    draft,
    `\`${name}\` isolates nothing here: every Pod reaches every other Pod. What docker's network keeps apart, a NetworkPolicy does, where the network plugin enforces it.`,
  );
  return {
    why: `The cluster has one flat network, so \`${name}\` is not made. ${named ? `Others found the container by its name; the Service \`${serviceName(draft)}\` keeps that.` : 'Names come from Services; without `--name` nobody finds this one by name.'}`,
    sources: ['docker-bridge-network', 'k8s-services-networking', 'k8s-network-policies'],
  };
}

/** Whether `--dns` may replace the cluster's own resolver: not where the container finds others by name. */
export function needsNames({ command }: Pick<RunContext, 'command'>): boolean {
  const attached = lastValue(command, '--network');
  return (
    (attached !== undefined && isUserDefined(parseNetwork(attached).name)) ||
    lastValue(command, '--link') !== undefined
  );
}
