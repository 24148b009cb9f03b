import type { Controller } from '../../simulation.ts';
import type { Cluster } from '../cluster.ts';
import { refusalIn } from './refusal.ts';

const authority = 'kube-root-ca.crt';

const description =
  'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.';

/**
 * Gives every namespace its ServiceAccount `default` and the ConfigMap with the cluster's certificate
 * authority, and gives them back when they are deleted (k8s.io/kubernetes/pkg/controller/serviceaccount,
 * k8s.io/kubernetes/pkg/controller/certificates/rootcacertpublisher).
 *
 * @param certificate the certificate authority, in PEM
 */
export function serviceAccountController(cluster: Cluster, certificate: string): Controller {
  return {
    name: 'serviceaccount',
    tables: ['configmaps', 'namespaces', 'serviceaccounts'],
    concerns({ table, key, after }) {
      if (table === 'namespaces') return after === undefined ? [] : [key.slice(1)];
      const isOurs =
        (table === 'serviceaccounts' && key.endsWith('/default')) ||
        (table === 'configmaps' && key.endsWith(`/${authority}`));
      return isOurs ? [key.slice(0, key.indexOf('/'))] : [];
    },
    reconcile(name) {
      const namespace = cluster.get('namespaces', undefined, name);
      if (!namespace || namespace.metadata.deletionTimestamp !== undefined) return;
      if (namespace.status?.phase === 'Terminating') return;
      try {
        if (!cluster.get('serviceaccounts', name, 'default')) {
          const metadata = { name: 'default', namespace: name };
          cluster.create('serviceaccounts', { apiVersion: 'v1', kind: 'ServiceAccount', metadata });
        }
        publish(cluster, name, { 'ca.crt': certificate });
      } catch (error) {
        // A quota may forbid the ConfigMap; the ServiceAccount stays all the same.
        refusalIn(error);
      }
    },
  };
}

function publish(cluster: Cluster, namespace: string, data: Readonly<Record<string, string>>): void {
  const known = cluster.get('configmaps', namespace, authority);
  if (!known) {
    const annotations = { 'kubernetes.io/description': description };
    const metadata = { name: authority, namespace, annotations };
    cluster.create('configmaps', { apiVersion: 'v1', kind: 'ConfigMap', metadata, data });
    return;
  }
  cluster.update('configmaps', { ...known, data });
}
