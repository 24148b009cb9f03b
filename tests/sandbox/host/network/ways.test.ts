import { beforeAll, describe, expect, it } from 'vitest';
import { laptopHost } from '../../../../src/sandbox/shell/laptop/laptop.ts';
import { HostLab } from '../host-lab.ts';

const page = '<!DOCTYPE html>';
const cannot = (address: string, why: string) => `wget: can't connect to remote host (${address}): ${why}`;
const sleep = ['sleep', '36000'];

/** Who asks what, and the first line that comes back: seen between containers of Docker Engine 29.7.2. */
const visits: readonly (readonly [from: string, url: string, line: string])[] = [
  ['back', 'http://172.18.0.2', 'wget: download timed out'],
  ['back', 'http://172.19.0.1:8080', page],
  ['back', 'http://172.30.0.1:8080', page],
  ['plain', 'http://172.18.0.2', 'wget: download timed out'],
  ['plain', 'http://172.17.0.1:8080', page],
  ['plain', 'http://web', "wget: bad address 'web'"],
  ['back', 'http://web', "wget: bad address 'web'"],
  ['front', 'http://web', page],
  ['front', 'http://WEB.shop', page],
  ['front', 'http://shop-window', page],
  ['front', 'http://linked', page],
  ['inner', 'http://172.30.0.1:8080', cannot('172.30.0.1', 'Network is unreachable')],
  ['inner', 'http://172.20.0.1:8080', 'wget: download timed out'],
  ['inner', 'http://inner-web', page],
  ['alone', 'http://172.18.0.2', cannot('172.18.0.2', 'Network is unreachable')],
  ['on-host', 'http://127.0.0.1:8080', page],
  ['on-host', 'http://172.18.0.2', page],
  ['on-host', 'http://127.0.0.1:8081', page],
  ['on-host', 'http://127.0.0.1:8082', cannot('127.0.0.1', 'Connection refused')],
  ['plain', 'http://172.17.0.1:8081', cannot('172.17.0.1', 'Connection refused')],
  ['back', 'http://172.19.0.1:81', cannot('172.19.0.1', 'Connection refused')],
  ['back', 'http://172.18.0.99', 'wget: download timed out'],
  ['plain', 'http://host.docker.internal:8080', "wget: bad address 'host.docker.internal:8080'"],
  ['back', 'http://host.docker.internal:8080', page],
  ['plain', 'http://10.244.1.2', 'wget: download timed out'],
  ['plain', 'http://example.com', "wget: bad address 'example.com'"],
];

