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
