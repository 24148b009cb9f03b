import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { ApiRequest } from '../../../../src/sandbox/cluster/api/request.ts';
import { patchType, TestServer } from './test-server.ts';

interface Case {
  readonly title: string;
  readonly method: ApiRequest['method'];
  readonly path: string;
  readonly type?: 'json' | 'merge' | 'strategic' | 'apply' | 'plain';
  readonly body?: unknown;
  readonly user?: string;
}

interface Recorded {
  readonly status: number;
  readonly body: unknown;
  readonly warnings?: readonly string[];
}

const folder = new URL('../../../fixtures/sandbox/', import.meta.url);
const cases: readonly Case[] = parse(readFileSync(new URL('api-requests.yaml', folder), 'utf8'));
const answers: Readonly<Record<string, Recorded>> = JSON.parse(
  readFileSync(new URL('api-answers.json', folder), 'utf8'),
);

/** Identifiers, versions, times and what is drawn by chance are different each time. */
function plain(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) {
    const all = value.map((each) => plain(each));
    // They stand in the order of their times, and these are the same here.
    return name === 'managedFields' ? all.sort((one, other) => (textOf(one) < textOf(other) ? -1 : 1)) : all;
  }
  if (typeof value === 'string') {
    if (name === 'resourceVersion' || name === 'uid' || name === 'token') return name;
    return value
      .replace(
        quotedObject,
        (_, quoted) => `Invalid value: ${textOf(sorted(plain(JSON.parse(JSON.parse(quoted)))))}: json:`,
      )
      .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, 'TIME')
      .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, 'UID')
      .replace(/(resource version: |ResourceVersion in record \()\d+/g, '$1N')
      .replace(/\b(gen|kube-api-access)-[a-z0-9]{5}\b/g, '$1-xxxxx');
  }
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key, each]) => {
    // Upstream's discovery has more: what the sandbox does not serve, and what old clients need.
    if (key === 'storageVersionHash') return false;
    // A list that Go writes as `null` is left out here.
    if (each === null) return false;
    return key !== 'details' || Object.keys(each as object).length > 0;
  });
  return Object.fromEntries(kept.map(([key, each]) => [key, plain(each, key)]));
}

/** An object that a message quotes, whose fields stand in the order that they were sent in. */
const quotedObject = /Invalid value: ("(?:[^"\\]|\\.)*"): json:/;

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const all = Object.entries(value).map(([name, each]) => [name, sorted(each)] as const);
  return Object.fromEntries(all.sort(([one], [other]) => (one < other ? -1 : 1)));
}

const textOf = (value: unknown) => JSON.stringify(value);

/** Objects of a list do not repeat their kind in upstream's answers; here they are the stored ones. */
function comparable({ status, body, warnings = [] }: Recorded): unknown {
  const found = plain(body) as { items?: readonly { apiVersion?: string; kind?: string }[] };
  if (!found.items) return { status, body: found, warnings };
  const items = found.items.map(({ apiVersion: _, kind: __, ...item }) => item);
  return { status, body: { ...found, items }, warnings };
}

describe('the API server answers as the one of Kubernetes 1.36.3', () => {
  const server = new TestServer();
  server.addNamespace('cases');
  server.cluster.create('configmaps', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'kube-root-ca.crt', namespace: 'cases' },
  });

  server.cluster.create('priorityclasses.scheduling.k8s.io', {
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name: 'system-node-critical' },
    value: 2_000_001_000,
  });

  it.each(cases.map((each) => [each.title, each] as const))(
    '%s',
    (title, { method, path, type = 'plain', body, user }) => {
      const address = path.replace(/^NS/, '/api/v1/namespaces/cases');
      const answer = server.ask(method, address, body, {
        'user-agent': 'cases/1',
        ...(type === 'plain' ? {} : patchType(type)),
        ...(user === undefined ? {} : { 'impersonate-user': user }),
      });
      expect(comparable(answer)).toEqual(comparable(answers[title] as Recorded));
    },
  );
});
