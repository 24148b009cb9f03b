/**
 * What a name has to look like. `label` is for names of most things (Pod containers, Namespaces, volumes),
 * `subdomain` for names of most objects, `service` for Services. `mostLength` is the room there is.
 */
export type NameRule =
  | 'label'
  | 'service'
  | 'subdomain'
  | 'portName'
  | 'labelValue'
  | 'configKey'
  | 'envName';

interface Shape {
  readonly whole: RegExp;
  readonly most: number;
  /** Runs of these become a hyphen, or `filler`. */
  readonly strange: RegExp;
  readonly filler: string;
  readonly lower: boolean;
  /** What a name may not begin or end with. */
  readonly edges: RegExp;
  /** Put in front of a name that begins with a digit, where it may not. */
  readonly prefix: string;
  /** Where nothing of the text is left. */
  readonly instead: string;
}

const label: Shape = {
  whole: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  most: 63,
  strange: /[^a-z0-9]+/g,
  filler: '-',
  lower: true,
  edges: /^-+|-+$/g,
  prefix: '',
  instead: 'unnamed',
};

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ and k8s.io/apimachinery/pkg/util/validation. */
const shapes: Readonly<Record<NameRule, Shape>> = {
  label,
  service: { ...label, whole: /^[a-z]([-a-z0-9]*[a-z0-9])?$/, prefix: 's-' },
  subdomain: {
    ...label,
    whole: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
    most: 253,
    strange: /[^a-z0-9.]+/g,
    edges: /^[-.]+|[-.]+$|-+(?=\.)|(?<=\.)[-.]+/g,
  },
  portName: {
    ...label,
    whole: /^(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
    most: 15,
    strange: /[^a-z0-9]+/g,
    prefix: 'p-',
    instead: 'port',
  },
  labelValue: {
    whole: /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/,
    most: 63,
    strange: /[^-A-Za-z0-9_.]+/g,
    filler: '-',
    lower: false,
    edges: /^[-_.]+|[-_.]+$/g,
    prefix: '',
    instead: '',
  },
  configKey: {
    whole: /^(?!\.$)(?!\.\.)[-._a-zA-Z0-9]+$/,
    most: 253,
    strange: /[^-._a-zA-Z0-9]+/g,
    filler: '-',
    lower: false,
    edges: /^\.(?=\.)+|^\.$/g,
    prefix: '',
    instead: 'unnamed',
  },
  // Of all printable ASCII only `=` is forbidden since 1.30, but a shell reads no more than these.
  envName: {
    whole: /^[A-Za-z_][A-Za-z0-9_]*$/,
    most: 253,
    strange: /[^A-Za-z0-9_]+/g,
    filler: '_',
    lower: false,
    edges: /$^/g,
    prefix: '_',
    instead: 'UNNAMED',
  },
};

/**
 * Whether the API accepts a name (RFC 1123 label and subdomain, RFC 1035 label for Services, IANA_SVC_NAME
 * for ports; see k8s.io/apimachinery/pkg/util/validation).
 */
export function isName(text: string, rule: NameRule): boolean {
  const { whole, most } = shapes[rule];
  return text.length <= most && whole.test(text);
}

/**
 * The nearest name that the API accepts: in lower case where it has to be, accents taken off, what cannot
 * stand in it made a hyphen, cut where it is too long. Two texts may become the same name: see `freeName`.
 *
 * @param room fewer characters than the rule allows, as for a CronJob (52)
 * @returns the name, and whether it differs from the text
 */
export function toName(text: string, rule: NameRule, room?: number): { name: string; changed: boolean } {
  const shape = shapes[rule];
  const most = Math.min(room ?? shape.most, shape.most);
  if (text.length <= most && shape.whole.test(text)) return { name: text, changed: false };
  return { name: reshape(text, shape, most), changed: true };
}

/**
 * The nearest name that the API accepts and that is not taken: with `-2`, `-3` and so on behind it where it
 * would be.
 */
export function freeName(text: string, rule: NameRule, taken: ReadonlySet<string>, room?: number): string {
  const { name } = toName(text, rule, room);
  if (!taken.has(name)) return name;
  const { most, filler } = shapes[rule];
  for (let number = 2; ; number++) {
    const ending = `${filler}${number}`;
    // The value of a label may be empty, and nothing can be put behind that.
    const start = toName(name || 'unnamed', rule, Math.min(room ?? most, most) - ending.length).name;
    const next = `${start}${ending}`;
    if (!taken.has(next)) return next;
  }
}

function reshape(text: string, shape: Shape, most: number): string {
  // What is longer than this is cut anyway; an image reference or a path never is.
  const cased = shape.lower ? text.slice(0, 1000).toLowerCase() : text.slice(0, 1000);
  const plain = cased.normalize('NFKD').replace(/\p{M}+/gu, '');
  const filled = trim(plain.replace(shape.strange, shape.filler), shape) || shape.instead;
  const begun = needsPrefix(filled, shape) ? `${shape.prefix}${filled}` : filled;
  return trim(begun.slice(0, most), shape) || shape.instead.slice(0, most);
}

function trim(text: string, shape: Shape): string {
  let rest = text;
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = rest.replace(shape.edges, '');
  }
  return rest;
}

function needsPrefix(name: string, { whole, prefix }: Shape): boolean {
  return prefix !== '' && !whole.test(name) && whole.test(`${prefix}${name}`.slice(0, 15));
}
