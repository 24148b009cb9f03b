import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../src/kubernetes/objects.ts';
import { cases } from '../fixtures/kubernetes/cases.ts';
import { checkRules } from '../fixtures/kubernetes/rules.ts';
import { checkObject } from '../fixtures/kubernetes/schema.ts';
import verdicts from '../fixtures/kubernetes/verdicts.json' with { type: 'json' };

const external = ['Service/web', 'Service/db', 'ConfigMap/web', 'Secret/web'];
const said: Readonly<Record<string, string>> = verdicts;

/** All that is wrong with an object by itself, in either version; rules only where the schemas say what it is. */
function faultsOf(object: unknown): string[] {
  const faults = [...checkObject(object, '1.32'), ...checkObject(object, '1.36')];
  return faults.length > 0 ? faults : checkRules([object as KubernetesObject], { external });
}

describe('the rules that objects are checked by, beside the verdict of a real API server of Kubernetes 1.36.3', () => {
  it('have a verdict for every case, and a case for every verdict', () => {
    expect(cases.map(({ name }) => name).sort()).toEqual(Object.keys(said).sort());
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  });

  it.each(cases.filter(({ name }) => said[name] !== 'accepted'))(
    'refuse $name, as the server does',
    ({ object }) => {
      expect(faultsOf(object)).not.toEqual([]);
    },
  );

  it.each(cases.filter(({ name, stricter }) => said[name] === 'accepted' && !stricter))(
    'accept $name, as the server does',
    ({ object }) => {
      expect(faultsOf(object)).toEqual([]);
    },
  );

  it.each(cases.filter(({ stricter }) => stricter))(
    'refuse $name, though the server does not: $stricter',
    ({ name, object }) => {
      expect(said[name]).toBe('accepted');
      expect(faultsOf(object)).not.toEqual([]);
    },
  );
});

describe('the schemas', () => {
  it('differ between the versions', () => {
    const container = { name: 'web', image: 'nginx', lifecycle: { stopSignal: 'SIGQUIT' } };
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web' },
      spec: { containers: [container] },
    };
    expect(checkObject(pod, '1.32')).toEqual([
      'spec.containers[0].lifecycle.stopSignal: there is no such field',
    ]);
    expect(checkObject(pod, '1.36')).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'kind: nobody here knows the kind undefined of undefined'],
    ['a text', 'Pod', 'kind: nobody here knows the kind undefined of undefined'],
    [
      'null where a map has to be',
      { apiVersion: 'v1', kind: 'Pod', metadata: null },
      'metadata: has to be a map',
    ],
    [
      'a list where a map has to be',
      { apiVersion: 'v1', kind: 'Pod', metadata: [] },
      'metadata: has to be a map',
    ],
    [
      'a map where a list has to be',
      { apiVersion: 'v1', kind: 'Pod', spec: { containers: {} } },
      'spec.containers: has to be a list',
    ],
    [
      'a half where a whole has to be',
      { apiVersion: 'v1', kind: 'Pod', spec: { containers: [], activeDeadlineSeconds: 0.5 } },
      'spec.activeDeadlineSeconds: has to be a whole number',
    ],
    ['a status', { apiVersion: 'v1', kind: 'Namespace', status: {} }, 'status: there is no such field'],
    [
      'a kind in the wrong group',
      { apiVersion: 'v1', kind: 'Deployment' },
      'kind: nobody here knows the kind Deployment of v1',
    ],
  ])('refuse %s', (_what, object, fault) => {
    expect(checkObject(object, '1.36')).toContain(fault);
  });
});

const template = (spec: object, labels: object = { app: 'web' }) => ({
  metadata: { labels },
  spec: { containers: [{ name: 'web', image: 'nginx' }], ...spec },
});
const pod = (spec: object) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', labels: { app: 'web' } },
  spec: template(spec).spec,
});
const service = (spec: object, name = 'web') => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec: { selector: { app: 'web' }, ports: [{ port: 80 }], ...spec },
});
const configMap = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'settings' },
  data: { 'a.conf': '' },
};
const statefulSet = (spec: object) => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'web' },
  spec: { serviceName: 'web', selector: { matchLabels: { app: 'web' } }, template: template({}), ...spec },
});
const files = (configMap: object) => pod({ volumes: [{ name: 'conf', configMap }] });
const uses = (env: object) => pod({ containers: [{ name: 'web', image: 'nginx', ...env }] });

