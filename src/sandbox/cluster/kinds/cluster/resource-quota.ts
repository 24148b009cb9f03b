import type { ResourceQuota } from '../../../../kubernetes/api.ts';
import { compareQuantities } from '../../../../kubernetes/quantity.ts';
import type { Stored } from '../../object.ts';
import { ageColumn, ageOf, nameColumn, text } from '../cells.ts';
import { inField } from '../filled.ts';
import type { KindRules } from '../kind.ts';
import { roundedUp } from '../resource-lists.ts';
import { beginsWith, keepsStatus } from '../status.ts';
import { resourceQuotaComplaints, resourceQuotaUpdateComplaints } from './resource-quota-validation.ts';

/** ResourceQuotas (k8s.io/kubernetes/pkg/registry/core/resourcequota). */
export const resourceQuotaRules: KindRules<ResourceQuota> = {
  defaults: (object) => inField(object, 'spec', (spec) => inField(spec, 'hard', roundedUp)),
  prepareCreate: (object) => beginsWith(object, {}),
  prepareUpdate: keepsStatus,
  validate: resourceQuotaComplaints,
  validateUpdate: resourceQuotaUpdateComplaints,
  warnings: ({ spec }, old) => (old ? [] : limitWarnings(spec?.hard ?? {})),
  columns: [nameColumn, text('Request'), text('Limit'), ageColumn],
  row: (object, context) => [
    object.metadata.name,
    usageCell(object, (name) => !name.startsWith('limits.')),
    usageCell(object, (name) => name.startsWith('limits.')),
    ageOf(object, context),
  ],
  hasStatus: true,
};

function usageCell({ status }: Stored<ResourceQuota>, isShown: (name: string) => boolean): string {
  return Object.entries(status?.hard ?? {})
    .filter(([name]) => isShown(name))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, hard]) => `${name}: ${status?.used?.[name] ?? '0'}/${hard}`)
    .join(', ');
}

function limitWarnings(hard: Readonly<Record<string, string>>): readonly string[] {
  return ['cpu', 'memory', 'ephemeral-storage'].flatMap((name) => {
    const bare = name === 'ephemeral-storage' ? [] : [name];
    const request = [`requests.${name}`, ...bare].find((each) => hard[each] !== undefined);
    const [asked, most] = [hard[request ?? ''], hard[`limits.${name}`]];
    if (asked === undefined || most === undefined || compareQuantities(asked, most) !== 1) return [];
    return [`ResourceQuota ${request} (${asked}) should be less than limits.${name} (${most})`];
  });
}
