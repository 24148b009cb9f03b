import { describe, expect, it } from 'vitest';
import {
  fullReference,
  imageNames,
  referenceComplaint,
} from '../../../../../src/sandbox/cluster/node/images/image-names.ts';
import { node, OneNode } from '../one-node.ts';

const digest = `sha256:${'a'.repeat(64)}`;

describe('A reference in full', () => {
  // github.com/distribution/reference, reference_test.go and normalize_test.go
  it.each([
    ['nginx', 'docker.io/library/nginx:latest'],
    ['nginx:1.28', 'docker.io/library/nginx:1.28'],
    ['shop/api', 'docker.io/shop/api:latest'],
    ['registry.example.com:5000/shop/api:1', 'registry.example.com:5000/shop/api:1'],
    [`nginx@${digest}`, `docker.io/library/nginx@${digest}`],
    [`nginx:1.28@${digest}`, `docker.io/library/nginx:1.28@${digest}`],
    ['Nginx', undefined],
    ['a b', undefined],
    ['', undefined],
  ])('of "%s" is %s', (given, full) => {
    expect(fullReference(given)).toBe(full);
    // It is remembered, and comes out the same.
    expect(fullReference(given)).toBe(full);
    expect(referenceComplaint(given) === undefined).toBe(full !== undefined);
  });
});

describe('The names of the image in the status of a container', () => {
  const world = OneNode.fresh('nginx:1.28');
  const found = world.runtime.findImage(node, 'docker.io/library/nginx:1.28');
  const own = found?.digests[0] ?? '';

  it('are its name in full and its digest', () => {
    for (let time = 0; time < 2; time++) {
      expect(imageNames(world.runtime, node, 'nginx:1.28', '')).toEqual({
        image: 'docker.io/library/nginx:1.28',
        imageID: own,
      });
    }
    expect(own).toMatch(/^docker\.io\/library\/nginx@sha256:[0-9a-f]{64}$/);
  });

  it('are its tag where it was asked for by its digest', () => {
    expect(imageNames(world.runtime, node, own, '')).toEqual({
      image: 'docker.io/library/nginx:1.28',
      imageID: own,
    });
  });

  it('are as they were given where the node does not have it any more', () => {
    expect(imageNames(world.runtime, node, 'redis:7', 'sha256:1')).toEqual({
      image: 'docker.io/library/redis:7',
      imageID: 'sha256:1',
    });
    expect(imageNames(world.runtime, node, 'Redis', 'sha256:1')).toEqual({
      image: 'Redis',
      imageID: 'sha256:1',
    });
  });
});
