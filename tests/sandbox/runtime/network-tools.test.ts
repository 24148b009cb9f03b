import { describe, expect, it } from 'vitest';
import { host, Lab } from './lone-container.ts';

/** Where the tools of these tests run: a server at 10.96.0.20 and addresses that lead nowhere. */
function client(resolver?: string) {
  const lab = new Lab();
  lab.names.web = ['10.96.0.20'];
  lab.names['web.shop.svc.cluster.local'] = ['10.96.0.20'];
  lab.ways['10.96.0.20:80'] = { network: 'web', port: 80 };
  lab.ways['10.96.0.20:7'] = { network: 'web', port: 7 };
  for (const port of [7, 80]) {
    lab.ways[`10.9.9.1:${port}`] = { failure: 'timeout' };
    lab.ways[`10.9.9.2:${port}`] = { failure: 'unreachable' };
    lab.ways[`10.9.9.3:${port}`] = { failure: 'refused' };
  }
  lab.start('nginx:1.28');
  const files = resolver === undefined ? {} : { hostFiles: { '/etc/resolv.conf': resolver } };
  const id = lab.start('busybox:1.36', ['sleep', '1000'], { network: 'client', ...files });
  return { lab, id, say: (line: string) => lab.exec(id, ['sh', '-c', line]) };
}

describe('nslookup prints what that of busybox prints', () => {
  const cluster = 'Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\n';
  const found = 'Name:\tweb.shop.svc.cluster.local\nAddress: 10.96.0.20\n';
  const missing = (name: string) => `** server can't find ${name}: NXDOMAIN\n\n`;

  it.each([
    ['a whole name', 'nslookup web.shop.svc.cluster.local', `${cluster}${found}\n\n`],
    ['one kind of address', 'nslookup -type=a web.shop.svc.cluster.local', `${cluster}${found}\n`],
    [
      'a name that nobody has',
      'nslookup nope.example.com',
      `${cluster}${missing('nope.example.com').repeat(2)}[1]\n`,
    ],
    [
      'one kind, and nobody',
      'nslookup -type=a nope.example.com',
      `${cluster}${missing('nope.example.com')}[1]\n`,
    ],
    [
      'a server that is named: nothing is added',
      'nslookup nope 10.96.0.10',
      `${cluster}${missing('nope').repeat(2)}[1]\n`,
    ],
    [
      'a short name: all that the search list makes of it',
      'nslookup web',
      `${cluster}${found}\n\n${missing('web.svc.cluster.local').repeat(2)}[1]\n`,
    ],
  ])('%s', (_, line, output) => {
    expect(client().say(line)).toBe(output);
  });

  it('says that the server of Docker has its answers from others', () => {
    const { say } = client('nameserver 127.0.0.11\noptions ndots:0\n');
    const head = 'Server:\t\t127.0.0.11\nAddress:\t127.0.0.11:53\n\n';
    const answer = 'Non-authoritative answer:\n';
    expect(say('nslookup web')).toBe(`${head}${answer}Name:\tweb\nAddress: 10.96.0.20\n\n${answer}\n`);
    expect(say('nslookup nope')).toBe(`${head}${missing('nope').repeat(2)}[1]\n`);
  });

  it('asks the machine itself where no server is named', () => {
    expect(client('').say('nslookup web')).toContain('Server:\t\t127.0.0.1\n');
  });
});

describe('ping', () => {
  const head = (name: string, address: string) => `PING ${name} (${address}): 56 data bytes\n`;
  const lost = (name: string, count: number) =>
    `\n--- ${name} ping statistics ---\n${count} packets transmitted, 0 packets received, 100% packet loss\n`;

  it.each([
    [
      'nobody answers',
      'ping -c 2 -W 1 10.9.9.1',
      `${head('10.9.9.1', '10.9.9.1')}${lost('10.9.9.1', 2)}[1]\n`,
    ],
    [
      'a time is set',
      'ping -w 2 -c 5 10.9.9.1',
      `${head('10.9.9.1', '10.9.9.1')}${lost('10.9.9.1', 2)}[1]\n`,
    ],
    ['there is no such name', 'ping nope', "ping: bad address 'nope'\n[1]\n"],
    [
      'somebody answers, and only the end is wanted',
      'ping -c 1 -q web | grep -v round',
      `${head('web', '10.96.0.20')}\n--- web ping statistics ---\n1 packets transmitted, 1 packets received, 0% packet loss\n`,
    ],
  ])('%s', (_, line, output) => {
    expect(client().say(line)).toBe(output);
  });

  it('waits ten seconds for the last answer where nothing else is said', () => {
    const { lab, id } = client();
    const before = lab.simulation.store.now;
    lab.exec(id, ['ping', '-c', '1', '10.9.9.1']);
    expect(lab.simulation.store.now - before).toBe(10_000);
  });

  it('goes on until it is stopped', () => {
    const { lab } = client();
    const id = lab.start('busybox:1.36', ['ping', 'web'], { network: 'client', name: 'pinger' });
    lab.advance(3000);
    expect(lab.log(id).match(/seq=/g)).toHaveLength(4);
    expect(lab.exitCode(id)).toBeUndefined();
  });
});

