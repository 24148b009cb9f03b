// Records what a real API server makes of the objects in tests/fixtures/sandbox/kinds/cases.mjs: what it fills
// in, what it refuses, what it warns of. Nothing stays but for the moment a change needs it.
//
//   kubectl create namespace sandbox-kinds
//   kubectl proxy --port=8901 &
//   node .scripts/record-kubernetes-kinds.mjs http://127.0.0.1:8901 [new]
//
// With `new` only the cases that have no answer yet are sent.

import { readFileSync, writeFileSync } from 'node:fs';
import { cases } from '../tests/fixtures/sandbox/kinds/cases.mjs';

const [server, which] = process.argv.slice(2);
const file = new URL('../tests/fixtures/sandbox/kinds/answers.json', import.meta.url);
const known = which === 'new' ? JSON.parse(readFileSync(file, 'utf8')) : {};
const namespace = 'sandbox-kinds';
const clusterKinds = [
  'Namespace',
  'Node',
  'PersistentVolume',
  'IngressClass',
  'StorageClass',
  'PriorityClass',
  'ClusterRole',
  'ClusterRoleBinding',
];
const plurals = {
  Endpoints: 'endpoints',
  NetworkPolicy: 'networkpolicies',
  Ingress: 'ingresses',
  IngressClass: 'ingressclasses',
  StorageClass: 'storageclasses',
  PriorityClass: 'priorityclasses',
};

const answers = {};
for (const [name, given] of Object.entries(cases)) {
  if (known[name]) answers[name] = known[name];
  else if (given.change) answers[name] = await changed(given);
  else if (given.forReal)
    answers[name] = await answerOf(await send('POST', pathOf(given.forReal), given.forReal));
  else answers[name] = await created(given);
}
const lines = Object.entries(answers).map(
  ([name, answer]) => ` ${JSON.stringify(name)}: ${JSON.stringify(answer)}`,
);
writeFileSync(file, `{\n${lines.join(',\n')}\n}\n`);

async function created(object) {
  return answerOf(await send('POST', `${pathOf(object)}?dryRun=All&fieldValidation=Strict`, object));
}

async function changed({ beside, object, isLeaving, change }) {
  if (beside) await send('POST', pathOf(beside), beside);
  const first = await send('POST', pathOf(object), object);
  if (!first.ok) throw new Error(await first.text());
  const path = `${pathOf(object)}/${object.metadata.name}`;
  // Controllers write the object, too, until they are content with it.
  await new Promise((resolve) => setTimeout(resolve, beside ? 5000 : 1500));
  if (isLeaving) await send('DELETE', path);
  const answer = await answerOf(await send('PATCH', `${path}?dryRun=All&fieldValidation=Strict`, change));
  // What controllers make of it is no matter of the API server.
  if (answer.object) delete answer.object.status;
  await send('DELETE', path, { propagationPolicy: 'Background', gracePeriodSeconds: 0 });
  if (isLeaving) await send('PATCH', path, { metadata: { finalizers: null } });
  if (beside) await send('DELETE', `${pathOf(beside)}/${beside.metadata.name}`);
  for (let waited = 0; waited < 60 && (await send('GET', path)).ok; waited++) {
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return answer;
}

function pathOf({ apiVersion, kind }) {
  const root = apiVersion === 'v1' ? '/api/v1' : `/apis/${apiVersion}`;
  const plural = plurals[kind] ?? `${kind.toLowerCase()}s`;
  return clusterKinds.includes(kind) ? `${root}/${plural}` : `${root}/namespaces/${namespace}/${plural}`;
}

function send(method, path, body) {
  const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
  const headers = { 'content-type': type };
  return fetch(`${server}${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
}

async function answerOf(response) {
  const body = await response.json();
  const warning = response.headers.get('warning');
  const warnings = warning
    ? [...warning.matchAll(/299 - "((?:[^"\\]|\\.)*)"/g)].map(([, text]) => JSON.parse(`"${text}"`))
    : [];
  const said = warnings.length > 0 ? { warnings } : {};
  if (body.kind !== 'Status') return { object: withoutChance(body), ...said };
  const causes = body.details?.causes?.map(({ reason, field, message }) => `${reason} ${field}: ${message}`);
  return { ...(causes ? { causes } : { message: body.message }), ...said };
}

/** Without what is another each time. */
function withoutChance(object) {
  const {
    uid,
    resourceVersion,
    creationTimestamp,
    managedFields,
    namespace: _,
    ...metadata
  } = object.metadata;
  return { ...object, metadata };
}
