import { describe, expect, it } from 'vitest';
import { loadCompose } from '../../../src/docker/compose/load.ts';
import { resolvePath } from '../../../src/docker/compose/places.ts';

describe('a path in a compose file', () => {
  it.each([
    ['C:/shop', 'web.env', 'C:/shop/web.env'],
    ['C:/shop', '.\\env\\web.env', 'C:/shop/env/web.env'],
    ['C:/shop', '..\\common.yaml', 'C:/common.yaml'],
    ['C:/shop', 'D:\\secrets\\web.env', 'D:/secrets/web.env'],
    ['C:/shop', 'd:/secrets/../web.env', 'd:/web.env'],
    ['C:/shop', '~\\web.env', 'C:/Users/ada/web.env'],
    ['/shop', 'web.env', '/shop/web.env'],
    ['/shop', '/etc/web.env', '/etc/web.env'],
    // On Linux these are names of files.
    ['/shop', 'C:\\web.env', '/shop/C:\\web.env'],
    ['/shop', 'env\\web.env', '/shop/env\\web.env'],
  ])('of %s, written %s, is %s', (directory, path, whole) => {
    expect(resolvePath(path, { directory, home: 'C:/Users/ada' })).toBe(whole);
  });

  it('is found on another drive of Windows', () => {
    const asked: string[] = [];
    const { services } = loadCompose({
      files: [
        {
          path: 'C:/shop/compose.yaml',
          text: 'services: { web: { extends: { file: "D:\\\\base\\\\common.yaml", service: web }, env_file: ~/web.env } }',
        },
      ],
      env: { USERPROFILE: 'C:\\Users\\ada', HOME: '/home/ada' },
      readFile: (path) => {
        asked.push(path);
        return path === 'D:/base/common.yaml' ? 'services: { web: { image: nginx } }' : undefined;
      },
    });
    expect(services[0]?.config).toMatchObject({
      image: 'nginx',
      env_file: [{ path: 'C:/Users/ada/web.env' }],
    });
    expect(asked).toEqual(['D:/base/common.yaml']);
  });
});
