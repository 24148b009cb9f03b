import { byText } from './go-order.ts';
/**
 * Orders names as people do: `web2` before `web10` (github.com/fvbommel/sortorder).
 *
 * @returns less than 0 where `one` comes first
 */
export function naturalOrder(one: string, other: string): number {
  const [left, right] = [partsOf(one), partsOf(other)];
  for (const [place, part] of left.entries()) {
    const opposite = right[place];
    if (opposite === undefined) break;
    const order = partOrder(part, opposite);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function partsOf(text: string): readonly string[] {
  return text.match(/\d+|\D/g) ?? [];
}

function partOrder(one: string, other: string): number {
  const areNumbers = /^\d/.test(one) && /^\d/.test(other);
  if (!areNumbers) return byText(one, other);
  const [left, right] = [one, other].map((digits) => digits.replace(/^0+(?=\d)/, '')) as [string, string];
  if (left.length !== right.length) return left.length - right.length;
  if (left !== right) return left < right ? -1 : 1;
  // Of equal numbers the one with fewer zeros before it comes first.
  return one.length - other.length;
}
