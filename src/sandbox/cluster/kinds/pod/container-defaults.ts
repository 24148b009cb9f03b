import { parseImage } from '../../../../docker/images.ts';
import type {
  Container,
  EnvVar,
  EphemeralContainer,
  HTTPGetAction,
  Lifecycle,
  LifecycleHandler,
  ObjectFieldSelector,
  Probe,
} from '../../../../kubernetes/api.ts';
import { eachOf, filled, inField, without } from '../filled.ts';
import { defaultedRequirements } from '../resource-lists.ts';

/** A container with what was left out (k8s.io/kubernetes/pkg/apis/core/v1, SetDefaults_Container and below). */
export function defaultedContainer<T extends Container | EphemeralContainer>(container: T): T {
  let next: Container = filled<Container>(container, {
    imagePullPolicy: pullPolicyFor(container.image),
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
  });
  next = inField(next, 'ports', (ports) => eachOf(ports, (port) => filled(port, { protocol: 'TCP' })));
  next = inField(next, 'env', (env) => eachOf(env, defaultedVariable));
  next = inField(next, 'resources', defaultedRequirements);
  next = inField(next, 'livenessProbe', defaultedProbe);
  next = inField(next, 'readinessProbe', defaultedProbe);
  next = inField(next, 'startupProbe', defaultedProbe);
  next = inField(withoutSignal(next), 'lifecycle', defaultedLifecycle);
  return next as T;
}

/** `Always` for the tag `latest`, named or not, else `IfNotPresent`. */
export function pullPolicyFor(image = ''): 'Always' | 'IfNotPresent' {
  try {
    const { repository, tag, digest } = parseImage(image);
    const isLatest = tag === 'latest' || (tag === '' && digest === '');
    return repository !== '' && isLatest ? 'Always' : 'IfNotPresent';
  } catch {
    // What is no reference is complained of elsewhere, or by the node.
    return 'IfNotPresent';
  }
}

/** A reference to a field of the Pod with what was left out. */
export function defaultedFieldRef(selector: ObjectFieldSelector): ObjectFieldSelector {
  return filled(selector, { apiVersion: 'v1' });
}

function defaultedVariable(variable: EnvVar): EnvVar {
  return inField(variable, 'valueFrom', (source) =>
    inField(inField(source, 'fieldRef', defaultedFieldRef), 'fileKeyRef', (ref) =>
      filled(ref, { optional: false }),
    ),
  );
}

function defaultedProbe(probe: Probe): Probe {
  // A zero counts as left out.
  const { timeoutSeconds, periodSeconds, successThreshold, failureThreshold, ...rest } = probe;
  const isWhole = timeoutSeconds && periodSeconds && successThreshold && failureThreshold;
  const next: Probe = isWhole
    ? probe
    : {
        ...rest,
        timeoutSeconds: timeoutSeconds || 1,
        periodSeconds: periodSeconds || 10,
        successThreshold: successThreshold || 1,
        failureThreshold: failureThreshold || 3,
      };
  const withPath = inField(next, 'httpGet', defaultedHttpGet);
  return inField(withPath, 'grpc', (grpc) => filled(grpc, { service: '' }));
}

function defaultedLifecycle(lifecycle: Lifecycle): Lifecycle {
  const handler = (each: LifecycleHandler) => inField(each, 'httpGet', defaultedHttpGet);
  return inField(inField(lifecycle, 'postStart', handler), 'preStop', handler);
}

/** 1.36 does not keep by which signal a container is stopped, unless it is told to (ContainerStopSignals). */
function withoutSignal(container: Container): Container {
  if (container.lifecycle?.stopSignal === undefined) return container;
  const lifecycle = without(container.lifecycle, 'stopSignal');
  if (Object.keys(lifecycle).length === 0) return without(container, 'lifecycle');
  return { ...container, lifecycle };
}

function defaultedHttpGet(action: HTTPGetAction): HTTPGetAction {
  return filled(action, { path: '/', scheme: 'HTTP' });
}
