import { describe, expect, it } from 'vitest';
import type {
  ApiRequest,
  ApiResponse,
  ForwardStream,
  ProcessStream,
} from '../../../src/sandbox/cluster/api/request.ts';
import { runKubectl } from '../../fixtures/run-kubectl.ts';

const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'shop', uid: 'u1' },
  spec: {
    containers: [
      {
        name: 'web',
        image: 'web',
        tty: true,
        ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
      },
      { name: 'side', image: 'side', ports: [{ containerPort: 53, protocol: 'UDP' }] },
    ],
  },
  status: { phase: 'Running' },
};

const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'front', namespace: 'shop' },
  spec: { selector: { app: 'web' }, ports: [{ name: 'web', port: 80, targetPort: 'http', protocol: 'TCP' }] },
};

const names = [
  { name: 'pods', singularName: 'pod', shortNames: ['po'], kind: 'Pod', namespaced: true, verbs: [] },
  {
    name: 'services',
    singularName: 'service',
    shortNames: ['svc'],
    kind: 'Service',
    namespaced: true,
    verbs: [],
  },
];

function answerWith(stream: ProcessStream | ForwardStream, asked: ApiRequest[] = []) {
  return (request: ApiRequest): ApiResponse => {
    const { method, path } = request;
    if (path === '/api/v1') return { status: 200, body: { groupVersion: 'v1', resources: names } };
    if (path === '/apis') return { status: 200, body: { groups: [] } };
    if (method === 'POST') {
      asked.push(request);
      return { status: 200, stream };
    }
    if (path.endsWith('/services/front')) return { status: 200, body: service };
    if (path.endsWith('/pods')) return { status: 200, body: { items: [pod], metadata: {} } };
    return { status: 200, body: pod };
  };
}

/** A process that gives back what it is told until its input ends. */
function echoing(): ProcessStream & { closed: boolean } {
  let text = '';
  let code: number | undefined;
  return {
    kind: 'process',
    closed: false,
    next() {
      const found = text;
      text = '';
      return found === '' ? [] : [{ at: 0, stream: 'stdout', text: found }];
    },
    write(more) {
      text += more;
    },
    closeInput() {
      code = 0;
    },
    get exitCode() {
      return code;
    },
    close() {
      this.closed = true;
    },
  };
}

describe('a process is talked to', () => {
  it('until its input ends, and is closed then', () => {
    const stream = echoing();
    const asked: ApiRequest[] = [];
    const typed = [
      { text: 'one\n', ended: false },
      { text: 'two\n', ended: true },
    ];
    const { stdout, code } = runKubectl('exec -i web -c web -- cat', {
      answer: answerWith(stream, asked),
      typed: () => typed.shift() ?? { text: '', ended: true },
      pause: () => undefined,
    });
    expect({ stdout, code, closed: stream.closed }).toEqual({ stdout: 'one\ntwo\n', code: 0, closed: true });
    expect(asked[0]?.path).toBe('/api/v1/namespaces/shop/pods/web/exec');
    expect(asked[0]?.query).toEqual({
      command: ['cat'],
      container: 'web',
      stdin: 'true',
      stdout: 'true',
      stderr: 'true',
    });
  });

  it('without a terminal where there is none', () => {
    const { stderr } = runKubectl('exec -it web -c web -- cat', {
      answer: answerWith(echoing()),
      pause: () => undefined,
    });
    expect(stderr).toBe('Unable to use a TTY - input is not a terminal or the right kind of file\n');
  });

  it('by attach, which tells how to come back', () => {
    const { stdout, stderr } = runKubectl('attach web -c web -it', {
      answer: answerWith(echoing()),
      isTerminal: true,
      pause: () => undefined,
    });
    expect(stdout).toBe("Session ended, resume using 'kubectl attach web -c web -n shop -i -t' command\n");
    expect(stderr).toContain("If you don't see a command prompt, try pressing enter.\n");
  });

  it('by attach, which says when the container has no terminal', () => {
    const { stderr } = runKubectl('attach web -c side -it', {
      answer: answerWith(echoing()),
      isTerminal: true,
      pause: () => undefined,
    });
    expect(stderr).toContain('error: Unable to use a TTY - container side did not allocate one\n');
  });
});

/** Forwards ports, until time is to pass: then the line is over. */
function forwarded(line: string, isTaken: (port: number) => boolean = () => false) {
  const opened: (readonly [local: number, remote: number])[] = [];
  let isClosed = false;
  const stream: ForwardStream = {
    kind: 'forward',
    ask: () => undefined,
    close() {
      isClosed = true;
    },
  };
  class Over extends Error {}
  let stdout = '';
  let stderr = '';
  try {
    const outcome = runKubectl(line, {
      answer: answerWith(stream),
      listen(port, remotePort) {
        if (isTaken(port)) return 'the port is taken';
        opened.push([port, remotePort]);
        return undefined;
      },
      pause() {
        throw new Over();
      },
    });
    ({ stdout, stderr } = outcome);
  } catch (error) {
    if (!(error instanceof Over)) throw error;
  }
  return { opened, isClosed, stdout, stderr };
}

describe('a port is forwarded', () => {
  it.each([
    ['port-forward web 8080', [[8080, 8080]]],
    ['port-forward web 9000:http', [[9000, 8080]]],
    ['port-forward svc/front 9000:80', [[9000, 8080]]],
    ['port-forward svc/front 9000:web', [[9000, 8080]]],
    ['port-forward web :8080', [[40_000, 8080]]],
    [
      'port-forward web 1:2 3:4',
      [
        [1, 2],
        [3, 4],
      ],
    ],
  ])('kubectl %s', (line, ports) => {
    expect(forwarded(line).opened).toEqual(ports);
  });

  it('beside others that are taken', () => {
    expect(forwarded('port-forward web 1:2 3:4', (port) => port === 1).opened).toEqual([[3, 4]]);
  });

  it.each([
    ['port-forward web 53', 'error: UDP protocol is not supported for 53\n'],
    ['port-forward web 80:none', "error: Pod 'web' does not have a named port 'none'\n"],
    ['port-forward svc/front none', "error: Service 'front' does not have a named port 'none'\n"],
    ['port-forward svc/front 81', 'error: Service front does not have a service port 81\n'],
    ['port-forward web 80:0', 'error: remote port must be > 0\n'],
  ])('kubectl %s is refused', (line, says) => {
    expect(forwarded(line).stderr).toBe(says);
  });

  it('not when every port is taken', () => {
    const { stderr, isClosed } = forwarded('port-forward web 1:2', () => true);
    expect(stderr).toBe(
      'Unable to listen on port 1: the port is taken\nerror: unable to listen on any of the requested ports: [{1 2}]\n',
    );
    expect(isClosed).toBe(true);
  });
});
