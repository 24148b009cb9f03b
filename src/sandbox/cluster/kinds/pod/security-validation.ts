import type { AppArmorProfile, SeccompProfile, Sysctl } from '../../../../kubernetes/api.ts';
import { type Complaint, duplicate, invalid, required } from '../complaint.ts';
import { internalForm } from '../internal-form.ts';
import { oneOf, requiredOneOf } from '../value-rules.ts';
import { descendingPathComplaints } from './volume-paths.ts';

const types = ['Localhost', 'RuntimeDefault', 'Unconfined'];
const sysctlForm = /^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$/;
const sysctlWords =
  'must have at most 253 characters and match regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$';

/** What is wrong with a profile of system calls (validateSeccompProfileField). */
export function seccompComplaints(profile: SeccompProfile | undefined, path: string): readonly Complaint[] {
  if (!profile) return [];
  const { type, localhostProfile: file } = profile;
  const field = `${path}.localhostProfile`;
  const known = requiredOneOf(`${path}.type`, type, types);
  if (type !== 'Localhost') {
    const why = 'can only be set when seccomp type is Localhost';
    const shown = internalForm('SeccompProfile', profile);
    return file === undefined ? known : [...known, invalid(field, shown, why)];
  }
  return file === undefined
    ? [...known, required(field, 'must be set when seccomp type is Localhost')]
    : [...known, ...descendingPathComplaints(file, field)];
}

/** What is wrong with a profile of AppArmor (ValidateAppArmorProfileField). */
export function appArmorComplaints(profile: AppArmorProfile | undefined, path: string): readonly Complaint[] {
  if (!profile) return [];
  const { type, localhostProfile: file } = profile;
  const field = `${path}.localhostProfile`;
  if (!type) return [required(`${path}.type`, 'type is required when appArmorProfile is set')];
  if (type === 'Localhost') {
    if (!file) return [required(field, 'must be set when AppArmor type is Localhost')];
    return file === file.trim() ? [] : [invalid(field, file, 'must not be padded with whitespace')];
  }
  return [
    ...oneOf(`${path}.type`, type, types),
    ...(file !== undefined && types.includes(type)
      ? [invalid(field, file, 'can only be set when AppArmor type is Localhost')]
      : []),
  ];
}

/** What is wrong with settings of the kernel (validateSysctls). */
export function sysctlComplaints(sysctls: readonly Sysctl[] = [], path: string): readonly Complaint[] {
  return sysctls.flatMap(({ name }, index) => {
    const field = `${path}[${index}].name`;
    if (!name) return [required(field)];
    const isTwice = sysctls.findIndex((each) => each.name === name) < index;
    return [
      ...(name.length <= 253 && sysctlForm.test(name) ? [] : [invalid(field, name, sysctlWords)]),
      ...(isTwice ? [duplicate(field, name)] : []),
    ];
  });
}
