// Records the rows that a real API server shows of the objects in tests/fixtures/sandbox/kinds/row-cases.mjs,
// with the objects and the time of each. Nothing stays.
//
//   kubectl create namespace sandbox-kinds
//   kubectl proxy --port=8901 &
//   node .scripts/record-kubernetes-rows.mjs http://127.0.0.1:8901 [new]
//
// With `new` only the objects that have no row yet are sent.

import { readFileSync, writeFileSync } from 'node:fs';
import { rowCases } from '../tests/fixtures/sandbox/kinds/row-cases.mjs';

const [server, which] = process.argv.slice(2);
const asTable = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' };
const resources = await resourcesOf(server);

const file = new URL('../tests/fixtures/sandbox/kinds/rows.json', import.meta.url);
const known = which === 'new' ? JSON.parse(readFileSync(file, 'utf8')) : { rows: [], columns: {} };
const rows = [];
const { columns } = known;
for (const [name, given] of Object.entries(rowCases)) {
  rows.push(known.rows.find((row) => row.name === name) ?? (await rowOf(name, given)));
}
const lines = rows.map((row) => ` ${JSON.stringify(row)}`);
writeFileSync(file, `{"columns": ${JSON.stringify(columns)},\n"rows": [\n${lines.join(',\n')}\n]}\n`);

async function rowOf(name, { object, status, isLeaving }) {
  const { table, path } = resources.get(`${object.apiVersion} ${object.kind}`);
  const at = `${path}/${object.metadata.name}`;
  await demand('POST', path, object);
  if (status) await demand('PATCH', `${at}/status`, { status });
  if (isLeaving) await demand('DELETE', at, { gracePeriodSeconds: 30 });
  const response = await send('GET', `${at}?includeObject=Object`, undefined, asTable);
  const now = Date.parse(response.headers.get('date'));
  const found = await response.json();
  const [row] = found.rows;
  await send('DELETE', at, { gracePeriodSeconds: 0, propagationPolicy: 'Background' });
  await send('PATCH', at, { metadata: { finalizers: null } });
  for (let waited = 0; waited < 60 && (await send('GET', at)).ok; waited++) await pause(200);
  columns[table] = found.columnDefinitions.map(({ name: title, type, format, priority }) => ({
    name: title,
    type,
    ...(format ? { format } : {}),
    ...(priority ? { priority } : {}),
  }));
  const { managedFields: _, ...metadata } = row.object.metadata;
  return { name, table, now, cells: row.cells, object: { ...row.object, metadata } };
}

async function resourcesOf(host) {
  const found = new Map();
  const groups = await (await fetch(`${host}/apis`)).json();
  const versions = ['v1', ...groups.groups.map(({ preferredVersion }) => preferredVersion.groupVersion)];
  for (const version of versions) {
    const root = version === 'v1' ? '/api/v1' : `/apis/${version}`;
    const { resources: all = [] } = await (await fetch(`${host}${root}`)).json();
    for (const { name, kind, namespaced } of all.filter((each) => !each.name.includes('/'))) {
      const [, group] = version.split('/').reverse();
      const path = namespaced ? `${root}/namespaces/sandbox-kinds/${name}` : `${root}/${name}`;
      found.set(`${version} ${kind}`, { table: group ? `${name}.${group}` : name, path });
    }
  }
  return found;
}

async function demand(method, path, body) {
  const response = await send(method, path, body);
  if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
  return response;
}

function send(method, path, body, headers = {}) {
  const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
  return fetch(`${server}${path}`, {
    method,
    headers: { 'content-type': type, ...headers },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
