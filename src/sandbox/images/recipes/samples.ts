import { day, debianStep, megabytes, type Published, pathVariable, says } from './published.ts';

function bootcamp(version: '1' | '2'): Published {
  return {
    repository: 'gcr.io/google-samples/kubernetes-bootcamp',
    tags: version === '2' ? ['v2'] : ['v1', 'latest'],
    created: day(version === '2' ? '2016-08-04' : '2016-08-02'),
    config: {
      cmd: ['/bin/server'],
      env: [pathVariable, `BOOTCAMP_VERSION=${version}`],
      exposedPorts: ['8080/tcp'],
    },
    steps: [
      debianStep(12),
      { line: 'COPY server.js / # buildkit', size: megabytes(85), files: 'sample bootcamp' },
      ...says('EXPOSE map[8080/tcp:{}]', 'CMD ["/bin/server"]'),
    ],
  };
}

/** A small program and nothing beside it. */
function demo(
  repository: string,
  tags: readonly string[],
  program: string,
  config: Published['config'],
): Published {
  return {
    repository,
    tags,
    created: day('2025-06-02'),
    config: { env: [pathVariable], ...config },
    steps: [
      { line: `COPY ${program} / # buildkit`, size: megabytes(6.6), files: `demo ${program}` },
      ...says(`ENTRYPOINT ["/${program}"]`),
    ],
  };
}

const nonroot = { user: 'nonroot:nonroot' };

function helloApp(repository: string, version: '1' | '2'): Published {
  return demo(repository, version === '1' ? ['1.0', 'latest'] : ['2.0'], 'hello-app', {
    ...nonroot,
    cmd: ['/hello-app'],
    env: [pathVariable, 'PORT=8080', `HELLO_VERSION=${version}.0.0`],
  });
}

/** Images that the documentation and the tutorials of Kubernetes use. */
export const samples: readonly Published[] = [
  ...['gcr.io/google-samples/hello-app', 'us-docker.pkg.dev/google-samples/containers/gke/hello-app'].flatMap(
    (repository) => [helloApp(repository, '1'), helloApp(repository, '2')],
  ),
  demo('docker.io/traefik/whoami', ['v1.11.0', 'v1.11', 'v1', 'latest'], 'whoami', {
    entrypoint: ['/whoami'],
    exposedPorts: ['80/tcp'],
  }),
  demo('docker.io/hashicorp/http-echo', ['1.0.0', '1.0', '1', 'latest'], 'http-echo', {
    ...nonroot,
    entrypoint: ['/http-echo'],
    env: [pathVariable, 'PRODUCT_NAME=http-echo', 'ECHO_TEXT=hello-world'],
    exposedPorts: ['5678/tcp'],
  }),
  bootcamp('1'),
  bootcamp('2'),
  {
    repository: 'registry.k8s.io/hpa-example',
    tags: ['latest'],
    created: day('2015-09-30'),
    config: {
      cmd: ['/usr/local/bin/apache2-foreground'],
      env: [pathVariable],
      exposedPorts: ['80/tcp'],
      stopSignal: 'SIGWINCH',
    },
    steps: [
      debianStep(12),
      { line: 'COPY index.php /var/www/html/ # buildkit', size: megabytes(390), files: 'sample hpa-example' },
      ...says('EXPOSE map[80/tcp:{}]', 'CMD ["apache2-foreground"]'),
    ],
  },
  {
    repository: 'registry.k8s.io/e2e-test-images/agnhost',
    tags: ['2.53', '2.39', '2.57'],
    created: day('2024-08-20'),
    config: {
      entrypoint: ['/agnhost'],
      cmd: ['pause'],
      env: [pathVariable],
      exposedPorts: ['80/tcp', '8080/tcp'],
    },
    steps: [
      debianStep(12),
      { line: 'COPY agnhost / # buildkit', size: megabytes(52), files: 'sample agnhost' },
      ...says('ENTRYPOINT ["/agnhost"]', 'CMD ["pause"]'),
    ],
  },
];
