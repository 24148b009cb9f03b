import type { GivenFlags } from '../../docker/given-flags.ts';
import type { DockerCommand } from '../../docker/parse.ts';
import { isOpen, withoutQuoted } from '../run/shell-text.ts';

/** What to mind of a service that was made a manifest: what the line does not say. */
export function caveatsOf(
  { args, flags }: DockerCommand,
  input: string,
  name: string,
  given: GivenFlags,
): string[] {
  const fromShell = given.texts('--env').filter((each) => !each.includes('='));
  const open = withoutQuoted(input);
  const isOpened = [...args, ...flags.map(({ value }) => value)].some((word) => isOpen(word, open));
  return [
    ...(given.has('--name')
      ? []
      : [`Swarm makes a name up where \`--name\` is left out; here it is \`${name}\`, after the image.`]),
    ...(fromShell.length > 0
      ? [
          `${fromShell.map((each) => `\`${each}\``).join(', ')}: docker takes the value from your shell as it makes the service. It is not in the manifest; write it there.`,
        ]
      : []),
    ...(isOpened
      ? [
          'Your shell replaces variables before docker sees them. In the manifest they stand as they were typed.',
        ]
      : []),
  ];
}
