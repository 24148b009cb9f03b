import { describe, expect, it } from 'vitest';
import { ShellVisitor } from '../../shell/shell-visitor.ts';

const login = 'echo shop-1234 | docker login registry.example.com -u team --password-stdin';

describe("the learner's project", () => {
  it('is built, run, pushed and deployed without an error', () => {
    const visitor = new ShellVisitor();
    const lines = [
      'cd ~/shop',
      'docker build -t shop .',
      'docker run -d -p 8080:8080 --name shop shop',
      'sleep 1',
      'docker rm -f shop',
      'docker tag shop registry.example.com/shop/site:1.0',
      login,
      'docker push registry.example.com/shop/site:1.0',
      'kubectl apply -f k8s/',
      'kubectl rollout status deployment/site --timeout=60s',
    ];
    for (const line of lines) {
      const { status, err } = visitor.type(line);
      expect(`${line}: ${status}`, err).toBe(`${line}: 0`);
      if (line === 'sleep 1') expect(visitor.type('curl -s localhost:8080').out).toContain('Version 1.0');
    }
    const node = visitor.type("kubectl get pod -l app=site -o jsonpath='{.items[0].status.hostIP}'").out;
    expect(visitor.type(`curl -s ${node}:30080`).out).toContain('Version 1.0');
    expect(visitor.type(`curl -s ${node}:30080/settings/offer.txt`).out).toBe('Today: two for one.\n');
  });

  it('comes up with compose, and goes', () => {
    const visitor = new ShellVisitor();
    visitor.type('cd ~/shop');
    expect(visitor.type('docker compose up -d').status).toBe(0);
    visitor.type('sleep 1');
    expect(visitor.type('curl -s localhost:8080/healthz').out).toBe('ok\n');
    expect(visitor.type('docker compose exec cache redis-cli ping').out).toBe('PONG\n');
    expect(visitor.type('docker compose down').status).toBe(0);
  });

  it('takes the version from an argument', () => {
    const visitor = new ShellVisitor();
    visitor.type('cd ~/shop; docker build -q -t shop --build-arg VERSION=2.0 .');
    expect(visitor.type('docker run --rm shop cat /usr/share/nginx/html/index.html').out).toContain(
      'Version 2.0',
    );
  });

  it('is small enough to be read', () => {
    const visitor = new ShellVisitor();
    const files = visitor.type(
      'cd ~/shop; ls README.txt Dockerfile nginx.conf compose.yaml k8s/* site/index.html',
    ).out;
    for (const file of files
      .trim()
      .split('\n')
      .filter((name) => name.includes('.') || name === 'Dockerfile')) {
      const lines = visitor.type(`cat ${file}`).out.split('\n');
      expect(lines.length, file).toBeLessThan(45);
      for (const line of lines) expect(line.length, `${file}: ${line}`).toBeLessThanOrEqual(80);
    }
  });
});

describe('node load', () => {
  it('puts an image on nodes, so that a Pod runs it without a registry', () => {
    const visitor = new ShellVisitor();
    visitor.type('cd ~/shop; docker build -q -t mine:1 .');
    expect(visitor.type('node load mine:1').out).toBe(
      'docker.io/library/mine:1 is on control-plane now.\ndocker.io/library/mine:1 is on worker-1 now.\n',
    );
    expect(visitor.type('node load mine:1 worker-1').out).toBe(
      'docker.io/library/mine:1 is on worker-1 already.\n',
    );
    visitor.type('kubectl run mine --image=mine:1; sleep 5');
    expect(visitor.type('kubectl get pod mine').out).toContain('Running');
  });

  it('without it a Pod cannot have the image', () => {
    const visitor = new ShellVisitor();
    visitor.type('cd ~/shop; docker build -q -t mine:1 .; kubectl run mine --image=mine:1; sleep 5');
    expect(visitor.type('kubectl get pod mine').out).toMatch(/ErrImagePull|ImagePullBackOff/);
  });

  it.each([
    ['node load', 2, 'usage: node load IMAGE'],
    ['node load nothing', 1, 'image "nothing" not present locally'],
    ['node load mine nowhere', 1, 'there is no node "nowhere"'],
    ['node stop worker-1; node load mine worker-1', 1, 'worker-1 has no power'],
  ])('%s', (line, code, why) => {
    const visitor = new ShellVisitor();
    visitor.type("printf 'FROM busybox:1.36\\nLABEL a=b\\n' | docker build -q -t mine -");
    const { err, status } = visitor.type(line);
    expect(err).toContain(why);
    expect(status).toBe(code);
  });
});
