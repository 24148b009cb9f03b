import { describe, expect, it } from 'vitest';
import { run } from '../../fixtures/recorded-kubectl.ts';

const path = '/home/you/.kube/config';

const before = `apiVersion: v1
kind: Config
current-context: lab
clusters:
- {name: other, cluster: {server: "https://1.2.3.4", insecure-skip-tls-verify: true}}
- {name: lab, cluster: {server: "https://172.30.0.11:6443", certificate-authority-data: AAAA}}
contexts:
- {name: lab, context: {cluster: lab, user: u, namespace: kr}}
- {name: a.b, context: {cluster: other, user: v}}
users:
- {name: u, user: {token: secret}}
- {name: v, user: {client-certificate-data: AAAA, client-key-data: BBBB}}
`;

function runOn(file: string | undefined, line: string): { text: string; file: string | undefined } {
  const files = new Map(file === undefined ? [] : [[path, file]]);
  const { stdout, stderr, code } = run(line, { files });
  return { text: `${stdout}${stderr}${code}`, file: files.get(path) };
}

describe('kubectl config, word for word as kubectl 1.36.3', () => {
  it.each([
    ['config current-context', 'lab\n0'],
    ['config get-clusters', 'NAME\nlab\nother\n0'],
    ['config get-users', 'NAME\nu\nv\n0'],
    ['config get-contexts -o name', 'a.b\nlab\n0'],
    [
      'config get-contexts nope a.b --no-headers',
      '      a.b   other   v     \nerror: context nope not found\n1',
    ],
    ['config view -o jsonpath={.users[*].user.token}', 'REDACTED0'],
    ['config view --minify --context=nope', 'error: cannot locate context nope\n1'],
    ['config view --merge=false', 'error: if merge==false a precise file must be specified\n1'],
    ['config use-context a.b', 'Switched to context "a.b".\n0'],
    ['config use-context nope', 'error: no context exists with the name: "nope"\n1'],
    ['config rename-context lab new', 'Context "lab" renamed to "new".\n0'],
    [
      'config rename-context lab a.b',
      `error: cannot rename the context "lab", the context "a.b" already exists in ${path}\n1`,
    ],
    [
      'config delete-context lab',
      `deleted context lab from ${path}\nwarning: this removed your active context, use "kubectl config use-context" to select a different one\n0`,
    ],
    ['config delete-cluster nope', `error: cannot delete cluster nope, not in ${path}\n1`],
    ['config delete-user u', `deleted user u from ${path}\n0`],
    ['config set-context --current --namespace=shop', 'Context "lab" modified.\n0'],
    ['config set-context dev --cluster=lab', 'Context "dev" created.\n0'],
    ['config set-context', 'error: you must specify a non-empty context name or --current\n1'],
    ['config set-cluster c --embed-certs', 'error: you must specify a --certificate-authority to embed\n1'],
    ['config set-credentials w --token=abc', 'User "w" set.\n0'],
    ['config set contexts.a.b.namespace foo', 'Property "contexts.a.b.namespace" set.\n0'],
    ['config set foo bar', 'error: unable to parse foo after [] at api.Config\n1'],
    ['config unset contexts.nope.namespace', 'error: current map key `nope` is invalid\n1'],
    [
      'get pods --context=nope',
      'Error in configuration: context was not found for specified context: nope\n1',
    ],
  ])('%s', (line, text) => {
    expect(runOn(before, line).text).toBe(text);
  });

  it('writes the file with sorted keys and names', () => {
    expect(runOn(before, 'config set-context --current --namespace=shop').file).toBe(`apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: AAAA
    server: https://172.30.0.11:6443
  name: lab
- cluster:
    insecure-skip-tls-verify: true
    server: https://1.2.3.4
  name: other
contexts:
- context:
    cluster: other
    user: v
  name: a.b
- context:
    cluster: lab
    namespace: shop
    user: u
  name: lab
current-context: lab
kind: Config
users:
- name: u
  user:
    token: secret
- name: v
  user:
    client-certificate-data: AAAA
    client-key-data: BBBB
`);
  });

  it('leaves a file alone that would say the same', () => {
    expect(runOn(before, 'config use-context lab').file).toBe(before);
  });

  it('starts a file where there is none', () => {
    const { file } = runOn(undefined, 'config set-cluster c --server=https://x');
    expect(file).toBe(
      'apiVersion: v1\nclusters:\n- cluster:\n    server: https://x\n  name: c\ncontexts: null\ncurrent-context: ""\nkind: Config\nusers: null\n',
    );
  });
});
