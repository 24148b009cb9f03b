import type { ResourceRequirements } from '../../../kubernetes/api.ts';
import { parseQuantity } from '../../../kubernetes/quantity.ts';
import { quantityForm, quantityText } from '../../../kubernetes/quantity-text.ts';
import { inField } from './filled.ts';

/** Amounts by the name of their resource. */
export type ResourceList = Readonly<Record<string, string>>;

const thousandth = 1_000_000n;

/** Amounts rounded to thousandths, away from zero, as all are kept (k8s.io/kubernetes/pkg/apis/core/v1, SetDefaults_ResourceList). */
export function roundedUp(list: ResourceList): ResourceList {
  const finer = Object.entries(list).filter(([, amount]) => /[nu]$|e-/i.test(amount));
  if (finer.length === 0) return list;
  const rounded = finer.map(([name, text]) => {
    const amount = parseQuantity(text) ?? 0n;
    const rest = amount % thousandth;
    const away = rest === 0n ? 0n : amount > 0n ? 1n : -1n;
    const thousandths = amount / thousandth + away;
    return [name, quantityText(thousandths * thousandth, quantityForm(text))] as const;
  });
  return { ...list, ...Object.fromEntries(rounded) };
}

/** What a container asks for and may use, as it is kept. */
export function defaultedRequirements<T extends Pick<ResourceRequirements, 'limits' | 'requests'>>(
  requirements: T,
): T {
  const limited = inField(requirements, 'limits', (list) => roundedUp(list) as NonNullable<T['limits']>);
  return inField(limited, 'requests', (list) => roundedUp(list) as NonNullable<T['requests']>);
}
