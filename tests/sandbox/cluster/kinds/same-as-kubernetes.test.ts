import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Complaint } from '../../../../src/sandbox/cluster/kinds/complaint.ts';
import type { ApiObject } from '../../../../src/sandbox/cluster/object.ts';
// @ts-expect-error the cases are JavaScript, because the recorder reads them, too
import { cases } from '../../../fixtures/sandbox/kinds/cases.mjs';
import { type Answer, patchType, TestServer } from '../api/test-server.ts';
import { pathOf } from './paths.ts';

interface Change {
  readonly object: ApiObject;
  /** What is there before it. */
  readonly beside?: ApiObject;
  /** What controllers have said of it by then. */
  readonly status?: object;
  /** Whether it is being deleted by then. */
  readonly isLeaving?: boolean;
  readonly change: unknown;
}

type Given = ApiObject | { readonly forReal: ApiObject } | Change;

interface Recorded {
  readonly object?: unknown;
  readonly message?: string;
  readonly causes?: readonly string[];
  readonly warnings?: readonly string[];
}

const recorded: Readonly<Record<string, Recorded>> = JSON.parse(
  readFileSync(new URL('../../../fixtures/sandbox/kinds/answers.json', import.meta.url), 'utf8'),
);

/** What is drawn by chance, or is another for each object, is replaced by what it is. */
function plain(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((each) => plain(each, name));
  if (typeof value === 'number') return /nodePort/i.test(name) && value >= 30_000 ? 'PORT' : value;
  if (typeof value === 'string') {
    return value
      .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, 'TIME')
      .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, 'UID')
      .replace(/\b10\.96\.\d+\.\d+\b/g, 'ADDRESS')
      .replace(/\bWeb_[a-z0-9]{5}\b/g, 'Web_xxxxx')
      .replace(/\bkube-api-access-[a-z0-9]{5}\b/g, 'kube-api-access-xxxxx');
  }
  if (typeof value !== 'object' || value === null) return value;
  // A list that Go writes as `null` where there is none may be empty here.
  const kept = Object.entries(value).filter(([, each]) => each !== null && !isEmptyList(each));
  return Object.fromEntries(kept.map(([key, each]) => [key, plain(each, key)]));
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function answerOf(given: Given): Recorded {
  const server = new TestServer();
  server.addNamespace('sandbox-kinds');
  server.cluster.create('services', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'kubernetes', namespace: 'default' },
    spec: { clusterIP: '10.96.0.1', clusterIPs: ['10.96.0.1'] },
  });
  server.cluster.create('storageclasses.storage.k8s.io', {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: {
      name: 'standard',
      annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
    },
    provisioner: 'rancher.io/local-path',
  });
  const { body, warnings } = ask(server, given);
  const said = warnings.length > 0 ? { warnings } : {};
  if (body.kind === 'Status') {
    const causes = (body.details?.causes as readonly Complaint[] | undefined)?.map(
      ({ reason, field, message }) => `${reason} ${field}: ${message}`,
    );
    return { ...(causes ? { causes } : { message: body.message }), ...said };
  }
  const {
    uid: _,
    resourceVersion: __,
    creationTimestamp: ___,
    managedFields: ____,
    ...metadata
  } = body.metadata;
  delete metadata.namespace;
  const { status, ...object } = body;
  const isChange = 'change' in given;
  return { object: { ...object, metadata, ...(isChange || !status ? {} : { status }) }, ...said };
}

function ask(server: TestServer, given: Given): Answer {
  if ('change' in given) return changed(server, given);
  if ('forReal' in given) return server.ask('POST', pathOf(given.forReal), given.forReal);
  return server.ask('POST', `${pathOf(given)}?dryRun=All&fieldValidation=Strict`, given);
}

function changed(server: TestServer, { object, beside, status, isLeaving, change }: Change): Answer {
  if (beside) server.ask('POST', pathOf(beside), beside);
  const first = server.ask('POST', pathOf(object), object);
  expect(first.body).not.toMatchObject({ kind: 'Status' });
  const path = `${pathOf(object)}/${object.metadata.name}`;
  if (status) server.ask('PATCH', `${path}/status`, { status }, patchType('merge'));
  if (isLeaving) server.ask('DELETE', path);
  return server.ask('PATCH', `${path}?dryRun=All&fieldValidation=Strict`, change, patchType('merge'));
}

describe('the API server makes of an object what that of Kubernetes 1.36.3 makes of it', () => {
  it.each(Object.entries(cases as Readonly<Record<string, Given>>))('%s', (name, given) => {
    expect(plain(answerOf(given))).toEqual(plain(recorded[name]));
  });
});
