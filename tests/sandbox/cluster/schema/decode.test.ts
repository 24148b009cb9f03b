import { describe, expect, it } from 'vitest';
import { decode } from '../../../../src/sandbox/cluster/schema/decode.ts';
import {
  kindSchema,
  knownType,
  typeIds,
  typeSchema,
} from '../../../../src/sandbox/cluster/schema/type-lines.ts';

const pod = (spec: unknown) => decode(knownType('core.v1.Pod'), { metadata: { name: 'a' }, spec });

describe('the recorded types', () => {
  it('are all readable, and refer to types that are there', () => {
    for (const id of typeIds()) {
      for (const { value } of knownType(id).fields.values()) {
        const inner = value.is === 'list' || value.is === 'map' ? value.item : value;
        if (inner.is === 'struct') expect(typeSchema(inner.type), `${id} needs ${inner.type}`).toBeDefined();
      }
    }
    expect(typeIds().length).toBeGreaterThan(300);
  });

  it.each([
    ['v1', 'Pod', 'core.v1.Pod'],
    ['apps/v1', 'Deployment', 'apps.v1.Deployment'],
    ['rbac.authorization.k8s.io/v1', 'Role', 'rbac.v1.Role'],
    ['autoscaling/v2', 'HorizontalPodAutoscaler', 'autoscaling.v2.HorizontalPodAutoscaler'],
  ])('are found by kind: %s %s', (apiVersion, kind, id) => {
    expect(kindSchema(apiVersion, kind)?.id).toBe(id);
  });

  it('have no type of a kind that is not served', () => {
    expect(kindSchema('v1', 'Nope')).toBeUndefined();
  });
});

describe('what is decoded', () => {
  it('leaves out what Go leaves out', () => {
    const { value } = pod({
      containers: [{ name: 'a', image: '', env: [], tty: false, command: null, stdin: true }],
      hostNetwork: false,
      nodeSelector: {},
      volumes: null,
    });
    expect(value.spec).toEqual({ containers: [{ name: 'a', resources: {}, stdin: true }] });
  });

  it('keeps what a pointer says, though it is empty', () => {
    const { value } = pod({
      terminationGracePeriodSeconds: 0,
      automountServiceAccountToken: false,
      securityContext: {},
      containers: [],
    });
    expect(value.spec).toEqual({
      terminationGracePeriodSeconds: 0,
      automountServiceAccountToken: false,
      securityContext: {},
      containers: [],
    });
  });

  it('has the structs that Go always writes', () => {
    const { value } = decode(knownType('apps.v1.Deployment'), { spec: { template: {} } });
    expect(value).toEqual({
      metadata: {},
      spec: { strategy: {}, template: { metadata: {}, spec: { containers: [] } } },
      status: {},
    });
  });

  it.each([
    ['0.5', '500m'],
    ['1000m', '1'],
    ['1000', '1k'],
    ['1024Mi', '1Gi'],
    ['1.5Gi', '1536Mi'],
    ['1e3', '1e3'],
    ['100m', '100m'],
    [2, '2'],
    [0.1, '100m'],
    ['0', '0'],
  ])('has quantities in their canonical form: %s', (given, kept) => {
    const { value } = pod({ containers: [{ name: 'a', resources: { limits: { cpu: given } } }] });
    expect(value.spec).toMatchObject({ containers: [{ resources: { limits: { cpu: kept } } }] });
  });

  it.each([
    ['2026-11-20T10:00:00+02:00', '2026-11-20T08:00:00Z'],
    ['2026-11-20T08:00:00.123456Z', '2026-11-20T08:00:00Z'],
  ])('has times in whole seconds and UTC: %s', (given, kept) => {
    const { value } = decode(knownType('core.v1.Pod'), { status: { startTime: given } });
    expect(value.status).toEqual({ startTime: kept });
  });

  it.each([
    ['2026-11-20T10:00:00.123456+02:00', '2026-11-20T08:00:00.123456Z'],
    ['2026-11-20T08:00:00.000000Z', '2026-11-20T08:00:00.000000Z'],
  ])('has fine times in millionths of a second: %s', (given, kept) => {
    const { value } = decode(knownType('core.v1.Event'), { eventTime: given });
    expect(value.eventTime).toBe(kept);
  });

  it('names each field that is not known by its place', () => {
    const { unknown } = pod({ foo: 1, containers: [{ name: 'a' }, { nam: 'b', env: [{ valu: 'x' }] }] });
    expect(unknown).toEqual([
      'unknown field "spec.foo"',
      'unknown field "spec.containers[1].nam"',
      'unknown field "spec.containers[1].env[0].valu"',
    ]);
  });

  it.each([
    [
      { containers: 'a' },
      'json: cannot unmarshal string into Go struct field PodSpec.spec.containers of type []v1.Container',
    ],
    [
      { containers: ['a'] },
      'json: cannot unmarshal string into Go struct field PodSpec.spec.containers of type v1.Container',
    ],
    [
      { nodeSelector: [] },
      'json: cannot unmarshal array into Go struct field PodSpec.spec.nodeSelector of type map[string]string',
    ],
    [
      { dnsPolicy: 1 },
      'json: cannot unmarshal number into Go struct field PodSpec.spec.dnsPolicy of type v1.DNSPolicy',
    ],
    [
      { priority: 2 ** 31 },
      'json: cannot unmarshal number 2147483648 into Go struct field PodSpec.spec.priority of type int32',
    ],
    [
      { overhead: { cpu: 'x' } },
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    ],
  ])('refuses %j in the words of Go', (spec, message) => {
    expect(() => pod(spec)).toThrow(message);
  });
});
