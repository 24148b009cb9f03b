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

const other = { ...object, metadata: { ...object.metadata, name: 'more', uid: 'u2' } };

/** A line that edits the objects of a server that has two, and may refuse what it is sent. */
function session(line: string, edit: (text: string) => string, refused?: () => ApiResponse) {
  const seen: string[] = [];
  const answer = ({ method, path }: ApiRequest): ApiResponse => {
    if (path === '/api/v1') return { status: 200, body: resources };
    if (path === '/apis') return { status: 200, body: { groups: [] } };
    if (path.endsWith('/configmaps')) return { status: 200, body: { kind: 'ConfigMapList', items: [] } };
    if (method !== 'GET' && refused) return refused();
    return { status: 200, body: path.endsWith('/more') ? other : object };
  };
  const { stdout, stderr, code } = runKubectl(line, {
    answer,
    edit(text) {
      seen.push(text);
      return edit(text);
    },
  });
  return { stdout, stderr, code, seen };
}

function refusal(code: number, reason: string, message: string): () => ApiResponse {
  return () => ({ status: code, body: { kind: 'Status', apiVersion: 'v1', code, reason, message } });
}

// What kubectl 1.36.3 printed with an editor that was a script; its file has a number by chance.
describe('kubectl edit', () => {
  it('gives JSON to edit, without words above it, and prints what came of it', () => {
    const { stdout, seen, code } = session('edit cm site -o json', (text) => text.replace('"b"', '"c"'));
    expect(seen[0]).toMatch(/^\{\n {4}"apiVersion": "v1",\n/);
    expect(stdout).toMatch(/^\{\n {4}"apiVersion": "v1",\n/);
    expect(code).toBe(0);
  });

  it('gives several objects as one list, and leaves those alone that stayed', () => {
    const { stdout, seen } = session('edit cm more site', (text) => text.replace('a: b', 'a: x'));
    expect(seen[0]).toContain('apiVersion: v1\nitems:\n- apiVersion: v1\n  data:\n    a: b\n');
    expect(stdout).toBe('configmap/more edited\nconfigmap/site skipped\n');
  });

  it('shows the patch when it is asked for', () => {
    const { stdout } = session('edit cm site --output-patch', change);
    expect(stdout).toBe('Patch: {"data":{"a":"c"}}\nconfigmap/site edited\n');
  });

  it.each([
    [
      'an object that is gone by then',
      refusal(404, 'NotFound', 'configmaps "site" not found'),
      change,
      'error: configmaps "site" could not be found on the server\nThe edits you made on deleted resources have been saved to "/tmp/kubectl-edit-1.yaml"\n',
    ],
    [
      'an object that was changed meanwhile',
      refusal(409, 'Conflict', 'Operation cannot be fulfilled'),
      change,
      'error: configmaps "site" could not be patched: Operation cannot be fulfilled\nYou can run `kubectl replace -f /tmp/kubectl-edit-1.yaml` to try this update again.\n',
    ],
    [
      'an object that has become another',
      undefined,
      (text: string) => text.replace('uid: u1', 'uid: other'),
      'A copy of your changes has been stored to "/tmp/kubectl-edit-1.yaml"\nerror: no original object found for &unstructured.Unstructured{Object:map[string]interface {}{"apiVersion":"v1", "data":map[string]interface {}{"a":"b"}, "kind":"ConfigMap", "metadata":map[string]interface {}{"name":"site", "namespace":"shop", "resourceVersion":"5", "uid":"other"}}}\n',
    ],
  ])('keeps the text of %s', (_, refuse, edit, says) => {
    const { stderr, code } = session('edit cm site', edit, refuse);
    expect({ stderr, code }).toEqual({ stderr: says, code: 1 });
  });

  it.each([
    ['edit cm', 'error: edit cancelled, no objects found\n', 1],
    ['edit cm site', 'Edit cancelled, no changes made.\n', 0],
    [
      'edit cm site -o odd',
      'error: unable to match a printer suitable for the output format "odd", allowed formats are: json,kyaml,yaml\n',
      1,
    ],
    [
      'edit cm site -o name',
      'error: unable to match a printer suitable for the output format "name", allowed formats are: json,kyaml,yaml\n',
      1,
    ],
  ])('%s ends without a change', (line, says, code) => {
    const { stderr, ...outcome } = session(line, (text) => text);
    expect({ stderr, code: outcome.code }).toEqual({ stderr: says, code });
  });
});