describe('nc', () => {
  it.each([
    ['a port that is open', 'nc -zv web 80', 'web (10.96.0.20:80) open\n'],
    ['a port that is closed', 'nc -zv 10.9.9.3 80', '[1]\n'],
    [
      'a port that is closed, and more is wanted',
      'nc -zvv 10.9.9.3 80',
      'nc: 10.9.9.3 (10.9.9.3:80): Connection refused\nsent 0, rcvd 0\n[1]\n',
    ],
    ['no way', 'nc -z 10.9.9.2 80', 'nc: 10.9.9.2 (10.9.9.2:80): Network is unreachable\n[1]\n'],
    ['nobody answers', 'nc -w 1 -z 10.9.9.1 80', 'nc: 10.9.9.1 (10.9.9.1:80): Connection timed out\n[1]\n'],
    ['no name', 'nc nope 80', "nc: bad address 'nope'\n[1]\n"],
    ['no port', 'nc web', '[1]\n'],
    [
      'a request of HTTP',
      "printf 'GET / HTTP/1.0\\r\\nHost: x\\r\\n\\r\\n' | nc web 80 | head -n 1",
      'HTTP/1.1 200 OK\r\n',
    ],
    [
      'a port that is taken',
      'nc -l -p 5000 & sleep 1; nc -l -p 5000',
      'nc: bind: Address already in use\npunt!\n[1]\n',
    ],
  ])('%s', (_, line, output) => {
    expect(client().say(line)).toBe(output);
  });

  it('tries two minutes where no time is set', () => {
    const { lab, id } = client();
    const process = lab.runtime.exec(host, id, { argv: ['nc', '10.9.9.1', '80'], tty: false, stdin: false });
    lab.advance(130_000);
    expect(lab.runtime.process(host, process)?.state).toBe('running');
    lab.advance(2000);
    expect(lab.runtime.process(host, process)?.state).toBe('exited');
  });
});

describe('wget', () => {
  it.each([
    ['nobody answers', 'wget -q -T 2 -O - http://10.9.9.1', 'wget: download timed out\n[1]\n'],
    [
      'no way',
      'wget -q -O - http://10.9.9.2',
      "wget: can't connect to remote host (10.9.9.2): Network is unreachable\n[1]\n",
    ],
    ['no name', 'wget http://nope:81/', "wget: bad address 'nope:81'\n[1]\n"],
    ['another protocol', 'wget gopher://web/', 'wget: not an http or ftp url: gopher://web/\n[1]\n'],
    [
      'a method that the page does not know',
      'wget -q --post-data a=b -O - http://web/',
      'wget: server returned error: HTTP/1.1 405 Not Allowed\n[1]\n',
    ],
    [
      'a file that cannot be made',
      'wget -O /nope/x http://web/',
      "Connecting to web (10.96.0.20:80)\nwget: can't open '/nope/x': No such file or directory\n[1]\n",
    ],
    [
      'only the head',
      'wget --spider -S http://web/ 2>&1 | head -n 2',
      'Connecting to web (10.96.0.20:80)\n  HTTP/1.1 200 OK\n',
    ],
    ['what it prints through a file', 'wget -q -O /dev/stdout http://web/ | head -n 1', '<!DOCTYPE html>\n'],
  ])('%s', (_, line, output) => {
    expect(client().say(line)).toBe(output);
  });
});

describe('what a container says of its network', () => {
  it.each([
    ['ip route', 'default via 10.244.1.1 dev eth0 \n10.244.1.0/24 dev eth0 scope link  src 10.244.1.6 \n'],
    ['ip r', 'default via 10.244.1.1 dev eth0 \n10.244.1.0/24 dev eth0 scope link  src 10.244.1.6 \n'],
    ['ip link | head -n 1', '1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue qlen 1000\n'],
    ['ip addr nope', "ip: invalid argument 'nope' to 'ip'\n[1]\n"],
    ['ip neigh', 'ip: the sandbox simulates `ip addr` and `ip route` only\n[1]\n'],
    ['ifconfig -a | head -n 1 | cut -c 1-30', 'eth0      Link encap:Ethernet \n'],
    [
      'ifconfig lo | head -n 2',
      'lo        Link encap:Local Loopback  \n          inet addr:127.0.0.1  Mask:255.0.0.0\n',
    ],
    ['ifconfig nope', 'ifconfig: nope: error fetching interface information: Device not found\n[1]\n'],
    [
      'httpd -p 127.0.0.1:8000; netstat -tlnp | tail -n 1 | sed "s/[0-9]*.httpd/httpd/"',
      'tcp        0      0 127.0.0.1:8000          0.0.0.0:*               LISTEN      httpd\n',
    ],
  ])('%s', (line, output) => {
    expect(client().say(line)).toBe(output);
  });
});
