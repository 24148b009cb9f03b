import { DockerRefusal } from './refusal.ts';

/** A name of an image in its parts, as docker reads it. */
export interface ImageReference {
  /** `docker.io` where none is named. */
  readonly registry: string;
  /** `library/nginx` for `nginx`; empty for an id. */
  readonly repository: string;
  /** Empty without; docker takes `latest` where there is no digest either. */
  readonly tag: string;
  /** Such as `sha256:…`; empty without. */
  readonly digest: string;
}

/** Longer names are refused before they are read. */
const longestName = 255;
const longest = 1024;

const part = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const domainPart = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const domain = `(?:${domainPart}(?:\\.${domainPart})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const path = new RegExp(`^${part}(?:/${part})*$`);
const host = new RegExp(`^${domain}$`);
const tags = /^\w[\w.-]{0,127}$/;
const digests = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
const sizes: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };

/**
 * A reference to an image: `nginx`, `localhost:5000/app:1.0`, `nginx@sha256:…`, or an id (ParseAnyReference
 * of github.com/distribution/reference).
 */
export function parseImage(text: string): ImageReference {
  if (/^[a-f0-9]{64}$/.test(text)) return { registry: '', repository: '', tag: '', digest: `sha256:${text}` };
  if (isDigest(text)) return { registry: '', repository: '', tag: '', digest: text };
  if (text.length > longest) throw wrongReference('');
  const [registry, rest] = splitRegistry(text);
  const at = rest.indexOf('@');
  const named = at < 0 ? rest : rest.slice(0, at);
  const digest = at < 0 ? '' : rest.slice(at + 1);
  const colon = named.indexOf(':');
  const repository = colon < 0 ? named : named.slice(0, colon);
  const tag = colon < 0 ? '' : named.slice(colon + 1);
  if (repository.toLowerCase() !== repository) {
    throw wrongReference(`: repository name (${repository}) must be lowercase`);
  }
  const valid =
    host.test(registry) &&
    path.test(repository) &&
    (colon < 0 || tags.test(tag)) &&
    (at < 0 || isDigest(digest));
  if (!valid) throw wrongReference('');
  if (`${registry}/${repository}`.length > longestName) {
    throw new DockerRefusal(
      `repository name must not be more than ${longestName} characters`,
      'Give a shorter name.',
    );
  }
  return { registry, repository, tag, digest };
}

/** A first part with a dot, a colon or a capital, or `localhost`, is a registry; else it is Docker Hub. */
function splitRegistry(text: string): [registry: string, rest: string] {
  const slash = text.indexOf('/');
  const first = text.slice(0, Math.max(slash, 0));
  const isHost = /[.:]/.test(first) || first === 'localhost' || first.toLowerCase() !== first;
  if (slash >= 0 && isHost) {
    const registry = first === 'index.docker.io' ? 'docker.io' : first;
    const rest = text.slice(slash + 1);
    return registry === 'docker.io' ? [registry, inLibrary(rest)] : [registry, rest];
  }
  return ['docker.io', inLibrary(text)];
}

function inLibrary(name: string): string {
  return name.includes('/') ? name : `library/${name}`;
}

function isDigest(text: string): boolean {
  const size = sizes[text.slice(0, Math.max(text.indexOf(':'), 0))];
  if (!digests.test(text) || size === undefined) return false;
  return text.length - text.indexOf(':') - 1 === size && !/[A-F]/.test(text.slice(text.indexOf(':')));
}

function wrongReference(what: string): DockerRefusal {
  return new DockerRefusal(
    `invalid reference format${what}`,
    'A name of an image is in small letters: [registry/]name[:tag], such as nginx:1.27.',
  );
}

const systems =
  'aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris windows zos'.split(
    ' ',
  );
const architectures =
  '386 amd64 amd64p32 arm armbe arm64 arm64be ppc64 ppc64le loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le ppc riscv riscv64 s390 s390x sparc sparc64 wasm'.split(
    ' ',
  );

/** A value of `--platform` in its canonical form: `amd64` → `linux/amd64` (github.com/containerd/platforms). */
export function parsePlatform(text: string): string {
  const parts = text.split('/');
  if (text.includes('*')) throw wrongPlatform(`${JSON.stringify(text)}: wildcards not yet supported`);
  const wrong = parts.find((word) => !/^[A-Za-z0-9_.-]+(\([A-Za-z0-9_.-]*\))?$/.test(word));
  if (wrong !== undefined) {
    throw wrongPlatform(
      `${JSON.stringify(wrong)} is an invalid component of ${JSON.stringify(text)}: platform specifier component must match "^[A-Za-z0-9_.-]+$"`,
    );
  }
  if (parts.length > 3) throw wrongPlatform(`${JSON.stringify(text)}: cannot parse platform specifier`);
  const [first = '', second, third] = parts;
  const system = normalSystem(first);
  if (second === undefined) {
    if (systems.includes(system)) return `${system}/amd64`;
    const [architecture, variant] = normalArchitecture(first, '');
    if (!architectures.includes(architecture))
      throw wrongPlatform(`${JSON.stringify(text)}: unknown operating system or architecture`);
    return withVariant('linux', architecture, isUsualArm(architecture, variant) ? '' : variant);
  }
  const [architecture, variant] = normalArchitecture(second, third ?? '');
  if (third === undefined)
    return withVariant(system, architecture, isUsualArm(architecture, variant) ? '' : variant);
  return withVariant(system, architecture, architecture === 'arm64' && variant === '' ? 'v8' : variant);
}

function isUsualArm(architecture: string, variant: string): boolean {
  return architecture === 'arm' && variant === 'v7';
}

function withVariant(system: string, architecture: string, variant: string): string {
  return `${system}/${architecture}${variant === '' ? '' : `/${variant}`}`;
}

function normalSystem(text: string): string {
  const system = text.toLowerCase().replace(/\(.*\)$/, '');
  return system === 'macos' ? 'darwin' : system;
}

/** Other names of processors, and variants that are the usual ones (normalizeArch of containerd/platforms). */
function normalArchitecture(name: string, given: string): [architecture: string, variant: string] {
  const architecture = name.toLowerCase();
  const variant = given.toLowerCase();
  switch (architecture) {
    case 'i386':
      return ['386', ''];
    case 'x86_64':
    case 'x86-64':
    case 'amd64':
      return ['amd64', variant === 'v1' ? '' : variant];
    case 'aarch64':
    case 'arm64':
      return ['arm64', ['8', 'v8', 'v8.0'].includes(variant) ? '' : variant];
    case 'armhf':
      return ['arm', 'v7'];
    case 'armel':
      return ['arm', 'v6'];
    case 'arm':
      return ['arm', variant === '' ? 'v7' : /^[5-8]$/.test(variant) ? `v${variant}` : variant];
    default:
      return [architecture, variant];
  }
}

function wrongPlatform(what: string): DockerRefusal {
  return new DockerRefusal(
    `${what}: invalid argument`,
    'Write system/processor, such as linux/amd64 or linux/arm64.',
  );
}
