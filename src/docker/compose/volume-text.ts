/** A volume of a service in its short form. */
export interface VolumeText {
  readonly type: 'bind' | 'volume';
  readonly source: string | undefined;
  readonly target: string;
  readonly readOnly: boolean;
  readonly noCopy: boolean;
  readonly propagation: string | undefined;
  readonly selinux: string | undefined;
}

const propagations = ['rprivate', 'private', 'rshared', 'shared', 'rslave', 'slave'];

/**
 * A volume as `source:target:options`, as compose reads it (format/volume.go of compose-go). Compose passes
 * over options that it does not know.
 *
 * @returns undefined where it is none
 */
export function readVolume(text: string): VolumeText | undefined {
  if (text === '') return undefined;
  const parts = text.length <= 2 ? [text] : splitParts(text);
  if (parts.length > 3 || parts.some((part) => part === '')) return undefined;
  const [source, target] = parts.length === 1 ? [undefined, parts[0] ?? ''] : [parts[0], parts[1] ?? ''];
  const options = parts[2]?.split(',') ?? [];
  return {
    type: source !== undefined && isPath(source) ? 'bind' : 'volume',
    source,
    target,
    readOnly: options.filter((each) => each === 'ro' || each === 'rw').at(-1) === 'ro',
    noCopy: options.includes('nocopy'),
    propagation: options.filter((each) => propagations.includes(each)).at(-1),
    selinux: options.filter((each) => each === 'z' || each === 'Z').at(-1),
  };
}

/** The colon of a drive, `C:`, parts nothing. */
function splitParts(text: string): string[] {
  const parts: string[] = [];
  let part = '';
  for (const character of text) {
    if (character === ':' && !/^\p{L}$/u.test(part)) {
      parts.push(part);
      part = '';
    } else part += character;
  }
  return [...parts, part];
}

/** Whether the source is a path of the host, and not the name of a volume. */
function isPath(source: string): boolean {
  return /^[./~]|^\\\\|^\p{L}:/u.test(source);
}
