import type { Program } from '../../program.ts';
import { tables } from '../../records.ts';
import { steps, tool } from '../applet.ts';
import { misuse, nameOf, readOptions, UsageError } from '../options.ts';
import { connect, gather, type NcState } from './nc-connection.ts';

/** nslookup of busybox: asks the name server, with the domains of `/etc/resolv.conf` for names without a dot. */
export const nslookup: Program = tool((call) => {
  const words = call.args.filter((word) => !word.startsWith('-'));
  const onlyA = call.args.some((word) => /^-(type|querytype|q)=a$/i.test(word));
  const [name, given] = words;
  if (name === undefined) throw misuse(call, '');
  const node = call.files.look('/etc/resolv.conf');
  const text = node?.kind === 'file' ? node.content : '';
  const server = given ?? /^nameserver\s+(\S+)/m.exec(text)?.[1] ?? '127.0.0.1';
  // Whoever names a server asks it for the name as it stands.
  const search = given === undefined ? (/^search\s+(.+)/m.exec(text)?.[1]?.split(/\s+/) ?? []) : [];
  call.out(`Server:\t\t${server}\nAddress:\t${server}:53\n\n`);
  const candidates =
    name.includes('.') || search.length === 0 ? [name] : search.map((domain) => `${name}.${domain}`);
  // Docker's server answers for others.
  const head = server === '127.0.0.11' ? 'Non-authoritative answer:\n' : '';
  let code = 0;
  for (const candidate of candidates) {
    const addresses = call.kernel.network.lookUp(call.container, candidate.replace(/\.$/, ''));
    // It asks for addresses of IPv4, and of IPv6, of which there are none.
    for (const asked of onlyA ? [addresses] : [addresses, []]) {
      const lines = asked.map((address) => `Name:\t${candidate}\nAddress: ${address}\n`);
      call.out(
        addresses.length > 0
          ? `${head}${lines.join('')}\n`
          : `** server can't find ${candidate}: NXDOMAIN\n\n`,
      );
    }
    if (addresses.length === 0) code = 1;
  }
  return code;
});

interface PingState {
  readonly address: string;
  readonly sent: number;
  readonly got: number;
  readonly next: number;
  readonly startedAt: number;
}

/** ping: what can be reached answers. */
export const ping: Program = steps((call) => {
  const { values, flags, rest } = readOptions(call, 'c:w:W:qi:s:I:4');
  const [name] = rest;
  if (name === undefined) throw misuse(call, '');
  const bad = [values.c, values.w, values.W].find((each) => each !== undefined && !/^\d+$/.test(each));
  if (bad !== undefined) throw new UsageError(`ping: invalid number '${bad}'\n`);
  let state = call.state as PingState | undefined;
  const count = values.c === undefined ? Number.POSITIVE_INFINITY : Number(values.c);
  const ms = (sent: number) => (0.06 + ((sent * 7) % 10) / 200).toFixed(3);
  if (state === undefined) {
    const [address] = call.resolve(name);
    if (address === undefined) throw new UsageError(`ping: bad address '${name}'\n`);
    call.out(`PING ${name} (${address}): 56 data bytes\n`);
    state = { address, sent: 0, got: 0, next: call.now, startedAt: call.now };
  }
  if (state.next > call.now) return { until: state.next };
  // A port that is refused is a machine that answers.
  const way = call.reach(state.address, 7);
  const answers = 'network' in way || way.failure === 'refused';
  const isOver = values.w !== undefined && call.now >= state.startedAt + Number(values.w) * 1000;
  if (state.sent >= count || isOver) {
    const { sent, got } = state;
    call.out(
      `\n--- ${name} ping statistics ---\n${sent} packets transmitted, ${got} packets received, ${Math.round(((sent - got) / sent) * 100)}% packet loss\n`,
    );
    if (got > 0) call.out(`round-trip min/avg/max = ${ms(0)}/${ms(0)}/${ms(0)} ms\n`);
    return got > 0 ? 0 : 1;
  }
  if (answers && !flags.q)
    call.out(`64 bytes from ${state.address}: seq=${state.sent} ttl=64 time=${ms(0)} ms\n`);
  const sent = state.sent + 1;
  const isLast = sent >= count;
  const patience = answers ? 1 : Number(values.W ?? 10) * 1000;
  const next = call.now + (isLast ? patience : 1000);
  const end = values.w === undefined ? next : state.startedAt + Number(values.w) * 1000;
  state = { ...state, sent, got: state.got + Number(answers), next: Math.min(next, end) };
  call.state = state;
  return { until: state.next };
});

