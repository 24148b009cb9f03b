// Sends the requests of tests/fixtures/sandbox/api-requests.yaml to a real API server of Kubernetes 1.36, and
// writes what it answers beside them: the sandbox has to answer the same.
//
//   kubectl proxy --port=8001
//   node .scripts/record-kubernetes-answers.mjs http://127.0.0.1:8001
//
// It works in a namespace of its own, `cases`, which it deletes in the end.
import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';

const [server] = process.argv.slice(2);
if (!server) throw new Error('name the address of `kubectl proxy`');
const folder = new URL('../tests/fixtures/sandbox/', import.meta.url);
const cases = parse(readFileSync(new URL('api-requests.yaml', folder), 'utf8'));

const types = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
  plain: 'application/json',
};

async function send({ method, path, type = 'plain', body, user }) {
  const response = await fetch(`${server}${path.replace(/^NS/, '/api/v1/namespaces/cases')}`, {
    method,
    headers: {
      'user-agent': 'cases/1',
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': types[type] }),
      ...(user === undefined ? {} : { 'impersonate-user': user }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const warnings = [...(response.headers.get('warning') ?? '').matchAll(/299 - ("(?:[^"\\]|\\.)*")/g)];
  return {
    status: response.status,
    body: text.startsWith('{') ? JSON.parse(text) : text,
    ...(warnings.length > 0 ? { warnings: warnings.map(([, quoted]) => JSON.parse(quoted)) } : {}),
  };
}

const namespace = { method: 'POST', path: '/api/v1/namespaces', body: { metadata: { name: 'cases' } } };
console.log((await send(namespace)).status);
// Controllers put a service account into it first.
await new Promise((resolve) => setTimeout(resolve, 3000));
const answers = {};
for (const each of cases) {
  if (answers[each.title]) throw new Error(`two are called ${each.title}`);
  // Controllers take a moment to count what is new.
  await new Promise((resolve) => setTimeout(resolve, 1000 * (each.pause ?? 0)));
  answers[each.title] = await send(each);
}
await send({ method: 'DELETE', path: '/api/v1/namespaces/cases' });

const lines = Object.entries(answers).map(
  ([title, answer]) => `  ${JSON.stringify(title)}: ${JSON.stringify(answer)}`,
);
writeFileSync(new URL('api-answers.json', folder), `{\n${lines.join(',\n')}\n}\n`);
console.log(`${lines.length} answers`);
