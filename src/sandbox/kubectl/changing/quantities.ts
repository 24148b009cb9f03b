import { parseQuantity } from '../../../kubernetes/quantity.ts';
import { CommandFailure } from '../failures.ts';

/**
 * Reads amounts such as `cpu=500m,memory=1Gi`.
 *
 * @returns undefined for an empty text
 * @throws CommandFailure
 */
export function readAmounts(text: string | undefined): Readonly<Record<string, string>> | undefined {
  if (!text) return undefined;
  return Object.fromEntries(
    text.split(',').map((statement) => {
      const parts = statement.split('=');
      const [name = '', amount = ''] = parts;
      if (parts.length !== 2) {
        throw new CommandFailure(`Invalid argument syntax ${statement}, expected <resource>=<value>`);
      }
      return [name, demandQuantity(amount)];
    }),
  );
}

/**
 * Demands that a text is a quantity (k8s.io/apimachinery/pkg/api/resource).
 *
 * @returns the text
 * @throws CommandFailure
 */
function demandQuantity(amount: string): string {
  if (parseQuantity(amount) !== undefined) return amount;
  throw new CommandFailure(
    amount !== '' && /^[+-]?\d*(\.\d*)?[eEinumkKMGTP]*[-+]?\d*$/.test(amount)
      ? "unable to parse quantity's suffix"
      : "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
  );
}
