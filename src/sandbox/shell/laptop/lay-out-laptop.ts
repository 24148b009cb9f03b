import type { FileNode } from '../../runtime/file-tree.ts';
import { type Volume, volumeTable } from '../../runtime/volume.ts';
import type { Store } from '../../store.ts';
import { learners } from './laptop.ts';
import { projectNodes } from './project-files.ts';

/** What kubectl finds on the learner's machine. */
const kubeconfig = `apiVersion: v1
kind: Config
clusters:
- cluster:
    server: https://172.30.0.11:6443
  name: sandbox
contexts:
- context:
    cluster: sandbox
    namespace: default
    user: you
  name: sandbox
current-context: sandbox
preferences: {}
users:
- name: you
  user: {}
`;

/** Puts on the learner's machine what is there at first. */
export function layOutLaptop(store: Store): void {
  const { owner, home } = learners;
  const config: FileNode = { kind: 'file', content: kubeconfig, mode: 0o600, owner, at: store.now };
  const folder: FileNode = { kind: 'folder', mode: 0o755, owner, at: store.now };
  const files: Volume['files'] = {
    '/tmp': { ...folder, mode: 0o1777, owner: '0:0' },
    [home]: folder,
    [`${home}/.kube`]: folder,
    [`${home}/.kube/config`]: config,
    ...projectNodes(`${home}/shop`, owner, store.now),
  };
  store.write(volumeTable, learners.files, { files } satisfies Volume);
}
