const nameForm = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const valueForm = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const subdomainForm = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const labelForm = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** Texts of k8s.io/apimachinery/pkg/util/validation. */
const nameWords =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const valueWords =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const subdomainWords =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const labelWords =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
/** What is wrong with the key of a label or an annotation (IsQualifiedName), each by itself. */
export function labelKeyComplaints(key: string): readonly string[] {
  const parts = key.split('/');
  if (parts.length > 2) return [qualifiedWords];
  const [name = ''] = parts.slice(-1);
  const [prefix] = parts.slice(0, -1);
  return [
    ...(prefix === '' ? ['prefix part must be non-empty'] : []),
    ...(prefix ? subdomainComplaints(prefix, 'bytes').map((each) => `prefix part ${each}`) : []),
    ...(name === '' ? ['name part must be non-empty'] : []),
    ...(name.length > 63 ? ['name part must be no more than 63 bytes'] : []),
    ...(nameForm.test(name) ? [] : [nameWords]),
  ];
}

const qualifiedWords =
  "a valid label key must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";

/** The same as one text; undefined when the key is right. */
export function labelKeyComplaint(key: string): string | undefined {
  const found = labelKeyComplaints(key);
  return found.length === 0 ? undefined : found.join('; ');
}

/** What is wrong with the value of a label (IsValidLabelValue). */
export function labelValueComplaints(value: string): readonly string[] {
  return [
    ...(value.length > 63 ? ['must be no more than 63 bytes'] : []),
    ...(valueForm.test(value) ? [] : [valueWords]),
  ];
}

/** The same as one text; undefined when the value is right. */
export function labelValueComplaint(value: string): string | undefined {
  const found = labelValueComplaints(value);
  return found.length === 0 ? undefined : found.join('; ');
}

/** IsDNS1123Subdomain: names of most objects. */
export function subdomainComplaints(name: string, unit = 'characters'): readonly string[] {
  return [
    ...(name.length > 253 ? [`must be no more than 253 ${unit}`] : []),
    ...(subdomainForm.test(name) ? [] : [subdomainWords]),
  ];
}

/** IsDNS1123Label: names of Namespaces, Services, containers, volumes. */
export function labelNameComplaints(name: string): readonly string[] {
  return [
    ...(name.length > 63 ? ['must be no more than 63 characters'] : []),
    ...(labelForm.test(name) ? [] : [subdomainForm.test(name) ? 'must not contain dots' : labelWords]),
  ];
}

/** Names that stand in a path (rbac.authorization.k8s.io): everything but what a path would take for its own. */
export function pathNameComplaints(name: string): readonly string[] {
  if (name === '.' || name === '..') return [`may not be '${name}'`];
  return ['/', '%'].filter((each) => name.includes(each)).map((each) => `may not contain '${each}'`);
}
