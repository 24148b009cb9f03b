/** The largest ConfigMap or Secret: 1 MiB. */
export const mostBytes = 1024 * 1024;

const keyForm = /^[-._a-zA-Z0-9]+$/;
const keyWords =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

/** What is wrong with a key of a ConfigMap or Secret (k8s.io/apimachinery/pkg/util/validation, IsConfigMapKey). */
export function dataKeyProblems(key: string): readonly string[] {
  return [
    ...(key.length > 253 ? ['must be no more than 253 characters'] : []),
    ...(keyForm.test(key) ? [] : [keyWords]),
    ...(key === '.' ? ["must not be '.'"] : []),
    ...(key === '..' ? ["must not be '..'"] : key.startsWith('..') ? ["must not start with '..'"] : []),
  ];
}

/** How many bytes a value in base64 has. */
export function sizeOfBase64(value: string): number {
  return Math.floor((value.replace(/=+$/, '').length * 3) / 4);
}

/** How many bytes a text has in UTF-8. */
export function sizeOfText(value: string): number {
  return new TextEncoder().encode(value).length;
}
