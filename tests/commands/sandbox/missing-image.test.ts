import { describe, expect, it } from 'vitest';
import { missingImage } from '../../../src/commands/sandbox/missing-image.ts';
import { ShellVisitor } from '../../sandbox/shell/shell-visitor.ts';

describe('an image that the sandbox lacks', () => {
  const visitor = new ShellVisitor();
  const said = (line: string): string | undefined => missingImage(line.split(' '), visitor.shell.sandbox);

  it.each([
    [
      'docker run -d oracle:23',
      'The registries of the sandbox have no oracle; help images lists what they have',
    ],
    [
      'docker pull ghcr.io/acme/web:1',
      'The registries of the sandbox have no ghcr.io/acme/web; help images lists what they have',
    ],
    [
      'docker create busybox:9',
      'The sandbox has busybox with these tags among others: 1.28 1.35 1.36 1.37 latest',
    ],
  ])('is named by %s', (line, hint) => {
    expect(visitor.type(line).status).not.toBe(0);
    expect(said(line)).toBe(hint);
  });

  it.each([
    ['something else failed', 'docker run nginx nope'],
    ['the team has not pushed it', 'docker pull registry.example.com/shop/nope:1'],
    ['the line pulls nothing', 'docker rmi oracle:23'],
    ['docker refuses the line', 'docker run --nope oracle:23'],
    ['it is not one of docker', 'kubectl run web --image=oracle:23 --nope'],
  ])('is not at fault where %s', (_, line) => {
    expect(said(line)).toBeUndefined();
  });

  it('is not at fault where the learner has built it', () => {
    visitor.type('docker build -q -t mine:1 ~/shop');
    expect(said('docker run -p 80:80 mine:1 nope')).toBeUndefined();
    expect(said('docker run mine:2')).toBeDefined();
  });
});
