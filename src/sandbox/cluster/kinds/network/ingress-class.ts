import type { IngressClass } from '../../../../kubernetes/api.ts';
import { ageColumn, ageOf, nameColumn, text } from '../cells.ts';
import { type Complaint, invalid, required, tooLong } from '../complaint.ts';
import { filled, inField } from '../filled.ts';
import type { KindRules } from '../kind.ts';
import { subdomainComplaints } from '../label-rules.ts';
import { immutableComplaints } from '../object-meta.ts';
import { complaintsOf } from '../value-rules.ts';

/** IngressClasses (k8s.io/kubernetes/pkg/apis/networking/v1 and pkg/registry/networking/ingressclass). */
export const ingressClassRules: KindRules<IngressClass> = {
  defaults: (object) =>
    inField(object, 'spec', (spec) =>
      inField(spec, 'parameters', (parameters) => filled(parameters, { scope: 'Cluster' })),
    ),
  validate: ({ spec }) => controllerComplaints(spec?.controller ?? ''),
  validateUpdate: ({ spec }, old) =>
    immutableComplaints(spec?.controller, old.spec?.controller, 'spec.controller'),
  columns: [nameColumn, text('Controller'), text('Parameters'), ageColumn],
  row: (object, context) => {
    const { controller = '', parameters } = object.spec ?? {};
    const isDefault = object.metadata.annotations?.['ingressclass.kubernetes.io/is-default-class'] === 'true';
    const group = parameters?.apiGroup === undefined ? '' : `.${parameters.apiGroup}`;
    return [
      `${object.metadata.name}${isDefault ? ' (default)' : ''}`,
      controller,
      parameters ? `${parameters.kind}${group}/${parameters.name}` : '<none>',
      ageOf(object, context),
    ];
  },
};

/** A domain, a slash and a path (k8s.io/apimachinery/pkg/util/validation, IsDomainPrefixedPath). */
function controllerComplaints(controller: string): readonly Complaint[] {
  const path = 'spec.controller';
  if (controller.length > 250) return [tooLong(path, 250)];
  if (controller === '') return [required(path)];
  const slash = controller.indexOf('/');
  if (slash < 1 || slash === controller.length - 1) {
    return [invalid(path, controller, 'must be a domain-prefixed path (such as "acme.io/foo")')];
  }
  return complaintsOf(path, controller.slice(0, slash), subdomainComplaints(controller.slice(0, slash)));
}
