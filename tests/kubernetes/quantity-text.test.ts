import { describe, expect, it } from 'vitest';
import { parseQuantity } from '../../src/kubernetes/quantity.ts';
import {
  quantityForm,
  quantityText,
  sumOfQuantities,
  thousandths,
  wholeUnits,
} from '../../src/kubernetes/quantity-text.ts';

describe('a quantity', () => {
  it.each([
    ['0.5', '500m'],
    ['1000', '1k'],
    ['1024Mi', '1Gi'],
    ['1500Mi', '1500Mi'],
    ['512', '512'],
    ['1e3', '1e3'],
    ['0', '0'],
    ['-1Ki', '-1Ki'],
    ['0.5Ki', '512'],
  ])('%s is written %s in its own form', (text, written) => {
    expect(quantityText(parseQuantity(text) ?? 0n, quantityForm(text))).toBe(written);
  });

  it.each([
    [[], '0'],
    [['100m', '900m'], '1'],
    [['0', '64Mi', '64Mi'], '128Mi'],
    [['1Gi', '1G'], '2073741824'],
    [['1', 'nonsense'], '1'],
  ])('the sum of %j is %s', (quantities, sum) => {
    expect(sumOfQuantities(quantities)).toBe(sum);
  });

  it('is rounded up to thousandths and to whole units', () => {
    expect([thousandths('100u'), thousandths('1.5'), thousandths(undefined)]).toEqual([1, 1500, 0]);
    expect([wholeUnits('1500m'), wholeUnits('1Ki'), wholeUnits('x')]).toEqual([2, 1024, 0]);
  });
});
