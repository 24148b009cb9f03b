import { cut } from './go-values.ts';
import { DockerRefusal } from './refusal.ts';

/** A value of `--volume`. */
export interface VolumeSpec {
  /** `bind` where the source is a path of the host, `volume` for a named or an anonymous volume. */
  readonly type: 'bind' | 'volume';
  /** Path or name; empty for an anonymous volume. A relative path stands as it was written. */
  readonly source: string;
  /** Where it is mounted in the container. */
  readonly target: string;
  readonly readOnly: boolean;
  /** The volume is not filled from the image. */
  readonly noCopy: boolean;
  /** Such as `rshared`; empty without. */
  readonly propagation: string;
  /** What stands after the target, such as `ro` and `z`. */
  readonly options: readonly string[];
}

const propagations = ['rprivate', 'private', 'rshared', 'shared', 'rslave', 'slave'];
const howToMount =
  'Write /path in the container, name:/path, or /path/of/host:/path; options such as :ro come last.';

/**
 * A value of `--volume`: `/data`, `data:/data`, `./src:/app:ro`, `/var/run/docker.sock:/var/run/docker.sock`
 * (volumespec.Parse of docker/cli). A single letter before a colon is taken for a drive of Windows, so
 * `a:/b` is the anonymous volume at the path `a:/b`; the client reads it so on Linux too.
 */
export function parseVolume(text: string): VolumeSpec {
  if (text === '') throw new DockerRefusal('invalid empty volume spec', howToMount);
  const bytes = new TextEncoder().encode(text).length;
  const sections = bytes <= 2 ? [text] : splitSections(text);
  if (sections.includes('')) throw wrongSpec(text, 'empty section between colons');
  if (sections.length > 3) throw wrongSpec(text, 'too many colons');
  const [first = '', second, mode = ''] = sections;
  const options = mode === '' ? [] : mode.split(',');
  return {
    type: second !== undefined && isPath(first) ? 'bind' : 'volume',
    source: second === undefined ? '' : first,
    target: second ?? first,
    readOnly: options.findLast((option) => option === 'ro' || option === 'rw') === 'ro',
    noCopy: options.includes('nocopy'),
    propagation: options.findLast((option) => propagations.includes(option)) ?? '',
    options,
  };
}

/** A value of `--tmpfs`: the path, and the options of the mount as they were written. */
export function parseTmpfs(text: string): { readonly target: string; readonly options: string } {
  const [target, options] = cut(text, ':');
  return { target, options };
}

/** A value of `--volumes-from`: the container, and `ro` or `rw` where it was given. */
export function parseVolumesFrom(text: string): { readonly container: string; readonly readOnly: boolean } {
  const [container, mode] = cut(text, ':');
  return { container, readOnly: mode.split(',').includes('ro') };
}

/** Parts between colons, except the colon after a single letter that begins a part. */
function splitSections(text: string): string[] {
  const sections: string[] = [];
  let section = '';
  for (const character of text) {
    if (character === ':' && !/^\p{L}$/u.test(section)) {
      sections.push(section);
      section = '';
    } else section += character;
  }
  return [...sections, section];
}

function isPath(source: string): boolean {
  return /^[./~]/.test(source) || source.startsWith('\\\\') || /^\p{L}:/u.test(source);
}

function wrongSpec(text: string, what: string): DockerRefusal {
  return new DockerRefusal(`invalid spec: ${text}: ${what}`, howToMount);
}
