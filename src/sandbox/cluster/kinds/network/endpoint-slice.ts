import type { EndpointSlice } from '../../../../kubernetes/api.ts';
import { ageColumn, ageOf, nameColumn, text } from '../cells.ts';
import { type Complaint, duplicate, invalid, required, tooMany } from '../complaint.ts';
import { eachOf, filled, inField } from '../filled.ts';
import type { KindRules } from '../kind.ts';
import { labelKeyComplaints, labelNameComplaints, subdomainComplaints } from '../label-rules.ts';
import { immutableComplaints } from '../object-meta.ts';
import { complaintsOf, oneOf, requiredOneOf } from '../value-rules.ts';
import { addressComplaints, endpointAddressComplaints } from './addresses.ts';
import { withRest } from './endpoints.ts';

/** EndpointSlices (k8s.io/kubernetes/pkg/apis/discovery/v1 and pkg/registry/discovery/endpointslice). */
export const endpointSliceRules: KindRules<EndpointSlice> = {
  defaults: (object) =>
    inField(object, 'ports', (ports) => eachOf(ports, (port) => filled(port, { name: '', protocol: 'TCP' }))),
  validate: endpointSliceComplaints,
  validateUpdate: ({ addressType }, old) => immutableComplaints(addressType, old.addressType, 'addressType'),
  warnings: ({ addressType }) =>
    addressType === 'FQDN' ? ['spec.addressType: FQDN endpoints are deprecated'] : [],
  columns: [nameColumn, text('AddressType'), text('Ports'), text('Endpoints'), ageColumn],
  row: (object, context) => [
    object.metadata.name,
    object.addressType,
    withRest((object.ports ?? []).map(({ port, name }) => `${port ?? name ?? '*'}`)) || '<unset>',
    withRest((object.endpoints ?? []).flatMap(({ addresses }) => addresses)) || '<unset>',
    ageOf(object, context),
  ],
};

function endpointSliceComplaints({
  addressType,
  endpoints = [],
  ports = [],
}: EndpointSlice): readonly Complaint[] {
  return [
    ...requiredOneOf('addressType', addressType, ['FQDN', 'IPv4', 'IPv6']),
    ...ports.flatMap(({ name = '', protocol, appProtocol }, index) => [
      ...(name === '' ? [] : complaintsOf(`ports[${index}].name`, name, labelNameComplaints(name))),
      ...(ports.findIndex((each) => (each.name ?? '') === name) < index
        ? [duplicate(`ports[${index}].name`, name)]
        : []),
      ...oneOf(`ports[${index}].protocol`, protocol, ['SCTP', 'TCP', 'UDP']),
      ...(appProtocol === undefined
        ? []
        : complaintsOf(`ports[${index}].appProtocol`, appProtocol, labelKeyComplaints(appProtocol))),
    ]),
    ...endpoints.flatMap(({ addresses, nodeName, hostname }, index) => {
      const path = `endpoints[${index}]`;
      return [
        ...(addresses.length === 0 ? [required(`${path}.addresses`, 'must contain at least 1 address')] : []),
        ...(addresses.length > 100 ? [tooMany(`${path}.addresses`, addresses.length, 100)] : []),
        ...addresses.flatMap((address, at) => placeComplaints(addressType, address, `${path}.addresses`, at)),
        ...(nodeName === undefined
          ? []
          : complaintsOf(`${path}.nodeName`, nodeName, subdomainComplaints(nodeName))),
        ...(hostname === undefined
          ? []
          : complaintsOf(`${path}.hostname`, hostname, labelNameComplaints(hostname))),
      ];
    }),
  ];
}

/** What is wrong with one address, by its type. */
function placeComplaints(type: string, address: string, path: string, index: number): readonly Complaint[] {
  const field = `${path}[${index}]`;
  if (type === 'FQDN') return complaintsOf(field, address, subdomainComplaints(address));
  if (type !== 'IPv4' && type !== 'IPv6') return [];
  const wrong = addressComplaints(field, address);
  if (wrong.length > 0) return wrong;
  const isSixth = address.includes(':');
  return [
    ...(isSixth === (type === 'IPv6') ? [] : [invalid(path, address, `must be an ${type} address`)]),
    ...endpointAddressComplaints(field, address),
  ];
}
