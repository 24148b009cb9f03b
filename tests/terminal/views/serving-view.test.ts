import { describe, expect, it } from 'vitest';
import { describeScreen } from '../../../src/terminal/screen.ts';
import { styleFor } from '../../../src/terminal/style.ts';
import { drawServing } from '../../../src/terminal/views/serving-view.ts';
import { ioOf } from '../../fixtures/io.ts';

const style = styleFor(describeScreen(ioOf({}), { plain: true }));

function linesFor(platform: NodeJS.Platform, kubeconfig: string): string[] {
  const drawn = drawServing({ server: 'https://127.0.0.1:6443', kubeconfig, platform }, style);
  return drawn.filter((line) => line.includes(kubeconfig.slice(0, 3))).map((line) => line.trim());
}

describe('the lines that make kubectl use the sandbox', () => {
  it.each<[NodeJS.Platform, string, string[]]>([
    ['linux', '/home/you/a.kubeconfig', ["export KUBECONFIG='/home/you/a.kubeconfig'"]],
    ['darwin', "/Users/o'hara/a b", ["export KUBECONFIG='/Users/o'\\''hara/a b'"]],
    [
      'win32',
      "C:\\Users\\o'hara $x\\a.kubeconfig",
      [
        "$env:KUBECONFIG = 'C:\\Users\\o''hara $x\\a.kubeconfig'",
        'set "KUBECONFIG=C:\\Users\\o\'hara $x\\a.kubeconfig"',
      ],
    ],
  ])('on %s can be copied as they are', (platform, path, lines) => {
    expect(linesFor(platform, path)).toEqual(lines);
  });
});
