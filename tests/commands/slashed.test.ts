import { describe, expect, it } from 'vitest';
import { slashed } from '../../src/commands/slashed.ts';
import { loadCompose } from '../../src/docker/compose/load.ts';

describe('a path for the reader of compose files', () => {
  it.each<[string, NodeJS.Platform, string]>([
    ['C:\\shop\\compose.yaml', 'win32', 'C:/shop/compose.yaml'],
    ['\\\\server\\share\\compose.yaml', 'win32', '//server/share/compose.yaml'],
    ['/home/you/a\\b.yaml', 'linux', '/home/you/a\\b.yaml'],
  ])('%s on %s is %s', (path, platform, expected) => {
    expect(slashed(path, platform)).toBe(expected);
  });
});

describe('a compose file on a drive of Windows', () => {
  it('has its project named after its folder, and finds what it names beside it', () => {
    const path = slashed('C:\\Users\\you\\My Shop\\compose.yaml', 'win32');
    const project = loadCompose({
      files: [{ path, text: 'services:\n  web:\n    image: nginx\n    env_file: ./a.env\n' }],
      env: {},
      envFiles: [],
      readFile: () => 'X=1\n',
    });
    expect(project.name).toBe('myshop');
    expect(JSON.stringify(project)).toContain('"C:/Users/you/My Shop/a.env"');
  });
});
