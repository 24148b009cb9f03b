import type { EndpointSlice } from '../../../../kubernetes/api.ts';
import { ageColumn, ageOf, nameColumn, text } from '../cells.ts';
import { type Complaint, invalid, required } from '../complaint.ts';
import { eachOf, filled, inField } from '../filled.ts';
import type { KindRules } from '../kind.ts';
import { labelNameComplaints } from '../label-rules.ts';
import { immutableComplaints } from '../object-meta.ts';
import { complaintsOf, oneOf, requiredOneOf } from '../value-rules.ts';
import { withRest } from './endpoints.ts';

/** EndpointSlices (k8s.io/kubernetes/pkg/apis/discovery/v1 and pkg/registry/discovery/endpointslice). */
export const endpointSliceRules: KindRules<EndpointSlice> = {
  defaults: (object) =>
    inField(object, 'ports', (ports) => eachOf(ports, (port) => filled(port, { name: '', protocol: 'TCP' }))),
  validate: endpointSliceComplaints,
  validateUpdate: ({ addressType }, old) => immutableComplaints(addressType, old.addressType, 'addressType'),
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
    ...ports.flatMap(({ name = '', protocol }, index) => [
      ...(name === '' ? [] : complaintsOf(`ports[${index}].name`, name, labelNameComplaints(name))),
      ...oneOf(`ports[${index}].protocol`, protocol, ['SCTP', 'TCP', 'UDP']),
    ]),
    ...endpoints.flatMap(({ addresses }, index) => {
      const path = `endpoints[${index}].addresses`;
      if (addresses.length === 0) return [required(path, 'must contain at least 1 address')];
      return addresses.length > 100 ? [invalid(path, addresses.length, 'must have at most 100 items')] : [];
    }),
  ];
}
