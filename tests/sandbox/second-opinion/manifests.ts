import type { AnyObject } from './simulated-cluster.ts';

interface DeploymentWish {
  readonly name?: string;
  readonly namespace?: string;
  readonly replicas?: number;
  readonly image?: string;
  readonly container?: object;
  readonly spec?: object;
  readonly pod?: object;
}

/** A Deployment of web servers. */
export function deployment({
  name = 'web',
  namespace = 'default',
  replicas = 3,
  image = 'nginx:1.27',
  container = {},
  spec = {},
  pod = {},
}: DeploymentWish = {}): AnyObject {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { ...pod, containers: [{ name: 'web', image, ...container }] },
      },
      ...spec,
    },
  };
}

/** A ReplicaSet that no Deployment made, with web servers. */
export function replicaSet(replicas: number): AnyObject {
  const labels = { app: 'bare' };
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name: 'bare', namespace: 'default' },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'nginx:1.27' }] } },
    },
  };
}

/** A Pod of its own. */
export function pod(
  name: string,
  container: object,
  spec: object = {},
  labels: Record<string, string> = {},
): AnyObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', labels },
    spec: { ...spec, containers: [{ name: 'main', image: 'nginx:1.27', ...container }] },
  };
}

/** A Service before the Deployment `web`. */
export function service(spec: object, name = 'web'): AnyObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'default' },
    spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 80 }], ...spec },
  };
}

/** A Namespace. */
export function namespace(name: string): AnyObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}

/** The web server of the course's team listens on 8080. */
export const shop = 'registry.example.com/shop/web:1.4';

/** A probe of it. */
export function http(path: string, rest: object = {}): object {
  return { httpGet: { path, port: 8080 }, ...rest };
}

/** How many Pods more and less than wanted there may be in an update. */
export function surge(maxSurge: number | string, maxUnavailable: number | string): object {
  return { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } } };
}
