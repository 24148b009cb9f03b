import type { EnvVar } from '../../kubernetes/pod-spec.ts';
import type { WorkloadDraft } from './draft.ts';

/** Sets a variable; the last word counts, as it does in docker. The value is taken as it stands. */
export function setVariable(draft: WorkloadDraft, name: string, value: string): void {
  put(draft, { name, value: escapeReferences(value) });
}

/** Sets a variable from a Secret that holds the value, in the draft's own Secret. */
export function setSecretVariable(draft: WorkloadDraft, name: string, value: string): string {
  const secret = `${draft.name}-env`;
  draft.secrets.set(secret, { ...draft.secrets.get(secret), [name]: value });
  referToKey(draft, name, 'secret', secret);
  return secret;
}

/** Sets a variable from a key, of the variable's own name, of a ConfigMap or Secret. */
export function referToKey(
  draft: WorkloadDraft,
  name: string,
  kind: 'configMap' | 'secret',
  from: string,
): void {
  const key = { name: from, key: name };
  put(draft, { name, valueFrom: kind === 'secret' ? { secretKeyRef: key } : { configMapKeyRef: key } });
}

/** Sets a variable for each key of a ConfigMap or Secret; `env` wins over it, as `-e` over `--env-file`. */
export function loadVariables(draft: WorkloadDraft, kind: 'configMap' | 'secret', name: string): void {
  const source = kind === 'secret' ? { secretRef: { name } } : { configMapRef: { name } };
  draft.container.envFrom = [...(draft.container.envFrom ?? []), source];
}

/**
 * Text as Kubernetes has to be given it in `command`, `args` and `env`, where it replaces `$(NAME)` and makes
 * `$$` a `$` (https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/).
 */
export function escapeReferences(text: string): string {
  return text.replace(/\$(?=[$(])/g, '$$$$');
}

/** Whether the API takes the name: any printable ASCII but `=` (RelaxedEnvironmentVariableValidation, on by default since 1.32). */
export function isVariableName(name: string): boolean {
  return /^[\x20-\x3c\x3e-\x7e]+$/.test(name);
}

const secretWords = new Set([
  'apikey',
  'auth',
  'cert',
  'credential',
  'credentials',
  'dsn',
  'jwt',
  'key',
  'pass',
  'passphrase',
  'passwd',
  'password',
  'private',
  'pw',
  'pwd',
  'salt',
  'secret',
  'secrets',
  'token',
  'tokens',
]);

/** Words that say that the value is not the secret itself: a place, a switch, a size. */
const harmlessEndings = new Set([
  'file',
  'path',
  'dir',
  'url',
  'id',
  'name',
  'enabled',
  'length',
  'timeout',
  'ttl',
  'type',
  'expiry',
  'method',
  'mode',
  'policy',
]);

/** How the name of a switch begins: `ALLOW_EMPTY_PASSWORD=1`. */
const switches = new Set(['allow', 'disable', 'enable', 'no', 'require', 'skip', 'use', 'with']);

/**
 * Whether a variable's value is one that should not lie about: by its name (`DB_PASSWORD`, `apiToken`), or by
 * credentials in a URL.
 */
export function looksSecret(name: string, value = ''): boolean {
  if (/:\/\/[^\s/:@]*:[^\s/@]+@/.test(value)) return true;
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  if (harmlessEndings.has(words.at(-1) ?? '')) return false;
  if (/^(true|false|yes|no|on|off)$/i.test(value)) return false;
  if (/^(0|1)$/.test(value) && switches.has(words[0] ?? '')) return false;
  return words.some((word) => secretWords.has(word) || /(password|passwd|secret|token|apikey)$/.test(word));
}

function put(draft: WorkloadDraft, variable: EnvVar): void {
  const others = (draft.container.env ?? []).filter((each) => each.name !== variable.name);
  draft.container.env = [...others, variable];
}
