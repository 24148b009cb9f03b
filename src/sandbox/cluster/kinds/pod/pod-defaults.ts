import type { Container, Pod, PodSpec, PodTemplateSpec } from '../../../../kubernetes/api.ts';
import { eachOf, filled, inField } from '../filled.ts';
import { defaultedRequirements, roundedUp } from '../resource-lists.ts';
import { defaultedContainer } from './container-defaults.ts';
import { podLevelRequests } from './pod-level-requests.ts';
import { defaultedVolume } from './volume-defaults.ts';

/** What a Pod runs, with what was left out; the same for Pods and for templates (SetDefaults_PodSpec). */
function defaultedPodSpec(spec: PodSpec): PodSpec {
  let next = filled<PodSpec>(spec, {
    dnsPolicy: 'ClusterFirst',
    restartPolicy: 'Always',
    securityContext: {},
    terminationGracePeriodSeconds: 30,
    schedulerName: 'default-scheduler',
  });
  next = inField(next, 'volumes', (volumes) => eachOf(volumes, defaultedVolume));
  next = inField(next, 'initContainers', (list) => eachOf(list, defaultedContainer));
  next = inField(next, 'containers', (list) => eachOf(list, defaultedContainer));
  next = inField(next, 'ephemeralContainers', (list) => eachOf(list, defaultedContainer));
  next = inField(next, 'overhead', roundedUp);
  next = inField(next, 'resources', defaultedRequirements);
  // The old name of the field; conversion keeps both alike (pkg/apis/core/v1, conversion.go).
  const account = next.serviceAccountName || next.serviceAccount;
  if (!account) return next;
  return filled(next, { serviceAccountName: account, serviceAccount: account });
}

/** A workload's template with what was left out. */
export function defaultedTemplate(template: PodTemplateSpec): PodTemplateSpec {
  return inField(template, 'spec', defaultedPodSpec);
}

/** A Pod with what was left out: that of its spec, and what is told of Pods only (SetDefaults_Pod). */
export function defaultedPod(pod: Pod): Pod {
  return inField(pod, 'spec', (spec) => {
    let next = inField(spec, 'containers', (list) => eachOf(list, withRequests));
    next = inField(next, 'initContainers', (list) => eachOf(list, withRequests));
    next = inField(next, 'resources', (resources) => podLevelRequests(next, resources));
    next = filled<PodSpec>(next, { enableServiceLinks: true });
    if (next.hostNetwork) {
      next = inField(next, 'containers', (list) => eachOf(list, withHostPorts));
      next = inField(next, 'initContainers', (list) => eachOf(list, withHostPorts));
    }
    return defaultedPodSpec(next);
  });
}

/** Who limits what a container uses and does not say what it asks for, asks for as much. */
function withRequests(container: Container): Container {
  const limits = container.resources?.limits;
  if (!limits) return container;
  return inField(container, 'resources', (resources) => {
    const requests = resources.requests ?? {};
    const all = filled(requests, limits);
    return all === requests ? resources : { ...resources, requests: all };
  });
}

/** In the node's network a port of the container is one of the node. */
function withHostPorts(container: Container): Container {
  return inField(container, 'ports', (ports) =>
    eachOf(ports, (port) => (port.hostPort ? port : { ...port, hostPort: port.containerPort })),
  );
}
