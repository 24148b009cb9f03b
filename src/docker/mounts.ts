import { parseBytes } from './bytes.ts';
import { cut, parseFields } from './go-values.ts';
import { DockerRefusal, reworded } from './refusal.ts';

/** A mount as the API has it (Mount of the Docker Engine API). */
export interface Mount {
  readonly Type: string;
  readonly Source?: string;
  readonly Target?: string;
  readonly ReadOnly?: true;
  readonly Consistency?: string;
  readonly BindOptions?: {
    readonly Propagation?: string;
    readonly NonRecursive?: true;
    readonly CreateMountpoint?: true;
    readonly ReadOnlyNonRecursive?: true;
    readonly ReadOnlyForceRecursive?: true;
  };
  readonly VolumeOptions?: {
    readonly NoCopy?: true;
    readonly Labels?: Readonly<Record<string, string>>;
    readonly Subpath?: string;
    readonly DriverConfig?: { readonly Name?: string; readonly Options?: Readonly<Record<string, string>> };
  };
  readonly ImageOptions?: { readonly Subpath?: string };
  readonly TmpfsOptions?: { readonly SizeBytes?: number; readonly Mode?: number };
}

/** A mount while its fields are read: every part may still be missing. */
interface Draft {
  type: string;
  top: { Source?: string; Target?: string; ReadOnly?: boolean; Consistency?: string };
  bind?: Record<string, string | boolean>;
  volume?: { NoCopy?: boolean; Labels?: Record<string, string>; Subpath?: string };
  driver?: { Name?: string; Options?: Record<string, string> };
  image?: { Subpath?: string };
  tmpfs?: { SizeBytes?: number; Mode?: number };
}

const howToMount = 'Write key=value pairs with commas: type=volume,source=data,target=/data,readonly.';

/** Keys that may stand without a value. */
const switches = ['readonly', 'ro', 'volume-nocopy', 'bind-nonrecursive', 'bind-create-src'];

/** Values of `bind-recursive`, with the field each sets. */
const recursions: ReadonlyMap<string, string> = new Map([
  ['enabled', ''],
  ['disabled', 'NonRecursive'],
  ['writable', 'ReadOnlyNonRecursive'],
  ['readonly', 'ReadOnlyForceRecursive'],
]);

/** What each key does to the draft; keys and their values are those of MountOpt.Set of docker/cli opts. */
const keys: Readonly<Record<string, (draft: Draft, value: string, field: string) => void>> = {
  type: (draft, value) => {
    draft.type = value.toLowerCase();
  },
  source: (draft, value) => {
    draft.top.Source = value;
  },
  target: (draft, value) => {
    draft.top.Target = value;
  },
  readonly: (draft, value, field) => {
    draft.top.ReadOnly = readSwitch(field, value);
  },
  consistency: (draft, value) => {
    draft.top.Consistency = value.toLowerCase();
  },
  'bind-propagation': (draft, value) => {
    draft.bind = { ...draft.bind, Propagation: value.toLowerCase() };
  },
  // Docker 29 refuses it, and says to write bind-recursive=disabled; Docker 28 takes it for that.
  'bind-nonrecursive': (draft, value, field) => {
    draft.bind = { ...draft.bind, NonRecursive: readSwitch(field, value) };
  },
  'bind-recursive': (draft, value) => {
    const option = recursions.get(value);
    if (option === undefined) {
      throw new DockerRefusal(
        `invalid value for bind-recursive: ${value} (must be "enabled", "disabled", "writable", or "readonly")`,
        'Choose one of these four.',
      );
    }
    if (option !== '') draft.bind = { ...draft.bind, [option]: true };
  },
  'bind-create-src': (draft, value, field) => {
    draft.bind = { ...draft.bind, CreateMountpoint: readSwitch(field, value) };
  },
  'volume-subpath': (draft, value) => {
    draft.volume = { ...draft.volume, Subpath: value };
  },
  'volume-nocopy': (draft, value, field) => {
    draft.volume = { ...draft.volume, NoCopy: readSwitch(field, value) };
  },
  'volume-label': (draft, value) => {
    draft.volume = { ...draft.volume, Labels: withPair(draft.volume?.Labels, value) };
  },
  'volume-driver': (draft, value) => {
    draft.volume ??= {};
    draft.driver = { ...draft.driver, Name: value };
  },
  'volume-opt': (draft, value) => {
    draft.volume ??= {};
    draft.driver = { ...draft.driver, Options: withPair(draft.driver?.Options, value) };
  },
  'image-subpath': (draft, value) => {
    draft.image = { Subpath: value };
  },
  'tmpfs-size': (draft, value) => {
    draft.tmpfs = { ...draft.tmpfs, SizeBytes: readSize(value) };
  },
  'tmpfs-mode': (draft, value) => {
    if (!/^[0-7]{1,11}$/.test(value) || Number.parseInt(value, 8) >= 2 ** 32) {
      throw new DockerRefusal(
        `invalid value for tmpfs-mode: ${value}`,
        'Give the mode in octal digits, such as 1777.',
      );
    }
    draft.tmpfs = { ...draft.tmpfs, Mode: Number.parseInt(value, 8) };
  },
};

