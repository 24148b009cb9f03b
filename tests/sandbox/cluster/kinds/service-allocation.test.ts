import { describe, expect, it } from 'vitest';
import { patchType, TestServer } from '../api/test-server.ts';

const path = '/api/v1/namespaces/default/services';

function service(name: string, spec: object) {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { ports: [{ port: 80 }], ...spec } };
}

describe('what a Service is given', () => {
  it('is an address of its own, beyond those that are asked for by name', () => {
    const server = new TestServer();
    const addresses = Array.from({ length: 300 }, (_, index) => {
      const { body } = server.ask('POST', path, service(`s${index}`, {}));
      expect(body.spec.clusterIPs).toEqual([body.spec.clusterIP]);
      return body.spec.clusterIP as string;
    });
    expect(new Set(addresses).size).toBe(300);
    for (const address of addresses) {
      expect(address).toMatch(/^10\.96\.(?!0\.)\d+\.\d+$/);
      expect(address).not.toBe('10.96.255.255');
    }
  });

  it('is the same from the same world', () => {
    const first = new TestServer();
    const world = first.store.snapshot();
    const make = () =>
      new TestServer(world).ask('POST', path, service('web', { type: 'NodePort' })).body.spec;
    expect(make()).toEqual(make());
  });

  it('is a port of the nodes for each of its ports, and one for both protocols of a port', () => {
    const server = new TestServer();
    const ports = [
      { name: 'dns', port: 53, protocol: 'UDP' },
      { name: 'dns-tcp', port: 53, protocol: 'TCP' },
      { name: 'http', port: 80 },
    ];
    const { body } = server.ask('POST', path, service('web', { type: 'NodePort', ports }));
    const [udp, tcp, http] = body.spec.ports.map(({ nodePort }: { nodePort: number }) => nodePort);
    expect(udp).toBe(tcp);
    expect(http).not.toBe(tcp);
    for (const port of [udp, http]) {
      expect(port).toBeGreaterThanOrEqual(30_086);
      expect(port).toBeLessThanOrEqual(32_767);
    }
  });

  it('is what it asks for, and nobody else gets it until it is gone', () => {
    const server = new TestServer();
    const wanted = { type: 'NodePort', clusterIP: '10.96.0.50', ports: [{ port: 80, nodePort: 30_080 }] };
    expect(server.ask('POST', path, service('web', wanted)).status).toBe(201);
    const again = server.ask('POST', path, service('api', { ...wanted, clusterIP: undefined }));
    expect(again.body.message).toBe(
      'Service "api" is invalid: spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated',
    );
    expect(server.ask('POST', path, service('api', { clusterIP: '10.96.0.50' })).body.message).toBe(
      'Service "api" is invalid: spec.clusterIPs: Invalid value: ["10.96.0.50"]: failed to allocate IP 10.96.0.50: provided IP is already allocated',
    );
    server.ask('DELETE', `${path}/web`);
    expect(server.ask('POST', path, service('api', wanted)).status).toBe(201);
  });

  it('stays when it is replaced by an object that does not speak of it', () => {
    const server = new TestServer();
    const { body: before } = server.ask('POST', path, service('web', { type: 'NodePort' }));
    const { body: after } = server.ask('PUT', `${path}/web`, service('web', { type: 'NodePort' }));
    expect(after.spec).toEqual(before.spec);
  });

  it('goes when it is not needed any more, and comes when it is', () => {
    const server = new TestServer();
    server.ask('POST', path, service('web', {}));
    const change = (spec: object) =>
      server.ask('PATCH', `${path}/web`, { spec }, patchType('merge')).body.spec;
    const opened = change({ type: 'NodePort' });
    expect(opened.ports[0].nodePort).toBeGreaterThan(30_000);
    const closed = change({ type: 'ClusterIP' });
    expect(closed.ports[0]).not.toHaveProperty('nodePort');
    expect(closed).not.toHaveProperty('externalTrafficPolicy');
    expect(closed.clusterIP).toBe(opened.clusterIP);
    const named = change({ type: 'ExternalName', externalName: 'db.example.com' });
    expect(named).not.toHaveProperty('clusterIP');
    const back = change({ type: 'ClusterIP', externalName: null });
    expect(back.clusterIP).toMatch(/^10\.96\./);
  });

  it('is a port for the health of its nodes, where a balancer asks for it', () => {
    const server = new TestServer();
    const { body } = server.ask(
      'POST',
      path,
      service('web', { type: 'LoadBalancer', externalTrafficPolicy: 'Local' }),
    );
    expect(body.spec.healthCheckNodePort).toBeGreaterThan(30_000);
    expect(body.spec.healthCheckNodePort).not.toBe(body.spec.ports[0].nodePort);
  });
});
