import type { DockerCommand } from '../../docker/parse.ts';

/** Flags that the client has warned of since 29.0, and what it says of each. */
const deprecated: Readonly<Record<string, string>> = {
  'docker container commit --pause':
    'and enabled by default. Use --no-pause to disable pausing during commit.',
  'docker container restart --time': 'use --timeout instead',
  'docker container stop --time': 'use --timeout instead',
  '--disable-content-trust': 'support for docker content trust was removed',
  '--kernel-memory': 'and no longer supported by the kernel',
};

/** What the client warns of on a line, a line each; it stands on standard output. */
export function deprecationText({ command, flags }: DockerCommand): string {
  return flags
    .map(({ name }) => {
      const why = deprecated[`${command} ${name}`] ?? deprecated[name];
      return why === undefined ? '' : `Flag ${name} has been deprecated, ${why}\n`;
    })
    .join('');
}
