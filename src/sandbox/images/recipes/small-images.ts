import type { UbuntuRelease } from '../layers/ubuntu-layer.ts';
import { alpineStep, day, debianStep, megabytes, type Published, pathVariable, says } from './published.ts';

function busybox(tags: readonly string[], created: string): Published {
  return {
    repository: 'docker.io/library/busybox',
    tags,
    created: day(created),
    config: { cmd: ['sh'], env: [pathVariable] },
    steps: [
      { line: `BusyBox ${tags[0]} (glibc), Debian 12`, size: megabytes(4.3), files: 'busybox' },
      ...says('CMD ["sh"]'),
    ],
  };
}

function alpine(version: string, tags: readonly string[], created: string): Published {
  return {
    repository: 'docker.io/library/alpine',
    tags,
    created: day(created),
    config: { cmd: ['/bin/sh'], env: [pathVariable] },
    steps: [alpineStep(version), ...says('CMD ["/bin/sh"]')],
  };
}

function ubuntu(release: UbuntuRelease, codename: string, tags: readonly string[]): Published {
  return {
    repository: 'docker.io/library/ubuntu',
    tags: [release, codename, ...tags],
    created: day('2025-10-01'),
    config: {
      cmd: ['/bin/bash'],
      env: [pathVariable],
      labels: { 'org.opencontainers.image.version': release },
    },
    steps: [
      ...says(`ARG RELEASE`, `LABEL org.opencontainers.image.version=${release}`),
      {
        line: 'ADD file:ubuntu.tar.gz in / ',
        size: megabytes(release === '24.04' ? 78.1 : 77.9),
        files: `ubuntu ${release}`,
      },
      ...says('CMD ["/bin/bash"]'),
    ],
  };
}

function debian(version: 12 | 13, tags: readonly string[]): Published {
  return {
    repository: 'docker.io/library/debian',
    tags,
    created: day('2025-09-29'),
    config: { cmd: ['bash'], env: [pathVariable] },
    steps: [debianStep(version)],
  };
}

/** Images that others are made from, or that show something. */
export const smallImages: readonly Published[] = [
  busybox(['1.28.4', '1.28'], '2018-05-22'),
  busybox(['1.35.0', '1.35'], '2022-01-17'),
  busybox(['1.36.1', '1.36'], '2023-05-18'),
  busybox(['1.37.0', '1.37', '1', 'latest', 'stable'], '2024-09-26'),
  alpine('3.20.8', ['3.20.8', '3.20'], '2025-10-08'),
  alpine('3.21.5', ['3.21.5', '3.21'], '2025-10-08'),
  alpine('3.22.2', ['3.22.2', '3.22', '3', 'latest'], '2025-10-08'),
  alpine('3.19.9', ['3.19.9', '3.19'], '2025-10-08'),
  ubuntu('22.04', 'jammy', []),
  ubuntu('24.04', 'noble', ['latest']),
  debian(12, ['12', 'bookworm', '12-slim', 'bookworm-slim']),
  debian(13, ['13', 'trixie', '13-slim', 'trixie-slim', 'latest']),
  {
    repository: 'docker.io/library/hello-world',
    tags: ['linux', 'latest'],
    created: day('2025-08-08'),
    config: { cmd: ['/hello'], env: [pathVariable] },
    steps: [
      { line: 'COPY hello / # buildkit', size: 10_072, files: 'hello-world' },
      ...says('CMD ["/hello"]'),
    ],
  },
  {
    repository: 'registry.k8s.io/pause',
    tags: ['3.10.2', '3.10.1', '3.10'],
    created: day('2025-09-12'),
    config: { entrypoint: ['/pause'], env: [pathVariable], user: '65535:65535' },
    steps: [
      { line: 'ADD bin/pause-linux-amd64 /pause # buildkit', size: 740_000, files: 'pause' },
      ...says('USER 65535:65535', 'ENTRYPOINT ["/pause"]'),
    ],
  },
];
