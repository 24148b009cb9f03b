import type { Container, LimitRange, Pod, ResourceRequirements } from '../../../../kubernetes/api.ts';

type Amounts = Readonly<Record<string, string>>;

const annotation = 'kubernetes.io/limit-ranger';

/**
 * Fills in what the LimitRanges of a namespace say containers get that say nothing
 * (k8s.io/kubernetes/plugin/pkg/admission/limitranger). An annotation tells of it.
 */
export function withLimitDefaults(pod: Pod, ranges: readonly LimitRange[]): Pod {
  return ranges.reduce(withDefaultsOf, pod);
}

function withDefaultsOf(pod: Pod, range: LimitRange): Pod {
  const own = (range.spec?.limits ?? []).filter(({ type }) => type === 'Container');
  const limits: Amounts = Object.assign({}, ...own.map((each) => each.default));
  const requests: Amounts = Object.assign({}, ...own.map((each) => each.defaultRequest));
  if (!pod.spec) return pod;
  const told: string[] = [];
  const fill = (what: string) => (container: Container) => {
    const { resources = {} } = container;
    const asked = filledIn(resources.requests, requests);
    const limited = filledIn(resources.limits, limits);
    if (asked.names.length > 0) told.push(`${asked.names.join(', ')} request for ${what} ${container.name}`);
    if (limited.names.length > 0)
      told.push(`${limited.names.join(', ')} limit for ${what} ${container.name}`);
    if (asked.names.length === 0 && limited.names.length === 0) return container;
    const next: ResourceRequirements = {
      ...resources,
      ...(asked.amounts ? { requests: asked.amounts } : {}),
      ...(limited.amounts ? { limits: limited.amounts } : {}),
    };
    return { ...container, resources: next };
  };
  const containers = pod.spec.containers.map(fill('container'));
  const initContainers = pod.spec.initContainers?.map(fill('init container'));
  if (told.length === 0) return pod;
  const annotations = {
    ...pod.metadata.annotations,
    [annotation]: `LimitRanger plugin set: ${told.join('; ')}`,
  };
  return {
    ...pod,
    metadata: { ...pod.metadata, annotations },
    spec: { ...pod.spec, containers, ...(initContainers ? { initContainers } : {}) },
  };
}

function filledIn(
  amounts: Amounts | undefined,
  defaults: Amounts,
): { amounts: Amounts | undefined; names: readonly string[] } {
  const names = Object.keys(defaults)
    .filter((name) => amounts?.[name] === undefined)
    .sort();
  if (names.length === 0) return { amounts, names };
  return { amounts: { ...defaults, ...amounts }, names };
}