const otherNames: ReadonlyMap<string, string> = new Map([
  ['src', 'source'],
  ['dst', 'target'],
  ['destination', 'target'],
  ['ro', 'readonly'],
]);

/**
 * A value of `--mount`: `type=bind,src=/srv,dst=/data,readonly` (MountOpt of docker/cli opts). A relative
 * source stands as it was written; the client puts its working directory before it.
 */
export function parseMount(text: string): Mount {
  const value = text.trim();
  if (value === '') throw new DockerRefusal('value is empty', howToMount);
  const draft: Draft = { type: 'volume', top: {} };
  for (const field of parseFields(value)) readField(draft, field);
  // Docker 29 leaves this to the daemon, which refuses it.
  if ((draft.top.Target ?? '') === '') throw new DockerRefusal('target is required', 'Add target=/path.');
  return finish(draft);
}

function readField(draft: Draft, field: string): void {
  const [written, value, hasValue] = cut(field, '=');
  if (written.trim() !== written) {
    throw new DockerRefusal(
      `invalid option '${written.trim()}' in '${field}': option should not have whitespace`,
      howToMount,
    );
  }
  const key = written.toLowerCase();
  if (hasValue && value.trim() === '') {
    throw new DockerRefusal(`invalid value for '${written}': value is empty`, howToMount);
  }
  if (hasValue && value.trim() !== value) {
    throw new DockerRefusal(
      `invalid value for '${written}' in '${field}': value should not have whitespace`,
      howToMount,
    );
  }
  if (!hasValue && !switches.includes(key)) {
    throw new DockerRefusal(`invalid field '${field}' must be a key=value pair`, howToMount);
  }
  const name = otherNames.get(key) ?? key;
  const read = Object.hasOwn(keys, name) ? keys[name] : undefined;
  if (!read) throw new DockerRefusal(`unknown option '${key}' in '${field}'`, howToMount);
  read(draft, hasValue ? value : 'true', field);
}

/** The draft as the API has it: what is false or empty is left out, as Go's omitempty does. */
function finish(draft: Draft): Mount {
  checkFamilies(draft);
  const bind = draft.bind && kept(draft.bind);
  const driver = draft.driver && kept(draft.driver);
  return {
    Type: draft.type,
    ...kept(draft.top),
    ...(bind && { BindOptions: bind }),
    ...(draft.volume && {
      VolumeOptions: { ...kept(draft.volume), ...(driver && { DriverConfig: driver }) },
    }),
    ...(draft.image && { ImageOptions: kept(draft.image) }),
    ...(draft.tmpfs && { TmpfsOptions: kept(draft.tmpfs) }),
  } as Mount;
}

/** Options go with their own type, and some want others (validateMountOptions of docker/cli opts). */
function checkFamilies({ type, top, bind, volume, image, tmpfs }: Draft): void {
  const families: [string, object | undefined][] = [
    ['bind', bind],
    ['volume', volume],
    ['image', image],
    ['tmpfs', tmpfs],
  ];
  for (const [family, options] of families) {
    if (!options || type === family) continue;
    throw new DockerRefusal(
      `cannot mix '${family}-*' options with mount type '${type}'`,
      `Write type=${family}, or leave the ${family}- options out.`,
    );
  }
  if (bind?.ReadOnlyNonRecursive && !top.ReadOnly) throw needs('writable', 'readonly');
  if (bind?.ReadOnlyForceRecursive && !top.ReadOnly) throw needs('readonly', 'readonly');
  if (bind?.ReadOnlyForceRecursive && bind.Propagation !== 'rprivate') {
    throw needs('readonly', 'bind-propagation=rprivate');
  }
}

function needs(value: string, other: string): DockerRefusal {
  return new DockerRefusal(
    `option 'bind-recursive=${value}' requires '${other}' to be specified in conjunction`,
    `Add ${other}.`,
  );
}

function kept<Fields extends object>(fields: Fields): Partial<Fields> {
  const entries = Object.entries(fields).filter(
    ([, value]) => value !== false && value !== '' && value !== 0,
  );
  return Object.fromEntries(entries) as Partial<Fields>;
}

function withPair(pairs: Record<string, string> | undefined, text: string): Record<string, string> {
  const [key, value] = cut(text, '=');
  return key === '' ? { ...pairs } : { ...pairs, [key]: value };
}

function readSwitch(field: string, value: string): boolean {
  const [key] = cut(field, '=');
  if (value === 'true' || value === '1') return true;
  if (value === 'false' || value === '0') return false;
  throw new DockerRefusal(
    `invalid value for '${key}': invalid boolean value (${JSON.stringify(value)}): must be one of "true", "1", "false", or "0" (default "true")`,
    `Write ${key} alone, or ${key}=false.`,
  );
}

function readSize(value: string): number {
  return reworded(
    () => parseBytes(value),
    ({ hint }) => new DockerRefusal(`invalid value for tmpfs-size: ${value}`, hint),
  );
}
