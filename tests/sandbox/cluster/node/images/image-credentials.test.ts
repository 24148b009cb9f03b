import { describe, expect, it } from 'vitest';
import {
  missingPullSecrets,
  pullCredentials,
} from '../../../../../src/sandbox/cluster/node/images/image-credentials.ts';
import { OneNode } from '../one-node.ts';

// As https://kubernetes.io/docs/concepts/containers/images/#using-a-private-registry says of logins.

const jane = { username: 'jane', password: 'secret' };
const encoded = { auth: btoa('jane:sec:ret') };
const hub = 'docker.io/library/nginx:1.28';
const shop = 'registry.example.com/shop/api:1.0';

function read(
  secrets: Readonly<Record<string, Readonly<Record<string, string>>>>,
  names: readonly (string | undefined)[],
  image: string,
) {
  const world = OneNode.fresh();
  for (const [name, texts] of Object.entries(secrets)) {
    const data = Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, btoa(text)]));
    world.cluster.create('secrets', {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name, namespace: 'default' },
      data,
    });
  }
  world.run('web', {
    imagePullSecrets: names.map((name) => (name === undefined ? {} : { name })),
    containers: [{ name: 'web', image }],
  });
  const pod = world.pod('web');
  if (!pod) throw new Error('no Pod');
  return {
    login: pullCredentials(world.cluster, pod, image),
    missing: missingPullSecrets(world.cluster, pod),
  };
}

const newer = (auths: unknown) => ({ '.dockerconfigjson': JSON.stringify({ auths }) });
const older = (logins: unknown) => ({ '.dockercfg': JSON.stringify(logins) });

describe('An image is pulled with the login', () => {
  const cases: readonly (readonly [string, Readonly<Record<string, string>>, string, unknown])[] = [
    ['for its registry', newer({ 'registry.example.com': jane }), shop, jane],
    ['for its registry as an address', newer({ 'https://registry.example.com/v2/': jane }), shop, jane],
    ['for a part of its registry', newer({ 'registry.example.com/shop': jane }), shop, jane],
    ['for Docker Hub', newer({ 'https://index.docker.io/v1/': jane }), hub, jane],
    [
      'that stands in one word',
      newer({ 'docker.io': encoded }),
      hub,
      { username: 'jane', password: 'sec:ret' },
    ],
    ['of an older form', older({ 'registry.example.com': jane }), shop, jane],
    [
      'without a password',
      newer({ 'docker.io': { username: 'jane' } }),
      hub,
      { username: 'jane', password: '' },
    ],
    ['of nobody for another registry', newer({ 'registry.example.org': jane }), shop, undefined],
    ['of nobody for another part', newer({ 'registry.example.com/other': jane }), shop, undefined],
    ['of nobody when none is said', newer({ 'docker.io': {} }), hub, undefined],
    ['of nobody when there are none', newer(undefined), hub, undefined],
    ['of nobody from a Secret of another kind', { password: 'x' }, hub, undefined],
    ['of nobody from what cannot be read', { '.dockerconfigjson': '{' }, hub, undefined],
  ];
  it.each(cases)('%s', (_, secret, image, login) => {
    expect(read({ mine: secret }, ['mine'], image)).toEqual({ login, missing: [] });
  });

  it('of the first Secret that has one; those that are not there are named', () => {
    const secrets = {
      other: newer({ 'registry.example.org': jane }),
      mine: newer({ 'registry.example.com': { ...jane, username: 'first' } }),
      last: newer({ 'registry.example.com': jane }),
    };
    expect(read(secrets, ['absent', 'other', 'mine', undefined, 'last'], shop)).toEqual({
      login: { username: 'first', password: 'secret' },
      missing: ['absent', ''],
    });
  });
});
