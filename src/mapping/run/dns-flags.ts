import { parseAddress } from '../../docker/addresses.ts';
import { parseExtraHost, parseSearchDomain } from '../../docker/pairs.ts';
import { isName } from '../../kubernetes/names.ts';
import { addCaveat } from '../workload/draft.ts';
import { addDns, addDnsOption, addHostAlias, dnsLimits } from '../workload/network.ts';
import { alsoSpelled, type FlagRule } from './flag-rule.ts';
import { needsNames } from './network-flags.ts';

const lesson = 'services-and-dns';
const sources = ['docker-container-run', 'k8s-dns'];

const dnsOption: FlagRule = {
  flag: '--dns-option',
  grade: 'exact',
  kubernetes: 'spec.dnsConfig.options',
  why: '`{value}` is an option of the resolver, added to those of the cluster, such as `ndots:5`.',
  sources,
  lesson,
  apply(draft, { value }) {
    if (value === '' || value.startsWith(':'))
      return { grade: 'none', kubernetes: 'none', why: 'An option needs a name.' };
    addDnsOption(draft, value);
    return {};
  },
};

/** How the container finds others by name. */
export const dnsFlags: readonly FlagRule[] = [
  {
    flag: '--dns',
    grade: 'exact',
    kubernetes: 'spec.dnsConfig.nameservers',
    why: '',
    sources,
    lesson,
    apply(draft, { value }, context) {
      const address = parseAddress(value);
      if (!addDns(draft, 'nameservers', address)) {
        return {
          grade: 'none',
          kubernetes: 'none',
          why: `The API takes ${dnsLimits.nameservers} resolvers at the most, so ${address} is left out.`,
        };
      }
      if (needsNames(context)) {
        return {
          grade: 'approximate',
          why: `${address} is asked after the cluster's own resolver, which knows the names of Services.`,
        };
      }
      draft.pod.dnsPolicy = 'None';
      addCaveat(
        draft,
        'With `dnsPolicy: None` the Pod finds no Services by name, as with `--dns` a container asks nobody else. Remove the line for a Pod that talks to others in the cluster.',
      );
      return {
        why: `${address} replaces the cluster's resolver: \`dnsPolicy: None\` with \`dnsConfig\`. Names of Services are not found then.`,
      };
    },
  },
  {
    flag: '--dns-search',
    grade: 'exact',
    kubernetes: 'spec.dnsConfig.searches',
    why: '',
    sources,
    lesson,
    apply(draft, { value }) {
      const domain = parseSearchDomain(value).toLowerCase();
      if (domain === '.') {
        return {
          grade: 'approximate',
          kubernetes: '`dnsPolicy: None`',
          why: '`.` is no search domain at all. A Pod has those of its namespace unless `dnsPolicy` is `None`.',
        };
      }
      if (!isName(domain, 'subdomain'))
        return { grade: 'none', kubernetes: 'none', why: `The API takes no search domain \`${domain}\`.` };
      if (!addDns(draft, 'searches', domain)) {
        return {
          grade: 'none',
          kubernetes: 'none',
          why: `The API takes ${dnsLimits.searches} search domains at the most.`,
        };
      }
      return {
        why: `\`${domain}\` is searched after the domains of the cluster, \`default.svc.cluster.local\` and so on, which \`--dns\` takes away.`,
      };
    },
  },
  dnsOption,
  alsoSpelled('--dns-opt', dnsOption),
  {
    flag: '--add-host',
    grade: 'exact',
    kubernetes: 'spec.hostAliases',
    why: '',
    sources: ['docker-container-run', 'k8s-task-host-aliases'],
    lesson,
    apply(draft, { value }) {
      const { name, address } = parseExtraHost(value);
      const host = name.toLowerCase();
      if (address === 'host-gateway') {
        return {
          grade: 'none',
          kubernetes: 'none',
          why: `\`hostAliases\` takes addresses only, and the node of the Pod is not known before. The downward API tells it: \`status.hostIP\` as a variable. Your own machine is not the node.`,
        };
      }
      if (!isName(host, 'subdomain')) {
        return { grade: 'none', kubernetes: 'none', why: `The API takes no host of the name \`${name}\`.` };
      }
      addHostAlias(draft, parseAddress(address), host);
      return {
        why: `\`${host}\` is ${parseAddress(address)} in the Pod's /etc/hosts, for all its containers.`,
      };
    },
  },
];
