import type { ApiObject } from '../../cluster/object.ts';
import { throwUnless } from '../../thrown.ts';
import { CommandFailure } from '../failures.ts';
import { findResults, goText, relaxedPath } from '../printing/jsonpath.ts';
import { type Part, parseTemplate, TemplateError } from '../printing/jsonpath-parse.ts';

/** What `--for` waits for. */
export type WaitCondition =
  | { readonly kind: 'create' }
  | { readonly kind: 'delete' }
  /** @throws CommandFailure when it cannot be told */
  | { readonly kind: 'state'; isMet(object: ApiObject): boolean };

/**
 * Reads what `--for` was given (k8s.io/kubectl/pkg/cmd/wait).
 *
 * @throws CommandFailure in kubectl's words
 */
export function readWaitConditions(texts: readonly string[]): readonly WaitCondition[] {
  if (texts.length === 0) throw new CommandFailure('unrecognized condition: []');
  return texts.map((text): WaitCondition => {
    const lower = text.toLowerCase();
    if (lower === 'delete' || lower === 'create') return { kind: lower };
    const [, form, rest = ''] = /^(condition|jsonpath)=(.*)$/s.exec(text) ?? [];
    if (form === 'condition') return condition(rest);
    if (form === 'jsonpath') return path(rest);
    throw new CommandFailure(`unrecognized condition: ${JSON.stringify(text)}`);
  });
}

interface Observed {
  readonly observedGeneration?: number;
}

interface WithConditions {
  readonly status?: Observed & {
    readonly conditions?: readonly (Observed & { readonly type?: string; readonly status?: string })[];
  };
}

function condition(text: string): WaitCondition {
  const [, name = text, given = 'true'] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  const isMet = (object: ApiObject & WithConditions): boolean => {
    const { status, metadata } = object;
    const found = status?.conditions?.find(
      (each) => each.status !== undefined && isSame(each.type ?? '', name),
    );
    if (!found) return false;
    const seen = found.observedGeneration ?? status?.observedGeneration;
    // What the condition says may be about an older spec.
    if (metadata.generation !== undefined && seen !== undefined && seen < metadata.generation) return false;
    return isSame(found.status ?? '', given);
  };
  return { kind: 'state', isMet };
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function path(text: string): WaitCondition {
  const [expression = '', wanted, ...more] = splitAtEquals(text);
  if (more.length > 0) {
    throw new CommandFailure(
      "jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or --for=jsonpath='{.status.readyReplicas}'",
    );
  }
  const value = wanted?.replace(/^['"]+|['"]+$/g, '');
  if (value === '') {
    throw new CommandFailure(
      "jsonpath wait has to have a value after equal sign, like --for=jsonpath='{.status.readyReplicas}'=3",
    );
  }
  const template = parsed(expression);
  return { kind: 'state', isMet: (object) => isAt(template, object, value) };
}

/** A double equals sign belongs to the expression. */
function splitAtEquals(text: string): string[] {
  return text
    .replaceAll('==', '\0')
    .split('=')
    .map((part) => part.replaceAll('\0', '=='));
}

function parsed(expression: string): readonly Part[] {
  try {
    const whole = relaxedPath(expression);
    if (whole === '') throw new TemplateError('jsonpath expression cannot be empty');
    return parseTemplate(whole);
  } catch (error) {
    throwUnless(error, TemplateError);
    throw new CommandFailure(error.message);
  }
}

function isAt(template: readonly Part[], object: ApiObject, wanted: string | undefined): boolean {
  const found = results(template, object);
  const [values = [], ...others] = found;
  if (values.length === 0) return false;
  if (others.length > 0) throw new CommandFailure('given jsonpath expression matches more than one list');
  if (values.length > 1) throw new CommandFailure('given jsonpath expression matches more than one value');
  if (wanted === undefined) return true;
  const [value] = values;
  if (typeof value === 'object' && value !== null) {
    throw new CommandFailure('jsonpath leads to a nested object or list which is not supported');
  }
  return goText(value).trim() === wanted.trim();
}

function results(template: readonly Part[], object: ApiObject): readonly (readonly unknown[])[] {
  try {
    return findResults(template, object, true);
  } catch (error) {
    throwUnless(error, TemplateError);
    throw new CommandFailure(error.message);
  }
}
