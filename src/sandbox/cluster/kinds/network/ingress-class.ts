import type { IngressClass, IngressClassParametersReference } from '../../../../kubernetes/api.ts';
import { ageColumn, ageOf, nameColumn, text } from '../cells.ts';
import { type Complaint, forbidden, required, tooLong } from '../complaint.ts';
import { filled, inField } from '../filled.ts';
import type { KindRules } from '../kind.ts';
import { labelNameComplaints, pathNameComplaints, subdomainComplaints } from '../label-rules.ts';
import { immutableComplaints } from '../object-meta.ts';
import { complaintsOf, oneOf, pathComplaints } from '../value-rules.ts';

/** IngressClasses (k8s.io/kubernetes/pkg/apis/networking/v1 and pkg/registry/networking/ingressclass). */
export const ingressClassRules: KindRules<IngressClass> = {
  defaults: (object) =>
    inField(object, 'spec', (spec) =>
      inField(spec, 'parameters', (parameters) => filled(parameters, { scope: 'Cluster' })),
    ),
  validate: ({ spec }) => [
    ...controllerComplaints(spec?.controller ?? ''),
    ...(spec?.parameters ? parameterComplaints(spec.parameters, 'spec.parameters') : []),
  ],
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

/** What is wrong with who it is for (validateIngressClassSpec). */
function controllerComplaints(controller: string): readonly Complaint[] {
  const path = 'spec.controller';
  if (controller.length > 250) return [tooLong(path, 250)];
  if (controller === '') return [required(path)];
  return pathComplaints(path, controller);
}

/** What is wrong with where more is said (validateIngressClassParametersReference). */
function parameterComplaints(
  { apiGroup, kind, name, scope = '', namespace }: IngressClassParametersReference,
  path: string,
): readonly Complaint[] {
  return [
    ...(apiGroup === undefined
      ? []
      : complaintsOf(`${path}.apiGroup`, apiGroup, subdomainComplaints(apiGroup))),
    ...(kind ? complaintsOf(`${path}.kind`, kind, pathNameComplaints(kind)) : [required(`${path}.kind`)]),
    ...(name ? complaintsOf(`${path}.name`, name, pathNameComplaints(name)) : [required(`${path}.name`)]),
    ...oneOf(`${path}.scope`, scope, ['Cluster', 'Namespace']),
    ...(scope === 'Namespace'
      ? namespace === undefined
        ? [required(`${path}.namespace`, "`parameters.scope` is set to 'Namespace'")]
        : complaintsOf(`${path}.namespace`, namespace, labelNameComplaints(namespace))
      : []),
    ...(scope === 'Cluster' && namespace !== undefined
      ? [forbidden(`${path}.namespace`, "`parameters.scope` is set to 'Cluster'")]
      : []),
  ];
}
