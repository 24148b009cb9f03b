import { at, type Dict, put, type Tree, textAt } from './tree.ts';

/** Says what compose takes for granted where nothing is said, in place (transform/defaults.go of compose-go). */
export function fillDefaults(root: Dict): void {
  for (const service of values(at(root, 'services'))) {
    const build = at(service, 'build');
    if (build?.kind === 'dict' && !at(build, 'context')) put(build, 'context', '.');
    for (const secret of itemsOf(service, 'secrets')) {
      if (!at(secret, 'target')) put(secret, 'target', `/run/secrets/${textAt(secret, 'source')}`);
    }
    for (const port of itemsOf(service, 'ports')) {
      if (!at(port, 'protocol')) put(port, 'protocol', 'tcp');
      if (!at(port, 'mode')) put(port, 'mode', 'ingress');
    }
    for (const device of [
      ...itemsOf(service, 'gpus'),
      ...itemsOf(at(service, 'deploy', 'resources', 'reservations'), 'devices'),
    ]) {
      if (!at(device, 'count') && !at(device, 'device_ids')) put(device, 'count', 'all');
    }
    for (const volume of itemsOf(service, 'volumes')) {
      const bind = at(volume, 'bind');
      if (bind?.kind === 'dict' && !at(bind, 'create_host_path')) put(bind, 'create_host_path', true);
    }
  }
}

function values(tree: Tree | undefined): Tree[] {
  return tree?.kind === 'dict' ? [...tree.entries.values()].map(({ value }) => value) : [];
}

function itemsOf(tree: Tree | undefined, key: string): Dict[] {
  const found = at(tree, key);
  return found?.kind === 'list' ? found.items.filter((each) => each.kind === 'dict') : [];
}
