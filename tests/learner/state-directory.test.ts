import { isAbsolute, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stateDirectory } from '../../src/learner/state-directory.ts';

const homeless = (): string => {
  throw new Error('no home');
};

describe('the directory that holds the state', () => {
  it.each<[NodeJS.Platform, Record<string, string>, string, string]>([
    ['linux', {}, '/home/ada', '/home/ada/.local/state/k8s-docker-tutor'],
    ['freebsd', {}, '/home/ada', '/home/ada/.local/state/k8s-docker-tutor'],
    ['linux', { XDG_STATE_HOME: '/var/state' }, '/home/ada', '/var/state/k8s-docker-tutor'],
    ['linux', { XDG_STATE_HOME: 'state' }, '/home/ada', '/home/ada/.local/state/k8s-docker-tutor'],
    ['linux', { XDG_STATE_HOME: '' }, '/home/ada', '/home/ada/.local/state/k8s-docker-tutor'],
    ['linux', { LOCALAPPDATA: 'C:\\Local' }, '/home/ada', '/home/ada/.local/state/k8s-docker-tutor'],
    ['darwin', {}, '/Users/ada', '/Users/ada/Library/Application Support/k8s-docker-tutor'],
    [
      'darwin',
      { XDG_STATE_HOME: '/x' },
      '/Users/ada',
      '/Users/ada/Library/Application Support/k8s-docker-tutor',
    ],
    ['win32', { LOCALAPPDATA: 'D:\\Local' }, 'C:\\Users\\ada', 'D:\\Local\\k8s-docker-tutor'],
    ['win32', {}, 'C:\\Users\\ada', 'C:\\Users\\ada\\AppData\\Local\\k8s-docker-tutor'],
    ['win32', { LOCALAPPDATA: '' }, 'C:\\Users\\ada', 'C:\\Users\\ada\\AppData\\Local\\k8s-docker-tutor'],
    ['win32', { XDG_STATE_HOME: '/x' }, 'C:\\Users\\ada', 'C:\\Users\\ada\\AppData\\Local\\k8s-docker-tutor'],
  ])('on %s with %o and the home %s is %s', (platform, env, home, expected) => {
    expect(stateDirectory({ env, platform, home: () => home })).toBe(expected);
  });

  it.each<[NodeJS.Platform, string]>([
    ['linux', '/mnt/state'],
    ['darwin', '/mnt/state'],
    ['win32', 'E:\\state'],
  ])('on %s is K8S_DOCKER_TUTOR_STATE before anything else', (platform, own) => {
    const env = { K8S_DOCKER_TUTOR_STATE: own, XDG_STATE_HOME: '/x', LOCALAPPDATA: 'C:\\Local' };
    expect(stateDirectory({ env, platform, home: homeless })).toBe(own);
  });

  it('is absolute even when K8S_DOCKER_TUTOR_STATE is not', () => {
    const directory = stateDirectory({
      env: { K8S_DOCKER_TUTOR_STATE: 'here' },
      platform: 'linux',
      home: homeless,
    });
    expect(directory && isAbsolute(directory)).toBe(true);
    expect(directory).toBe(resolve('here'));
  });

  it('does not take an empty K8S_DOCKER_TUTOR_STATE for an answer', () => {
    expect(
      stateDirectory({ env: { K8S_DOCKER_TUTOR_STATE: '' }, platform: 'linux', home: () => '/home/ada' }),
    ).toBe('/home/ada/.local/state/k8s-docker-tutor');
  });

  it.each<[NodeJS.Platform]>([['linux'], ['darwin'], ['win32']])(
    'is nowhere on %s without a home',
    (platform) => {
      expect(stateDirectory({ env: {}, platform, home: homeless })).toBeUndefined();
      expect(stateDirectory({ env: {}, platform, home: () => '' })).toBeUndefined();
    },
  );

  it.each<[NodeJS.Platform, Record<string, string>, string]>([
    ['linux', { XDG_STATE_HOME: '/var/state' }, '/var/state/k8s-docker-tutor'],
    ['win32', { LOCALAPPDATA: 'D:\\Local' }, 'D:\\Local\\k8s-docker-tutor'],
  ])('on %s needs no home when %o says where', (platform, env, expected) => {
    expect(stateDirectory({ env, platform, home: homeless })).toBe(expected);
  });
});
