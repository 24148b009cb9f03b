import { flagRule } from '../run/flag-rules.ts';
import { addCaveat, type WorkloadDraft } from '../workload/draft.ts';
import { addAlias, serviceName } from '../workload/ports.ts';
import { type KeyRule, type ServiceContext, servicePage, type VerdictParts } from './key-rule.ts';
import { networkLabel, separates } from './network-policies.ts';

const none = { grade: 'none', kubernetes: 'none' } as const;
const sources = [servicePage, 'docker-compose-networking', 'k8s-services-networking', 'k8s-network-policies'];

/** Where a service is in the network, and by which names others find it. */
export const networkKeys: readonly KeyRule[] = [
  {
    key: 'networks',
    each: 'entry',
    grade: 'approximate',
    kubernetes: 'the network of all Pods',
    why: '',
    sources,
    apply(_draft, use, context) {
      const name = use.name === '' ? use.value : use.name;
      if (!separates(context.project)) {
        return {
          why: `All Pods of a cluster are on one flat network, so \`${name}\` needs nothing: every service of this file is on it, and they find each other by the names of Services.`,
        };
      }
      const label = networkLabel(name);
      context.extras.podLabels[label] = 'true';
      return {
        kubernetes: `label \`${label}\`, NetworkPolicy`,
        why: `All Pods of a cluster are on one flat network, so \`${name}\` keeps nobody out by itself. The Pods have the label \`${label}\`, and a NetworkPolicy lets in only those that have it too. It takes a network plugin that enforces policies; without one it does nothing, in silence.`,
      };
    },
  },
  {
    key: 'networks.*.aliases',
    each: 'entry',
    grade: 'approximate',
    kubernetes: 'Service',
    why: '',
    sources: [servicePage, 'k8s-service', 'k8s-dns'],
    apply: (draft, { value }, context) => alias(draft, value, context),
  },
  ...(
    [
      [
        'interface_name',
        'The plugin of the network names the interface, mostly `eth0`; `{value}` has no field.',
      ],
      [
        'ipv4_address',
        'The address {value} cannot be asked for: the network plugin gives every Pod an address, a new one each time. What stays is the name and the address of a Service.',
      ],
      [
        'ipv6_address',
        'The address {value} cannot be asked for: the network plugin gives every Pod an address, a new one each time. What stays is the name and the address of a Service.',
      ],
      ['link_local_ips', 'The link-local address {value} cannot be asked for.'],
      ['mac_address', 'The network plugin chooses the hardware address; `{value}` has no field.'],
      [
        'driver_opts',
        "Options of docker's network driver, `{value}`, mean nothing to the plugin of the cluster.",
      ],
      ['priority', 'A Pod has one network, so there is none to come first.'],
      ['gw_priority', 'A Pod has one network, and so one gateway.'],
    ] as const
  ).map(
    ([key, why]): KeyRule => ({
      key: `networks.*.${key}`,
      grade: 'none',
      kubernetes: 'none',
      why,
      sources: [servicePage, 'k8s-services-networking', 'k8s-network-plugins'],
    }),
  ),
  {
    key: 'network_mode',
    grade: 'approximate',
    kubernetes: 'spec.hostNetwork',
    why: '',
    sources: [servicePage, 'k8s-services-networking'],
    apply: networkMode,
  },
  {
    key: 'links',
    each: 'entry',
    grade: 'approximate',
    kubernetes: 'Service of the other one',
    why: '',
    sources: [servicePage, 'docker-links', 'k8s-service', 'k8s-dns'],
    apply(_draft, { value }, { survey }) {
      const [service = '', name = service] = value.split(':');
      const found = survey.around.get(service)?.serviceName ?? service;
      return {
        why: `A link needs nothing here: \`${found}\` is the name of a Service, and every Pod finds it.${name === service ? '' : ` The name \`${name}\` is one more Service, for all Pods and not for this one alone.`}`,
      };
    },
  },
  {
    key: 'external_links',
    each: 'entry',
    grade: 'none',
    kubernetes: 'Service of type ExternalName, or in another namespace',
    why: '`{value}` is a container outside of this project. In the cluster a Service in another namespace has the name `service.namespace`; for something outside of the cluster, make a Service of `type: ExternalName`.',
    sources: [servicePage, 'k8s-service', 'k8s-dns'],
  },
  {
    key: 'container_name',
    grade: 'approximate',
    kubernetes: 'Service',
    why: '',
    sources: [servicePage, 'k8s-names', 'k8s-service'],
    apply(draft, { value }, context) {
      const named = context.around.mentions.some(({ name }) => name.toLowerCase() === value.toLowerCase());
      const pods = 'Pods get names of their own, which begin with that of the workload.';
      if (!named || value === context.service.name)
        return {
          grade: named ? 'exact' : 'none',
          kubernetes: named ? 'Service' : 'none',
          why: `${pods} \`${value}\` is no name of anything here; \`kubectl logs ${ownerOf(context)}\` needs none.`,
        };
      const parts = alias(draft, value, context);
      return {
        ...parts,
        why: `${pods} Others in this file connect to \`${value}\`, so it is one more Service.`,
      };
    },
  },
];

function ownerOf({ choice, around }: ServiceContext): string {
  return `${choice.kind.toLowerCase()}/${around.name}`;
}

/** One more name: a Service of its own, unless another service has taken it. */
function alias(draft: WorkloadDraft, value: string, { around, survey }: ServiceContext): VerdictParts {
  const wanted = serviceName(draft, value);
  if (wanted === around.serviceName || draft.service.aliases.includes(wanted))
    return { grade: 'exact', why: `\`${value}\` is a name of the Service already.` };
  if (survey.serviceNames.has(wanted)) {
    return {
      ...none,
      why: `Another service has the name \`${wanted}\`. Docker would give out the addresses of both; a Service selects by labels, so give both the same label and one Service for it.`,
    };
  }
  survey.serviceNames.add(wanted);
  const name = addAlias(draft, value);
  return {
    why: `A further name is a further Service, \`${name}\`, that selects the same Pods.${name === value ? '' : ` The name \`${value}\` became one that the API accepts: change it where it is used.`}`,
  };
}

function networkMode(
  draft: WorkloadDraft,
  use: Parameters<NonNullable<KeyRule['apply']>>[1],
  context: ServiceContext,
): VerdictParts {
  const { value } = use;
  const { around } = context;
  if (around.host !== undefined) {
    return {
      kubernetes: 'a container of the same Pod',
      why: `Only containers of one Pod share a network, so this one runs in the Pod of \`${around.host}\`. They start, move and end together, and find each other at localhost.`,
      sources: [servicePage, 'k8s-pods', 'k8s-sidecar-containers'],
    };
  }
  if (/^(service|container):/.test(value)) {
    addCaveat(
      draft,
      `\`${context.service.name}\` shares the network of \`${value.replace(/^\w+:/, '')}\`, which is not in this project. Put both into one Pod.`,
    );
    return {
      ...none,
      why: `Only containers of one Pod share a network, and \`${value}\` is outside of this project. Put both into one Pod.`,
      sources: [servicePage, 'k8s-pods'],
    };
  }
  const rule = flagRule('--network');
  const parts =
    rule?.apply?.(draft, { name: '--network', value, spelled: 'network_mode', position: 0 }, context) ?? {};
  return {
    ...parts,
    sources: [servicePage, ...(parts.sources ?? []).filter((each) => each !== 'docker-container-run')],
  };
}
