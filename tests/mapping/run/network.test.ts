import { describe, expect, it } from 'vitest';
import { objectOf, podOf, soundly, translated, verdictOn } from './translated.ts';

const run = (flags: string) => soundly(`docker run -d ${flags} nginx:1.27`);

describe('networks', () => {
  it('keeps the name on a network of one’s own, by a Service', () => {
    const translation = run('--name db --network shop');
    expect(objectOf(translation, 'Service')).toMatchObject({
      metadata: { name: 'db' },
      spec: { clusterIP: 'None', selector: { app: 'db' } },
    });
    expect(verdictOn(translation, '--network').why).toMatch(
      /one flat network, so `shop` is not made.*the Service `db` keeps that/,
    );
    expect(translation.caveats.join(' ')).toMatch(/`shop` isolates nothing/);
  });

  it('has no Service for what nobody finds by name', () => {
    expect(run('--network shop').objects.map((each) => each.kind)).toEqual(['Deployment']);
  });

  it.each([
    ['--name db --network shop --network-alias database', ['db', 'database']],
    ['--name db --net shop --net-alias database --net-alias my_db', ['db', 'database', 'my-db']],
    ['--name db --network name=shop,alias=database', ['db', 'database']],
    ['--name db --network shop --network-alias db', ['db']],
    ['--network shop --network-alias cache', ['cache']],
  ])('%s has the Services %j', (flags, names) => {
    expect(
      run(flags)
        .objects.filter((each) => each.kind === 'Service')
        .map((each) => each.metadata.name),
    ).toEqual(names);
  });

  it('lets an alias lead to the same ports', () => {
    const translation = run('--name db --network shop --network-alias database -p 5432:5432');
    expect(objectOf(translation, 'Service', 'database').spec.ports).toEqual([
      { port: 5432, targetPort: 5432 },
    ]);
  });

  it('cuts off a container without a network, as far as a policy can', () => {
    const translation = run('--name web --network none');
    expect(objectOf(translation, 'NetworkPolicy').spec).toEqual({
      podSelector: { matchLabels: { app: 'web' } },
      policyTypes: ['Ingress', 'Egress'],
    });
    expect(verdictOn(translation, '--network').why).toMatch(/if the network plugin enforces it/);
  });

  it.each([
    ['--network host', '--network', 'exact', /network of its node/],
    ['--net host', '--net', 'exact', /network of its node/],
    ['--network bridge', '--network', 'exact', /docker's default/],
    ['--network default', '--network', 'exact', /docker's default/],
    ['--network container:db', '--network', 'approximate', /Pod of `db`/],
    ['--network none', '--network', 'approximate', /NetworkPolicy/],
    ['--network shop', '--network', 'approximate', /without `--name` nobody/],
    ['--network name=shop,ip=10.1.2.3', '--network', 'approximate', /For a fixed address there is no field/],
    ['--network shop --ip 10.1.2.3', '--ip', 'none', /10\.1\.2\.3/],
    ['--network shop --ip6 2001:db8::33', '--ip6', 'none', /2001:db8::33/],
    ['--network shop --link-local-ip 169.254.1.1', '--link-local-ip', 'none', /169\.254\.1\.1/],
    ['--mac-address 92:d0:c6:0a:29:33', '--mac-address', 'none', /92:d0:c6:0a:29:33/],
    ['--link db', '--link', 'approximate', /called `db`.*kubectl expose deployment db --port/],
    [
      '--link db:database',
      '--link',
      'approximate',
      /called `database`.*kubectl expose deployment db --name=database/,
    ],
    ['--link my_db', '--link', 'approximate', /`MY_DB_SERVICE_HOST`/],
    [
      '--network shop --network-alias my_db',
      '--network-alias',
      'approximate',
      /became one that the API accepts/,
    ],
  ])('%s: %s is %s', (flags, flag, grade, why) => {
    const verdict = verdictOn(run(flags), flag);
    expect(verdict.grade).toBe(grade);
    expect(verdict.why).toMatch(why);
  });

  it.each([
    ['-h web1', 'web1', 'exact'],
    ['--hostname web1.example.com', 'web1', 'approximate'],
    ['--hostname Web_1', 'web-1', 'approximate'],
    ['--hostname web1 --network host', undefined, 'none'],
  ])('%s is the name %s', (flags, hostname, grade) => {
    const translation = run(flags);
    expect(podOf(translation).hostname).toBe(hostname);
    expect(verdictOn(translation, '--hostname').grade).toBe(grade);
  });

  it('leaves the names of a StatefulSet to it', () => {
    const translation = soundly('docker run -d -h web1 nginx:1.27', { as: 'statefulset' });
    expect(podOf(translation).hostname).toBeUndefined();
    expect(verdictOn(translation, '--hostname').grade).toBe('none');
  });

  it('names the field for a full name where there is one', () => {
    const line = 'docker run -d --domainname example.org nginx:1.27';
    expect(verdictOn(translated(line), '--domainname').why).toContain('spec.hostnameOverride');
    expect(verdictOn(translated(line, { kubernetes: '1.34' }), '--domainname').why).not.toContain(
      'hostnameOverride',
    );
  });
});

describe('names of others', () => {
  it.each([
    ['--dns 8.8.8.8', { dnsPolicy: 'None', dnsConfig: { nameservers: ['8.8.8.8'] } }],
    [
      '--dns 8.8.8.8 --dns 2001:db8::1',
      { dnsPolicy: 'None', dnsConfig: { nameservers: ['8.8.8.8', '2001:db8::1'] } },
    ],
    [
      '--dns 8.8.8.8 --network host',
      { hostNetwork: true, dnsPolicy: 'None', dnsConfig: { nameservers: ['8.8.8.8'] } },
    ],
    [
      '--network host --dns 8.8.8.8',
      { hostNetwork: true, dnsPolicy: 'None', dnsConfig: { nameservers: ['8.8.8.8'] } },
    ],
    ['--dns 8.8.8.8 --network shop', { dnsConfig: { nameservers: ['8.8.8.8'] } }],
    ['--dns 8.8.8.8 --link db', { dnsConfig: { nameservers: ['8.8.8.8'] } }],
    [
      '--dns 1.1.1.1 --dns 2.2.2.2 --dns 3.3.3.3 --dns 4.4.4.4',
      { dnsPolicy: 'None', dnsConfig: { nameservers: ['1.1.1.1', '2.2.2.2', '3.3.3.3'] } },
    ],
    ['--dns-search example.com', { dnsConfig: { searches: ['example.com'] } }],
    ['--dns-search Example.COM', { dnsConfig: { searches: ['example.com'] } }],
    ['--dns-search .', {}],
    ['--dns-option ndots:2', { dnsConfig: { options: [{ name: 'ndots', value: '2' }] } }],
    [
      '--dns-opt rotate --dns-option ndots:1 --dns-opt ndots:3',
      { dnsConfig: { options: [{ name: 'rotate' }, { name: 'ndots', value: '3' }] } },
    ],
    ['--add-host db:10.0.0.5', { hostAliases: [{ ip: '10.0.0.5', hostnames: ['db'] }] }],
    [
      '--add-host db=10.0.0.5 --add-host cache:10.0.0.5',
      { hostAliases: [{ ip: '10.0.0.5', hostnames: ['db', 'cache'] }] },
    ],
    ['--add-host my=[2001:db8::33]', { hostAliases: [{ ip: '2001:db8::33', hostnames: ['my'] }] }],
    ['--add-host host.docker.internal:host-gateway', {}],
    ['--add-host my_db:10.0.0.5', {}],
  ])('%s: %j', (flags, spec) => {
    const { containers: _, ...rest } = podOf(run(flags));
    expect(rest).toEqual(spec);
  });

  it.each([
    ['--dns 8.8.8.8', '--dns', 'exact', /replaces the cluster's resolver/],
    ['--dns 8.8.8.8 --network shop', '--dns', 'approximate', /after the cluster's own resolver/],
    ['--dns-search .', '--dns-search', 'approximate', /no search domain/],
    ['--add-host a:host-gateway', '--add-host', 'none', /status\.hostIP/],
    ['--add-host my_db:10.0.0.5', '--add-host', 'none', /no host of the name `my_db`/],
    ['--dns-opt ndots:2', '--dns-opt', 'exact', /`ndots:2`/],
  ])('%s: %s is %s', (flags, flag, grade, why) => {
    const verdict = verdictOn(run(flags), flag);
    expect(verdict.grade).toBe(grade);
    expect(verdict.why).toMatch(why);
  });

  it('leaves out the fourth resolver, and says so', () => {
    expect(verdictOn(run('--dns 1.1.1.1 --dns 2.2.2.2 --dns 3.3.3.3 --dns 4.4.4.4'), '--dns', 3).grade).toBe(
      'none',
    );
  });
});
