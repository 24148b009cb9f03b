import type { ServiceAccount } from '../../../../kubernetes/api.ts';
import { ageColumn, ageOf, nameColumn } from '../cells.ts';
import type { KindRules } from '../kind.ts';

/** ServiceAccounts (k8s.io/kubernetes/pkg/registry/core/serviceaccount). */
export const serviceAccountRules: KindRules<ServiceAccount> = {
  columns: [nameColumn, ageColumn],
  row: (object, context) => [object.metadata.name, ageOf(object, context)],
};
