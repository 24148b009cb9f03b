import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareQuantities,
  cpuQuantity,
  memoryQuantity,
  parseQuantity,
} from '../../src/kubernetes/quantity.ts';
import { amountOf } from '../fixtures/kubernetes/value-rules.ts';

describe('a quantity', () => {
  it.each<[number, string]>([
    [0, '0'],
    [1, '1'],
    [1000, '1000'],
    [1024, '1Ki'],
    [512 * 2 ** 20, '512Mi'],
    [1536 * 2 ** 20, '1536Mi'],
    [2 ** 30, '1Gi'],
    [314_572_800, '300Mi'],
    [2 ** 40, '1Ti'],
    [2 ** 50, '1Pi'],
    [1.5, '2'],
    [1_000_000_000, '1000000000'],
  ])('of %d bytes of memory is %s', (bytes, quantity) => {
    expect(memoryQuantity(bytes)).toBe(quantity);
  });

  it.each<[number, string]>([
    [0, '0'],
    [1e9, '1'],
    [2e9, '2'],
    [5e8, '500m'],
    [1.5e9, '1500m'],
    [1e6, '1m'],
    [1, '1m'],
    [1_000_001, '2m'],
    [333_333_333, '334m'],
  ])('of %d billionths of a processor is %s', (nano, quantity) => {
    expect(cpuQuantity(nano)).toBe(quantity);
  });

  it.each<[string, bigint]>([
    ['0', 0n],
    ['1', 10n ** 9n],
    ['1.5', 15n * 10n ** 8n],
    ['.5', 5n * 10n ** 8n],
    ['5.', 5n * 10n ** 9n],
    ['500m', 5n * 10n ** 8n],
    ['1n', 1n],
    ['1u', 1000n],
    ['0.1n', 1n],
    ['1k', 10n ** 12n],
    ['1Ki', 1024n * 10n ** 9n],
    ['512Mi', 512n * 2n ** 20n * 10n ** 9n],
    ['1e3', 10n ** 12n],
    ['1E3', 10n ** 12n],
    ['1E', 10n ** 27n],
    ['1e-3', 10n ** 6n],
    ['-1Gi', -(2n ** 30n) * 10n ** 9n],
    ['+1', 10n ** 9n],
    ['1e999999999', (2n ** 63n - 1n) * 10n ** 9n],
    ['1e-999999999', 1n],
    ['100E', (2n ** 63n - 1n) * 10n ** 9n],
  ])('%s is %s billionths', (text, amount) => {
    expect(parseQuantity(text)).toBe(amount);
  });

  it.each([
    '',
    '.',
    '1g',
    '512MB',
    '512mb',
    '1 Gi',
    ' 1',
    '1,5',
    '1K',
    '1mi',
    '0x10',
    '--1',
    '1e',
    '1e3Mi',
    '1_000',
    'Mi',
    '∞',
    '1\n',
  ])('is not %o', (text) => {
    expect(parseQuantity(text)).toBeUndefined();
    expect(compareQuantities(text, '1')).toBeUndefined();
    expect(compareQuantities('1', text)).toBeUndefined();
  });

  it.each<[string, string, -1 | 0 | 1]>([
    ['512Mi', '1Gi', -1],
    ['1024Mi', '1Gi', 0],
    ['1G', '1Gi', -1],
    ['1500m', '1.5', 0],
    ['2', '1999m', 1],
    ['-1', '0', -1],
  ])('%s beside %s: %d', (one, other, expected) => {
    expect(compareQuantities(one, other)).toBe(expected);
  });

  it('that is written can be read again', () => {
    fc.assert(
      fc.property(fc.nat({ max: Number.MAX_SAFE_INTEGER }), (bytes) => {
        expect(parseQuantity(memoryQuantity(bytes))).toBe(BigInt(bytes) * 10n ** 9n);
      }),
    );
    fc.assert(
      fc.property(fc.nat(), (milli) => {
        expect(parseQuantity(cpuQuantity(milli * 1e6))).toBe(BigInt(milli) * 10n ** 6n);
      }),
    );
  });

  it('of any text is read in time, and as the tests themselves read it', () => {
    const text = fc.tuple(
      fc.constantFrom('', '-', '+'),
      fc.nat(),
      fc.constantFrom('', '.', '.5', '.25'),
      fc.constantFrom('', 'm', 'k', 'M', 'Ki', 'Mi', 'Gi', 'e2', 'E1'),
    );
    fc.assert(
      fc.property(text, (parts) => {
        expect(parseQuantity(parts.join(''))).toBe(amountOf(parts.join('')));
      }),
    );
    const started = performance.now();
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'0123456789.eEmMKi+-') }),
        (any) => void parseQuantity(any),
      ),
    );
    for (const long of ['9'.repeat(50_000), `${'9'.repeat(50_000)}x`, `1.${'9'.repeat(50_000)}x`])
      parseQuantity(long);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
