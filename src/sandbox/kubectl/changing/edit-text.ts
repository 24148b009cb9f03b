import type { ApiObject } from '../../cluster/object.ts';
import { goJsonIndented } from '../../go/go-json.ts';
import { goYaml } from '../../go/go-yaml.ts';
import type { CommandFailure } from '../failures.ts';
import { readManifests } from '../manifests/manifest-yaml.ts';

/** Why a text comes back to be edited again. */
export interface EditReason {
  readonly head: string;
  readonly others: readonly string[];
}

const openings = {
  object: `# Please edit the object below. Lines beginning with a '#' will be ignored,
# and an empty file will abort the edit. If an error occurs while saving this file will be
# reopened with the relevant failures.
#
`,
  'last applied': `# Please edit the 'last-applied-configuration' annotations below.
# Lines beginning with a '#' will be ignored, and an empty file will abort the edit.
#
`,
} as const;

/** What is said above the objects, in comments (k8s.io/kubectl/pkg/cmd/util/editor). */
export function editHeader(what: keyof typeof openings, reasons: readonly EditReason[]): string {
  const told = reasons.map(({ head, others }) => {
    const lines = others.map((each) => `# * ${commented(each)}\n`).join('');
    return `# ${commented(head)}${others.length > 0 ? ':' : ''}\n${lines}#\n`;
  });
  return openings[what] + told.join('');
}

function commented(text: string): string {
  return text.replaceAll(/\n(?=[^#])/g, '\n# ');
}

/** Objects as they are edited; several are a list. */
export function editable(objects: readonly ApiObject[], asJson: boolean): string {
  const bare = objects.map(withoutManagers);
  const [only] = bare;
  const value =
    only && bare.length === 1 ? only : { apiVersion: 'v1', items: bare, kind: 'List', metadata: {} };
  return asJson ? goJsonIndented(value) : goYaml(value);
}

function withoutManagers(object: ApiObject): ApiObject {
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}

/** A text without its comments. */
export function withoutComments(text: string): string {
  return text
    .split('\n')
    .filter((line) => !/^\s*#(?!!)/.test(line))
    .join('\n');
}

/** Whether nothing but comments is left. */
export function isBlank(text: string): boolean {
  return withoutComments(text).trim() === '';
}

/** The objects of an edited text, or why there are none. */
export function editedObjects(text: string): readonly ApiObject[] | CommandFailure {
  try {
    return readManifests(text, 'edited-file').flatMap((value) => {
      const { kind = '', items } = (value ?? {}) as { kind?: string; items?: readonly ApiObject[] };
      return kind.endsWith('List') && Array.isArray(items) ? items : [value as ApiObject];
    });
  } catch (failure) {
    return failure as CommandFailure;
  }
}
