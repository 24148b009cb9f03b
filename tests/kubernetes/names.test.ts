import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freeName, isName, type NameRule, toName } from '../../src/kubernetes/names.ts';

const rules: readonly NameRule[] = [
  'label',
  'service',
  'subdomain',
  'portName',
  'labelValue',
  'configKey',
  'envName',
];
const x = (count: number): string => 'x'.repeat(count);

describe('a name', () => {
  it.each<[NameRule, string, boolean]>([
    ['label', 'web', true],
    ['label', '2048', true],
    ['label', 'a--b', true],
    ['label', x(63), true],
    ['label', x(64), false],
    ['label', '', false],
    ['label', 'front_end', false],
    ['label', 'front.end', false],
    ['label', 'Web', false],
    ['label', '-web', false],
    ['label', 'web-', false],
    ['label', 'web\n', false],
    ['label', 'grün', false],
    ['service', 'web', true],
    ['service', '2048', false],
    ['service', 'web.shop', false],
    ['subdomain', 'web.shop', true],
    ['subdomain', 'web..shop', false],
    ['subdomain', 'web-.shop', false],
    ['subdomain', '.web', false],
    ['subdomain', x(253), true],
    ['subdomain', x(254), false],
    ['portName', 'http', true],
    ['portName', 'http-2', true],
    ['portName', '8080', false],
    ['portName', '8080-tcp', true],
    ['portName', 'a--b', false],
    ['portName', x(15), true],
    ['portName', x(16), false],
    ['labelValue', '', true],
    ['labelValue', 'My_web.1', true],
    ['labelValue', 'my web', false],
    ['labelValue', 'web-', false],
    ['labelValue', x(64), false],
    ['configKey', 'nginx.conf', true],
    ['configKey', '_-.', true],
    ['configKey', '.env', true],
    ['configKey', '.', false],
    ['configKey', '..', false],
    ['configKey', '..data', false],
    ['configKey', 'conf/nginx.conf', false],
    ['configKey', '', false],
    ['envName', 'DB_HOST', true],
    ['envName', '_x1', true],
    ['envName', '1X', false],
    ['envName', 'db.host', false],
    ['envName', 'A=B', false],
    ['envName', '', false],
  ])('of the rule %s can be %o: %s', (rule, text, expected) => {
    expect(isName(text, rule)).toBe(expected);
    expect(toName(text, rule).changed).toBe(!expected);
  });

  it.each<[NameRule, string, string]>([
    ['label', 'web', 'web'],
    ['label', 'front_end', 'front-end'],
    ['label', 'My Shop!', 'my-shop'],
    ['label', '/srv/www/', 'srv-www'],
    ['label', 'Grüße', 'gru-e'],
    ['label', 'café', 'cafe'],
    ['label', '日本', 'unnamed'],
    ['label', '', 'unnamed'],
    ['label', '---', 'unnamed'],
    ['label', 'nginx:1.27', 'nginx-1-27'],
    ['label', x(70), x(63)],
    ['label', `${x(62)}_y`, x(62)],
    ['service', '2048_game', 's-2048-game'],
    ['service', 'Redis', 'redis'],
    ['service', '日本', 'unnamed'],
    ['subdomain', 'front_end.shop', 'front-end.shop'],
    ['subdomain', 'a._b', 'a.b'],
    ['subdomain', 'a_.b', 'a.b'],
    ['subdomain', '..a..b..', 'a.b'],
    ['portName', '8080', 'p-8080'],
    ['portName', 'HTTP_Server_Port', 'http-server-por'],
    ['portName', 'a--b', 'a-b'],
    ['portName', '', 'port'],
    ['labelValue', 'my web', 'my-web'],
    ['labelValue', '_a_', 'a'],
    ['labelValue', '日本', ''],
    ['configKey', 'conf/nginx.conf', 'conf-nginx.conf'],
    ['configKey', '..data', '.data'],
    ['configKey', '.', 'unnamed'],
    ['envName', 'db.host-name', 'db_host_name'],
    ['envName', '1st', '_1st'],
    ['envName', '', 'UNNAMED'],
  ])('of the rule %s is made of %o: %o', (rule, text, name) => {
    expect(toName(text, rule)).toEqual({ name, changed: name !== text });
  });

  it.each(rules)('of the rule %s is made of any text, and stays as it is when it is made again', (rule) => {
    const some = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'-._aZ09 /='), maxLength: 300 }),
    );
    fc.assert(
      fc.property(some, fc.integer({ min: 12, max: 300 }), (text, room) => {
        const { name, changed } = toName(text, rule, room);
        expect(isName(name, rule)).toBe(true);
        expect(name.length).toBeLessThanOrEqual(room);
        expect(changed).toBe(name !== text);
        expect(toName(name, rule, room)).toEqual({ name, changed: false });
      }),
      { numRuns: 2000 },
    );
  });

  it('is cut to the room there is', () => {
    expect(toName(x(60), 'label', 52)).toEqual({ name: x(52), changed: true });
    expect(toName('web', 'label', 52)).toEqual({ name: 'web', changed: false });
  });
});

describe('a free name', () => {
  it.each<[string, NameRule, string[], string]>([
    ['web', 'label', [], 'web'],
    ['web', 'label', ['web'], 'web-2'],
    ['web', 'label', ['web', 'web-2', 'web-3'], 'web-4'],
    ['front_end', 'label', ['front-end'], 'front-end-2'],
    [x(63), 'label', [x(63)], `${x(61)}-2`],
    ['8080', 'portName', ['p-8080'], 'p-8080-2'],
    [x(15), 'portName', [x(15)], `${x(13)}-2`],
    ['A', 'envName', ['A'], 'A_2'],
  ])('for %o by the rule %s beside %o is %o', (text, rule, taken, name) => {
    expect(freeName(text, rule, new Set(taken))).toBe(name);
  });

  it('is a name, whatever it is made of', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(...rules), (text, rule) => {
        const taken = new Set<string>();
        for (let count = 0; count < 12; count++) {
          const name = freeName(text, rule, taken);
          expect(isName(name, rule)).toBe(true);
          expect(taken.has(name)).toBe(false);
          taken.add(name);
        }
      }),
    );
  });
});
