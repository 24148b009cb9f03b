import { laptopHost } from '../../../shell/laptop/laptop.ts';
import { unlessThrown } from '../../../thrown.ts';
import { EngineError } from '../../engine/engine-error.ts';
import { renameEndpoints } from '../../networks/endpoints.ts';
import { tell } from '../container-events.ts';
import type { ContainerParts } from '../container-parts.ts';
import { changeContainer } from '../container-record.ts';
import { networked } from '../create/create-container.ts';
import { reserveName } from '../create/names.ts';
import { findContainer } from '../find-container.ts';

/** Gives a container another name (daemon/rename.go of github.com/moby/moby). @throws EngineError */
export function renameContainer(parts: ContainerParts, old: string, wanted: string): void {
  const name = wanted.trim();
  if (old.trim().replace(/^\//, '') === '' || name.replace(/^\//, '') === '')
    throw new EngineError(400, 'Neither old nor new names may be empty');
  const container = findContainer(parts, old.trim());
  const whole = name.startsWith('/') ? name : `/${name}`;
  if (container.name === whole)
    throw new EngineError(400, 'Renaming a container with the same name as its current name');
  const reserve = () => reserveName(parts, whole);
  unlessThrown(EngineError, reserve, ({ status, message }) => {
    throw new EngineError(status, `Error when allocating new name: ${message}`);
  });
  const known = changeContainer(parts, container, { name: whole });
  renameEndpoints(parts, networked(known));
  const { spec } = parts.runtime.container(laptopHost, known.id) ?? {};
  if (spec) parts.runtime.revise(laptopHost, known.id, { ...spec, name: whole.slice(1) });
  tell(parts, known, 'rename', { oldName: container.name });
}
