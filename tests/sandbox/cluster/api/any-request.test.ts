import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { discovered } from '../../../../src/sandbox/cluster/api/discovery/served-parts.ts';
import type { ApiRequest } from '../../../../src/sandbox/cluster/api/request.ts';
import { patchType, TestServer } from './test-server.ts';

const plurals = discovered().map(({ plural }) => plural);
const parts = [
  'status',
  'scale',
  'log',
  'exec',
  'eviction',
  'binding',
  'token',
  'finalize',
  'ephemeralcontainers',
  'x',
];

const word = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(...plurals, ...parts, 'default', 'namespaces', 'web', 'v1', 'apps'),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 6 }).map(encodeURIComponent) },
);

const path = fc.oneof(
  fc.array(word, { maxLength: 7 }).map((words) => `/${words.join('/')}`),
  fc
    .tuple(
      fc.constantFrom(...discovered()),
      fc.boolean(),
      fc.option(word),
      fc.option(fc.constantFrom(...parts)),
    )
    .map(([{ group, version, plural }, isScoped, name, part]) =>
      [
        group === '' ? `/api/${version}` : `/apis/${group}/${version}`,
        ...(isScoped ? ['namespaces', 'default'] : []),
        plural,
        ...(name === null ? [] : [name]),
        ...(name === null || part === null ? [] : [part]),
      ].join('/'),
    ),
  fc.constantFrom(
    '/',
    '',
    '/api',
    '/apis',
    '/version',
    '/openapi/v3',
    '/openapi/v3/api/v1',
    '/openapi/v2',
    '//',
    '/%',
  ),
);

/** Texts that mean something somewhere, so that chance gets deeper. */
const scalar = fc.oneof(
  fc.constantFrom(
    'web',
    'default',
    'v1',
    'apps/v1',
    'Pod',
    'Deployment',
    '100m',
    '1Gi',
    'Always',
    'name',
    'merge',
    'replace',
    'delete',
    '/spec',
    '/metadata/labels/a',
  ),
  fc.integer({ min: -5, max: 70_000 }),
  fc.boolean(),
  fc.constant(null),
  fc.string({ maxLength: 4 }),
);
const key = fc.constantFrom(
  ...[
    'metadata',
    'name',
    'generateName',
    'namespace',
    'labels',
    'spec',
    'status',
    'containers',
    'template',
    'selector',
  ],
  ...[
    'matchLabels',
    'matchExpressions',
    'data',
    'ports',
    'port',
    'replicas',
    'resources',
    'limits',
    'env',
    'volumes',
  ],
  ...[
    'finalizers',
    'ownerReferences',
    'managedFields',
    'fieldsV1',
    'kind',
    'apiVersion',
    'rules',
    'target',
    'a',
  ],
  ...[
    '$patch',
    '$retainKeys',
    '$setElementOrder/containers',
    '$deleteFromPrimitiveList/finalizers',
    'op',
    'path',
    'value',
    'from',
  ],
  ...['preconditions', 'propagationPolicy', 'deleteOptions', 'resourceAttributes', 'verb', 'resource'],
);
const { body } = fc.letrec((tie) => ({
  body: fc.oneof(
    { maxDepth: 5, depthSize: 'medium' },
    scalar,
    fc.array(tie('body'), { maxLength: 3 }),
    fc.dictionary(key, tie('body'), { maxKeys: 5 }),
  ),
}));

const query = fc.dictionary(
  fc.constantFrom(
    ...[
      'watch',
      'limit',
      'continue',
      'labelSelector',
      'fieldSelector',
      'resourceVersion',
      'dryRun',
      'fieldValidation',
    ],
    ...[
      'fieldManager',
      'force',
      'container',
      'command',
      'tailLines',
      'sinceTime',
      'includeObject',
      'gracePeriodSeconds',
    ],
  ),
  fc.oneof(
    fc.constantFrom(
      'All',
      'true',
      'false',
      'Strict',
      '1',
      '0',
      'a=b',
      'a in (b,c)',
      '!a',
      'metadata.name=web',
      'a=b,c!=d',
    ),
    fc.string({ maxLength: 8 }),
    fc.array(fc.string({ maxLength: 3 }), { maxLength: 2 }),
  ),
  { maxKeys: 3 },
);

const headers = fc.oneof(
  fc.constantFrom(patchType('json'), patchType('merge'), patchType('strategic'), patchType('apply'), {
    'content-type': 'application/json',
  }),
  fc.dictionary(
    fc.constantFrom('accept', 'content-type', 'authorization', 'impersonate-user'),
    fc.string({ maxLength: 20 }),
  ),
);

const request: fc.Arbitrary<ApiRequest> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE'),
  path,
  query,
  headers,
  body: fc.oneof(body, fc.constant(undefined)),
});

/** A few objects that requests can hit. */
function inhabited(): TestServer {
  const server = new TestServer();
  const containers = [{ name: 'web', image: 'nginx' }];
  const template = { metadata: { labels: { a: 'web' } }, spec: { containers } };
  const selector = { matchLabels: { a: 'web' } };
  server.ask('POST', '/api/v1/namespaces/default/pods', { metadata: { name: 'web' }, spec: { containers } });
  server.ask('POST', '/api/v1/namespaces/default/configmaps', {
    metadata: { name: 'web' },
    data: { a: '1' },
  });
  server.ask('POST', '/apis/apps/v1/namespaces/default/deployments', {
    metadata: { name: 'web' },
    spec: { selector, template },
  });
  server.ask('POST', '/api/v1/namespaces/default/services', {
    metadata: { name: 'web' },
    spec: { ports: [{ port: 80 }] },
  });
  return server;
}

// A busy machine takes its time.
describe('any request', { timeout: 60_000 }, () => {
  it('is answered, and what is refused says why', async () => {
    await new TestServer().api.prepare({ path: '/openapi/v3' });
    fc.assert(
      fc.property(fc.array(request, { minLength: 1, maxLength: 12 }), (requests) => {
        const server = inhabited();
        for (const each of requests) {
          const response = server.api.handle(each);
          expect(response.status).toBeGreaterThanOrEqual(200);
          if (response.status >= 400 && 'body' in response) {
            expect(response.body).toMatchObject({
              kind: 'Status',
              message: expect.any(String),
              code: response.status,
            });
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('leaves a world that JSON can hold, and that goes on the same', () => {
    fc.assert(
      fc.property(
        fc.array(request, { maxLength: 8 }),
        fc.array(request, { maxLength: 4 }),
        (before, after) => {
          const one = inhabited();
          for (const each of before) one.api.handle(each);
          const saved = JSON.stringify(one.store.snapshot());
          const other = new TestServer(JSON.parse(saved));
          for (const each of after) {
            // A memory of changes is not saved: only watches differ.
            if (each.query.watch !== undefined) continue;
            expect(JSON.stringify(other.api.handle(each))).toEqual(JSON.stringify(one.api.handle(each)));
          }
          expect(JSON.stringify(other.store.snapshot().tables)).toEqual(
            JSON.stringify(JSON.parse(JSON.stringify(one.store.snapshot().tables))),
          );
        },
      ),
      { numRuns: 100 },
    );
  });
});
