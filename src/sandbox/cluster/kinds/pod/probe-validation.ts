import type {
  Container,
  HTTPGetAction,
  Lifecycle,
  LifecycleHandler,
  Probe,
} from '../../../../kubernetes/api.ts';
import { type Complaint, forbidden, invalid, required } from '../complaint.ts';
import { complaintsOf, notNegative, oneOf, portOrNameComplaints, requiredText } from '../value-rules.ts';

const headerForm = /^[-A-Za-z0-9]+$/;
const headerWords =
  "a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')";

/** Probes and hooks as far as they are looked at alike. */
type Handler = Probe & LifecycleHandler;

/**
 * What is wrong with a container's hooks and probes (k8s.io/kubernetes/pkg/apis/core/validation,
 * validateLifecycle, validateProbe).
 *
 * @param grace seconds that the Pod has for its end
 */
export function probeComplaints(
  { lifecycle, livenessProbe, readinessProbe, startupProbe }: Container,
  grace: number | undefined,
  path: string,
): readonly Complaint[] {
  return [
    ...(lifecycle ? lifecycleComplaints(lifecycle, grace, `${path}.lifecycle`) : []),
    ...(livenessProbe ? onceComplaints(livenessProbe, `${path}.livenessProbe`) : []),
    ...(readinessProbe ? readinessComplaints(readinessProbe, `${path}.readinessProbe`) : []),
    ...(startupProbe ? onceComplaints(startupProbe, `${path}.startupProbe`) : []),
  ];
}

function lifecycleComplaints(
  { postStart, preStop }: Lifecycle,
  grace: number | undefined,
  path: string,
): readonly Complaint[] {
  return [
    ...(postStart ? handlerComplaints(postStart, grace, `${path}.postStart`) : []),
    ...(preStop ? handlerComplaints(preStop, grace, `${path}.preStop`) : []),
  ];
}

/** Liveness and start are settled by one success. */
function onceComplaints(probe: Probe, path: string): readonly Complaint[] {
  const { successThreshold = 1 } = probe;
  return [
    ...eachProbeComplaints(probe, path),
    ...(successThreshold === 1 ? [] : [invalid(`${path}.successThreshold`, successThreshold, 'must be 1')]),
  ];
}

function readinessComplaints(probe: Probe, path: string): readonly Complaint[] {
  const { terminationGracePeriodSeconds: grace } = probe;
  const why = 'must not be set for readinessProbes';
  return [
    ...eachProbeComplaints(probe, path),
    ...(grace === undefined ? [] : [invalid(`${path}.terminationGracePeriodSeconds`, grace, why)]),
  ];
}

function eachProbeComplaints(probe: Probe, path: string): readonly Complaint[] {
  const numbers = [
    'initialDelaySeconds',
    'timeoutSeconds',
    'periodSeconds',
    'successThreshold',
    'failureThreshold',
  ] as const;
  const { terminationGracePeriodSeconds: grace } = probe;
  const isTooShort = grace !== undefined && grace <= 0;
  return [
    ...handlerComplaints(probe, undefined, path),
    ...numbers.flatMap((name) => notNegative(`${path}.${name}`, probe[name])),
    ...(isTooShort
      ? [invalid(`${path}.terminationGracePeriodSeconds`, grace, 'must be greater than 0')]
      : []),
  ];
}

function handlerComplaints(handler: Handler, grace: number | undefined, path: string): readonly Complaint[] {
  const kinds = (['exec', 'httpGet', 'tcpSocket', 'grpc', 'sleep'] as const).filter(
    (kind) => handler[kind] !== undefined,
  );
  const [first, ...more] = kinds;
  if (first === undefined) return [required(path, 'must specify a handler type')];
  return [
    ...actionComplaints(handler, first, grace, `${path}.${first}`),
    ...more.map((kind) => forbidden(`${path}.${kind}`, 'may not specify more than 1 handler type')),
  ];
}

function actionComplaints(
  { exec, httpGet, tcpSocket, grpc, sleep }: Handler,
  kind: 'exec' | 'httpGet' | 'tcpSocket' | 'grpc' | 'sleep',
  grace: number | undefined,
  path: string,
): readonly Complaint[] {
  if (kind === 'exec') return exec?.command?.length ? [] : [required(`${path}.command`)];
  if (kind === 'httpGet' && httpGet) return httpComplaints(httpGet, path);
  if (kind === 'tcpSocket' && tcpSocket) return portOrNameComplaints(`${path}.port`, tcpSocket.port);
  if (kind === 'grpc' && grpc) return portOrNameComplaints(`${path}.port`, grpc.port);
  const seconds = sleep?.seconds ?? 0;
  if (grace === undefined || (seconds >= 0 && seconds <= grace)) return [];
  return [
    invalid(path, seconds, `must be non-negative and less than terminationGracePeriodSeconds (${grace})`),
  ];
}

function httpComplaints(
  { path: target, port, scheme, httpHeaders = [] }: HTTPGetAction,
  path: string,
): readonly Complaint[] {
  return [
    ...requiredText(`${path}.path`, target),
    ...portOrNameComplaints(`${path}.port`, port),
    ...oneOf(`${path}.scheme`, scheme, ['HTTP', 'HTTPS']),
    ...httpHeaders.flatMap(({ name }) =>
      complaintsOf(`${path}.httpHeaders`, name, headerForm.test(name) ? [] : [headerWords]),
    ),
  ];
}
