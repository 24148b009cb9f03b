import { describe, expect, it } from 'vitest';
import { HostLab } from '../host-lab.ts';

type Settings = Readonly<Record<string, unknown>> & { readonly IPAddress: string };

function networksOf(lab: HostLab, name: string): Readonly<Record<string, Settings>> {
  return lab.get<{ NetworkSettings: { Networks: Record<string, Settings> } }>(`/containers/${name}/json`)
    .NetworkSettings.Networks;
}

function addressOf(lab: HostLab, name: string, network = 'shop'): string {
  return networksOf(lab, name)[network]?.IPAddress ?? '';
}

const sleep = ['sleep', '3600'];

/** A laptop with networks, and a container in each kind of them. */
function newLab(): HostLab {
  const lab = new HostLab().images('busybox:1.36');
  lab.outcome('POST', '/networks/create', { Name: 'shop' });
  lab.outcome('POST', '/networks/create', { Name: 'back', Internal: true });
  const run = (name: string, mode: string) => lab.run(name, 'busybox:1.36', sleep, { NetworkMode: mode });
  run('in-shop', 'shop');
  run('in-host', 'host');
  run('in-none', 'none');
  run('with-shop', 'container:in-shop');
  lab.outcome('POST', '/containers/create?name=created', { Image: 'busybox:1.36', Cmd: sleep });
  return lab;
}

const connect = (lab: HostLab, network: string, Container: string, EndpointConfig: object | null = null) =>
  lab.outcome('POST', `/networks/${network}/connect`, { Container, EndpointConfig });
const disconnect = (lab: HostLab, network: string, Container: string, Force = false) =>
  lab.outcome('POST', `/networks/${network}/disconnect`, { Container, Force });

const shared =
  '400 container sharing network namespace with another container or host cannot be connected to any other network';
const single =
  '400 container cannot be connected to multiple networks with one of the networks in private (none) mode';

/** What Docker Engine 29.7.2 answers. */
const connections: readonly (readonly [
  network: string,
  container: string,
  config: object | null,
  outcome: string,
])[] = [
  ['shop', 'in-shop', null, '403 endpoint with name in-shop already exists in network shop'],
  ['nope', 'in-shop', null, '404 network nope not found'],
  ['nope', 'created', null, '200'],
  ['shop', 'nope', null, '404 No such container: nope'],
  ['shop', '', null, '400 invalid name or ID supplied: ""'],
  ['shop', 'in-host', null, shared],
  ['shop', 'in-none', null, single],
  ['shop', 'with-shop', null, shared],
  [
    'host',
    'in-shop',
    null,
    '400 cannot connect container to host network - container must be created in host network mode',
  ],
  ['none', 'in-shop', null, single],
  [
    'bridge',
    'in-shop',
    { Aliases: ['x'] },
    '400 invalid endpoint settings:\nnetwork-scoped aliases are only supported for user-defined networks',
  ],
  [
    'back',
    'in-shop',
    { IPAMConfig: { IPv4Address: '10.1.1.1' } },
    '400 invalid endpoint settings:\nno configured subnet contains IP address 10.1.1.1',
  ],
  [
    'bridge',
    'in-shop',
    { IPAMConfig: { IPv4Address: '172.17.0.77' } },
    '400 invalid endpoint settings:\nuser-specified IP address is supported on user-defined networks only',
  ],
  ['back', 'in-shop', { Aliases: ['db'] }, '200'],
  ['back', 'in-shop', { IPAMConfig: { IPv4Address: '172.19.0.77' } }, '200'],
  ['bridge', 'in-shop', null, '200'],
  ['shop', 'created', null, '200'],
];

const disconnections: readonly (readonly [
  network: string,
  container: string,
  force: boolean,
  outcome: string,
])[] = [
  ['shop', 'in-shop', false, '200'],
  ['back', 'in-shop', false, '500 container ID is not connected to network back'],
  ['back', 'created', false, '500 container ID is not connected to the network back'],
  ['bridge', 'created', false, '200'],
  ['nope', 'in-shop', false, '404 network nope not found'],
  [
    'host',
    'in-host',
    false,
    '400 cannot disconnect container from host network - container was created in host network mode',
  ],
  ['shop', 'with-shop', false, '500 container ID is not connected to network shop'],
  ['shop', 'nope', false, '404 No such container: nope'],
  ['shop', 'nope', true, '404 endpoint nope not found'],
];

