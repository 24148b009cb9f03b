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

  it('forgets the CMD of before where there is a new ENTRYPOINT', () => {
    expect(translateDockerfile('FROM x\nCMD a\nENTRYPOINT ["b"]\n').image.command).toBeUndefined();
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
