import type { Probe } from '../../../kubernetes/api.ts';

/** A probe in one line: `http-get http://:80/ delay=0s timeout=1s period=10s #success=1 #failure=3`. */
export function probeText(probe: Probe): string {
  const { initialDelaySeconds: delay = 0, timeoutSeconds = 0, periodSeconds = 0 } = probe;
  const { successThreshold = 0, failureThreshold = 0, exec, httpGet, tcpSocket, grpc } = probe;
  const times = `delay=${delay}s timeout=${timeoutSeconds}s period=${periodSeconds}s #success=${successThreshold} #failure=${failureThreshold}`;
  if (exec) return `exec [${(exec.command ?? []).join(' ')}] ${times}`;
  if (httpGet) {
    const { scheme = '', host = '', port, path = '' } = httpGet;
    return `http-get ${scheme === '' ? '' : `${scheme.toLowerCase()}:`}//${joined(host, port)}${escapedPath(path)} ${times}`;
  }
  if (tcpSocket) return `tcp-socket ${tcpSocket.host ?? ''}:${tcpSocket.port} ${times}`;
  if (grpc) return `grpc <pod>:${grpc.port} ${grpc.service ?? ''} ${times}`;
  return `unknown ${times}`;
}

function joined(host: string, port: number | string): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** As Go's net/url writes a path: a question mark is part of it. */
function escapedPath(path: string): string {
  const escaped = encodeURI(path).replace(
    /[?#!'()*[\]]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return path === '' || path.startsWith('/') ? escaped : `/${escaped}`;
}