/** nc: connects and says what comes back, looks at ports (`-z`), or listens once (`-l`). */
export const nc: Program = {
  memory: 400_000,
  step: (call) => ncSteps.step(call),
  serve(call, request) {
    const state = call.state as NcState;
    const head = [
      `${request.method} ${request.path} HTTP/1.1`,
      `Host: ${request.host}`,
      ...Object.entries(request.headers).map(
        ([name, value]) => `${name.replace(/(^|-)\w/g, (letter) => letter.toUpperCase())}: ${value}`,
      ),
    ];
    call.out(`${head.join('\r\n')}\r\n\r\n${request.body}`);
    call.state = { ...state, sent: true };
    call.kernel.wake(call.record);
    const [, status = '', reason = ''] = /^HTTP\/\S+ (\d+) ?([^\r\n]*)/.exec(state.input) ?? [];
    if (status === '') return undefined;
    const [top = '', ...rest] = state.input.split(/\r?\n\r?\n/);
    const headers = Object.fromEntries(
      top
        .split(/\r?\n/)
        .slice(1)
        .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
    );
    return { status: Number(status), reason, headers, body: rest.join('\n\n'), milliseconds: 1 };
  },
  talk(call, text) {
    const state = call.state as NcState;
    call.out(text);
    call.state = { ...state, sent: true };
    call.kernel.wake(call.record);
    return state.input;
  },
};

const ncSteps = steps((call) => {
  const { flags, values, rest } = readOptions(call, 'zvlp:w:e:i:nkuqN', {}, (word) =>
    word === '-lk' ? '-lk' : word,
  );
  const state = (call.state ?? { input: '', isOver: false }) as NcState;
  if (values.w !== undefined && !/^\d+$/.test(values.w))
    throw new UsageError(`nc: invalid number '${values.w}'\n`);
  if (values.e !== undefined) throw new UsageError(`${nameOf(call)}: -e is not simulated\n`);
  const read = gather(call, state);
  if (flags.l) {
    const port = Number(values.p ?? rest.at(-1) ?? 0);
    if (state.sent && !flags.k) return 0;
    if (!call.listen(port)) throw new UsageError('nc: bind: Address already in use\npunt!\n');
    call.state = { ...read, ...(state.sent ? { sent: false } : {}) };
    return 'waits';
  }
  const [host, port] = rest;
  if (host === undefined) throw misuse(call, '');
  if (port === undefined) return 1;
  return connect(call, read, host, Number(port), flags, values.w);
});

/** netstat: who listens. */
export const netstat: Program = tool((call) => {
  const withPrograms = readOptions(call, 'laentuwxrWp').flags.p !== undefined;
  const { network } = call.spec;
  const networkOf = (entry: { network: string }) => [entry.network];
  const found = call.kernel.store.index(tables.listeners, 'network', networkOf).entries(network) as {
    port: number;
    process: string;
    isLocal?: boolean;
  }[];
  call.out('Active Internet connections (only servers)\n');
  call.out(
    `Proto Recv-Q Send-Q Local Address           Foreign Address         State       ${withPrograms ? 'PID/Program name    ' : ''}\n`,
  );
  for (const { port, process, isLocal } of [...found].sort((one, other) => one.port - other.port)) {
    const record = call.kernel.store.read(tables.processes, process) as
      | { pid: number; container: string; argv: readonly string[] }
      | undefined;
    const isOwn = record?.container === call.container.id;
    const owner = withPrograms
      ? ` ${isOwn ? `${record.pid}/${record.argv[0]?.split('/').at(-1)}` : '-'}`
      : '';
    call.out(
      `tcp        0      0 ${`${isLocal ? '127.0.0.1' : '0.0.0.0'}:${port}`.padEnd(23)} ${'0.0.0.0:*'.padEnd(23)} LISTEN     ${owner}\n`,
    );
  }
  return 0;
});

