import type { ServiceSpec } from '../../../../kubernetes/api.ts';
import { type Complaint, duplicate, invalid, notSupported } from '../complaint.ts';
import { addressComplaints, isSixth } from './addresses.ts';
import { isHeadless } from './service-types.ts';

const families = ['IPv4', 'IPv6'];
const policies = ['PreferDualStack', 'RequireDualStack', 'SingleStack'];

/**
 * What is wrong with the addresses of a Service and their families
 * (k8s.io/kubernetes/pkg/apis/core/validation, ValidateServiceClusterIPsRelatedFields).
 */
export function clusterAddressComplaints(spec: ServiceSpec): readonly Complaint[] {
  if (spec.type === 'ExternalName') return [];
  const { clusterIPs = [], ipFamilies = [], ipFamilyPolicy } = spec;
  const path = 'spec.clusterIPs';
  const complaints: Complaint[] = [...pairComplaints(spec)];
  for (const [index, family] of ipFamilies.entries()) {
    const place = `spec.ipFamilies[${index}]`;
    if (!families.includes(family)) complaints.push(notSupported(place, family, families));
    if (ipFamilies.indexOf(family) < index) complaints.push(duplicate(place, family));
  }
  if (ipFamilyPolicy !== undefined && !policies.includes(ipFamilyPolicy)) {
    complaints.push(notSupported('spec.ipFamilyPolicy', ipFamilyPolicy, policies));
  }
  const wrong = clusterIPs.flatMap((address, index) => {
    if (index > 0 || address !== 'None') return addressComplaints(`${path}[${index}]`, address);
    return clusterIPs.length > 1
      ? [invalid(path, clusterIPs, "'None' must be the first and only value")]
      : [];
  });
  complaints.push(...wrong);
  if (clusterIPs.length > 2) complaints.push(invalid(path, clusterIPs, 'may only hold up to 2 values'));
  if (wrong.length > 0) return complaints;
  if (clusterIPs.length > 1 && new Set(clusterIPs.map(isSixth)).size < 2) {
    complaints.push(invalid(path, clusterIPs, 'may specify no more than one IP for each IP family'));
  }
  if (!isHeadless(spec)) complaints.push(...familyComplaints(clusterIPs, ipFamilies));
  return complaints;
}

/** What changes of the addresses there may not be (validateUpgradeDowngradeClusterIPs). */
export function addressUpdateComplaints(spec: ServiceSpec, old: ServiceSpec): readonly Complaint[] {
  if (spec.type === 'ExternalName' || old.type === 'ExternalName') return [];
  if (isHeadless(spec) && isHeadless(old)) return [];
  const { clusterIPs: now = [] } = spec;
  const { clusterIPs: before = [] } = old;
  const complaints: Complaint[] = [];
  const place = 'spec.clusterIPs';
  for (const [index, address] of before.entries()) {
    if (now[index] !== undefined && now[index] !== address) {
      complaints.push(invalid(`${place}[${index}]`, now, 'may not change once set'));
    }
  }
  return complaints;
}

function pairComplaints({ clusterIP = '', clusterIPs = [] }: ServiceSpec): readonly Complaint[] {
  const path = 'spec.clusterIPs';
  if (clusterIP === '') {
    return clusterIPs.length > 0
      ? [invalid(path, clusterIPs, 'must be empty when `clusterIP` is not specified')]
      : [];
  }
  return clusterIPs[0] === clusterIP ? [] : [invalid(path, clusterIPs, 'first value must match `clusterIP`')];
}

function familyComplaints(addresses: readonly string[], given: readonly string[]): readonly Complaint[] {
  return addresses.flatMap((address, index) => {
    const family = given[index];
    if (family === undefined || (family === 'IPv6') === isSixth(address)) return [];
    const why = `expected an ${family} value as indicated by \`ipFamilies[${index}]\``;
    return [invalid(`spec.clusterIPs[${index}]`, address, why)];
  });
}
