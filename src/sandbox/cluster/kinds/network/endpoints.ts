import type { Endpoints } from '../../../../kubernetes/api.ts';
import { ageColumn, ageOf, nameColumn, text } from '../cells.ts';
import { eachOf, filled, inField } from '../filled.ts';
import type { KindRules } from '../kind.ts';

/** How many addresses a cell shows. */
const shown = 3;

/** Endpoints, the old form of EndpointSlices (k8s.io/kubernetes/pkg/apis/core/v1 and pkg/registry/core/endpoint). */
export const endpointsRules: KindRules<Endpoints> = {
  defaults: (object) =>
    inField(object, 'subsets', (subsets) =>
      eachOf(subsets, (subset) =>
        inField(subset, 'ports', (ports) => eachOf(ports, (port) => filled(port, { protocol: 'TCP' }))),
      ),
    ),
  deprecation: 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
  columns: [nameColumn, text('Endpoints'), ageColumn],
  row: (object, context) => [object.metadata.name, endpointsCell(object), ageOf(object, context)],
  createsOnUpdate: true,
};

function endpointsCell({ subsets = [] }: Pick<Endpoints, 'subsets'>): string {
  if (subsets.length === 0) return '<none>';
  const all = subsets.flatMap(({ addresses = [], ports = [] }) =>
    ports.length === 0
      ? addresses.map(({ ip }) => ip)
      : ports.flatMap(({ port }) =>
          addresses.map(({ ip }) => `${ip.includes(':') ? `[${ip}]` : ip}:${port}`),
        ),
  );
  return withRest(all);
}

/** The first of a list, and how many more there are (printers.go, listWithMoreString). */
export function withRest(all: readonly string[]): string {
  const first = all.slice(0, shown).join(',');
  return all.length > shown ? `${first} + ${all.length - shown} more...` : first;
}
