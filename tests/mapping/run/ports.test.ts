import { describe, expect, it } from 'vitest';
import { containerOf, linesOf, objectOf, soundly, translated, verdictOn } from './translated.ts';

describe('published ports', () => {
  it.each([
    ['-p 8080:80', [{ port: 8080, targetPort: 80 }], [{ containerPort: 80 }], '8080:80'],
    ['-p 80:80', [{ port: 80, targetPort: 80 }], [{ containerPort: 80 }], '80:80'],
    ['-p 80', [{ port: 80, targetPort: 80 }], [{ containerPort: 80 }], ':80'],
    ['-p 0:80', [{ port: 80, targetPort: 80 }], [{ containerPort: 80 }], ':80'],
    ['-p8080:80/tcp', [{ port: 8080, targetPort: 80 }], [{ containerPort: 80 }], '8080:80'],
    ['-p 0.0.0.0:8080:80', [{ port: 8080, targetPort: 80 }], [{ containerPort: 80 }], '8080:80'],
    ['-p published=8080,target=80', [{ port: 8080, targetPort: 80 }], [{ containerPort: 80 }], '8080:80'],
    ['-p 8000-8010:80', [{ port: 8000, targetPort: 80 }], [{ containerPort: 80 }], '8000:80'],
    ['-p 192.168.1.5:8080:80', [{ port: 8080, targetPort: 80 }], [{ containerPort: 80 }], '8080:80'],
  ])('%s are ports of a Service, and forwarded', (flags, servicePorts, containerPorts, forward) => {
    const translation = soundly(`docker run -d --name web ${flags} nginx:1.27`);
    expect(objectOf(translation, 'Service').spec.ports).toEqual(servicePorts);
    expect(containerOf(translation).ports).toEqual(containerPorts);
    expect(linesOf(translation)).toContain(`kubectl port-forward deployment/web ${forward}`);
    expect(verdictOn(translation, '--publish').why).toContain(
      `port ${servicePorts[0]?.port} of the Service \`web\``,
    );
  });

  it('has a Service with several ports name them', () => {
    const translation = soundly('docker run -d --name web -p 8080:80 -p 8443:443 -p 53:53/udp nginx:1.27');
    expect(objectOf(translation, 'Service').spec.ports).toEqual([
      { name: 'tcp-8080', port: 8080, targetPort: 80 },
      { name: 'tcp-8443', port: 8443, targetPort: 443 },
      { name: 'udp-53', protocol: 'UDP', port: 53, targetPort: 53 },
    ]);
    expect(containerOf(translation).ports?.map((each) => each.name)).toEqual(['tcp-80', 'tcp-443', 'udp-53']);
    expect(linesOf(translation)).toContain('kubectl port-forward deployment/web 8080:80 8443:443');
  });

  it('writes a range port by port', () => {
    const translation = soundly('docker run -d --name web -p 3000-3002:3000-3002 nginx:1.27');
    expect(objectOf(translation, 'Service').spec.ports).toHaveLength(3);
    expect(verdictOn(translation, '--publish').why).toMatch(
      /3 ports .* no ranges: 3000 → 3000 to 3002 → 3002/,
    );
  });

  it('makes a headless Service of more ports than anybody would list', () => {
    const translation = soundly('docker run -d --name sip -p 10000-20000:10000-20000/udp asterisk:20');
    const { spec } = objectOf(translation, 'Service');
    expect(spec).toEqual({ clusterIP: 'None', selector: { app: 'sip' } });
    expect(verdictOn(translation, '--publish').why).toContain('10001');
  });

  it.each([
    ['-p 127.0.0.1:8080:80', '8080:80'],
    ['-p [::1]:8080:80', '8080:80'],
    ['-p 127.0.0.1::80', ':80'],
  ])('%s is for the own machine alone, so there is no Service', (flags, forward) => {
    const translation = soundly(`docker run -d --name web ${flags} nginx:1.27`);
    expect(translation.objects.map((each) => each.kind)).toEqual(['Deployment']);
    expect(linesOf(translation)).toContain(`kubectl port-forward deployment/web ${forward}`);
    expect(verdictOn(translation, '--publish').kubernetes).toBe('`kubectl port-forward`');
  });

  it.each([
    ['-p 127.0.0.1:53:53/udp', 'none', /TCP only, not UDP/],
    ['-p 53:53/udp', 'approximate', /UDP from outside takes `type: NodePort`/],
    ['-p 9000:9000/sctp', 'approximate', /\(SCTP\).*SCTP from outside/],
    ['-p 10.0.0.7:80:80', 'approximate', /One address of one machine, 10\.0\.0\.7/],
    ['-p 8000-8010:80', 'approximate', /Docker would pick one of 8000-8010/],
    ['-P', 'none', /docker image inspect/],
    ['-P --expose 80', 'approximate', /ports of `--expose` are ports of the Service/],
    ['--network host -p 80:80', 'exact', /publishes no ports/],
    ['--network none -p 80:80', 'exact', /publishes no ports/],
    ['-p $PORT:80', 'none', /`\$PORT:80`.*nobody knows it here/],
  ])('%s is %s', (flags, grade, why) => {
    const translation = soundly(`docker run -d ${flags} nginx:1.27`);
    const [verdict] = translation.flags.filter((each) => /publish/.test(each.flag));
    expect(verdict?.grade).toBe(grade);
    expect(verdict?.why).toMatch(why);
  });

  it('gives UDP no port-forward', () => {
    expect(linesOf(soundly('docker run -d -p 53:53/udp coredns:1')).join('\n')).not.toContain('port-forward');
  });

  it('keeps the first of two that want one port, as a Service has to', () => {
    const translation = soundly('docker run -d -p 8080:80 -p 8080:81 nginx:1.27');
    expect(objectOf(translation, 'Service').spec.ports).toEqual([{ port: 8080, targetPort: 80 }]);
    expect(verdictOn(translation, '--publish', 1)).toMatchObject({ grade: 'none', value: '8080:81' });
  });

  it('publishes one container port twice where docker does', () => {
    const translation = soundly('docker run -d -p 8080:80 -p 9090:80 nginx:1.27');
    expect(objectOf(translation, 'Service').spec.ports?.map((each) => each.port)).toEqual([8080, 9090]);
    expect(containerOf(translation).ports).toEqual([{ containerPort: 80 }]);
  });

  it('adds the container port for others on a network of one’s own', () => {
    const translation = soundly('docker run -d --name api --network shop -p 8080:80 acme/api:1');
    expect(objectOf(translation, 'Service').spec.ports?.map((each) => each.port)).toEqual([8080, 80]);
  });

  it.each([
    ['--expose 80', [{ containerPort: 80 }]],
    ['--expose 53/udp', [{ containerPort: 53, protocol: 'UDP' }]],
    ['--expose 80 -p 8080:80', [{ containerPort: 80 }]],
  ])('%s is declared on the container', (flags, ports) => {
    expect(containerOf(soundly(`docker run -d ${flags} nginx:1.27`)).ports).toEqual(ports);
  });

  it('declares each port of an exposed range, and none where there are too many', () => {
    expect(containerOf(soundly('docker run -d --expose 8000-8002 nginx:1.27')).ports).toHaveLength(3);
    expect(containerOf(soundly('docker run -d --expose 1-1000 nginx:1.27')).ports).toBeUndefined();
  });

  it('publishes exposed ports with -P', () => {
    const translation = soundly('docker run -d --name web --expose 80 --expose 53/udp -P nginx:1.27');
    expect(objectOf(translation, 'Service').spec.ports?.map((each) => each.port)).toEqual([80, 53]);
    expect(linesOf(translation)).toContain('kubectl port-forward deployment/web :80');
  });

  it('says that low ports may need root', () => {
    const [forward] = translated('docker run -d -p 80:80 nginx:1.27').commands.filter(
      (each) => each.argv[1] === 'port-forward',
    );
    expect(forward?.why).toContain('Ports below 1024');
  });

  it('begins the name of a Service with a letter, in every version', () => {
    const translation = soundly('docker run -d --name 1web -p 80:80 nginx:1.27');
    expect(objectOf(translation, 'Service').metadata.name).toBe('s-1web');
    expect(linesOf(translation)[0]).toBe('kubectl apply -f 1web.yaml');
  });
});
