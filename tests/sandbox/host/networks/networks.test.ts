import { describe, expect, it } from 'vitest';
import { filters, HostLab } from '../host-lab.ts';

type Details = {
  readonly Name: string;
  readonly Id: string;
  readonly IPAM: { readonly Config: { readonly Subnet: string }[] | null };
  readonly Containers: Record<string, { Name: string; IPv4Address: string }>;
};

const create = (lab: HostLab, body: object) => lab.outcome('POST', '/networks/create', body);
const ipam = (...Config: object[]) => ({ IPAM: { Config } });
const swarm =
  'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.';

/** Bodies of `POST /networks/create` where a network `shop` is 172.18.0.0/16, and what Docker Engine 29.7.2 says. */
const refusals: readonly (readonly [body: object, outcome: string])[] = [
  [{ Name: 'shop' }, '409 network with name shop already exists'],
  [{ Name: 'bridge' }, '403 operation is not permitted on predefined bridge network '],
  [{ Name: 'default' }, '403 operation is not permitted on predefined default network '],
  [{ Name: 'new', Driver: 'host' }, '403 only one instance of "host" network is allowed'],
  [{ Name: 'new', Driver: 'null' }, '403 only one instance of "null" network is allowed'],
  [{ Name: 'new', Driver: 'overlay' }, `403 ${swarm}`],
  [{ Name: 'new', Driver: 'nope' }, '404 plugin "nope" not found'],
  [{ Name: 'new', Scope: 'swarm' }, '403 cannot create a swarm scoped network when swarm is not active'],
  [{ Name: 'new', Ingress: true }, '403 Ingress network can only be global scope network'],
  [{}, '400 invalid name: name is empty'],
  [{ Name: ' ' }, '400 invalid name: name is empty'],
  [
    { Name: 'new', ...ipam({ Subnet: '172.18.0.0/24' }) },
    '403 invalid pool request: Pool overlaps with other one on this address space',
  ],
  [
    { Name: 'new', ...ipam({ Subnet: '10.5.5.3/24' }) },
    '400 invalid network config:\ninvalid subnet 10.5.5.3/24: it should be 10.5.5.0/24',
  ],
  [
    { Name: 'new', ...ipam({ Subnet: '10.5.5.0/24', Gateway: '10.6.6.1', IPRange: '10.7.0.0/24' }) },
    "400 invalid network config:\n* invalid ip-range 10.7.0.0/24: parent subnet 10.5.5.0/24 doesn't contain ip-range\n* invalid gateway 10.6.6.1: parent subnet 10.5.5.0/24 doesn't contain this address",
  ],
  [{ Name: 'new', ...ipam({ Subnet: 'foo' }) }, `400 invalid JSON: netip.ParsePrefix("foo"): no '/'`],
  [
    { Name: 'new', ...ipam({ Gateway: '10.6.6.1' }) },
    "400 invalid network config:\ninvalid gateway 10.6.6.1: parent subnet invalid Prefix doesn't contain this address",
  ],
  [
    { Name: 'new', IPAM: { Driver: 'nope', Config: [{ Subnet: '10.6.6.0/24' }] } },
    '404 plugin "nope" not found',
  ],
  [
    { Name: 'new', ...ipam({ Subnet: '10.6.6.0/24' }, { Subnet: '10.6.7.0/24' }) },
    "403 bridge driver doesn't support multiple subnets",
  ],
  [
    { Name: 'new', Options: { 'com.docker.network.driver.mtu': 'abc' } },
    '400 failed to parse com.docker.network.driver.mtu value: abc (strconv.Atoi: parsing "abc": invalid syntax)',
  ],
];

describe('a network', () => {
  it.each(refusals)('as %j is refused', (body, outcome) => {
    const lab = new HostLab();
    create(lab, { Name: 'shop' });
    expect(create(lab, body)).toBe(outcome);
    expect(lab.get<unknown[]>('/networks')).toHaveLength(4);
  });

  it('gets the next range of addresses, not one that the laptop has a way to', () => {
    const lab = new HostLab();
    const ranges = Array.from({ length: 28 }, (_, number) => {
      create(lab, { Name: `shop-${number}` });
      const [first] = lab.get<Details>(`/networks/shop-${number}`).IPAM.Config ?? [];
      return first?.Subnet;
    });
    expect(ranges.slice(0, 3)).toEqual(['172.18.0.0/16', '172.19.0.0/16', '172.20.0.0/16']);
    expect(ranges.slice(11, 15)).toEqual([
      '172.29.0.0/16',
      '172.31.0.0/16',
      '192.168.16.0/20',
      '192.168.32.0/20',
    ]);
    expect(create(lab, { Name: 'more' })).toBe('400 all predefined address pools have been fully subnetted');
    lab.outcome('DELETE', '/networks/shop-1');
    create(lab, { Name: 'again' });
    expect(lab.get('/networks/again')).toMatchObject({ IPAM: { Config: [{ Subnet: '172.19.0.0/16' }] } });
  });

  it('takes the range that it is given, and has its gateway at the beginning of it', () => {
    const lab = new HostLab();
    const Config = [
      { Subnet: '10.6.6.0/24', IPRange: '10.6.6.128/25', AuxiliaryAddresses: { printer: '10.6.6.129' } },
    ];
    create(lab, { Name: 'shop', Internal: true, Attachable: true, Labels: { a: 'b' }, IPAM: { Config } });
    const shown = lab.get<Details>('/networks/shop');
    expect(shown).toMatchObject({
      Driver: 'bridge',
      Internal: true,
      Attachable: true,
      Labels: { a: 'b' },
      IPAM: { Driver: 'default', Options: null, Config: [{ ...Config[0], Gateway: '10.6.6.128' }] },
      Status: { IPAM: { Subnets: { '10.6.6.0/24': { IPsInUse: 4, DynamicIPsAvailable: 125 } } } },
    });
    expect(Object.keys(shown)).toEqual(
      'Name Id Created Scope Driver EnableIPv4 EnableIPv6 IPAM Internal Attachable Ingress ConfigFrom ConfigOnly Options Labels Containers Status'.split(
        ' ',
      ),
    );
  });

  it('is found by its id, its name, and the beginning of its id', () => {
    const lab = new HostLab();
    create(lab, { Name: 'shop' });
    const { Id } = lab.get<Details>('/networks/shop');
    for (const term of [Id, Id.slice(0, 12), Id.slice(0, 5)]) {
      expect(lab.get<Details>(`/networks/${term}`).Name).toBe('shop');
    }
    expect(lab.outcome('GET', '/networks/nope')).toBe('404 network nope not found');
  });
});

