/** The variables of a stage, in the order they were set. */
export class StageEnvironment {
  readonly variables: Map<string, string>;

  constructor(pairs: Iterable<readonly [string, string]> = []) {
    this.variables = new Map(pairs);
  }

  /** As `NAME=value`. */
  get list(): readonly string[] {
    return [...this.variables].map(([name, value]) => `${name}=${value}`);
  }
}

/** The platform that everything here is built for. */
export const platform = 'linux/amd64';

/** What every build knows: the arguments that need no ARG before the first FROM. */
export function predefinedArguments(
  overrides: Readonly<Record<string, string>>,
  target: string,
): StageEnvironment {
  const values: readonly (readonly [string, string])[] = [
    ['BUILDPLATFORM', platform],
    ['BUILDOS', 'linux'],
    ['BUILDOSVERSION', ''],
    ['BUILDARCH', 'amd64'],
    ['BUILDVARIANT', ''],
    ['TARGETPLATFORM', platform],
    ['TARGETOS', 'linux'],
    ['TARGETOSVERSION', ''],
    ['TARGETARCH', 'amd64'],
    ['TARGETVARIANT', ''],
    ['TARGETSTAGE', target || 'default'],
  ];
  return new StageEnvironment(values.map(([name, value]) => [name, overrides[name] ?? value]));
}

/** Arguments that commands see without ARG, in small letters. */
const proxies = ['http_proxy', 'https_proxy', 'ftp_proxy', 'no_proxy', 'all_proxy'];

/** The proxies among the arguments, as commands see them: in both spellings. */
export function proxyVariables(
  args: Readonly<Record<string, string>>,
): readonly (readonly [string, string])[] {
  return Object.entries(args)
    .filter(([name]) => proxies.includes(name.toLowerCase()))
    .flatMap(([name, value]) => [[name.toUpperCase(), value] as const, [name.toLowerCase(), value] as const]);
}
