import { constants, createDeflate, createInflate, type Deflate, type Inflate } from 'node:zlib';
import { spdyDictionary } from './spdy-dictionary.ts';

const types = {
  synStream: 1,
  synReply: 2,
  rstStream: 3,
  settings: 4,
  ping: 6,
  goAway: 7,
  headers: 8,
} as const;
const fin = 1;

/** A stream that the other side has opened. */
export interface SpdyStream {
  readonly id: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Sends bytes. */
  send(data: Buffer): void;
  /** Says that nothing more is sent. */
  end(): void;
}

/** What is done with the streams of a connection. */
export interface SpdyHandlers {
  opened(stream: SpdyStream): void;
  received(stream: SpdyStream, data: Buffer): void;
  /** The other side sends nothing more. */
  ended(stream: SpdyStream): void;
  /** The other side has no use for the stream any more. */
  reset(stream: SpdyStream): void;
}

/**
 * The server's side of a SPDY 3.1 connection, as much of it as port-forwarding takes: streams that the client
 * opens, data both ways, pings. kubectl still speaks it, inside of a WebSocket (KEP-4006). It is read from a
 * row of bytes, wherever these come from.
 */
export class SpdyConnection {
  readonly #handlers: SpdyHandlers;
  readonly #write: (bytes: Buffer) => void;
  readonly #inflate: Inflate;
  readonly #deflate: Deflate;
  readonly #streams = new Map<number, SpdyStream>();
  #received = Buffer.alloc(0);
  /** Frames are read one after another: headers cannot be unpacked at once. */
  #work: Promise<void> = Promise.resolve();

  /** @param write sends bytes to the other side */
  constructor(handlers: SpdyHandlers, write: (bytes: Buffer) => void) {
    this.#handlers = handlers;
    this.#write = write;
    const dictionary = spdyDictionary();
    this.#inflate = createInflate({ dictionary, finishFlush: constants.Z_SYNC_FLUSH });
    this.#deflate = createDeflate({ dictionary });
  }

  /** Takes bytes of the other side. A connection that cannot be understood is left alone from then on. */
  take(bytes: Buffer): void {
    this.#received = Buffer.concat([this.#received, bytes]);
    for (;;) {
      if (this.#received.length < 8) return;
      const length = this.#received.readUInt32BE(4) & 0xffffff;
      if (this.#received.length < 8 + length) return;
      const frame = this.#received.subarray(0, 8 + length);
      this.#received = this.#received.subarray(8 + length);
      this.#work = this.#work.then(() => this.#read(frame)).catch(() => undefined);
    }
  }

  /** Frees what unpacks headers. */
  close(): void {
    this.#inflate.close();
    this.#deflate.close();
    this.#streams.clear();
  }

  async #read(frame: Buffer): Promise<void> {
    const flags = frame.readUInt8(4);
    if ((frame.readUInt8(0) & 0x80) === 0) return this.#readData(frame, flags);
    const type = frame.readUInt16BE(2);
    const body = frame.subarray(8);
    switch (type) {
      case types.synStream:
        return this.#open(body, flags);
      case types.rstStream: {
        const stream = this.#streams.get(body.readUInt32BE(0));
        if (!stream) return;
        this.#streams.delete(stream.id);
        return this.#handlers.reset(stream);
      }
      case types.ping:
        // Pings are sent back; those with even numbers would be our own.
        if (body.readUInt32BE(0) % 2 === 1) this.#control(types.ping, 0, body);
        return;
      case types.headers:
        // The state of the unpacking must not get lost.
        await this.#unpack(body.subarray(4));
        return;
      default:
        // Settings, window updates and farewells ask nothing of us.
        return;
    }
  }

  #readData(frame: Buffer, flags: number): void {
    const stream = this.#streams.get(frame.readUInt32BE(0) & 0x7fffffff);
    if (!stream) return;
    const data = frame.subarray(8);
    if (data.length > 0) this.#handlers.received(stream, data);
    if (flags & fin) this.#handlers.ended(stream);
  }

  async #open(body: Buffer, flags: number): Promise<void> {
    const id = body.readUInt32BE(0) & 0x7fffffff;
    const headers = headersOf(await this.#unpack(body.subarray(10)));
    const stream: SpdyStream = {
      id,
      headers,
      send: (data) => this.#send(id, data, 0),
      end: () => this.#send(id, Buffer.alloc(0), fin),
    };
    this.#streams.set(id, stream);
    const reply = Buffer.alloc(4);
    reply.writeUInt32BE(id);
    this.#control(types.synReply, 0, Buffer.concat([reply, await this.#pack(Buffer.alloc(4))]));
    this.#handlers.opened(stream);
    if (flags & fin) this.#handlers.ended(stream);
  }

  #send(id: number, data: Buffer, flags: number): void {
    const most = 0x4000;
    for (let place = 0; place === 0 || place < data.length; place += most) {
      const part = data.subarray(place, place + most);
      const head = Buffer.alloc(8);
      head.writeUInt32BE(id);
      head.writeUInt32BE(part.length, 4);
      head.writeUInt8(place + most >= data.length ? flags : 0, 4);
      this.#write(Buffer.concat([head, part]));
    }
  }

  #control(type: number, flags: number, body: Buffer): void {
    const head = Buffer.alloc(8);
    head.writeUInt16BE(0x8003);
    head.writeUInt16BE(type, 2);
    head.writeUInt32BE(body.length, 4);
    head.writeUInt8(flags, 4);
    this.#write(Buffer.concat([head, body]));
  }

  #unpack(packed: Buffer): Promise<Buffer> {
    return through(this.#inflate, packed);
  }

  #pack(plain: Buffer): Promise<Buffer> {
    return through(this.#deflate, plain);
  }
}

/** Sends bytes through one of zlib's streams and takes what comes out, without ending it. */
function through(stream: Inflate | Deflate, bytes: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    const collect = (part: Buffer): void => void parts.push(part);
    const fail = (error: Error): void => reject(error);
    stream.on('data', collect).once('error', fail);
    stream.write(bytes);
    stream.flush(constants.Z_SYNC_FLUSH, () => {
      stream.off('data', collect).off('error', fail);
      resolve(Buffer.concat(parts));
    });
  });
}

function headersOf(block: Buffer): Record<string, string> {
  const headers: Record<string, string> = {};
  let place = 4;
  const text = (): string => {
    const length = block.readUInt32BE(place);
    place += 4 + length;
    return block.toString('latin1', place - length, place);
  };
  for (let left = block.readUInt32BE(0); left > 0; left--) {
    const name = text();
    headers[name.toLowerCase()] = text();
  }
  return headers;
}
