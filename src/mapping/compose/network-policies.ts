import type { ComposeProject } from '../../docker/compose/project.ts';
import { freeName, toName } from '../../kubernetes/names.ts';
import type { NetworkPolicy, PolicyPort } from '../../kubernetes/objects.ts';
import type { LabelSelector } from '../../kubernetes/pod-spec.ts';
import { around, type Survey } from './survey.ts';

/** The label that Pods on a network of the project have. */
export function networkLabel(network: string): string {
  return `network.${toName(network, 'labelValue', 55).name || 'unnamed'}`;
}

/**
 * Whether the networks of a project keep services apart: some service lacks one that another has, or a network
 * has no way out.
 */
export function separates({ services, networks }: ComposeProject): boolean {
  const sets = services
    .filter(({ config }) => config.networks)
    .map(({ config }) =>
      Object.keys(config.networks ?? {})
        .sort()
        .join(' '),
    );
  return (
    new Set(sets).size > 1 ||
    networks.some(
      ({ config, key }) => config.internal === true && sets.some((set) => set.split(' ').includes(key)),
    )
  );
}

/**
 * What docker's networks do by themselves: a policy for each, by which its members let in each other, and one
 * for each service that publishes ports, by which these stay open
 * (https://kubernetes.io/docs/concepts/services-networking/network-policies/).
 */
export function networkPolicies(project: ComposeProject, survey: Survey): NetworkPolicy[] {
  if (!separates(project)) return [];
  const taken = new Set<string>();
  const name = (text: string): string => {
    const free = freeName(text, 'label', taken);
    taken.add(free);
    return free;
  };
  const used = project.networks.filter(({ key }) =>
    project.services.some(({ config }) => Object.hasOwn(config.networks ?? {}, key)),
  );
  const inner = used.filter(({ config }) => config.internal === true);
  const outer = used.filter(({ config }) => config.internal !== true);
  return [
    ...used.map(({ key }): NetworkPolicy => membersOnly(name(`network-${key}`), networkLabel(key))),
    ...inner.map(({ key }) =>
      noWayOut(
        name(`network-${key}-internal`),
        networkLabel(key),
        outer.map((each) => networkLabel(each.key)),
      ),
    ),
    ...project.services.flatMap(({ name: service, config }): NetworkPolicy[] => {
      const { name: workload, host } = around(survey, service);
      const ports = (config.ports ?? []).flatMap(({ target, protocol }): PolicyPort[] =>
        target === undefined || target < 1 || target > 65_535 ? [] : [policyPort(target, protocol)],
      );
      if (ports.length === 0 || !config.networks) return [];
      const app = host === undefined ? workload : around(survey, host).name;
      return [
        {
          ...policy(name(`${workload}-published`), { matchLabels: { app } }),
          spec: {
            podSelector: { matchLabels: { app } },
            policyTypes: ['Ingress'],
            ingress: [{ ports: withoutDoubles(ports) }],
          },
        },
      ];
    }),
  ];
}

function policy(name: string, podSelector: LabelSelector): NetworkPolicy {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name },
    spec: { podSelector },
  };
}

function membersOnly(name: string, label: string): NetworkPolicy {
  const podSelector = { matchLabels: { [label]: 'true' } };
  return {
    ...policy(name, podSelector),
    spec: { podSelector, policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector }] }] },
  };
}

/** Who is on no other network than internal ones reaches these, and the resolver. */
function noWayOut(name: string, label: string, outer: readonly string[]): NetworkPolicy {
  const podSelector: LabelSelector = {
    matchLabels: { [label]: 'true' },
    ...(outer.length > 0
      ? { matchExpressions: outer.map((key) => ({ key, operator: 'DoesNotExist' as const })) }
      : {}),
  };
  return {
    ...policy(name, podSelector),
    spec: {
      podSelector,
      policyTypes: ['Egress'],
      egress: [
        { to: [{ podSelector: { matchLabels: { [label]: 'true' } } }] },
        {
          ports: [
            { protocol: 'UDP', port: 53 },
            { protocol: 'TCP', port: 53 },
          ],
        },
      ],
    },
  };
}

function policyPort(port: number, protocol = 'tcp'): PolicyPort {
  const text = protocol.toUpperCase();
  return { protocol: text === 'UDP' || text === 'SCTP' ? text : 'TCP', port };
}

function withoutDoubles(ports: readonly PolicyPort[]): PolicyPort[] {
  return [...new Map(ports.map((each) => [`${each.port}/${each.protocol}`, each])).values()];
}