function hardwareAddress(address: string): string {
  const parts = address.split('.').map((part) => Number(part).toString(16).padStart(2, '0'));
  return `02:42:${parts.join(':')}`;
}

/** ip: `addr` and `route`. */
export const ip: Program = tool((call) => {
  const [what = '', how = 'show'] = call.args.filter((word) => !word.startsWith('-'));
  const address = call.address;
  const gateway = address.replace(/\.\d+$/, '.1');
  const subnet = address.replace(/\.\d+$/, '.0');
  const shows = ['show', 'list', 'ls', 's', 'dev', 'eth0', 'lo'].includes(how);
  if ('route'.startsWith(what) && what !== '' && shows) {
    call.out(`default via ${gateway} dev eth0 \n${subnet}/24 dev eth0 scope link  src ${address} \n`);
    return 0;
  }
  if (call.isBusybox && !/^(a|addr|address|l|link|r|route|n|neigh|ru|rule|t|tunnel)$/.test(what))
    throw misuse(call, '');
  if (call.isBusybox && !shows && !/^(add|del|change|append|replace|set|flush)/.test(how)) {
    call.err(`ip: invalid argument '${how}' to 'ip'\n`);
    return 1;
  }
  if (!shows || !('address'.startsWith(what) || 'link'.startsWith(what))) {
    call.err(`ip: the sandbox simulates \`ip addr\` and \`ip route\` only\n`);
    return 1;
  }
  call.out(
    '1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue qlen 1000\n    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00\n    inet 127.0.0.1/8 scope host lo\n       valid_lft forever preferred_lft forever\n',
  );
  call.out(
    `2: eth0@if3: <BROADCAST,MULTICAST,UP,LOWER_UP,M-DOWN> mtu 1500 qdisc noqueue \n    link/ether ${hardwareAddress(address)} brd ff:ff:ff:ff:ff:ff\n    inet ${address}/24 brd ${address.replace(/\.\d+$/, '.255')} scope global eth0\n       valid_lft forever preferred_lft forever\n`,
  );
  return 0;
});

/** ifconfig */
export const ifconfig: Program = tool((call) => {
  const [device] = call.args;
  const address = call.address;
  const counters = (queue: number) =>
    `          RX packets:0 errors:0 dropped:0 overruns:0 frame:0\n          TX packets:0 errors:0 dropped:0 overruns:0 carrier:0\n          collisions:0 txqueuelen:${queue} \n          RX bytes:0 (0.0 B)  TX bytes:0 (0.0 B)\n\n`;
  const devices: Readonly<Record<string, string>> = {
    eth0: `eth0      Link encap:Ethernet  HWaddr ${hardwareAddress(address).toUpperCase()}  \n          inet addr:${address}  Bcast:${address.replace(/\.\d+$/, '.255')}  Mask:255.255.255.0\n          UP BROADCAST RUNNING MULTICAST  MTU:1500  Metric:1\n${counters(0)}`,
    lo: `lo        Link encap:Local Loopback  \n          inet addr:127.0.0.1  Mask:255.0.0.0\n          UP LOOPBACK RUNNING  MTU:65536  Metric:1\n${counters(1000)}`,
  };
  if (device === undefined || device === '-a') {
    call.out(`${devices.eth0}${devices.lo}`);
    return 0;
  }
  const found = Object.hasOwn(devices, device) ? devices[device] : undefined;
  if (found === undefined) {
    call.err(`ifconfig: ${device}: error fetching interface information: Device not found\n`);
    return 1;
  }
  call.out(found);
  return 0;
});
