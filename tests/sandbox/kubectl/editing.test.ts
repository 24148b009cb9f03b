import { describe, expect, it } from 'vitest';
import type { ApiRequest, ApiResponse } from '../../../src/sandbox/cluster/api/request.ts';
import { runKubectl } from '../../fixtures/run-kubectl.ts';

const object = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'site', namespace: 'shop', uid: 'u1', resourceVersion: '5' },
  data: { a: 'b' },
};

const resources = {
  groupVersion: 'v1',
  resources: [
    {
      name: 'configmaps',
      singularName: 'configmap',
      shortNames: ['cm'],
      kind: 'ConfigMap',
      namespaced: true,
      verbs: [],
    },
  ],
};

const invalid = {
  apiVersion: 'v1',
  kind: 'Status',
  metadata: {},
  message: 'ConfigMap "site" is invalid: data: Too long',
  reason: 'Invalid',
  details: { kind: 'ConfigMap', name: 'site', causes: [{ field: 'data', message: 'Too long' }] },
  code: 422,
};

/** Edits the object with one text after another. */
function edited(
  texts: readonly ((text: string) => string)[],
  patched: (patch: unknown, count: number) => ApiResponse = () => ({ status: 200, body: object }),
) {
  const seen: string[] = [];
  const patches: unknown[] = [];
  const answer = ({ method, path, body }: ApiRequest): ApiResponse => {
    if (path === '/api/v1') return { status: 200, body: resources };
    if (path === '/apis') return { status: 200, body: { groups: [] } };
    if (method === 'GET') return { status: 200, body: object };
    patches.push(body);
    return patched(body, patches.length);
  };
  const outcome = runKubectl('edit cm site', {
    answer,
    edit(text) {
      seen.push(text);
      return texts[seen.length - 1]?.(text);
    },
  });
  return { ...outcome, seen, patches };
}

const change = (text: string): string => text.replace('a: b', 'a: c');

describe('an object is edited', () => {
  it('and only what was changed is sent', () => {
    const { stdout, patches, seen } = edited([change]);
    expect(stdout).toBe('configmap/site edited\n');
    expect(patches).toEqual([{ data: { a: 'c' } }]);
    expect(seen[0]).toMatch(
      /^# Please edit the object below\. Lines beginning with a '#' will be ignored,\n/,
    );
  });

  it.each([
    ['that was left as it was', (text: string) => text, 'Edit cancelled, no changes made.\n'],
    ['that only has new comments', (text: string) => `# mine\n${text}`, 'Edit cancelled, no changes made.\n'],
    ['that was emptied', () => '# nothing\n', 'Edit cancelled, saved file was empty.\n'],
  ])('and one %s is not sent', (_, edit, says) => {
    const { stderr, patches, code } = edited([edit]);
    expect({ stderr, patches, code }).toEqual({ stderr: says, patches: [], code: 0 });
  });

  it('again when the server finds a fault, with the fault above it', () => {
    const refuse = (_: unknown, count: number): ApiResponse =>
      count === 1 ? { status: 422, body: invalid } : { status: 200, body: object };
    const { stdout, stderr, seen } = edited([change, (text) => text.replace('a: c', 'a: d')], refuse);
    expect(stderr).toBe('error: configmaps "site" is invalid\n');
    expect(seen[1]).toContain('# configmaps "site" was not valid:\n# * data: Too long\n#\n');
    expect(seen[1]).toContain('a: c');
    expect(stdout).toBe('configmap/site edited\n');
  });

  it('again when it is no YAML any more, and given up when the fault stays', () => {
    const { stderr, code, seen } = edited([() => 'a: [', (text) => text]);
    expect(seen[1]).toContain('# The edited file had a syntax error: ');
    expect(stderr).toContain('error: Edit cancelled, no valid changes were saved.\n');
    expect(code).toBe(1);
  });

  it('and may not become another one', () => {
    const { stderr, patches } = edited([(text) => text.replace('name: site', 'name: other')]);
    expect(stderr).toBe('error: At least one of apiVersion, kind and name was changed\n');
    expect(patches).toEqual([]);
  });
});