describe('the networks of the engine', () => {
  let lab: HostLab;
  const ids = new Map<string, string>();
  beforeAll(() => {
    lab = new HostLab().images('busybox:1.36', 'nginx:1.28');
    for (const Name of ['shop', 'other']) lab.outcome('POST', '/networks/create', { Name });
    lab.outcome('POST', '/networks/create', { Name: 'back', Internal: true });
    const run = (name: string, image: string, host: object, more: object = {}) =>
      ids.set(name, lab.run(name, image, image.startsWith('nginx') ? [] : sleep, host, more));
    const at = (HostPort: string, HostIp = '') => ({ PortBindings: { '80/tcp': [{ HostIp, HostPort }] } });
    const web = { NetworkingConfig: { EndpointsConfig: { shop: { Aliases: ['shop-window'] } } } };
    run('web', 'nginx:1.28', { NetworkMode: 'shop', ...at('8080') }, web);
    run('local', 'nginx:1.28', at('8081', '127.0.0.1'));
    run('inner-web', 'nginx:1.28', { NetworkMode: 'back', ...at('8082') });
    run('back', 'busybox:1.36', {
      NetworkMode: 'other',
      ExtraHosts: ['host.docker.internal:host-gateway'],
    });
    const links = { NetworkingConfig: { EndpointsConfig: { shop: { Links: ['web:linked'] } } } };
    run('front', 'busybox:1.36', { NetworkMode: 'shop' }, links);
    run('inner', 'busybox:1.36', { NetworkMode: 'back' });
    run('plain', 'busybox:1.36', {});
    run('alone', 'busybox:1.36', { NetworkMode: 'none' });
    run('on-host', 'busybox:1.36', { NetworkMode: 'host' });
  });

  it.each(visits)('let %s ask %s: %s', (from, url, line) => {
    const text = lab.exec(ids.get(from) ?? '', `wget -T 3 -qO- ${url} 2>&1 | head -1`);
    expect(text.trimEnd()).toBe(line);
  });

  it('lead from the laptop to what is published, and to the containers themselves', () => {
    expect(lab.fetch(8080)).toBe(200);
    expect(lab.fetch(8080, '172.30.0.1')).toBe(200);
    expect(lab.fetch(8081)).toBe(200);
    expect(lab.fetch(8081, '172.30.0.1')).toBe('refused');
    expect(lab.fetch(80, '172.18.0.2')).toBe(200);
    expect(lab.fetch(80, '172.17.0.99')).toBe('no-route');
  });

  it('lead from Pods to the ports that the laptop publishes, and no further', () => {
    const pod = Object.keys(lab.store.table('network/networks')).find((id) => id.startsWith('pod/')) ?? '';
    const { ways } = lab.sandbox;
    expect(ways.reach(pod, '172.30.0.1', 8080, 'TCP')).toMatchObject({ port: 80 });
    expect(ways.reach(pod, '172.30.0.1', 8081, 'TCP')).toEqual({ network: 'laptop', port: 8081 });
    expect(ways.reach(pod, '172.18.0.2', 80, 'TCP')).toEqual({ failure: 'timeout' });
  });

  it('lead from containers to the nodes of the cluster', () => {
    const text = lab.exec(ids.get('plain') ?? '', 'wget -T 3 -qO- http://172.30.0.12:31999 2>&1');
    expect(text).toBe(`${cannot('172.30.0.12', 'Connection refused')}\n`);
  });

  it('share what a container shares', () => {
    const id = lab.run('beside', 'busybox:1.36', sleep, { NetworkMode: 'container:web' });
    expect(lab.exec(id, 'wget -qO- http://127.0.0.1 | head -1')).toBe(`${page}\n`);
    expect(lab.fetch(8080)).toBe(200);
  });

  it('are closed to one another where somebody asks for that', () => {
    const Options = { 'com.docker.network.bridge.enable_icc': 'false' };
    lab.outcome('POST', '/networks/create', { Name: 'closed', Options });
    lab.run('one', 'nginx:1.28', [], { NetworkMode: 'closed' });
    const id = lab.run('two', 'busybox:1.36', sleep, { NetworkMode: 'closed' });
    expect(lab.exec(id, 'wget -T 3 -qO- http://one 2>&1')).toBe('wget: download timed out\n');
  });

  it('change with what is connected and disconnected', () => {
    const id = lab.run('mover', 'busybox:1.36', sleep, { NetworkMode: 'other' });
    const ask = () => lab.exec(id, 'wget -T 3 -qO- http://web 2>&1 | head -1').trimEnd();
    expect(ask()).toBe("wget: bad address 'web'");
    lab.outcome('POST', '/networks/shop/connect', { Container: 'mover' });
    expect(ask()).toBe(page);
    expect(lab.exec(id, 'tail -2 /etc/hosts').match(/172\.\d+/g)).toEqual(['172.19', '172.18']);
    lab.outcome('POST', '/networks/shop/disconnect', { Container: 'mover' });
    expect(ask()).toBe("wget: bad address 'web'");
  });
});

