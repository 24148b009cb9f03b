// Records what real kubelets of Kubernetes 1.36 make of the Pods in tests/fixtures/sandbox/kubelet/cases.mjs: what their
// status says, what is told of them, and what they print. The sandbox's kubelet has to do the same.
//
//   kubectl proxy --port=8901 &
//   node .scripts/record-kubernetes-pods.mjs http://127.0.0.1:8901 [new | part of a title]
//
// With `new` only the cases that have no answer yet are run. It works in a namespace of its own, `kubelet-cases`, which
// it deletes in the end, and on a node that is called worker-1 and has the images.

import { readFileSync, writeFileSync } from 'node:fs';
import { cases } from '../tests/fixtures/sandbox/kubelet/cases.mjs';
import { objects } from '../tests/fixtures/sandbox/kubelet/objects.mjs';

const [server, which] = process.argv.slice(2);
if (!server) throw new Error('name the address of `kubectl proxy`');
const file = new URL('../tests/fixtures/sandbox/kubelet/answers.json', import.meta.url);
const root = '/api/v1/namespaces/kubelet-cases';
const atOnce = 5;

const known = which ? JSON.parse(readFileSync(file, 'utf8')) : {};
const answers = {};
for (const title of Object.keys(cases)) if (known[title]) answers[title] = known[title];
const isWanted = (title) =>
  !which || (which === 'new' ? !known[title] : title.includes(which)) || cases[title].name === which;
const wanted = Object.keys(cases).filter(isWanted);

await send('POST', '/api/v1/namespaces', { metadata: { name: 'kubelet-cases' } });
await pause(3);
for (const object of objects) await demand('POST', `${root}/${object.kind.toLowerCase()}s`, object);
const running = Array.from({ length: atOnce }, async () => {
  for (let title = wanted.shift(); title !== undefined; title = wanted.shift()) {
    try {
      answers[title] = await answerTo(cases[title]);
      console.log(title);
    } catch (problem) {
      console.error(`${title}: ${problem.message}`);
      process.exitCode = 1;
    }
  }
});
await Promise.all(running);
await send('DELETE', '/api/v1/namespaces/kubelet-cases');
const lines = Object.keys(answers).map(
  (title) => ` ${JSON.stringify(title)}: ${JSON.stringify(answers[title])}`,
);
writeFileSync(file, `{\n${lines.join(',\n')}\n}\n`);

async function answerTo({ name, metadata = {}, spec, scheduled, after = 9, deleted, again, later }) {
  const path = `${root}/pods/${name}`;
  const placed = scheduled
    ? { nodeSelector: { 'kubernetes.io/hostname': 'worker-1' } }
    : { nodeName: 'worker-1' };
  await demand('POST', `${root}/pods`, { metadata: { ...metadata, name }, spec: { ...placed, ...spec } });
  await begun(path);
  await pause(after);
  if (deleted !== undefined) {
    await send('DELETE', path, { gracePeriodSeconds: deleted });
    if (again !== undefined) {
      await pause(1);
      await send('DELETE', path, { gracePeriodSeconds: again });
    }
    await pause(later);
  }
  const pod = await (await send('GET', path)).json();
  const { items } = await (
    await send('GET', `${root}/events?fieldSelector=involvedObject.name=${name}`)
  ).json();
  const events = items.map(({ type, reason, message, involvedObject: { fieldPath } }) => ({
    type,
    reason,
    message,
    fieldPath,
  }));
  const logs = {};
  for (const { name: container } of [...(spec.initContainers ?? []), ...spec.containers]) {
    const response = await send('GET', `${path}/log?container=${container}`);
    if (response.ok) logs[container] = await response.text();
  }
  await send('DELETE', path, { gracePeriodSeconds: 0 });
  return { ...(pod.status && pod.kind === 'Pod' ? { status: pod.status } : {}), events, logs };
}

/** Waits until a Pod has its network: on a busy machine that takes a while. Some are never so far. */
async function begun(path) {
  for (let waited = 0; waited < 10; waited += 0.2) {
    const { status } = await (await send('GET', path)).json();
    const isReady = status.conditions?.some(
      (each) => each.type === 'PodReadyToStartContainers' && each.status === 'True',
    );
    if (isReady || status.phase === 'Failed') return;
    await pause(0.2);
  }
}

async function demand(method, path, body) {
  const response = await send(method, path, body);
  if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
}

function send(method, path, body) {
  const headers = { 'content-type': 'application/json' };
  return fetch(`${server}${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
}

function pause(seconds) {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}
