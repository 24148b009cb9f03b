import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../../src/sandbox/cluster/schema/decode.ts';
import { fromProtobuf, ProtobufError } from '../../../../src/sandbox/cluster/schema/protobuf.ts';
import { kindSchema } from '../../../../src/sandbox/cluster/schema/type-lines.ts';

interface Sent {
  readonly command: string;
  /** What kubectl 1.36.3 sent, in base64. */
  readonly body: string;
  /** The same object as the command prints it with `--dry-run=client -o json`. */
  readonly object: { readonly apiVersion: string; readonly kind: string };
}

const sent: readonly Sent[] = JSON.parse(
  readFileSync(new URL('../../../fixtures/sandbox/protobuf-bodies.json', import.meta.url), 'utf8'),
);

interface Given extends Pick<Sent, 'body' | 'object'> {
  readonly title: string;
}

/** What an API server of Kubernetes 1.36.3 gives in both forms. */
const given: readonly Given[] = JSON.parse(
  readFileSync(new URL('../../../fixtures/sandbox/protobuf-objects.json', import.meta.url), 'utf8'),
);

const bytesOf = (base64: string) => Uint8Array.from(Buffer.from(base64, 'base64'));

/** As the server would keep it: what is empty in one form and left out in the other is the same. */
function kept(object: unknown, { apiVersion, kind }: Sent['object']): unknown {
  const type = kindSchema(apiVersion, kind);
  if (!type) throw new Error(`no type for ${kind}`);
  const { value, unknown } = decode(type, object);
  return {
    value: { ...value, metadata: undefined },
    name: (value.metadata as { name?: string }).name,
    unknown,
  };
}

describe('what kubectl sends in binary form', () => {
  it.each(sent.map((each) => [each.command, each] as const))('is read: %s', (_, { body, object }) => {
    expect(kept(fromProtobuf(bytesOf(body)), object)).toEqual(kept(object, object));
  });

  it.each([
    ['JSON', Buffer.from('{}')],
    ['nothing', Buffer.from('')],
    ['an envelope of nothing', Buffer.from('k8s\0')],
    ['a kind that is not known', Buffer.from('k8s\0\n\x0a\n\x02v1\x12\x04Nope', 'latin1')],
    ['a length beyond the end', Buffer.from('k8s\0\n\x7f', 'latin1')],
  ])('is refused when it is %s', (_, body) => {
    expect(() => fromProtobuf(Uint8Array.from(body))).toThrow(ProtobufError);
  });

  it('never is the end of us, whatever it is', () => {
    const whole = sent.map(({ body }) => bytesOf(body));
    const broken = fc
      .tuple(fc.constantFrom(...whole), fc.nat(), fc.nat(255))
      .map(([bytes, place, byte]) => bytes.with(place % bytes.length, byte));
    fc.assert(
      fc.property(fc.oneof(broken, fc.uint8Array()), (body) => {
        try {
          fromProtobuf(body);
        } catch (error) {
          expect(error).toBeInstanceOf(ProtobufError);
        }
      }),
    );
  });
});

describe('what a server gives in binary form', () => {
  it.each(given.map((each) => [each.title, each] as const))('is what it gives in JSON: %s', (_, each) => {
    const { body, object } = each;
    expect(kept(fromProtobuf(bytesOf(body)), object)).toEqual(kept(object, object));
  });
});

/** A message of fields that have a length (https://protobuf.dev/programming-guides/encoding/). */
const message = (...fields: readonly (readonly [number: number, content: string | Buffer])[]): Buffer =>
  Buffer.concat(
    fields.map(([number, content]) => {
      const bytes = Buffer.from(content);
      return Buffer.concat([Buffer.from([number * 8 + 2, bytes.length]), bytes]);
    }),
  );

/** An object in its envelope. */
const envelope = (apiVersion: string, kind: string, object: Buffer) =>
  Buffer.concat([Buffer.from('k8s\0'), message([1, message([1, apiVersion], [2, kind])], [2, object])]);

describe('what other clients may send in binary form', () => {
  it.each([
    [
      'numbers in one piece',
      envelope('v1', 'Pod', message([2, message([14, message([4, Buffer.from([5, 0x80, 1])])])])),
      { spec: { securityContext: { supplementalGroups: [5, 128] } } },
    ],
    [
      'a label without its value',
      envelope('v1', 'ConfigMap', message([1, message([11, message([1, 'a'])])])),
      { metadata: { labels: { a: '' } } },
    ],
    [
      'a list in a map without its value',
      envelope(
        'authorization.k8s.io/v1',
        'SubjectAccessReview',
        message([2, message([5, message([1, 'scopes'])])]),
      ),
      { spec: { extra: { scopes: [] } } },
    ],
    [
      'a port of which nothing is said',
      envelope('v1', 'Service', message([2, message([1, message([4, ''])])])),
      { spec: { ports: [{ targetPort: 0 }] } },
    ],
    [
      'a revision of nothing',
      envelope('apps/v1', 'ControllerRevision', message([2, ''])),
      { apiVersion: 'apps/v1', kind: 'ControllerRevision' },
    ],
    [
      'options of a deletion, in the version of any group',
      envelope('apps/v1', 'DeleteOptions', message([4, 'Foreground'])),
      { propagationPolicy: 'Foreground' },
    ],
  ])('is read: %s', (_, body, object) => {
    expect(fromProtobuf(Uint8Array.from(body))).toMatchObject(object);
  });

  it('is refused where what it holds is no JSON', () => {
    const body = envelope('apps/v1', 'ControllerRevision', message([2, message([1, '{'])]));
    expect(() => fromProtobuf(Uint8Array.from(body))).toThrow('an embedded object is no JSON');
  });
});
