// What kubectl itself refuses before it asks the server (k8s.io/apimachinery/pkg/util/validation).

/** Why a text can be no key of a ConfigMap or a Secret; undefined when it can. */
export function noConfigKey(key: string, separator: string): string | undefined {
  return joined(separator, [
    key.length > 253 && 'must be no more than 253 characters',
    !/^[-._a-zA-Z0-9]+$/.test(key) &&
      "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
    noFolder(key),
  ]);
}

/** Why a text can be no name of an environment variable; undefined when it can. */
export function noEnvName(name: string): string | undefined {
  return joined(';', [
    !/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(name) &&
      "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')",
    noFolder(name),
  ]);
}

/** Why a text can be no name of a port; undefined when it can. */
export function noPortName(name: string): string | undefined {
  return joined(',', [
    name.length > 15 && 'must be no more than 15 characters',
    !/^[-a-z0-9]+$/.test(name) && 'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
    !/[a-z]/.test(name) && 'must contain at least one letter (a-z)',
    name.includes('--') && 'must not contain consecutive hyphens',
    /^-|-$/.test(name) && 'must not begin or end with a hyphen',
  ]);
}

function noFolder(name: string): string | false {
  if (name === '.' || name === '..') return `must not be '${name}'`;
  return name.startsWith('..') && "must not start with '..'";
}

function joined(separator: string, complaints: readonly (string | false)[]): string | undefined {
  const found = complaints.filter((each) => each !== false);
  return found.length === 0 ? undefined : found.join(separator);
}

/** Why a text can be no value of a label; undefined when it can. */
export function noLabelValue(value: string): string | undefined {
  return joined(';', [
    value.length > 63 && 'must be no more than 63 bytes',
    !/^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/.test(value) &&
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
  ]);
}

/**
 * Why a text can be no key of a label, an annotation or a taint; undefined when it can.
 *
 * @param what it is called where it has too many parts
 */
export function noQualifiedName(text: string, what = 'qualified name'): string | undefined {
  const parts = text.split('/');
  const name = parts.at(-1) ?? '';
  const shape =
    "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
  const says =
    "consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
  if (parts.length > 2) {
    return `a ${what} must ${says} ${shape} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`;
  }
  const [prefix] = parts.length === 2 ? parts : [undefined];
  return joined('; ', [
    prefix === '' && 'prefix part must be non-empty',
    prefix !== undefined &&
      prefix !== '' &&
      !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(prefix) &&
      "prefix part a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
    (prefix?.length ?? 0) > 253 && 'prefix part must be no more than 253 bytes',
    name === '' && 'name part must be non-empty',
    name.length > 63 && 'name part must be no more than 63 bytes',
    !/^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/.test(name) && `name part must ${says} ${shape}`,
  ]);
}
