import type { Container, Pod, PodSpec } from '../../../../kubernetes/api.ts';
import { compareQuantities } from '../../../../kubernetes/quantity.ts';
import { sumOfQuantities } from '../../../../kubernetes/quantity-text.ts';

/** Amounts by the name of their resource. */
export type Amounts = Readonly<Record<string, string>>;

/** What the containers of a Pod ask for together (k8s.io/component-helpers/resource, PodRequests). */
export function podRequests({ spec }: Pick<Pod, 'spec'>): Amounts {
  return total(spec, ({ resources }) => resources?.requests, spec?.resources?.requests);
}

/** What the containers of a Pod may use together (PodLimits). */
export function podLimits({ spec }: Pick<Pod, 'spec'>): Amounts {
  return total(spec, ({ resources }) => resources?.limits, spec?.resources?.limits);
}

/** The sum of amounts, by name. */
export function added(one: Amounts, other: Amounts): Amounts {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      sumOfQuantities([one[name], other[name]].filter((each) => each !== undefined)),
    ]),
  );
}

function total(
  spec: PodSpec | undefined,
  of: (container: Container) => Amounts | undefined,
  whole: Amounts | undefined,
): Amounts {
  if (!spec) return {};
  let sidecars: Amounts = {};
  let initial: Amounts = {};
  for (const each of spec.initContainers ?? []) {
    const own = of(each) ?? {};
    const beside = added(sidecars, own);
    if (each.restartPolicy === 'Always') sidecars = beside;
    initial = most(initial, beside);
  }
  const together = spec.containers.reduce((sum, each) => added(sum, of(each) ?? {}), sidecars);
  return { ...added(most(together, initial), spec.overhead ?? {}), ...whole };
}

function most(one: Amounts, other: Amounts): Amounts {
  const found: Record<string, string> = { ...one };
  for (const [name, amount] of Object.entries(other)) {
    const known = found[name];
    if (known === undefined || compareQuantities(known, amount) === -1) found[name] = amount;
  }
  return found;
}
