import type { KeyUse, VerdictParts } from './key-rule.ts';
import { networkLabel, separates } from './network-policies.ts';
import { row, type SharedRule } from './project-rule.ts';
import type { Survey } from './survey.ts';

const networkPage = 'docker-compose-file-networks';

/** Keys of `networks` at the top. */
export const networkSection: readonly SharedRule[] = [
  row(
    'networks.*',
    'approximate',
    'the network of all Pods',
    '',
    [networkPage, 'k8s-services-networking', 'k8s-network-policies'],
    network,
  ),
  row(
    'networks.*.name',
    'none',
    'none',
    'The network is not made, so its name in docker, `{value}`, names nothing.',
    [networkPage],
  ),
  row(
    'networks.*.driver',
    'none',
    'none',
    'The cluster has one network, of the plugin that its administrator chose. `{value}` is a driver of docker.',
    [networkPage, 'k8s-network-plugins'],
    ({ value }) =>
      value === 'bridge' || value === 'overlay' || value === 'default'
        ? {
            grade: 'exact',
            kubernetes: 'the network of all Pods',
            why: `What \`${value}\` does, addresses and a way from one to the other, the network of the cluster does on all nodes.`,
          }
        : {},
  ),
  row(
    'networks.*.driver_opts',
    'none',
    'none',
    "Options of docker's driver, `{value}`, mean nothing to the plugin of the cluster.",
    [networkPage, 'k8s-network-plugins'],
  ),
  row(
    'networks.*.ipam',
    'none',
    'none',
    'Addresses come from the ranges that the cluster was made with. Configuration that holds addresses of containers has to hold names of Services instead.',
    [networkPage, 'k8s-services-networking'],
  ),
  row(
    'networks.*.external',
    'none',
    'none',
    'The network exists outside of this project, with others on it. In the cluster everybody is on one network already: what is in another namespace has the name `service.namespace`.',
    [networkPage, 'k8s-dns', 'k8s-namespaces'],
    ({ value }) =>
      /^(false|no|off)$/i.test(value)
        ? {
            grade: 'exact',
            kubernetes: 'nothing',
            why: 'It is a network of this project, which is the default.',
          }
        : {},
  ),
  row(
    'networks.*.internal',
    'approximate',
    'NetworkPolicy spec.egress',
    'A policy lets those who are on internal networks only reach each other and the resolver, and nothing outside. It takes a network plugin that enforces policies.',
    [networkPage, 'k8s-network-policies'],
    ({ value }) =>
      /^(false|no|off)$/i.test(value)
        ? {
            grade: 'exact',
            kubernetes: 'the default',
            why: 'There is a way out, which is the default of Pods too.',
          }
        : {},
  ),
  row(
    'networks.*.enable_ipv4',
    'approximate',
    'Service spec.ipFamilies',
    'Which addresses Pods have is a matter of the cluster. A Service asks for one with `ipFamilies`.',
    [networkPage, 'k8s-service'],
  ),
  row(
    'networks.*.enable_ipv6',
    'approximate',
    'Service spec.ipFamilies',
    'Pods have IPv6 where the cluster was made with it (dual-stack). A Service asks for it with `ipFamilies` and `ipFamilyPolicy`.',
    [networkPage, 'k8s-service'],
  ),
  row(
    'networks.*.attachable',
    'exact',
    'the network of all Pods',
    'Every Pod is on the one network, so anything can join.',
    [networkPage, 'k8s-services-networking'],
  ),
  row(
    'networks.*.labels',
    'none',
    'none',
    'There is no object for a network that could have labels. Policies can have some of their own.',
    [networkPage, 'k8s-labels'],
  ),
];

function network({ name }: KeyUse, { project }: Survey): VerdictParts {
  const members = project.services.filter(({ config }) => Object.hasOwn(config.networks ?? {}, name));
  if (members.length === 0)
    return { grade: 'exact', kubernetes: 'nothing', why: 'No service is on it, so nothing is made of it.' };
  if (!separates(project))
    return {
      why: 'The cluster has one flat network for all Pods, so it is not made. Every service of this file is on it, so it kept nobody out.',
    };
  return {
    kubernetes: 'NetworkPolicy',
    why: `The cluster has one flat network, so it is not made. What it kept apart, a NetworkPolicy does: Pods with the label \`${networkLabel(name)}\` take connections from each other alone. It takes a network plugin that enforces policies; without one it does nothing, in silence. If you do not need that, leave the policies out.`,
  };
}
