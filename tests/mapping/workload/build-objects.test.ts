import { describe, expect, it } from 'vitest';
import { buildObjects, withoutDoubles } from '../../../src/mapping/workload/build-objects.ts';
import { newDraft, type WorkloadDraft } from '../../../src/mapping/workload/draft.ts';
import { setSecretVariable, setVariable } from '../../../src/mapping/workload/environment.ts';
import { addHealthCheck } from '../../../src/mapping/workload/health.ts';
import { limitMemory, requestCpuShares, reserveMemory } from '../../../src/mapping/workload/limits.ts';
import { addLabel, isMetadataKey } from '../../../src/mapping/workload/metadata.ts';
import { addAlias, publishPort } from '../../../src/mapping/workload/ports.ts';
import {
  isMounted,
  mountClaim,
  mountEmptyDir,
  mountFiles,
  mountHostPath,
} from '../../../src/mapping/workload/storage.ts';
import { checkRules } from '../../fixtures/kubernetes/rules.ts';
import { checkObject } from '../../fixtures/kubernetes/schema.ts';

function faultsOf(draft: WorkloadDraft, kind: Parameters<typeof buildObjects>[1]): string[] {
  const objects = buildObjects(draft, kind);
  return [
    ...objects.flatMap((each) => [...checkObject(each, '1.32'), ...checkObject(each, '1.36')]),
    ...checkRules(objects),
  ];
}

function shop(): WorkloadDraft {
  const draft = newDraft('shop', 'acme/shop:1', '1.36');
  draft.container.name = 'shop';
  draft.pod.restartPolicy = 'OnFailure';
  publishPort(draft, { port: 80, containerPort: 8080, protocol: 'TCP' });
  setVariable(draft, 'A', '$(b)');
  setSecretVariable(draft, 'TOKEN', 's3cret');
  mountClaim(draft, 'shop_data', { path: '/data' });
  addHealthCheck(draft, { test: ['true'] });
  limitMemory(draft, 512 * 2 ** 20);
  addAlias(draft, 'store');
  return draft;
}

describe('buildObjects', () => {
  it.each([
    ['deployment', ['Secret', 'PersistentVolumeClaim', 'Deployment', 'Service', 'Service']],
    ['pod', ['Secret', 'PersistentVolumeClaim', 'Pod', 'Service', 'Service']],
    ['job', ['Secret', 'PersistentVolumeClaim', 'Job', 'Service', 'Service']],
    ['statefulset', ['Secret', 'StatefulSet', 'Service', 'Service', 'Service']],
  ] as const)('of a draft as a %s gives %j, which the API takes', (kind, kinds) => {
    expect(buildObjects(shop(), kind).map((each) => each.kind)).toEqual(kinds);
    expect(faultsOf(shop(), kind)).toEqual([]);
  });

  it('gives a draft of nothing but an image one object', () => {
    expect(buildObjects(newDraft('web', 'nginx:1.27', '1.36'), 'deployment')).toEqual([
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'web', labels: { app: 'web' } },
        spec: {
          replicas: 1,
          selector: { matchLabels: { app: 'web' } },
          template: {
            metadata: { labels: { app: 'web' } },
            spec: { containers: [{ name: 'web', image: 'nginx:1.27' }] },
          },
        },
      },
    ]);
  });

  it('selects by the label that was given, so that the Service finds its Pods', () => {
    const draft = newDraft('web', 'nginx:1.27', '1.36');
    addLabel(draft, 'app', 'front');
    publishPort(draft, { port: 80, containerPort: 80, protocol: 'TCP' });
    expect(faultsOf(draft, 'deployment')).toEqual([]);
    expect(buildObjects(draft, 'deployment').at(-1)).toMatchObject({ spec: { selector: { app: 'front' } } });
  });

  it('keeps a claim that two workloads share once', () => {
    const objects = [shop(), { ...shop(), name: 'worker' }].flatMap((draft) =>
      buildObjects(draft, 'deployment'),
    );
    expect(withoutDoubles(objects).filter((each) => each.kind === 'PersistentVolumeClaim')).toHaveLength(1);
  });

  it('lets a claim be read and written by several, where that is asked for', () => {
    const draft = newDraft('web', 'nginx:1.27', '1.36');
    mountClaim(draft, 'shared', { path: '/data' }, { accessMode: 'ReadWriteMany', storage: '5Gi' });
    const [claim, deployment] = buildObjects(draft, 'deployment');
    expect(claim).toMatchObject({
      spec: { accessModes: ['ReadWriteMany'], resources: { requests: { storage: '5Gi' } } },
    });
    expect(deployment).not.toMatchObject({ spec: { strategy: expect.anything() } });
  });
});

describe('storage', () => {
  it('is one volume where it is the same, and each emptyDir is its own', () => {
    const draft = newDraft('web', 'nginx:1.27', '1.36');
    mountHostPath(draft, '/opt/x', { path: '/a' });
    mountHostPath(draft, '/opt/x', { path: '/b', readOnly: true });
    mountHostPath(draft, '/opt/y/x', { path: '/c' });
    mountEmptyDir(draft, { path: '/d' });
    mountEmptyDir(draft, { path: '/e/d' }, 'd');
    expect(draft.pod.volumes?.map((each) => each.name)).toEqual(['opt-x', 'y-x', 'd', 'd-2']);
    expect(isMounted(draft, '/b')).toBe(true);
    expect(isMounted(draft, '/x')).toBe(false);
    expect(faultsOf(draft, 'deployment')).toEqual([]);
  });

  it('mounts files read-only', () => {
    const draft = newDraft('web', 'nginx:1.27', '1.36');
    mountFiles(draft, 'secret', 'certs', { path: '/certs' }, [{ key: 'tls.key', path: 'key.pem' }]);
    expect(draft.pod.volumes).toEqual([
      { name: 'certs', secret: { secretName: 'certs', items: [{ key: 'tls.key', path: 'key.pem' }] } },
    ]);
    expect(draft.container.volumeMounts).toEqual([{ name: 'certs', mountPath: '/certs', readOnly: true }]);
  });
});

describe('limits', () => {
  it('keep requests beside them', () => {
    const draft = newDraft('web', 'nginx:1.27', '1.36');
    expect(limitMemory(draft, 2 ** 30)).toBe('1Gi');
    expect(reserveMemory(draft, 2 ** 29)).toBe('512Mi');
    expect(requestCpuShares(draft, 2048, 5e8)).toBe('500m');
    expect(draft.container.resources).toEqual({
      requests: { memory: '512Mi', cpu: '500m' },
      limits: { memory: '1Gi' },
    });
  });
});

describe('metadata', () => {
  it.each([
    ['team', true],
    ['com.example.team', true],
    ['com.example/team', true],
    ['com.example/team/x', false],
    ['Com.Example/team', false],
    ['with space', false],
    ['/x', false],
    ['x/', false],
    ['', false],
    ['a'.repeat(64), false],
  ])('has the key %s: %s', (key, expected) => {
    expect(isMetadataKey(key)).toBe(expected);
  });
});
