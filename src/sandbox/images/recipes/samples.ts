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

/** Images that the documentation and the tutorials of Kubernetes use. */
export const samples: readonly Published[] = [
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