describe('published ports', () => {
  const at = (port: string, ...places: [HostIp: string, HostPort: string][]) => ({
    PortBindings: { [port]: places.map(([HostIp, HostPort]) => ({ HostIp, HostPort })) },
  });
  const portsOf = (lab: HostLab, name: string) =>
    lab.get<{ NetworkSettings: { Ports: object } }>(`/containers/${name}/json`).NetworkSettings.Ports;
  const everywhere = (HostPort: string) => [
    { HostIp: '0.0.0.0', HostPort },
    { HostIp: '::', HostPort },
  ];

  it('are everywhere unless an address is named, and chosen where no number is', () => {
    const lab = new HostLab().images('busybox:1.36');
    lab.run('one', 'busybox:1.36', sleep, {
      PortBindings: {
        '80/tcp': [{ HostIp: '', HostPort: '18992-18994' }],
        '81/tcp': [{ HostIp: '', HostPort: '' }],
        '82/tcp': [{ HostIp: '127.0.0.1', HostPort: '' }],
      },
    });
    expect(portsOf(lab, 'one')).toEqual({
      '80/tcp': everywhere('18992'),
      '81/tcp': everywhere('32768'),
      '82/tcp': [{ HostIp: '127.0.0.1', HostPort: '32769' }],
    });
    lab.run('two', 'busybox:1.36', sleep, at('80/tcp', ['', '18992-18994']));
    expect(portsOf(lab, 'two')).toEqual({ '80/tcp': everywhere('18993') });
  });

  it('are others after a restart where they were chosen, and gone while the container does not run', () => {
    const lab = new HostLab().images('busybox:1.36');
    const ports = { ExposedPorts: { '99/tcp': {} } };
    lab.run('one', 'busybox:1.36', sleep, { PublishAllPorts: true, ...at('77/tcp', ['', '18998']) }, ports);
    expect(portsOf(lab, 'one')).toEqual({ '77/tcp': everywhere('18998'), '99/tcp': everywhere('32768') });
    lab.outcome('POST', '/containers/one/kill');
    lab.sandbox.advance(1000);
    expect(portsOf(lab, 'one')).toEqual({});
    lab.outcome('POST', '/containers/one/start');
    expect(portsOf(lab, 'one')).toEqual({ '77/tcp': everywhere('18998'), '99/tcp': everywhere('32769') });
  });

  const failing = (name: string, why: string) =>
    new RegExp(
      `^\\d+ failed to set up container networking: driver failed programming external connectivity on endpoint ${name} \\(\\w{64}\\): ${why}$`,
    );
  it.each([
    [at('80/tcp', ['', '8080']), 'Bind for 0\\.0\\.0\\.0:8080 failed: port is already allocated'],
    [at('80/tcp', ['127.0.0.1', '8080']), 'Bind for 127\\.0\\.0\\.1:8080 failed: port is already allocated'],
    [
      at('80/tcp', ['10.1.2.3', '8081']),
      'failed to bind host port 10\\.1\\.2\\.3:8081/tcp: cannot assign requested address',
    ],
    [at('80/tcp', ['', '9000']), 'failed to bind host port 0\\.0\\.0\\.0:9000/tcp: address already in use'],
  ])('as %j are refused where they are taken', (host, why) => {
    const lab = new HostLab().images('busybox:1.36');
    lab.run('one', 'busybox:1.36', sleep, at('80/tcp', ['', '8080']));
    const id = lab.run('host', 'busybox:1.36', sleep, { NetworkMode: 'host' });
    lab.exec(id, 'httpd -p 9000 -h /tmp');
    const body = { Image: 'busybox:1.36', Cmd: sleep, HostConfig: host };
    lab.outcome('POST', '/containers/create?name=two', body);
    expect(lab.outcome('POST', '/containers/two/start')).toMatch(failing('two', why));
    expect(lab.outcome('POST', '/containers/one/kill')).toBe('204');
    lab.sandbox.advance(1000);
  });

  it('come back when what had them stops', () => {
    const lab = new HostLab().images('busybox:1.36');
    lab.run('one', 'busybox:1.36', sleep, at('80/tcp', ['', '8080']));
    lab.outcome('POST', '/containers/one/kill');
    lab.sandbox.advance(1000);
    lab.run('two', 'busybox:1.36', sleep, at('80/tcp', ['', '8080']));
    expect(portsOf(lab, 'two')).toEqual({ '80/tcp': everywhere('8080') });
  });
});

