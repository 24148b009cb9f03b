import type { VerdictParts } from './key-rule.ts';
import { row, type SharedRule } from './project-rule.ts';
import { shownPath } from './shown-path.ts';
import type { Survey } from './survey.ts';

const none = { grade: 'none', kubernetes: 'none' } as const;

/** Keys of `configs` and `secrets` at the top. */
export const dataSection: readonly SharedRule[] = [
  ...data('configs', 'ConfigMap', 'docker-compose-file-configs', 'k8s-configmap'),
  row(
    'configs.*.content',
    'exact',
    'ConfigMap data',
    'The content stands here, variables replaced, so the ConfigMap holds it.',
    ['docker-compose-file-configs', 'k8s-configmap'],
  ),
  ...data('secrets', 'Secret', 'docker-compose-file-secrets', 'k8s-secret'),
  row(
    'secrets.*.driver',
    'none',
    'none',
    'A driver of secrets, `{value}`, is one of Swarm. In Kubernetes the Secrets Store CSI driver or an operator fetches secrets from a store.',
    ['docker-compose-file-secrets', 'k8s-secret'],
  ),
  row('secrets.*.driver_opts', 'none', 'none', 'They are options of a driver of Swarm.', [
    'docker-compose-file-secrets',
    'k8s-secret',
  ]),
];

function data(
  section: 'configs' | 'secrets',
  kind: 'ConfigMap' | 'Secret',
  page: string,
  other: string,
): SharedRule[] {
  const create = kind === 'Secret' ? '`kubectl create secret generic`' : '`kubectl create configmap`';
  const sources = [
    page,
    other,
    kind === 'Secret' ? 'k8s-kubectl-create-secret-generic' : 'k8s-kubectl-create-configmap',
  ];
  return [
    row(`${section}.*`, 'approximate', kind, '', [page, other], ({ name }, survey) =>
      dataParts(section, kind, name, survey),
    ),
    row(
      `${section}.*.name`,
      'none',
      'none',
      `It is its name in docker. The ${kind} is called after the key.`,
      [page],
      ({ name }, { project }) =>
        project[section].find(({ key }) => key === name)?.config.external
          ? {
              grade: 'exact',
              kubernetes: `${kind} metadata.name`,
              why: `It exists already, so the ${kind} is called as it is.`,
            }
          : {},
    ),
    row(
      `${section}.*.file`,
      'approximate',
      kind,
      `The file is not read here: ${create} makes the ${kind} of \`{value}\`, and has to be run again when the file changes.`,
      sources,
      ({ value }, { project }) => ({
        why: `The file is not read here: ${create} makes the ${kind} of \`${shownPath(value, project.directory)}\`, and has to be run again when the file changes.`,
      }),
    ),
    row(
      `${section}.*.environment`,
      'approximate',
      kind,
      kind === 'Secret'
        ? `The value of \`{value}\` in your shell is not written into a manifest: ${create} takes it from there.`
        : `The value of \`{value}\` in your shell is the content of the ${kind}, as compose has it.`,
      sources,
    ),
    row(
      `${section}.*.external`,
      'approximate',
      `${kind} that exists`,
      `Nothing is made for it: a ${kind} of that name has to be there.`,
      [page, other],
      ({ value }) =>
        /^(false|no|off)$/i.test(value)
          ? {
              grade: 'exact',
              kubernetes: 'the default',
              why: 'It belongs to this project, which is the default.',
            }
          : {},
    ),
    row(
      `${section}.*.labels`,
      'none',
      'none',
      `Labels of docker's object. The ${kind} gets none; \`kubectl label\` adds them.`,
      [page, 'k8s-labels'],
    ),
    row(
      `${section}.*.template_driver`,
      'none',
      'none',
      'Nothing is filled in: what a ConfigMap or Secret holds is mounted as it stands. An init container, Kustomize or Helm can do it.',
      [page],
    ),
  ];
}

function dataParts(
  section: 'configs' | 'secrets',
  kind: string,
  name: string,
  { project, configs, secrets }: Survey,
): VerdictParts {
  const resource = project[section].find(({ key }) => key === name);
  const object = (section === 'configs' ? configs : secrets).get(name) ?? name;
  if (!resource) return none;
  if (resource.config.external)
    return { kubernetes: `${kind} that exists`, why: `A ${kind} \`${object}\` has to be there.` };
  return {
    why: `It is the ${kind} \`${object}\`. A megabyte is the most that it holds, and who may read the namespace's ${kind}s reads it.`,
  };
}
