import { dataSection } from './data-section.ts';
import { networkSection } from './network-section.ts';
import { row, type SharedRule } from './project-rule.ts';
import { volumeSection } from './volume-section.ts';

/** A rule for each key of the specification that belongs to no service. */
export const sharedRules: readonly SharedRule[] = [
  row(
    'version',
    'exact',
    'nothing',
    'Compose has not read it for years. Each manifest says its own `apiVersion`.',
    ['docker-compose-file-version-name'],
  ),
  row(
    'name',
    'approximate',
    'namespace',
    'A project groups what belongs together, and so does a namespace: `kubectl create namespace {value}`, then `-n {value}`. Objects are not called after it.',
    ['docker-compose-file-version-name', 'k8s-namespaces'],
  ),
  row(
    'include',
    'exact',
    'nothing',
    'What it brings in is here already: every key of `{value}` is translated where it stands.',
    ['docker-compose-file-include', 'docker-compose-file-merge', 'k8s-kustomize'],
  ),
  row('x-*', 'exact', 'nothing', 'An extension, which compose passes over as well.', [
    'docker-compose-file-extension',
  ]),
  ...networkSection,
  ...volumeSection,
  ...dataSection,
  row(
    'models.*',
    'none',
    'none',
    "Docker's Model Runner serves models on your machine. A cluster has none: run a server of models as a service, with an image of its own.",
    ['docker-compose-file-models'],
  ),
  ...(['name', 'model', 'context_size', 'runtime_flags'] as const).map((key) =>
    row(
      `models.*.${key}`,
      'none',
      'none',
      '`{value}` is for the Model Runner. Give it to the server of models that you run instead.',
      ['docker-compose-file-models'],
    ),
  ),
];
