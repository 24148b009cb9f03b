import { describe, expect, it } from 'vitest';
import { linesOf, objectOf, podOf, soundly, verdictOn } from './translated.ts';

describe('the kind of workload', () => {
  it.each([
    ['docker run -d --name web --restart always nginx:1.27', 'Deployment', 'exact'],
    ['docker run -d --name web --restart unless-stopped nginx:1.27', 'Deployment', 'exact'],
    ['docker run -d --restart=always -p 80:80 nginx:1.27', 'Deployment', 'approximate'],
    ['docker run --restart always nginx:1.27', 'Deployment', 'exact'],
    ['docker run -d --restart on-failure:5 acme/worker:1', 'Job', 'approximate'],
    ['docker run -d --restart on-failure acme/worker:1', 'Job', 'approximate'],
    ['docker run --restart on-failure:2 acme/worker:1 migrate', 'Job', 'approximate'],
    ['docker run -d -p 8080:80 nginx:1.27', 'Deployment', 'approximate'],
    ['docker run -dp 8080:80 nginx:1.27', 'Deployment', 'approximate'],
    ['docker run -d nginx:1.27', 'Deployment', 'approximate'],
    ['docker run -d redis:7 redis-server --appendonly yes', 'Deployment', 'approximate'],
    ['docker run -d busybox:1.36 sleep 1d', 'Deployment', 'approximate'],
    ['docker run -d busybox:1.36 sleep infinity', 'Deployment', 'approximate'],
    ['docker run -d busybox:1.36 tail -f /dev/null', 'Deployment', 'approximate'],
    ['docker run -d busybox:1.36 sleep 30', 'Job', 'approximate'],
    ['docker run -d busybox:1.36 echo done', 'Job', 'approximate'],
    ['docker run -d acme/api:1 npm run migrate', 'Job', 'approximate'],
    ['docker run -d acme/api:1 rails db:migrate', 'Job', 'approximate'],
    ['docker run -d postgres:16 pg_dump -h db shop', 'Job', 'approximate'],
    ['docker run -d --rm acme/report:1', 'Job', 'approximate'],
    ['docker run -d --rm -p 8080:80 nginx:1.27', 'Deployment', 'approximate'],
    ['docker run -p 8080:80 nginx:1.27', 'Deployment', 'approximate'],
    ['docker run -P nginx:1.27', 'Deployment', 'approximate'],
    ['docker run --rm -p 8080:80 nginx:1.27', 'Pod', 'approximate'],
    ['docker run -it --rm busybox:1.36', 'Pod', 'exact'],
    ['docker run -it --rm -p 3000:3000 node:20', 'Pod', 'approximate'],
    ['docker run -ti=false busybox:1.36', 'Pod', 'exact'],
    ['docker run -i busybox:1.36 cat', 'Pod', 'exact'],
    ['docker run -dit debian:12', 'Deployment', 'approximate'],
    ['docker run busybox:1.36 echo hello', 'Pod', 'exact'],
    ['docker run --rm busybox:1.36 ls -l', 'Pod', 'exact'],
    ['docker run hello-world', 'Pod', 'exact'],
    ['docker run -d=false busybox:1.36 date', 'Pod', 'exact'],
    ['docker container run -d nginx:1.27', 'Deployment', 'approximate'],
    ['podman run -d -p 8080:80 nginx:1.27', 'Deployment', 'approximate'],
    ['nerdctl run -d --restart always nginx:1.27', 'Deployment', 'exact'],
    ['docker create nginx:1.27', 'Deployment', 'approximate'],
    ['docker create --restart on-failure:3 acme/worker:1', 'Job', 'approximate'],
    ['docker create -it busybox:1.36 sh', 'Pod', 'exact'],
  ])('of %s is a %s, %s', (line, kind, grade) => {
    const translation = soundly(line);
    expect(translation.objects.map((each) => each.kind)).toContain(kind);
    expect(translation.grade).toBe(grade);
    expect(translation.summary).toMatch(new RegExp(`^A ${kind}, .* because .*\\.$`, 's'));
  });

  it.each([
    ['docker run -d nginx:1.27', 'pod', 'Pod', 'Never'],
    ['docker run -d --restart always nginx:1.27', 'pod', 'Pod', 'Always'],
    ['docker run -d --restart on-failure:3 nginx:1.27', 'pod', 'Pod', 'OnFailure'],
    ['docker run -d nginx:1.27', 'job', 'Job', 'Never'],
    ['docker run -d --restart on-failure:3 nginx:1.27', 'job', 'Job', 'OnFailure'],
    ['docker run --restart always nginx:1.27', 'job', 'Job', 'Never'],
    ['docker run -it busybox:1.36', 'deployment', 'Deployment', undefined],
    ['docker run --rm busybox:1.36 echo hi', 'deployment', 'Deployment', undefined],
    ['docker run -d --restart on-failure:3 nginx:1.27', 'deployment', 'Deployment', undefined],
    ['docker run -d nginx:1.27', 'statefulset', 'StatefulSet', undefined],
    ['docker run -d --restart always nginx:1.27', 'deployment', 'Deployment', undefined],
  ] as const)('of %s as %s is a %s that restarts %s', (line, as, kind, policy) => {
    const translation = soundly(line, { as });
    expect(translation.objects.map((each) => each.kind)).toContain(kind);
    expect(podOf(translation).restartPolicy).toBe(policy);
  });

  it('counts the failures of a Job as docker does', () => {
    expect(
      objectOf(soundly('docker run -d --restart on-failure:5 acme/worker:1'), 'Job').spec.backoffLimit,
    ).toBe(5);
    expect(
      objectOf(soundly('docker run -d --restart on-failure acme/worker:1'), 'Job').spec.backoffLimit,
    ).toBeUndefined();
    expect(objectOf(soundly('docker run -d --rm acme/worker:1'), 'Job').spec.backoffLimit).toBe(0);
  });

  it('does not start what docker create only creates', () => {
    const deployment = soundly('docker create --name web -p 8080:80 nginx:1.27');
    expect(objectOf(deployment, 'Deployment').spec.replicas).toBe(0);
    expect(linesOf(deployment)).toContain('kubectl scale deployment/web --replicas=1');
    expect(deployment.caveats.join(' ')).toMatch(/`replicas: 0`.*`kubectl create` is another thing/);
    const job = soundly('docker create --name w --restart on-failure:1 acme/worker:1');
    expect(objectOf(job, 'Job').spec.suspend).toBe(true);
    expect(linesOf(job)).toContain('kubectl patch job/w --type=merge -p {"spec":{"suspend":false}}');
    expect(soundly('docker create -it busybox:1.36').caveats.join(' ')).toMatch(
      /a Pod starts as soon as it is made/,
    );
  });

  it('gives a StatefulSet a Service without an address and a claim for each Pod', () => {
    const translation = soundly(
      'docker run -d --name db -v pgdata:/var/lib/postgresql/data -p 5432:5432 postgres:16',
      { as: 'statefulset' },
    );
    const { spec } = objectOf(translation, 'StatefulSet');
    expect(spec.volumeClaimTemplates?.map((each) => each.metadata.name)).toEqual(['pgdata']);
    expect(spec.template.spec.volumes).toBeUndefined();
    expect(objectOf(translation, 'Service', spec.serviceName).spec.clusterIP).toBe('None');
    expect(objectOf(translation, 'Service', 'db').spec.ports).toEqual([{ port: 5432, targetPort: 5432 }]);
    expect(translation.objects.some((each) => each.kind === 'PersistentVolumeClaim')).toBe(false);
  });

  it('names a StatefulSet without published ports and its Service alike', () => {
    const translation = soundly('docker run -d --name db postgres:16', { as: 'statefulset' });
    expect(objectOf(translation, 'StatefulSet').spec.serviceName).toBe('db');
    expect(objectOf(translation, 'Service').metadata.name).toBe('db');
  });

  it.each([
    ['docker run -d --name web nginx:1.27', 'web', 'exact'],
    ['docker run -d --name my_app nginx:1.27', 'my-app', 'approximate'],
    ['docker run -d --name Web.One nginx:1.27', 'web-one', 'approximate'],
    ['docker run -d --name 1web nginx:1.27', '1web', 'exact'],
    [`docker run -d --name ${'x'.repeat(70)} nginx:1.27`, 'x'.repeat(63), 'approximate'],
  ])('of %s is called %s', (line, name, grade) => {
    const translation = soundly(line);
    expect(objectOf(translation, 'Deployment').metadata.name).toBe(name);
    expect(verdictOn(translation, '--name').grade).toBe(grade);
    expect(translation.caveats.join(' ')).not.toMatch(/makes a name up/);
  });

  it.each([
    ['docker run -d ghcr.io/acme/shop-api:1.2', 'shop-api'],
    ['docker run -d localhost:5000/team/my_app:1', 'my-app'],
    ['docker run -d nginx@sha256:0123456789012345678901234567890123456789012345678901234567890123', 'nginx'],
    ['docker run -d $IMAGE', 'image'],
  ])('of %s is called after the image, %s', (line, name) => {
    const translation = soundly(line);
    expect(objectOf(translation, 'Deployment').metadata.name).toBe(name);
    expect(translation.caveats.join(' ')).toContain(`here it is \`${name}\``);
  });

  it('keeps room in the name of a StatefulSet for its revision', () => {
    const translation = soundly(`docker run -d --name ${'x'.repeat(60)} nginx:1.27`, { as: 'statefulset' });
    expect(objectOf(translation, 'StatefulSet').metadata.name).toHaveLength(52);
  });

  it.each([
    ['docker run -d nginx', /no tag/],
    ['docker run -d nginx:latest', /a tag that moves/],
  ])('warns of an image that moves: %s', (line, caveat) => {
    expect(soundly(line).caveats.join(' ')).toMatch(caveat);
  });

  it.each(['docker run -d nginx:1.27', 'docker run -d --pull missing nginx'])(
    'warns of nothing in %s',
    (line) => {
      expect(soundly(line).caveats.join(' ')).not.toMatch(/pulled anew/);
    },
  );
});