/** What Docker Engine 29.7.2 puts into containers, with other addresses and name servers. */
describe('the files that the engine puts into a container', () => {
  const basics = [
    '127.0.0.1\tlocalhost',
    '::1\tlocalhost ip6-localhost ip6-loopback',
    'fe00::\tip6-localnet',
    'ff00::\tip6-mcastprefix',
    'ff02::1\tip6-allnodes',
    'ff02::2\tip6-allrouters',
  ];
  const head = [
    '# Generated by Docker Engine.',
    '# This file can be edited; Docker Engine will not make further changes once it',
    '# has been modified.',
    '',
  ];
  const based = "# Based on host file: '/etc/resolv.conf'";

  it.each([
    [
      'shop',
      {
        ExtraHosts: ['foo:1.2.3.4', 'host.docker.internal:host-gateway'],
        Dns: ['9.9.9.9'],
        DnsSearch: ['a.test'],
        DnsOptions: ['ndots:2'],
      },
      { Hostname: 'web', Domainname: 'shop.test' },
      [...basics, '1.2.3.4\tfoo', '172.17.0.1\thost.docker.internal', '172.18.0.2\tweb.shop.test web'],
      [
        ...['nameserver 127.0.0.11', 'search a.test', 'options ndots:2', '', `${based} (internal resolver)`],
        ...[
          '# ExtServers: [9.9.9.9]',
          '# Overrides: [nameservers search options]',
          '# Option ndots from: override',
        ],
      ],
    ],
    [
      'shop',
      {},
      {},
      [...basics, '172.18.0.2\tID'],
      [
        ...['nameserver 127.0.0.11', 'options ndots:0', '', `${based} (internal resolver)`],
        ...['# ExtServers: [host(192.168.1.1)]', '# Overrides: []', '# Option ndots from: internal'],
      ],
    ],
    [
      'bridge',
      { Dns: ['9.9.9.9'], DnsSearch: ['a.test'], ExtraHosts: ['foo:1.2.3.4'] },
      {},
      [...basics, '1.2.3.4\tfoo', '172.17.0.2\tID'],
      ['nameserver 9.9.9.9', 'search a.test', '', `${based} (legacy)`, '# Overrides: [nameservers search]'],
    ],
    [
      'none',
      { ExtraHosts: ['foo:1.2.3.4'] },
      {},
      [...basics, '1.2.3.4\tfoo'],
      ['nameserver 192.168.1.1', '', `${based} (legacy)`, '# Overrides: []'],
    ],
    [
      'host',
      { Dns: ['8.8.8.8'] },
      {},
      ['127.0.0.1 localhost', '127.0.1.1 laptop'],
      ['nameserver 8.8.8.8', '', based, '# Overrides: [nameservers]'],
    ],
  ])('on the network %s with %j', (NetworkMode, host, config, hosts, resolver) => {
    const lab = new HostLab().images('busybox:1.36');
    lab.outcome('POST', '/networks/create', { Name: 'shop' });
    const id = lab.run('one', 'busybox:1.36', sleep, { NetworkMode, ...host }, config);
    const text = (path: string) => {
      const node = lab.sandbox.runtime.files(laptopHost, id).get(path);
      return node?.kind === 'file' ? node.content.replaceAll(id.slice(0, 12), 'ID') : undefined;
    };
    expect(text('/etc/hosts')).toBe(`${hosts.join('\n')}\n`);
    expect(text('/etc/resolv.conf')).toBe(`${[...head, ...resolver].join('\n')}\n`);
  });

  it('name the containers that another is linked to on the network bridge', () => {
    const lab = new HostLab().images('busybox:1.36');
    const db = lab.run('db', 'busybox:1.36', sleep);
    const id = lab.run('one', 'busybox:1.36', sleep, { Links: ['db:database'] });
    expect(lab.exec(id, 'grep 172 /etc/hosts')).toBe(
      `172.17.0.2\tdatabase ${db.slice(0, 12)} db\n172.17.0.3\t${id.slice(0, 12)}\n`,
    );
  });
});
