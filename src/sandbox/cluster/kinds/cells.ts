import type { Container, LabelSelector, ObjectMeta, PodTemplateSpec } from '../../../kubernetes/api.ts';
import { humanDuration } from '../../../kubernetes/duration.ts';
import { labelsText, selectorText } from '../../../kubernetes/selector-text.ts';
import type { Column, RowContext } from './kind.ts';

/** The column that `kubectl get` shows first. */
export const nameColumn: Column = { name: 'Name', type: 'string', format: 'name' };

/** How long an object has been there. */
export const ageColumn: Column = text('Age');

/** Columns of text. */
export function text(name: string): Column {
  return { name, type: 'string' };
}

/** Columns of whole numbers. */
export function integer(name: string): Column {
  return { name, type: 'integer' };
}

/** Columns that only `-o wide` shows. */
export function wide(name: string): Column {
  return { name, type: 'string', priority: 1 };
}

/** The columns behind those of a workload: what is in its Pods. */
export const templateColumns: readonly Column[] = [wide('Containers'), wide('Images')];

/** The cells of `templateColumns`. */
export function templateCells(template: PodTemplateSpec | undefined): readonly [string, string] {
  const containers: readonly Container[] = template?.spec?.containers ?? [];
  return [containers.map(({ name }) => name).join(','), containers.map(({ image = '' }) => image).join(',')];
}

/** How long it is since a time (k8s.io/kubernetes/pkg/printers/internalversion, translateTimestampSince). */
export function since(timestamp: string | null | undefined, { now }: RowContext): string {
  return timestamp === undefined || timestamp === null
    ? '<unknown>'
    : humanDuration(now - Date.parse(timestamp));
}

/** The cell of `ageColumn`. */
export function ageOf({ metadata }: { readonly metadata: ObjectMeta }, context: RowContext): string {
  return since(metadata.creationTimestamp, context);
}

/** A selector for people (k8s.io/apimachinery/pkg/apis/meta/v1, FormatLabelSelector). */
export function selectorCell(selector: LabelSelector | undefined): string {
  return selectorText(selector) || '<none>';
}

/** Labels for people (k8s.io/apimachinery/pkg/labels, FormatLabels). */
export function labelsCell(labels: Readonly<Record<string, string>> | undefined): string {
  return labelsText(labels) || '<none>';
}