describe('rules between objects', () => {
  it.each<[string, object[], string[]]>([
    [
      'a claim that is there',
      [
        pod({ volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }] }),
        {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: { name: 'data' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        },
      ],
      [],
    ],
    [
      'a claim that is not there',
      [pod({ volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }] })],
      ['Pod/web spec.volumes.data: there is no claim data'],
    ],
    [
      'a ConfigMap and its key',
      [configMap, files({ name: 'settings', items: [{ key: 'a.conf', path: 'a.conf' }] })],
      [],
    ],
    [
      'a ConfigMap without the key',
      [configMap, files({ name: 'settings', items: [{ key: 'b.conf', path: 'b.conf' }] })],
      ['Pod/web spec.volumes.conf: the ConfigMap settings has no b.conf'],
    ],
    [
      'a ConfigMap that is not there',
      [files({ name: 'settings' })],
      ['Pod/web spec.volumes.conf: there is no ConfigMap settings'],
    ],
    ['a ConfigMap that need not be there', [files({ name: 'settings', optional: true })], []],
    [
      'a variable of a Secret that is not there',
      [uses({ env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'keys', key: 'a' } } }] })],
      ['Pod/web spec.containers.web.env.A: there is no Secret keys'],
    ],
    [
      'a variable of a ConfigMap without the key',
      [
        configMap,
        uses({ env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'settings', key: 'a' } } }] }),
      ],
      ['Pod/web spec.containers.web.env.A: the ConfigMap settings has no a'],
    ],
    [
      'all variables of a Secret that is not there',
      [uses({ envFrom: [{ secretRef: { name: 'keys' } }] })],
      ['Pod/web spec.containers.web.envFrom: there is no Secret keys'],
    ],
    [
      'a pull secret that is not there',
      [pod({ imagePullSecrets: [{ name: 'registry' }] })],
      ['Pod/web spec.imagePullSecrets: there is no Secret registry'],
    ],
    [
      'a ServiceAccount that is not there',
      [pod({ serviceAccountName: 'shop' })],
      ['Pod/web spec.serviceAccountName: there is no shop'],
    ],
    [
      'a Service of no Pod',
      [pod({}), service({ selector: { app: 'db' } })],
      ['Service/web spec.selector: selects no Pod of the set'],
    ],
    ['a Service of Pods elsewhere', [service({ selector: { app: 'db' } })], []],
    [
      'a Service to a port that no container has',
      [pod({}), service({ ports: [{ port: 80, targetPort: 'http' }] })],
      ['Service/web spec.ports.targetPort: no container calls a port http'],
    ],
    [
      'a Service to a port that a container has',
      [
        uses({ ports: [{ name: 'http', containerPort: 80 }] }),
        service({ ports: [{ port: 80, targetPort: 'http' }] }),
      ],
      [],
    ],
    ['a StatefulSet with its Service', [statefulSet({}), service({ clusterIP: 'None' })], []],
    [
      'a StatefulSet without its Service',
      [statefulSet({})],
      ['StatefulSet/web spec.serviceName: there is no Service web'],
    ],
    [
      'a StatefulSet with a Service of one address',
      [statefulSet({}), service({})],
      ['StatefulSet/web spec.serviceName: the Service web is not headless'],
    ],
    [
      'an Ingress to a Service that is not there',
      [
        {
          apiVersion: 'networking.k8s.io/v1',
          kind: 'Ingress',
          metadata: { name: 'web' },
          spec: { defaultBackend: { service: { name: 'web', port: { number: 80 } } } },
        },
      ],
      ['Ingress/web spec: there is no Service web'],
    ],
    ['two objects of one name', [pod({}), pod({})], ['Pod/web metadata.name: another object has it']],
  ])('%s', (_what, objects, faults) => {
    expect(objects.flatMap((each) => checkObject(each, '1.36'))).toEqual([]);
    expect(checkRules(objects as KubernetesObject[])).toEqual(faults);
  });

  it('let pass what is said to be elsewhere', () => {
    const objects = [pod({ imagePullSecrets: [{ name: 'registry' }] })] as KubernetesObject[];
    expect(checkRules(objects, { external: ['Secret/registry'] })).toEqual([]);
  });
});
