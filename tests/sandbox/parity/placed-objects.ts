import { parseAllDocuments } from 'yaml';
import { type ApiObject, keyOf, timestamp } from '../../../src/sandbox/cluster/object.ts';
import { type ServedResource, servedResources } from '../../../src/sandbox/cluster/resources.ts';
import type { Table, World } from '../../../src/sandbox/world.ts';

/** An hour: what was placed is not quite new. */
const age = 3_600_000;

/**
 * A world with some objects besides, just as they stand: nobody has looked at them. They get what every object has: a
 * `uid`, a version, a time of creation, and a namespace, all of which they may give themselves.
 */
export function worldWith(world: World, objects: readonly ApiObject[]): World {
  let { revision } = world;
  const tables: Record<string, Table> = { ...world.tables };
  objects.forEach((object, place) => {
    revision += 1;
    const { table, namespaced } = kindOf(object);
    const metadata = {
      ...(namespaced ? { namespace: 'default' } : {}),
      uid: `00000000-0000-4000-8000-${String(place).padStart(12, '0')}`,
      resourceVersion: String(revision),
      creationTimestamp: timestamp(world.now - age),
      ...object.metadata,
    };
    const stored = { ...object, metadata };
    tables[table] = { ...tables[table], [keyOf(stored)]: stored };
  });
  return { ...world, revision, tables };
}

function kindOf({ apiVersion, kind }: ApiObject): ServedResource {
  const [group = ''] = apiVersion.includes('/') ? apiVersion.split('/') : [];
  const found = servedResources.find((each) => each.group === group && each.kind === kind);
  if (!found) throw new Error(`nothing of the kind ${kind} can be placed`);
  return found;
}

/** The objects of a YAML text. */
export function objectsIn(text: string): readonly ApiObject[] {
  return parseAllDocuments(text).map((each) => each.toJS() as ApiObject);
}
