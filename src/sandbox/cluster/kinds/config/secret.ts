import type { Secret } from '../../../../kubernetes/api.ts';
import { decodeText } from '../../node/volumes/secret-data.ts';
import { ageColumn, ageOf, nameColumn, text } from '../cells.ts';
import { type Complaint, invalid, required, tooLong } from '../complaint.ts';
import { filled, withField, without } from '../filled.ts';
import type { KindRules } from '../kind.ts';
import { immutableComplaints } from '../object-meta.ts';
import { complaintsOf } from '../value-rules.ts';
import { frozenComplaints } from './config-map.ts';
import { dataKeyProblems, mostBytes, sizeOfBase64 } from './data-keys.ts';

const accountNote = 'kubernetes.io/service-account.name';

/** Secrets (k8s.io/kubernetes/pkg/apis/core/v1 and pkg/apis/core/validation, ValidateSecret). */
export const secretRules: KindRules<Secret> = {
  defaults: (object) => filled(encoded(object), { type: 'Opaque' }),
  validate: secretComplaints,
  validateUpdate: (object, old) => [
    ...immutableComplaints(object.type, old.type, 'type'),
    ...frozenComplaints(object, old, ['data']),
  ],
  columns: [nameColumn, text('Type'), text('Data'), ageColumn],
  row: (object, context) => [
    object.metadata.name,
    object.type ?? '',
    Object.keys(object.data ?? {}).length,
    ageOf(object, context),
  ],
  fieldLabels: { type: ({ type }) => type },
};

/** What came as text is kept as bytes (pkg/apis/core/v1, Convert_v1_Secret_To_core_Secret). */
function encoded(secret: Secret): Secret {
  const { stringData } = secret;
  if (!stringData) return secret;
  const added = Object.entries(stringData).map(([key, value]) => [key, base64(value)] as const);
  return withField(without(secret, 'stringData'), 'data', { ...secret.data, ...Object.fromEntries(added) });
}

function base64(value: string): string {
  return btoa(Array.from(new TextEncoder().encode(value), (byte) => String.fromCharCode(byte)).join(''));
}

function secretComplaints({ metadata, type, data = {} }: Secret): readonly Complaint[] {
  const size = Object.values(data).reduce((sum, value) => sum + sizeOfBase64(value), 0);
  return [
    ...Object.keys(data).flatMap((key) => complaintsOf(`data[${key}]`, key, dataKeyProblems(key))),
    ...(size > mostBytes ? [tooLong('data', mostBytes)] : []),
    ...typeComplaints(type, data, metadata.annotations?.[accountNote]),
  ];
}

function typeComplaints(
  type: string | undefined,
  data: Readonly<Record<string, string>>,
  account: string | undefined,
): readonly Complaint[] {
  const missing = (...keys: readonly string[]): readonly Complaint[] =>
    keys.filter((key) => data[key] === undefined).map((key) => required(`data[${key}]`));
  switch (type) {
    case 'kubernetes.io/service-account-token':
      return account ? [] : [required(`metadata.annotations[${accountNote}]`)];
    case 'kubernetes.io/dockercfg':
      return configComplaints(data, '.dockercfg');
    case 'kubernetes.io/dockerconfigjson':
      return configComplaints(data, '.dockerconfigjson');
    case 'kubernetes.io/basic-auth': {
      const both = missing('username', 'password');
      return both.length === 2 ? both : [];
    }
    case 'kubernetes.io/ssh-auth':
      return data['ssh-privatekey'] ? [] : [required('data[ssh-privatekey]')];
    case 'kubernetes.io/tls':
      return missing('tls.crt', 'tls.key');
    default:
      return [];
  }
}

function configComplaints(data: Readonly<Record<string, string>>, key: string): readonly Complaint[] {
  const value = data[key];
  const path = `data[${key}]`;
  if (value === undefined) return [required(path)];
  const problem = jsonProblem(value);
  return problem === undefined ? [] : [invalid(path, '<secret contents redacted>', problem)];
}

/** Go's words for the commonest mistakes in JSON. */
function jsonProblem(value: string): string | undefined {
  const text = decodeText(value);
  if (text.trim() === '') return 'unexpected end of JSON input';
  try {
    const read: unknown = JSON.parse(text);
    const isMap = typeof read === 'object' && read !== null && !Array.isArray(read);
    if (isMap || read === null) return undefined;
    const found = Array.isArray(read) ? 'array' : typeof read === 'boolean' ? 'bool' : typeof read;
    return `json: cannot unmarshal ${found} into Go value of type map[string]interface {}`;
  } catch {
    const first = text.trimStart().charAt(0);
    return /^[{["\-0-9tfn]/.test(first)
      ? 'unexpected end of JSON input'
      : `invalid character '${first}' looking for beginning of value`;
  }
}
