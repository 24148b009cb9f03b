import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseDocker } from '../../../src/docker/parse.ts';
import { DockerRefusal } from '../../../src/docker/refusal.ts';
import { splitWords } from '../../../src/docker/words.ts';
import { flagRules } from '../../../src/mapping/run/flag-rules.ts';
import { translateRun } from '../../../src/mapping/translate-run.ts';
import { soundly, translated } from './translated.ts';

const pages = new Set(Object.keys(parse(readFileSync('lessons/sources.yaml', 'utf8'))));
const lessons = new Set(
  parse(readFileSync('lessons/course.yaml', 'utf8')).units.flatMap(
    (unit: { lessons: string[] }) => unit.lessons,
  ),
);

const long =
  'docker run -d --name shop-api --restart unless-stopped -p 8080:80 -p 127.0.0.1:9090:9090 -v data:/data -v ./nginx.conf:/etc/nginx/nginx.conf:ro ' +
  '-v /var/run/docker.sock:/var/run/docker.sock --tmpfs /tmp:size=64m -e A=b -e DB_PASSWORD=s3cret -e HOME --env-file .env -m 512m --cpus 1.5 -u 1000:1000 ' +
  '--cap-drop ALL --read-only --security-opt no-new-privileges --network shop --network-alias api --add-host db:10.0.0.5 --dns-search corp.example.com ' +
  '--health-cmd "curl -f localhost" --health-interval 10s --stop-timeout 20 --stop-signal QUIT --label team=shop --log-opt max-size=10m --ulimit nofile=1024 acme/api:1.2 serve --port 80';

describe('a translation', () => {
  it.each([
    ['docker run', 'docker container run'],
    ['docker container run', 'docker container run'],
    ['docker create', 'docker container create'],
    ['podman container create', 'docker container create'],
  ])('of %s is of %s', (spelled, command) => {
    const translation = translated(`${spelled} --name web nginx:1.27`);
    expect(translation.command).toBe(command);
    expect(translation.argv.join(' ')).toBe(`${spelled} --name web nginx:1.27`);
    expect(translation.input).toBe(`${spelled} --name web nginx:1.27`);
    expect(translation.sources[0]).toBe(
      command.endsWith('run') ? 'docker-container-run' : 'docker-container-create',
    );
  });

  it('has all that a long line asks for', () => {
    const translation = soundly(long);
    expect(translation.objects.map((each) => `${each.kind}/${each.metadata.name}`)).toEqual([
      'Secret/shop-api-env',
      'PersistentVolumeClaim/data',
      'Deployment/shop-api',
      'Service/shop-api',
      'Service/api',
    ]);
    expect(translation.flags).toHaveLength(30);
    expect(translation.summary).toMatch(
      /come the Secret `shop-api-env`, the PersistentVolumeClaim `data` and the Services `shop-api` and `api`\.$/,
    );
    expect(JSON.parse(JSON.stringify(translation))).toEqual(translation);
  });

  it.each([
    ['docker run -d -p 8080:80 nginx:1.27', 'services-and-dns'],
    ['docker run -d -v data:/data nginx:1.27', 'storage'],
    ['docker run -d nginx:1.27', 'deployments'],
    ['docker run -it --rm busybox:1.36', 'pods'],
    ['docker run -d --restart on-failure:2 acme/worker:1', 'jobs'],
    ['docker run -d --restart always --ulimit nofile=1024 nginx:1.27', 'health-and-resources'],
    ['docker run --detach-keys ctrl-a busybox:1.36', 'pods'],
  ])('of %s is taught by %s', (line, lesson) => {
    expect(translated(line).lesson).toBe(lesson);
  });

  it.each(flagRules)(
    'cites pages and lessons that there are: $flag',
    ({ sources, alsoCites = [], lesson }) => {
      expect([...sources, ...alsoCites].filter((source) => !pages.has(source))).toEqual([]);
      if (lesson !== undefined) expect(lessons).toContain(lesson);
    },
  );

  it('cites each page once', () => {
    const { sources, flags, lesson } = translated(long);
    expect(new Set(sources).size).toBe(sources.length);
    expect(sources.filter((source) => !pages.has(source))).toEqual([]);
    expect(flags.flatMap((each) => each.sources).filter((source) => !sources.includes(source))).toEqual([]);
    expect(lessons).toContain(lesson);
  });

  it.each([
    ['docker run -d -p 99999:80 nginx', /invalid hostPort/],
    ['docker run --rm --restart always nginx', /conflicting options/],
    ['docker run NGINX', /lowercase/],
    ['docker run --memory lots nginx', /invalid/],
    ['docker run --pull sometimes nginx', /invalid pull option/],
    ['docker run -e =x nginx', /invalid environment variable/],
  ])('of %s is refused, as docker refuses it', (line, message) => {
    expect(() => translated(line)).toThrow(DockerRefusal);
    expect(() => translated(line)).toThrow(message);
  });

  it('takes less than five milliseconds', () => {
    const command = parseDocker(splitWords(long).words);
    const times = Array.from({ length: 30 }, () => {
      const start = performance.now();
      translateRun(command, { kubernetes: '1.36' }, long);
      return performance.now() - start;
    });
    expect(Math.min(...times)).toBeLessThan(5);
  });

  it('takes no time with long words', () => {
    const line = `docker run -d -v ${'/a'.repeat(20_000)}:/b -e X_${'SECRET'.repeat(5_000)}=${'$('.repeat(5_000)} -l a=${'b'.repeat(20_000)} nginx`;
    const command = parseDocker(splitWords(line).words);
    const start = performance.now();
    translateRun(command, { kubernetes: '1.36' }, line);
    expect(performance.now() - start).toBeLessThan(200);
  });
});
