import { expect } from 'vitest';
import { type ComposeInput, loadCompose } from '../../../src/docker/compose/load.ts';
import type { KubernetesObject } from '../../../src/kubernetes/objects.ts';
import type { Container, PodSpec } from '../../../src/kubernetes/pod-spec.ts';
import {
  allObjects,
  type ComposeTranslation,
  type KeyVerdict,
} from '../../../src/mapping/compose/compose-translation.ts';
import { translateCompose } from '../../../src/mapping/translate-compose.ts';
import type { KubernetesVersion } from '../../../src/mapping/workload/draft.ts';
import { externalOf } from '../../fixtures/compose/external.ts';
import { checkRules } from '../../fixtures/kubernetes/rules.ts';
import { checkObject } from '../../fixtures/kubernetes/schema.ts';

/** A compose file in Kubernetes; its objects are ones that the API takes. */
export function translated(
  text: string,
  version: KubernetesVersion = '1.36',
  input: Partial<ComposeInput> = {},
): ComposeTranslation {
  const project = loadCompose({
    files: [{ path: '/shop/compose.yaml', text }],
    directory: '/shop',
    ...input,
  });
  for (const kubernetes of ['1.32', '1.36'] as const) {
    const translation = translateCompose(project, { kubernetes });
    const objects = allObjects(translation);
    expect(objects.flatMap((object) => checkObject(object, kubernetes))).toEqual([]);
    expect(checkRules(objects, { external: externalOf(project, translation) })).toEqual([]);
  }
  return translateCompose(project, { kubernetes: version });
}

/** The objects of a kind. */
export function objectsOf<Kind extends KubernetesObject['kind']>(
  translation: ComposeTranslation,
  kind: Kind,
): Extract<KubernetesObject, { kind: Kind }>[] {
  return allObjects(translation).filter(
    (each): each is Extract<KubernetesObject, { kind: Kind }> => each.kind === kind,
  );
}

/** The Pod of a service. */
export function podOf(translation: ComposeTranslation, service: string): PodSpec {
  const object = translation.services
    .find(({ name }) => name === service)
    ?.objects.find(({ kind }) => ['Deployment', 'StatefulSet', 'DaemonSet', 'Job'].includes(kind));
  if (
    object?.kind !== 'Deployment' &&
    object?.kind !== 'StatefulSet' &&
    object?.kind !== 'DaemonSet' &&
    object?.kind !== 'Job'
  ) {
    throw new Error(`no workload of ${service}`);
  }
  return object.spec.template.spec;
}

/** The container of a service. */
export function containerOf(translation: ComposeTranslation, service: string): Container {
  const [container] = podOf(translation, service).containers;
  if (!container) throw new Error(`no container of ${service}`);
  return container;
}

/** The verdict on a key of a service, or of the rest. */
export function verdictOf(translation: ComposeTranslation, key: string, service?: string): KeyVerdict {
  const verdicts =
    service === undefined
      ? translation.shared.verdicts
      : (translation.services.find(({ name }) => name === service)?.verdicts ?? []);
  const found = verdicts.find((each) => each.key === key);
  if (!found)
    throw new Error(`no verdict on ${key}: there are ${verdicts.map((each) => each.key).join(', ')}`);
  return found;
}

/** Every caveat, of the whole and of the services. */
export function caveatsOf({ caveats, services }: ComposeTranslation): string {
  return [...caveats, ...services.flatMap((each) => each.caveats)].join('\n');
}
