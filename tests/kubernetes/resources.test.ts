import { describe, expect, it } from 'vitest';
import { findResource, printedKind, readReferences, resources } from '../../src/kubernetes/resources.ts';

describe('a word for a kind', () => {
  it.each<[string, string | undefined]>([
    ['po', 'Pod'],
    ['pod', 'Pod'],
    ['pods', 'Pod'],
    ['Pods', 'Pod'],
    ['PODS', 'Pod'],
    ['PO', undefined],
    ['pod.', 'Pod'],
    ['pods.v1', undefined],
    ['deploy', 'Deployment'],
    ['deployments.apps', 'Deployment'],
    ['deploy.v1.apps', 'Deployment'],
    ['deployments.batch', undefined],
    ['svc', 'Service'],
    ['ing.networking', 'Ingress'],
    ['ingresses.networking.k8s.io', 'Ingress'],
    ['netpol', 'NetworkPolicy'],
    ['networkpolicy', 'NetworkPolicy'],
    ['ep', 'Endpoints'],
    ['no', 'Node'],
    ['ns', 'Namespace'],
    ['cm', 'ConfigMap'],
    ['pvc', 'PersistentVolumeClaim'],
    ['sts', 'StatefulSet'],
    ['ds', 'DaemonSet'],
    ['rs', 'ReplicaSet'],
    ['cj', 'CronJob'],
    ['hpa', 'HorizontalPodAutoscaler'],
    ['sc', 'StorageClass'],
    ['container', undefined],
    ['', undefined],
    ['constructor', undefined],
  ])('%o is %s', (word, kind) => {
    expect(findResource(word)?.kind).toBe(kind);
  });

  it('is found for every kind, by its plural, its kind and its short names', () => {
    for (const resource of resources.filter(({ kind, group }) => kind !== 'Event' || group === '')) {
      const words = [resource.plural, resource.kind, ...resource.shortNames, printedKind(resource)];
      for (const word of words) expect(findResource(word), word).toBe(resource);
    }
  });

  it('is read with its group and whether it is in a namespace', () => {
    expect(findResource('deploy')).toEqual({
      kind: 'Deployment',
      plural: 'deployments',
      shortNames: ['deploy'],
      group: 'apps',
      version: 'v1',
      apiVersion: 'apps/v1',
      namespaced: true,
      inAll: true,
    });
    expect(findResource('node')).toMatchObject({
      group: '',
      apiVersion: 'v1',
      namespaced: false,
      inAll: false,
    });
  });
});

describe('a word for objects', () => {
  const written = (word: string) =>
    readReferences(word)?.map(({ resource, name }) =>
      name === undefined ? resource.plural : `${printedKind(resource)}/${name}`,
    );

  it.each<[string, string[] | undefined]>([
    ['deploy/web', ['deployment.apps/web']],
    ['pod/web', ['pod/web']],
    ['po,svc', ['pods', 'services']],
    [
      'all',
      [
        'pods',
        'replicationcontrollers',
        'services',
        'daemonsets',
        'deployments',
        'replicasets',
        'statefulsets',
        'horizontalpodautoscalers',
        'cronjobs',
        'jobs',
      ],
    ],
    ['deploy/', undefined],
    ['/web', undefined],
    ['all/web', undefined],
    ['po,svc/web', undefined],
    ['a/b/c', undefined],
    ['web', undefined],
    ['po,web', undefined],
    ['', undefined],
  ])('%o is %o', (word, expected) => {
    expect(written(word)).toEqual(expected);
  });
});
