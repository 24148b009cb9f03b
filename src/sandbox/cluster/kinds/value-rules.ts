import { type Complaint, invalid, notSupported, required } from './complaint.ts';
import { subdomainComplaints } from './label-rules.ts';

// Rules for single values that many kinds share (k8s.io/apimachinery/pkg/util/validation).

/** A port between 1 and 65535. */
export function portComplaints(path: string, port: number): readonly Complaint[] {
  const isPort = port >= 1 && port <= 65_535;
  return isPort ? [] : [invalid(path, port, 'must be between 1 and 65535, inclusive')];
}

/** What is wrong with the name of a port (IsValidPortName). */
export function portNameProblems(name: string): readonly string[] {
  return [
    ...(name.length > 15 ? ['must be no more than 15 characters'] : []),
    ...(/^[-a-z0-9]+$/.test(name)
      ? []
      : ['must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)']),
    ...(/[a-z]/.test(name) ? [] : ['must contain at least one letter (a-z)']),
    ...(name.includes('--') ? ['must not contain consecutive hyphens'] : []),
    ...(/^-|-$/.test(name) ? ['must not begin or end with a hyphen'] : []),
  ];
}

/** A domain, a slash and a path (k8s.io/apimachinery/pkg/util/validation, IsDomainPrefixedPath). */
export function pathComplaints(path: string, value: string): readonly Complaint[] {
  const slash = value.indexOf('/');
  if (slash < 1 || slash === value.length - 1) {
    return [invalid(path, value, 'must be a domain-prefixed path (such as "acme.io/foo")')];
  }
  return complaintsOf(path, value.slice(0, slash), subdomainComplaints(value.slice(0, slash)));
}

/** A port by its number or its name (ValidatePortNumOrName). */
export function portOrNameComplaints(path: string, port: number | string): readonly Complaint[] {
  if (typeof port === 'number') return portComplaints(path, port);
  return portNameProblems(port).map((each) => invalid(path, port, each));
}

/** A number that is not negative; nothing is as good as zero (ValidateNonnegativeField). */
export function notNegative(path: string, value: number | undefined): readonly Complaint[] {
  return (value ?? 0) < 0 ? [invalid(path, value, 'must be greater than or equal to 0')] : [];
}

/** One of a list of values; the list is told in its order. */
export function oneOf(
  path: string,
  value: string | undefined,
  supported: readonly string[],
): readonly Complaint[] {
  return supported.includes(value ?? '') ? [] : [notSupported(path, value ?? '', supported)];
}

/** The same, where nothing is told to be missing. */
export function requiredOneOf(
  path: string,
  value: string | undefined,
  supported: readonly string[],
): readonly Complaint[] {
  return value ? oneOf(path, value, supported) : [required(path)];
}

/** A text that is not empty. */
export function requiredText(path: string, value: string | undefined, detail = ''): readonly Complaint[] {
  return value ? [] : [required(path, detail)];
}

/** The same complaint for each of several problems with a value. */
export function complaintsOf(
  path: string,
  value: unknown,
  problems: readonly string[],
): readonly Complaint[] {
  return problems.map((each) => invalid(path, value, each));
}

/** What a number or a percentage may not be (ValidatePositiveIntOrPercent). */
export function amountComplaints(path: string, value: number | string | undefined): readonly Complaint[] {
  if (typeof value === 'number' || value === undefined) return notNegative(path, value);
  if (/^[0-9]+%$/.test(value)) return [];
  const why = `a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')`;
  return [invalid(path, value, why)];
}