describe('a container', () => {
  it.each(connections)('is connected to %s: %s as %j', (network, container, config, outcome) => {
    expect(connect(newLab(), network, container, config)).toBe(outcome);
  });

  it.each(disconnections)(
    'is disconnected from %s: %s, by force %s',
    (network, container, force, outcome) => {
      const found = disconnect(newLab(), network, container, force);
      expect(found.replace(/[0-9a-f]{64}/, 'ID')).toBe(outcome);
    },
  );

  it('shows what it has in a network', () => {
    const lab = newLab();
    connect(lab, 'back', 'in-shop', { Aliases: ['db'] });
    const { shop, back } = networksOf(lab, 'in-shop');
    const id = lab.get<{ Id: string }>('/containers/in-shop/json').Id;
    expect(shop).toEqual({
      IPAMConfig: null,
      Links: null,
      Aliases: null,
      DriverOpts: null,
      GwPriority: 0,
      NetworkID: lab.get<{ Id: string }>('/networks/shop').Id,
      EndpointID: expect.stringMatching(/^[0-9a-f]{64}$/),
      Gateway: '172.18.0.1',
      IPAddress: '172.18.0.2',
      MacAddress: expect.stringMatching(/^[0-9a-f][26ae](:[0-9a-f]{2}){5}$/),
      IPPrefixLen: 16,
      IPv6Gateway: '',
      GlobalIPv6Address: '',
      GlobalIPv6PrefixLen: 0,
      DNSNames: ['in-shop', id.slice(0, 12)],
    });
    expect(back).toMatchObject({ Gateway: '', DNSNames: ['in-shop', 'db', id.slice(0, 12)] });
    expect(lab.get('/networks/shop')).toMatchObject({
      Containers: { [id]: { Name: 'in-shop', IPv4Address: '172.18.0.2/16', IPv6Address: '' } },
    });
  });

  it.each([
    ['in-none', 'none'],
    ['in-host', 'host'],
  ])('%s has an endpoint in %s without an address', (container, network) => {
    expect(networksOf(newLab(), container)).toMatchObject({
      [network]: {
        IPAddress: '',
        MacAddress: '',
        Gateway: '',
        EndpointID: expect.stringMatching(/^\w{64}$/),
      },
    });
  });

  it('that shares the network of another has none of its own', () => {
    expect(networksOf(newLab(), 'with-shop')).toEqual({});
  });
});

describe('addresses', () => {
  it('are the lowest that are free, and come back when a container stops', () => {
    const lab = newLab();
    const run = (name: string) => lab.run(name, 'busybox:1.36', sleep, { NetworkMode: 'shop' });
    run('one');
    run('two');
    expect([addressOf(lab, 'one'), addressOf(lab, 'two')]).toEqual(['172.18.0.3', '172.18.0.4']);
    lab.outcome('POST', '/containers/one/kill');
    lab.sandbox.advance(1000);
    expect(networksOf(lab, 'one')).toMatchObject({ shop: { IPAddress: '', EndpointID: '' } });
    run('three');
    expect(addressOf(lab, 'three')).toBe('172.18.0.3');
    lab.outcome('POST', '/containers/one/start');
    expect(addressOf(lab, 'one')).toBe('172.18.0.5');
  });

  it('can be asked for, once', () => {
    const lab = newLab();
    const create = (name: string, address: string) =>
      lab.outcome('POST', `/containers/create?name=${name}`, {
        Image: 'busybox:1.36',
        Cmd: sleep,
        HostConfig: { NetworkMode: 'shop' },
        NetworkingConfig: { EndpointsConfig: { shop: { IPAMConfig: { IPv4Address: address } } } },
      });
    create('one', '172.18.0.55');
    expect(lab.outcome('POST', '/containers/one/start')).toBe('204');
    create('two', '172.18.0.55');
    expect(lab.outcome('POST', '/containers/two/start')).toMatch(
      /^\d+ failed to set up container networking: Address already in use$/,
    );
    expect(create('three', '10.3.3.3')).toBe(
      '400 invalid config for network shop: invalid endpoint settings:\nno configured subnet contains IP address 10.3.3.3',
    );
  });

  it('end', () => {
    const lab = new HostLab().images('busybox:1.36');
    const IPAM = { Config: [{ Subnet: '10.99.0.0/29' }] };
    lab.outcome('POST', '/networks/create', { Name: 'small', IPAM });
    for (let number = 2; number < 7; number++) {
      lab.run(`web-${number}`, 'busybox:1.36', sleep, { NetworkMode: 'small' });
      expect(addressOf(lab, `web-${number}`, 'small')).toBe(`10.99.0.${number}`);
    }
    const { Id } = lab.get<{ Id: string }>('/networks/small');
    expect(() => lab.run('one-more', 'busybox:1.36', sleep, { NetworkMode: 'small' })).toThrow(
      `failed to set up container networking: no available IPv4 addresses on this network's address pools: small (${Id})`,
    );
  });
});
