import { isName } from '../../kubernetes/names.ts';
import { addCaveat, type WorkloadDraft } from '../workload/draft.ts';
import { escapeReferences, isVariableName, loadVariables, looksSecret } from '../workload/environment.ts';
import { envFileSecret } from './env-file.ts';
import { type Extras, type KeyRule, servicePage } from './key-rule.ts';

/** Variables of the container. */
export const environmentKeys: readonly KeyRule[] = [
  {
    key: 'environment',
    each: 'entry',
    grade: 'exact',
    kubernetes: 'containers.env',
    why: '',
    sources: [servicePage, 'docker-compose-file-interpolation', 'k8s-task-define-env'],
    apply(draft, { name, trees: [tree] }, { service, extras }) {
      const value = service.config.environment?.[name];
      if (!isVariableName(name)) {
        return {
          grade: 'none',
          kubernetes: 'none',
          why: `The API takes names in printable ASCII only, and \`${name}\` is none. Rename the variable.`,
        };
      }
      if (value === null || value === undefined) {
        return {
          grade: 'none',
          kubernetes: 'none',
          why: `\`${name}\` takes the value that your shell has, and it has none, so compose does not set it either. Give it a value here, or put it into a Secret.`,
        };
      }
      const isNumber = tree?.kind === 'leaf' && ['number', 'bigint'].includes(typeof tree.value);
      const read = isNumber
        ? ' It stands without quotes, so compose read a number, and this is how it prints it.'
        : '';
      if (looksSecret(name, value) && isName(name, 'configKey') && value !== '') {
        const secret = secretOf(draft.name);
        Object.defineProperty(extras.secretVariables, name, {
          value,
          enumerable: true,
          configurable: true,
          writable: true,
        });
        extras.variables.push({ name, valueFrom: { secretKeyRef: { name: secret, key: name } } });
        addCaveat(
          draft,
          `The Secret \`${secret}\` holds in plain text what stands in the compose file. Do not commit the manifest: make the Secret with \`kubectl create secret generic\`, or from a store of secrets.`,
        );
        return {
          kubernetes: 'Secret, containers.env.valueFrom.secretKeyRef',
          why: `\`${name}\` looks like a secret, so its value is in the Secret \`${secret}\` and the container refers to it.`,
          sources: [servicePage, 'k8s-secret', 'k8s-task-distribute-credentials'],
        };
      }
      extras.variables.push({ name, value: escapeReferences(value) });
      const escaped = /\$[$(]/.test(value)
        ? ' Kubernetes replaces `$(NAME)` itself, so such a dollar is doubled.'
        : '';
      return {
        why: `\`${name}\` is set to ${value === '' ? 'the empty text' : 'the same value'}, as in docker.${escaped}${read}`,
      };
    },
  },
  {
    key: 'env_file',
    each: 'entry',
    grade: 'approximate',
    kubernetes: 'Secret, containers.envFrom',
    why: '',
    sources: [
      servicePage,
      'docker-compose-env-file',
      'k8s-task-distribute-credentials',
      'k8s-kubectl-create-secret-generic',
    ],
    apply(draft, { index }, context) {
      const { env_file: files = [] } = context.service.config;
      const file = files[index];
      if (!file) return { grade: 'none', kubernetes: 'none', why: 'There is no such file.' };
      const { name, shown, command } = envFileSecret(file.path, context.project, context.survey);
      loadVariables(draft, 'secret', name);
      const optional = file.required === false;
      if (optional) makeOptional(draft, name);
      draft.preparations.push(command);
      const order = files.length > 1 ? ' Of several files the last one wins, in both.' : '';
      return {
        why: `The file is not read here: \`kubectl create secret\` makes \`${name}\` of \`${shown}\`, and the container takes every key of it. kubectl takes a value as it stands, with its quotes; compose takes the quotes off and replaces variables.${optional ? ' The Secret is optional, as the file is.' : ''}${order}`,
      };
    },
  },
];

/** The Secret that holds the values of a service's secret variables. */
function secretOf(name: string): string {
  return `${name}-env`;
}

/** Gives the draft its variables, once all of them are known. */
export function putVariables(draft: WorkloadDraft, { variables, secretVariables }: Extras): void {
  if (variables.length > 0) draft.container.env = variables;
  if (Object.keys(secretVariables).length > 0) draft.secrets.set(secretOf(draft.name), secretVariables);
}

function makeOptional(draft: Parameters<typeof loadVariables>[0], name: string): void {
  const { envFrom = [] } = draft.container;
  draft.container.envFrom = envFrom.map((source) =>
    source.secretRef?.name === name ? { secretRef: { name, optional: true } } : source,
  );
}
