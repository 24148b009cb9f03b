import { hostBaseName } from '../../docker/base-name.ts';
import type { DockerCommand, FlagUse } from '../../docker/parse.ts';
import { isName } from '../../kubernetes/names.ts';
import { addCaveat, nameFor, prepare, type WorkloadDraft } from '../workload/draft.ts';
import {
  isVariableName,
  loadVariables,
  looksSecret,
  referToKey,
  setSecretVariable,
  setVariable,
} from '../workload/environment.ts';
import { type FlagRule, usesOf, type VerdictParts } from './flag-rule.ts';
import { isOpen, pathInWord } from './shell-text.ts';

const lesson = 'configuration';

/** Variables of the container. */
export const environmentFlags: readonly FlagRule[] = [
  {
    flag: '--env',
    takesVariables: true,
    grade: 'exact',
    kubernetes: 'containers.env',
    why: '',
    alsoCites: ['k8s-secret', 'k8s-task-distribute-credentials', 'k8s-task-configmap-pod'],
    sources: ['docker-container-run', 'k8s-task-define-env'],
    lesson,
    apply(draft, use, context) {
      const { value } = use;
      const equals = value.indexOf('=');
      const name = equals < 0 ? value : value.slice(0, equals);
      if (!isVariableName(name)) {
        return {
          grade: 'none',
          kubernetes: 'none',
          why: `The API takes names in printable ASCII only, and \`${name}\` is none. Rename the variable.`,
        };
      }
      if (lastUses(context.command).get(name) !== use) {
        return {
          kubernetes: 'nothing',
          why: `\`${name}\` is given again further on, and the last one counts, here as in docker.`,
        };
      }
      const given = equals < 0 ? undefined : value.slice(equals + 1);
      if (given === undefined || isOpen(given, context.open)) return fromShell(draft, name, given);
      return fromLine(draft, name, given);
    },
  },
  {
    flag: '--env-file',
    takesVariables: true,
    grade: 'exact',
    kubernetes: 'containers.envFrom',
    why: '',
    alsoCites: ['k8s-task-distribute-credentials', 'k8s-kubectl-create-secret-generic'],
    sources: ['docker-container-run', 'k8s-task-configmap-pod', 'k8s-kubectl-create-configmap'],
    lesson,
    apply(draft, { value }, { command }) {
      const only = usesOf(command, '--env-file').length === 1;
      const file = hostBaseName(value);
      const name = nameFor(draft, `${draft.name}-${only ? 'env-file' : file}`, `path ${value}`);
      const secret = /secret|passw|cred|token|key|^\.env/i.test(file);
      const kind = secret ? 'secret' : 'configMap';
      loadVariables(draft, kind, name);
      const argv = [
        'kubectl',
        'create',
        ...(secret ? ['secret', 'generic'] : ['configmap']),
        name,
        `--from-env-file=${pathInWord(value)}`,
      ];
      prepare(
        draft,
        argv,
        `Makes the ${secret ? 'Secret' : 'ConfigMap'} of the lines in ${value}, which is not read here.`,
      );
      const other = secret
        ? 'A Secret, since such a file mostly holds passwords; a ConfigMap would do for the rest.'
        : 'If it holds passwords, make it a Secret and refer to it with `secretRef`.';
      return {
        kubernetes: secret
          ? 'Secret, containers.envFrom.secretRef'
          : 'ConfigMap, containers.envFrom.configMapRef',
        why: `The file is not read here: \`kubectl create\` makes \`${name}\` of \`${value}\`, and the container takes every key of it. ${other}`,
        ...(secret
          ? {
              sources: [
                'docker-container-run',
                'k8s-task-distribute-credentials',
                'k8s-kubectl-create-secret-generic',
              ],
            }
          : {}),
      };
    },
  },
];

function fromLine(draft: WorkloadDraft, name: string, value: string): VerdictParts {
  if (looksSecret(name, value) && isName(name, 'configKey') && value !== '') {
    const secret = setSecretVariable(draft, name, value);
    addCaveat(
      draft,
      `The Secret \`${secret}\` holds in plain text what stood on the line. Do not commit the manifest: make the Secret with \`kubectl create secret generic\`, or from a store of secrets.`,
    );
    return {
      kubernetes: 'Secret, containers.env.valueFrom.secretKeyRef',
      why: `\`${name}\` looks like a secret, so its value is in the Secret \`${secret}\` and the container refers to it. The value was on the line, and so it is in the manifest.`,
      sources: ['docker-container-run', 'k8s-secret', 'k8s-task-distribute-credentials'],
    };
  }
  setVariable(draft, name, value);
  const escaped = /\$[$(]/.test(value)
    ? ' Kubernetes replaces `$(NAME)` itself, so a dollar is doubled here.'
    : '';
  return {
    why: `\`${name}\` is set to ${value === '' ? 'the empty text' : `\`${value}\``}, as in docker.${escaped}`,
  };
}

/** The shell's value is not known here, and no manifest can hold what is not known: a command makes the object. */
function fromShell(draft: WorkloadDraft, name: string, value: string | undefined): VerdictParts {
  if (!isName(name, 'configKey')) {
    return {
      grade: 'none',
      kubernetes: 'none',
      why: `The value is your shell's, and \`${name}\` can be no key of a ConfigMap. Give it a value: \`-e NAME=value\`.`,
    };
  }
  const secret = looksSecret(name, value);
  const object = secret ? `${draft.name}-shell-secret` : `${draft.name}-shell`;
  const literal = `--from-literal=${name}=${value ?? `$${name}`}`;
  addLiteral(draft, secret, object, literal);
  referToKey(draft, name, secret ? 'secret' : 'configMap', object);
  const what =
    value === undefined
      ? `\`-e ${name}\` takes the value of your shell`
      : `\`${value}\` is a variable of your shell`;
  addCaveat(
    draft,
    `\`${object}\` has to exist before the Pods start: \`kubectl create\` makes it in a shell where the variables are set.`,
  );
  return {
    grade: 'approximate',
    kubernetes: secret
      ? 'Secret, containers.env.valueFrom.secretKeyRef'
      : 'ConfigMap, containers.env.valueFrom.configMapKeyRef',
    why: `${what}, and the cluster has no part in it. \`kubectl create\` puts it into \`${object}\`, and the container refers to it.`,
    sources: ['docker-container-run', 'k8s-task-configmap-pod', 'k8s-task-define-env'],
  };
}

/** One command makes the object with all its keys. */
function addLiteral(draft: WorkloadDraft, secret: boolean, object: string, literal: string): void {
  const start = ['kubectl', 'create', ...(secret ? ['secret', 'generic'] : ['configmap']), object];
  const at = draft.preparations.findIndex((each) => each.argv.includes(object));
  const known = at < 0 ? start : (draft.preparations.splice(at, 1)[0]?.argv ?? start);
  prepare(
    draft,
    [...known, literal],
    `Makes the ${secret ? 'Secret' : 'ConfigMap'} of variables of your shell; type it where they are set.`,
  );
}

/** The use of `--env` that counts, by the name of the variable. */
function lastUses(command: DockerCommand): ReadonlyMap<string, FlagUse> {
  const known = lastUsesOf.get(command);
  if (known) return known;
  const uses = new Map(usesOf(command, '--env').map((use) => [use.value.replace(/=.*$/s, ''), use]));
  lastUsesOf.set(command, uses);
  return uses;
}

const lastUsesOf = new WeakMap<DockerCommand, ReadonlyMap<string, FlagUse>>();
