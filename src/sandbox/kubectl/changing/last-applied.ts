import type { ApiObject } from '../../cluster/object.ts';
import { goJson } from '../../go/go-json.ts';
import { CommandFailure } from '../failures.ts';
import type { JsonMap } from './diff-values.ts';
import { orderedJson, typed } from './typed.ts';

/** Where the configuration that was applied last is kept. */
export const lastAppliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * The configuration that an object stands for, without the one it remembers itself
 * (k8s.io/kubectl/pkg/util/apply.go).
 *
 * @param isTyped whether kubectl made the object itself, so that its JSON has the order of the types
 */
export function configurationOf(object: ApiObject, isTyped = false): string {
  const { [lastAppliedAnnotation]: _, ...annotations } = object.metadata.annotations ?? {};
  const bare = { ...object, metadata: { ...object.metadata, annotations } };
  return `${isTyped ? orderedJson(typed(bare)) : goJson(bare)}\n`;
}

/** An object that remembers a configuration. */
export function remembering<T extends ApiObject>(object: T, configuration: string): T {
  const annotations = { ...object.metadata.annotations, [lastAppliedAnnotation]: configuration };
  return { ...object, metadata: { ...object.metadata, annotations } };
}

/** The configuration that an object remembers. */
export function rememberedBy({ metadata }: ApiObject): string | undefined {
  return metadata.annotations?.[lastAppliedAnnotation];
}

/** The same, read. @throws CommandFailure when somebody wrote there what is no JSON */
export function rememberedConfiguration(object: ApiObject): JsonMap | undefined {
  const text = rememberedBy(object);
  try {
    return text === undefined ? undefined : (JSON.parse(text) as JsonMap);
  } catch {
    throw new CommandFailure('invalid JSON document');
  }
}

/**
 * An object that remembers itself: always with `--save-config`, and else where it remembered something
 * before.
 */
export function savedConfiguration<T extends ApiObject>(object: T, isAsked: boolean, isTyped = false): T {
  return isAsked || rememberedBy(object) !== undefined
    ? remembering(object, configurationOf(object, isTyped))
    : object;
}
