import { expect } from 'vitest';
import { parseDocker } from '../../../src/docker/parse.ts';
import { joinWords, splitWords } from '../../../src/docker/words.ts';
import type { KubernetesObject } from '../../../src/kubernetes/objects.ts';
import { parseKubectl } from '../../../src/kubernetes/parse.ts';
import type { Container, PodSpec } from '../../../src/kubernetes/pod-spec.ts';
import { type RunOptions, translateRun } from '../../../src/mapping/translate-run.ts';
import type { FlagVerdict, Translation } from '../../../src/mapping/translation.ts';
import { checkRules } from '../../fixtures/kubernetes/rules.ts';
import { checkObject } from '../../fixtures/kubernetes/schema.ts';

const newest = '1.36';

/** A line of `docker run` in Kubernetes, for the newest version where nothing else is said. */
export function translated(line: string, options: Partial<RunOptions> = {}): Translation {
  return translateRun(
    parseDocker(splitWords(line).words),
    { kubernetes: options.kubernetes ?? newest, ...(options.as ? { as: options.as } : {}) },
    line,
  );
}

/** What the API would find wrong with the objects, in the version that they are for. */
export function faultsOf(translation: Translation, version: '1.32' | '1.36' = newest): string[] {
  return [
    ...translation.objects.flatMap((object) => checkObject(object, version)),
    ...checkRules(translation.objects, { external: madeByCommands(translation) }),
  ];
}

/**
 * Translates for the oldest and the newest version, and expects objects that the API takes, lines that
 * kubectl takes, and one verdict a flag.
 *
 * @returns the translation for the newest
 */
export function soundly(line: string, options: Partial<RunOptions> = {}): Translation {
  for (const kubernetes of ['1.32', newest] as const) {
    const translation = translated(line, { ...options, kubernetes });
    expect(faultsOf(translation, kubernetes)).toEqual([]);
    expect(translation.flags).toHaveLength(parseDocker(splitWords(line).words).flags.length);
    for (const { argv } of translation.commands)
      expect(() => parseKubectl(joinWords(argv).words)).not.toThrow();
  }
  return translated(line, options);
}

/** ConfigMaps and Secrets that the suggested commands make of files that nobody reads here. */
function madeByCommands({ commands }: Translation): string[] {
  return commands.flatMap(({ argv }) => {
    const [, verb, kind, ...rest] = argv;
    if (verb !== 'create') return [];
    if (kind === 'configmap') return [`ConfigMap/${rest[0]}`];
    return kind === 'secret' ? [`Secret/${rest[1]}`] : [];
  });
}

/** The verdict on a flag; on the nth use of it. */
export function verdictOn(translation: Translation, flag: string, nth = 0): FlagVerdict {
  const verdict = translation.flags.filter((each) => each.flag === flag)[nth];
  if (!verdict) throw new Error(`no verdict on ${flag} in: ${translation.input}`);
  return verdict;
}

/** The one object of a kind. */
export function objectOf<Kind extends KubernetesObject['kind']>(
  translation: Translation,
  kind: Kind,
  name?: string,
): Extract<KubernetesObject, { kind: Kind }> {
  const found = translation.objects.filter(
    (each) => each.kind === kind && (name === undefined || each.metadata.name === name),
  );
  const [object] = found;
  if (found.length !== 1 || !object)
    throw new Error(`${found.length} objects of kind ${kind}: ${translation.input}`);
  return object as Extract<KubernetesObject, { kind: Kind }>;
}

/** The spec of the Pod, or of the Pods that a controller makes. */
export function podOf({ objects, input }: Translation): PodSpec {
  for (const object of objects) {
    if (object.kind === 'Pod') return object.spec;
    if (object.kind === 'Deployment' || object.kind === 'Job' || object.kind === 'StatefulSet') {
      return object.spec.template.spec;
    }
  }
  throw new Error(`no workload: ${input}`);
}

/** The container of the Pod. */
export function containerOf(translation: Translation): Container {
  const [container] = podOf(translation).containers;
  if (!container) throw new Error(`no container: ${translation.input}`);
  return container;
}

/** The suggested commands as one would type them, without quotes. */
export function linesOf({ commands }: Translation): string[] {
  return commands.map(({ argv }) => argv.join(' '));
}
