import type { ImageConfig } from '../../runtime/container-runtime.ts';
import type { Step } from '../build-image.ts';

/** An image that a registry has. */
export interface Published {
  /** Such as `docker.io/library/nginx`. */
  readonly repository: string;
  /** The most exact one first. */
  readonly tags: readonly string[];
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly config: ImageConfig;
  readonly steps: readonly Step[];
}

/** Where programs are looked for, as most images say it. */
export const pathVariable = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Megabytes in bytes. */
export function megabytes(count: number): number {
  return Math.round(count * 1_000_000);
}

/** Milliseconds since 1970 of a day, such as `2025-10-07`, at noon. */
export function day(text: string): number {
  return Date.parse(`${text}T12:00:00Z`);
}

/** The lowest layer of an image that is made from Debian. */
export function debianStep(version: 12 | 13): Step {
  const name = version === 12 ? 'bookworm' : 'trixie';
  const size = version === 12 ? 74.8 : 78.6;
  return {
    line: `# debian.sh --arch 'amd64' out/ '${name}' '@1759104000'`,
    size: megabytes(size),
    files: `debian ${version}`,
  };
}

/** The lowest layer of an image that is made from Alpine. @param version such as `3.22.2` */
export function alpineStep(version: string): Step {
  return {
    line: `ADD alpine-minirootfs-${version}-x86_64.tar.gz / # buildkit`,
    size: megabytes(8.3),
    files: `alpine ${version}`,
  };
}

/** Lines of a Dockerfile that add no files. */
export function says(...lines: readonly string[]): readonly Step[] {
  return lines.map((line) => ({ line }));
}