describe('the networks that every engine has', () => {
  it('are bridge, host and none', () => {
    const shown = new HostLab().get<Details[]>('/networks');
    expect(shown.map(({ Name }) => Name).sort()).toEqual(['bridge', 'host', 'none']);
    expect(new HostLab().get('/networks/bridge')).toMatchObject({
      IPAM: { Config: [{ Subnet: '172.17.0.0/16', Gateway: '172.17.0.1' }] },
      Options: { 'com.docker.network.bridge.name': 'docker0' },
    });
    expect(new HostLab().get('/networks/host')).toMatchObject({
      IPAM: { Config: null },
      Status: { IPAM: {} },
    });
  });

  it.each(['bridge', 'host', 'none'])('%s cannot be removed', (name) => {
    expect(new HostLab().outcome('DELETE', `/networks/${name}`)).toBe(
      `403 ${name} is a pre-defined network and cannot be removed`,
    );
  });
});

describe('the list of networks', () => {
  const lab = new HostLab().images('busybox:1.36');
  create(lab, { Name: 'shop', Labels: { a: 'b' } });
  create(lab, { Name: 'empty' });
  lab.run('web', 'busybox:1.36', ['sleep', '600'], { NetworkMode: 'shop' });

  it.each([
    [{ name: ['sh'] }, ['shop']],
    [{ name: ['^e'] }, ['empty']],
    [{ driver: ['null'] }, ['none']],
    [{ type: ['custom'] }, ['empty', 'shop']],
    [{ type: ['builtin'] }, ['bridge', 'host', 'none']],
    [{ label: ['a'] }, ['shop']],
    [{ label: ['a=c'] }, []],
    [{ dangling: ['true'] }, ['empty']],
    [{ dangling: ['0'] }, ['bridge', 'host', 'none', 'shop']],
    [{ scope: ['swarm'] }, []],
  ])('with %j is %j', (given, names) => {
    const shown = lab.get<Details[]>(`/networks?${filters(given)}`);
    expect(shown.map(({ Name }) => Name).sort()).toEqual(names);
  });

  it.each([
    [{ type: ['x'] }, "500 invalid filter: 'type'='x'"],
    [
      { dangling: ['x'] },
      `400 invalid value for filter 'dangling', must be "true" (or "1"), or "false" (or "0")`,
    ],
    [{ foo: ['x'] }, "400 invalid filter 'foo'"],
  ])('with %j is refused', (given, outcome) => {
    expect(lab.outcome('GET', `/networks?${filters(given)}`)).toBe(outcome);
  });
});

describe('removing networks', () => {
  it('is refused while containers run in them', () => {
    const lab = new HostLab().images('busybox:1.36');
    create(lab, { Name: 'shop' });
    lab.run('web', 'busybox:1.36', ['sleep', '600'], { NetworkMode: 'shop' });
    expect(lab.outcome('DELETE', '/networks/shop')).toMatch(
      /^403 error while removing network: network shop has active endpoints \(name:"web" id:"[0-9a-f]{12}"\)$/,
    );
    lab.outcome('POST', '/containers/web/kill');
    lab.sandbox.advance(1000);
    expect(lab.outcome('DELETE', '/networks/shop')).toBe('204');
    expect(lab.outcome('DELETE', '/networks/shop')).toBe('404 network shop not found');
    expect(lab.events('network')).toEqual(['create shop', 'connect shop', 'disconnect shop', 'destroy shop']);
  });

  it('prunes those that no container runs in', () => {
    const lab = new HostLab().images('busybox:1.36');
    for (const Name of ['shop', 'one', 'two']) create(lab, { Name });
    lab.run('web', 'busybox:1.36', ['sleep', '600'], { NetworkMode: 'shop' });
    const body = (query = '') => {
      const response = lab.answer('POST', `/networks/prune${query}`);
      return 'stream' in response ? undefined : response.body;
    };
    expect(body(`?${filters({ label: ['nope'] })}`)).toEqual({ NetworksDeleted: null });
    expect(body()).toEqual({ NetworksDeleted: ['one', 'two'] });
  });
});
