import type { WebSocket } from 'ws';
import type { ProcessStream } from '../sandbox/cluster/api/request.ts';

/** The channels of `v5.channel.k8s.io` (KEP-4006); the first byte of each message names one. */
const channels = { stdin: 0, stdout: 1, stderr: 2, error: 3, resize: 4, close: 255 } as const;

/** Protocols in which a client may talk to a process, the best one first. */
export const processProtocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];

/** A process of the sandbox on one side, a WebSocket on the other. */
export class ProcessSocket {
  readonly #socket: WebSocket;
  readonly #stream: ProcessStream;

  constructor(socket: WebSocket, stream: ProcessStream, moved: () => void) {
    this.#socket = socket;
    this.#stream = stream;
    socket.on('message', (data: Buffer) => {
      this.#take(data);
      moved();
    });
    socket.on('close', () => stream.close());
    socket.on('error', () => stream.close());
  }

  /** Sends what the process has written since. @returns whether it goes on */
  flush(): boolean {
    if (this.#socket.readyState !== this.#socket.OPEN) return false;
    for (const { stream, text } of this.#stream.next()) this.#send(channels[stream], text);
    const { exitCode, problem } = this.#stream;
    if (exitCode === undefined) return true;
    this.#send(channels.error, JSON.stringify(problem === undefined ? endOf(exitCode) : unstarted(problem)));
    this.#socket.close(1000);
    return false;
  }

  #take(data: Buffer): void {
    const [channel, first] = data;
    if (channel === channels.stdin) this.#stream.write(data.subarray(1).toString('utf8'));
    if (channel === channels.close && first === channels.stdin) this.#stream.closeInput();
  }

  #send(channel: number, text: string): void {
    this.#socket.send(framed(channel, text));
  }
}

/** Tells a client that there will be no process, and ends the talk. */
export function tellUnstarted(socket: WebSocket, message: string): void {
  socket.send(framed(channels.error, JSON.stringify(unstarted(message))));
  socket.close(1000);
}

function framed(channel: number, text: string): Buffer {
  return Buffer.concat([Buffer.from([channel]), Buffer.from(text)]);
}

/** How a process ended, in the API's words. */
function endOf(exitCode: number): unknown {
  if (exitCode === 0) return { metadata: {}, status: 'Success' };
  return {
    metadata: {},
    status: 'Failure',
    message: `command terminated with non-zero exit code: exit status ${exitCode}`,
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: String(exitCode) }] },
  };
}

/** That a process could not be started, in the API's words. */
function unstarted(message: string): unknown {
  return { metadata: {}, status: 'Failure', message, reason: 'InternalError', code: 500 };
}
