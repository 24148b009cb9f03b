import { describe, expect, it } from 'vitest';
import { instructionNames } from '../../src/docker/dockerfile.ts';
import { DockerfileRefusal } from '../../src/docker/dockerfile-refusal.ts';
import { translateDockerfile } from '../../src/mapping/dockerfile.ts';
import { instructionRules } from '../../src/mapping/dockerfile-rules.ts';

const text = `ARG BASE=node:20
FROM node:20 AS build
WORKDIR /src
COPY . .
RUN npm ci && npm run build
FROM nginx:1.27 AS base
ENV MODE=production DB_PASSWORD="hunter 2"
FROM base
LABEL org.opencontainers.image.source=https://example.com
WORKDIR /srv
USER www-data
EXPOSE 8080
VOLUME ["/data"]
STOPSIGNAL SIGQUIT
HEALTHCHECK --interval=10s CMD curl -f http://localhost/
ENTRYPOINT ["/entrypoint.sh"]
CMD ["nginx", "-g", "daemon off;"]
`;

function fatesOf(source: string): unknown[] {
  return translateDockerfile(source).verdicts.map(({ instruction, line, fate, kubernetes }) => [
    line,
    instruction,
    fate,
    kubernetes,
  ]);
}

describe('a Dockerfile in Kubernetes', () => {
  it('is judged instruction by instruction', () => {
    expect(fatesOf(text)).toEqual([
      [1, 'ARG', 'build', 'none'],
      [2, 'FROM', 'build', 'none'],
      [3, 'WORKDIR', 'build', 'none'],
      [4, 'COPY', 'build', 'none'],
      [5, 'RUN', 'build', 'none'],
      [6, 'FROM', 'build', 'none'],
      [7, 'ENV', 'overridable', 'containers.env, containers.envFrom'],
      [8, 'FROM', 'build', 'none'],
      [9, 'LABEL', 'ignored', 'metadata.labels'],
      [10, 'WORKDIR', 'overridable', 'containers.workingDir'],
      [11, 'USER', 'overridable', 'securityContext.runAsUser, runAsGroup'],
      [12, 'EXPOSE', 'ignored', 'containers.ports, Service spec.ports'],
      [13, 'VOLUME', 'used', 'volumes, containers.volumeMounts'],
      [14, 'STOPSIGNAL', 'used', 'lifecycle.stopSignal'],
      [15, 'HEALTHCHECK', 'ignored', 'readinessProbe, livenessProbe, startupProbe'],
      [16, 'ENTRYPOINT', 'overridable', 'containers.command'],
      [17, 'CMD', 'overridable', 'containers.args'],
    ]);
  });

  it('knows what the last stage and those before it leave in the image', () => {
    expect(translateDockerfile(text).image).toEqual({
      env: { MODE: 'production', DB_PASSWORD: 'hunter 2' },
      ports: ['8080'],
      volumes: ['/data'],
      labels: { 'org.opencontainers.image.source': 'https://example.com' },
      workdir: '/srv',
      user: 'www-data',
      stopSignal: 'SIGQUIT',
      healthCheck: 'curl -f http://localhost/',
      entrypoint: { form: 'exec', text: '["/entrypoint.sh"]' },
      command: { form: 'exec', text: '["nginx", "-g", "daemon off;"]' },
    });
  });

  it('warns of names of users, secrets in the image, checks that nobody runs and data that goes', () => {
    const caveats = translateDockerfile(text).caveats.join('\n');
    for (const part of [
      '`DB_PASSWORD` is in the image',
      '`USER www-data` is a name',
      '`/data`: what is written',
      'never runs the HEALTHCHECK',
    ])
      expect(caveats).toContain(part);
  });

  it('warns of an image that runs as root, and of a shell that takes no words', () => {
    const { caveats, verdicts } = translateDockerfile('FROM x\nENTRYPOINT ./run.sh\nCMD ["a"]\n');
    expect(caveats.join('\n')).toContain('runs as root');
    expect(caveats.join('\n')).toContain('shell form');
    expect(verdicts[2]).toMatchObject({ instruction: 'CMD', fate: 'ignored' });
  });

  it('tells a stage that others copy from and one that nobody needs from those in the image', () => {
    // docker build of such a file (29.7.2, BuildKit): the lines of `test` and `lint` never run.
    const { verdicts } = translateDockerfile(`FROM node:20 AS build
RUN npm ci
FROM build AS test
RUN npm test
FROM alpine AS tools
COPY x /x
FROM 1 AS lint
FROM nginx
COPY --from=0 /dist /srv
RUN --mount=type=bind,from=tools,target=/t /t/x
`);
    const saying = (part: string): number[] =>
      verdicts.filter(({ why }) => why.includes(part)).map(({ line }) => line);
    expect(saying('but the files that are copied from it')).toEqual([1, 2, 5, 6]);
    expect(saying('BuildKit passes it over')).toEqual([3, 4, 7]);
    expect(saying('The base is taken in')).toEqual([8]);
    expect(saying('It has run when the image is built')).toEqual([10]);
  });

  it('forgets the CMD of before where there is a new ENTRYPOINT', () => {
    expect(translateDockerfile('FROM x\nCMD a\nENTRYPOINT ["b"]\n').image.command).toBeUndefined();
  });

  it('knows what docker put into the image', () => {
    // The Config that docker image inspect showed of it (29.7.2), but for what the base has.
    const { image } = translateDockerfile(`FROM --platform=linux/amd64 busybox:1.36
ENV OLD one two  three
ENV A="x \\"y\\" z" B='single "q"' C=plain\\ blank D=a"b c"d E= F=a\\"b
WORKDIR /srv/
WORKDIR app
USER 1000:staff
LABEL "quoted key"=v multi="a b" k=v\\ w
LABEL old form here
EXPOSE 80/tcp 443
VOLUME /a /b
ENTRYPOINT ["x"]
ENTRYPOINT []
CMD echo $X
`);
    expect(image).toEqual({
      env: {
        OLD: 'one two  three',
        A: 'x "y" z',
        B: 'single "q"',
        C: 'plain blank',
        D: 'ab cd',
        E: '',
        F: 'a"b',
      },
      ports: ['80/tcp', '443'],
      volumes: ['/a', '/b'],
      labels: { 'quoted key': 'v', multi: 'a b', k: 'v w', old: 'form here' },
      workdir: '/srv/app',
      user: '1000:staff',
      command: { form: 'shell', text: 'echo $X' },
    });
  });

  it.each<[string, number, string, string]>([
    ['FROM scratch', 0, 'build', 'there is no shell in it'],
    ['FROM --platform=linux/arm64 a', 0, 'build', 'taken in for linux/arm64'],
    ['FROM scratchy', 0, 'build', 'A node sees the layers of it'],
    ['FROM x\nWORKDIR a', 1, 'overridable', 'starts in `/a`'],
    ['FROM x\nWORKDIR /\nWORKDIR a', 2, 'overridable', 'starts in `/a`'],
    ['FROM x\nUSER 1000:staff', 1, 'overridable', 'The group is a name'],
    ['FROM x\nUSER 1000:1000', 1, 'overridable', '`runAsNonRoot: true` can check.'],
    ['FROM x\nUSER $U', 1, 'overridable', 'was when the image was built'],
    ['FROM x\nUSER root', 1, 'overridable', "looks `root` up in the image's /etc/passwd"],
    ['FROM x\nENTRYPOINT []', 1, 'overridable', 'takes the ENTRYPOINT of the base away'],
    ['FROM x\nENTRYPOINT a', 1, 'overridable', 'which takes no further words'],
    ['FROM x\nCMD a', 1, 'overridable', 'words of `args` are started without a shell'],
    ['FROM x\nEXPOSE 80/udp', 1, 'ignored', '`containerPort: 80`'],
    ['FROM x\nEXPOSE $PORT', 1, 'ignored', '`containerPort: …`'],
    ['FROM x\nHEALTHCHECK none', 1, 'ignored', "turns the base's check off"],
    ['FROM x\nHEALTHCHECK --retries=2 CMD a', 1, 'ignored', '`--retries=2` are `periodSeconds`'],
    ['FROM x\nHEALTHCHECK CMD a', 1, 'ignored', 'a `livenessProbe` restarts.'],
    ['FROM a AS b\nUSER 5\nFROM 0\nCMD ["a"]', 1, 'overridable', 'runs as 5'],
    ['FROM a\nUSER 5\nFROM b\nCMD ["a"]', 1, 'build', 'Nothing in the image comes from the stage `0`'],
    ['FROM a\nCOPY --link x y', 1, 'build', 'The files are in the image'],
  ])('%j: instruction %d is %s, and %s', (source, place, fate, why) => {
    const verdict = translateDockerfile(`${source}\n`).verdicts[place];
    expect(verdict?.fate).toBe(fate);
    expect(verdict?.why).toContain(why);
  });

  it('shows flags as they are written, and no more of a long line than fits', () => {
    const { verdicts } = translateDockerfile(`FROM x\nCOPY --link --from=0 a b\nRUN ${'x'.repeat(300)}\n`);
    expect(verdicts.map(({ value }) => value.length)).toEqual([1, 19, 200]);
    expect(verdicts[1]?.value).toBe('--link --from=0 a b');
    expect(verdicts[2]?.value.endsWith('…')).toBe(true);
  });

  it('warns of a CMD in a shell, and of no check that is turned off', () => {
    const { caveats, image } = translateDockerfile(
      'FROM x\nUSER 5\nHEALTHCHECK CMD a\nHEALTHCHECK NONE\nCMD a\n',
    );
    expect(caveats.join('\n')).toContain('a shell is process 1');
    expect(image.healthCheck).toBeUndefined();
  });

  it('has a rule and a page for every instruction', () => {
    expect(Object.keys(instructionRules).sort()).toEqual([...instructionNames].sort());
    for (const rule of Object.values(instructionRules)) expect(rule.sources).not.toEqual([]);
    for (const { why, sources } of translateDockerfile(text).verdicts) {
      expect(why).toMatch(/[.)]$/);
      expect(sources).not.toEqual([]);
    }
  });

  it('is refused where BuildKit refuses it', () => {
    expect(() => translateDockerfile('RUN x')).toThrow(DockerfileRefusal);
  });

  it('is not fooled by names of the language', () => {
    expect(Object.keys(translateDockerfile('FROM x\nENV __proto__=a constructor=b\n').image.env)).toEqual([
      '__proto__',
      'constructor',
    ]);
  });
});
