import { beforeAll, describe, expect, it } from 'vitest';
import { Sandbox } from '../../../src/sandbox/sandbox.ts';
import type { World } from '../../../src/sandbox/world.ts';
import { runOurs, worldAfter } from '../parity/worlds.ts';

// What kubectl 1.36.3 did with a Pod of busybox and one of nginx (Debian) in a real cluster: `kubectl cp` runs tar there,
// which the simulated containers have not, so that the real kubectl cannot be asked in this world.

let world: World;

beforeAll(() => {
  world = worldAfter([
    'kubectl run box --image=busybox:1.36 -- sleep 3600',
    'kubectl run debian --image=nginx:1.28',
    'kubectl wait pod/box pod/debian --for=condition=Ready',
    'kubectl exec box -- sh -c "mkdir -p /tmp/x/z; echo deep > /tmp/x/y; echo more > /tmp/x/z/w"',
    'printf text > file; mkdir folder; printf one > folder/a; printf two > folder/b',
  ]);
});

/** What some lines printed, one after another. */
function said(...lines: readonly string[]): string {
  const sandbox = new Sandbox(world);
  return lines
    .map((line) => {
      const { stdout, stderr, code } = runOurs(sandbox, line);
      return `${stdout}${stderr}${code === 0 ? '' : `[${code}]`}`;
    })
    .join('');
}

const busyboxRoot = "tar: removing leading '/' from member names\n";
const gnuRoot = "tar: Removing leading `/' from member names\n";

describe('kubectl cp', () => {
  it.each([
    ['a file from a Pod', 'box:/tmp/x/y here', 'cat here', `${busyboxRoot}deep\n`],
    ['a file into folders that are not there', 'box:/tmp/x/y new/er', 'cat new/er', `${busyboxRoot}deep\n`],
    [
      'a folder with what is below it',
      'box:/tmp/x here',
      'find here',
      `${busyboxRoot}here\nhere/y\nhere/z\nhere/z/w\n`,
    ],
    ['from a Pod of another image', 'debian:/etc/hostname here', 'cat here', `${gnuRoot}debian\n`],
    ['with the namespace', 'default/box:/tmp/x/y here', 'cat here', `${busyboxRoot}deep\n`],
    ['a file to a Pod', 'file box:/tmp/g', 'kubectl exec box -- cat /tmp/g', 'text'],
    ['a file into a folder of a Pod', 'file box:/tmp', 'kubectl exec box -- cat /tmp/file', 'text'],
    ['a folder to a Pod', 'folder box:/tmp/e', 'kubectl exec box -- cat /tmp/e/a /tmp/e/b', 'onetwo'],
    ['a folder into a folder of a Pod', 'folder box:/tmp', 'kubectl exec box -- cat /tmp/folder/b', 'two'],
  ])('copies %s', (_, words, then, text) => {
    expect(said(`kubectl cp ${words}`, then)).toBe(text);
  });

  it.each([
    ['box:/tmp/x/y .', `${busyboxRoot}error: open .: is a directory\n[1]`],
    ['nothing box:/tmp/x', "error: nothing doesn't exist in local filesystem\n[1]"],
    [
      'file box:/nothing/g',
      "tar: can't change directory to '/nothing': No such file or directory\ncommand terminated with exit code 1\n[1]",
    ],
    [
      'file debian:/nothing/g',
      'tar: /nothing: Cannot open: No such file or directory\ntar: Error is not recoverable: exiting now\ncommand terminated with exit code 2\n[2]',
    ],
    [
      'box:/nothing here',
      'tar: /nothing: No such file or directory\ntar: error exit delayed from previous errors\n',
    ],
    [
      'debian:/nothing here',
      `${gnuRoot}tar: /nothing: Cannot stat: No such file or directory\ntar: Exiting with failure status due to previous errors\n`,
    ],
  ])('says of %s', (words, text) => {
    expect(said(`kubectl cp ${words}`)).toBe(text);
  });
});
