import { beforeEach, describe, expect, it } from 'vitest';
import { ShellVisitor } from './shell-visitor.ts';

let visitor: ShellVisitor;

beforeEach(() => {
  visitor = new ShellVisitor();
});

/** What the last of some lines wrote, to wherever. */
function said(...lines: readonly string[]): string {
  const { out, err } = lines.map((line) => visitor.type(line)).at(-1) ?? { out: '', err: '' };
  return out + err;
}

describe('a line of output that has not ended yet', () => {
  const talker = "sh -c 'echo one; printf two; sleep 20; echo three; sleep 20; printf four'";

  it('is kept back by docker logs until it has, or the container has', () => {
    expect(said(`docker run -d --name talker busybox:1.36 ${talker}`, 'docker logs talker')).toBe('one\n');
    expect(said('sleep 21', 'docker logs talker')).toBe('one\ntwothree\n');
    expect(said('docker logs -n 1 talker')).toBe('twothree\n');
    expect(said('sleep 21', 'docker logs talker')).toBe('one\ntwothree\nfour');
  });

  it('is told whole by docker logs that follows', () => {
    said(`docker run -d --name talker busybox:1.36 ${talker}`);
    expect(said('docker logs -f talker')).toBe('one\ntwothree\nfour');
    said(`docker run -d --name other busybox:1.36 ${talker}`);
    expect(said('docker logs -f -t other')).toMatch(/^\S+Z one\n\S+Z twothree\n\S+Z four$/);
  });

  it('is kept back by kubectl logs too', () => {
    expect(
      said(
        `kubectl run talker --image=busybox:1.36 --restart=Never -- ${talker}`,
        'sleep 10',
        'kubectl logs talker',
      ),
    ).toBe('one\n');
    expect(said('sleep 20', 'kubectl logs talker')).toBe('one\ntwothree\n');
    expect(said('kubectl logs -f talker')).toBe('one\ntwothree\nfour');
    expect(said('kubectl logs talker')).toBe('one\ntwothree\nfour');
  });

  it('is told when it is longer than what the engine keeps in hand', () => {
    const long = 'sh -c \'yes a | head -n 9000 | tr -d "\\n"; sleep 1d\'';
    said(`docker run -d --name long busybox:1.36 ${long}`, 'sleep 5');
    expect(said('docker logs long | wc -c').trim()).toBe('0');
    const longer = 'sh -c \'yes a | head -n 20000 | tr -d "\\n"; sleep 1d\'';
    said(`docker run -d --name longer busybox:1.36 ${longer}`, 'sleep 5');
    expect(Number(said('docker logs longer | wc -c'))).toBeGreaterThanOrEqual(16_384);
  });
});

describe('curl', () => {
  it('waits for a container that is paused, as long as it is told to', () => {
    said('docker run -d --name web -p 8080:80 nginx:1.28', 'sleep 1', 'docker pause web');
    expect(said('curl -m 2 localhost:8080')).toBe(
      'curl: (28) Operation timed out after 2000 milliseconds with 0 bytes received\n',
    );
    expect(said('docker unpause web', 'curl -s -o /dev/null -w "%{http_code}" localhost:8080')).toBe('200');
  });

  it('reaches from a node what the learner cannot reach', () => {
    said(
      'kubectl create deployment web --image=nginx:1.28',
      'kubectl expose deployment web --port=80',
      'sleep 9',
    );
    const address = said("kubectl get service web -o jsonpath='{.spec.clusterIP}'");
    expect(said(`node ssh worker-1 curl -s http://${address}`)).toContain('Welcome to nginx');
    expect(said(`curl -m 1 http://${address}`)).toContain('(28)');
    expect(said('node ssh worker-1 curl http://web')).toContain('(6) Could not resolve host: web');
  });
});

describe('shared memory', () => {
  it('is one for the containers that share it, and as large as the first said', () => {
    said('docker run -d --name first --ipc shareable --shm-size 1m busybox:1.36 sleep 1d');
    said('docker run --rm --ipc container:first busybox:1.36 sh -c "echo hi > /dev/shm/x"');
    expect(said('docker exec first cat /dev/shm/x')).toBe('hi\n');
    expect(said('docker exec first df /dev/shm | tail -1')).toBe(
      'shm                       1024         4      1020   0% /dev/shm\n'.replace('  0%', '  1%'),
    );
  });

  it.each([
    [
      'docker run -d --name first busybox:1.36 sleep 1d',
      'non-shareable IPC (hint: use IpcMode:shareable for the donor container)',
    ],
    ['docker create --name first --ipc shareable busybox:1.36 sleep 1d', 'is not running'],
  ])('is not shared after %s', (line, why) => {
    said('docker pull -q busybox:1.36', line);
    const refused = said('docker run --rm --ipc container:first busybox:1.36 true');
    expect(refused).toMatch(
      /^docker: Error response from daemon: failed to join IPC namespace: container [0-9a-f]{64}/,
    );
    expect(refused).toContain(why);
  });

  it.each([
    ['host', 'tmpfs                  4194304         0   4194304   0% /dev/shm\n'],
    ['private', 'shm                      65536         0     65536   0% /dev/shm\n'],
    ['none', 'tmpfs                    65536         0     65536   0% /dev\n'],
  ])('is what --ipc %s says', (mode, line) => {
    said('docker pull -q busybox:1.36');
    expect(said(`docker run --rm --ipc ${mode} busybox:1.36 df /dev/shm | tail -1`)).toBe(line);
  });
});

describe('kubectl debug --target', () => {
  it('shows the processes of the container that is meant, and its files', () => {
    said('kubectl run web --image=nginx:1.28', 'sleep 5');
    const line = "sh -c 'ps; ls /proc/1/root/etc/nginx/conf.d'";
    const shown = said(
      `kubectl debug web --image=busybox:1.36 --target=web -c look -- ${line}`,
      'sleep 5',
      'kubectl logs web -c look',
    );
    expect(shown).toContain('    1 root      0:00 nginx: master process nginx -g daemon off;\n');
    expect(shown).toContain('   29 101       0:00 nginx: worker process\n');
    expect(shown).toContain('default.conf\n');
  });

  it('shows its own alone without a target', () => {
    said('kubectl run web --image=nginx:1.28', 'sleep 5');
    const shown = said(
      'kubectl debug web --image=busybox:1.36 -c look -- ps',
      'sleep 5',
      'kubectl logs web -c look',
    );
    expect(shown).not.toContain('nginx');
  });
});

describe('a Pod that drops all capabilities', () => {
  it('has an nginx that says what it was not allowed', () => {
    const securityContext = { capabilities: { drop: ['ALL'] } };
    const containers = [{ name: 'web', image: 'nginx:1.28', securityContext }];
    const overrides = JSON.stringify({ spec: { containers } });
    said(`kubectl run web --image=nginx:1.28 --overrides='${overrides}'`, 'sleep 5');
    expect(said('kubectl logs web | tail -1')).toBe(
      'nginx: [emerg] chown("/var/cache/nginx/client_temp", 101) failed (1: Operation not permitted)\n',
    );
  });
});

describe("the learner's machine", () => {
  it('has a disk that fills with what docker keeps', () => {
    const used = () => Number(said('df').split('\n')[1]?.split(/\s+/)[2]);
    const before = used();
    said('docker pull -q nginx:1.28');
    expect(used() - before).toBeGreaterThan(100 * 1024);
    expect(said('df -h')).toMatch(/^Filesystem +Size +Used Avail Use% Mounted on\n\/dev\/vda1 +\d+G/);
    expect(said('df -i')).toContain('df -i is not simulated here');
  });

  it('says of an image that was committed what was run, and of what lies below when that was made', () => {
    said('docker run -d --name web nginx:1.28', 'docker commit web mine:1');
    const lines = said('docker history --format "{{.CreatedBy}}|{{.Comment}}|{{.CreatedSince}}" mine:1')
      .trimEnd()
      .split('\n');
    expect(lines[0]).toMatch(/^nginx -g daemon off;\|\|(Less|\d+ seconds?)/);
    expect(lines.at(-1)).toMatch(/\|(\d+|About a) (years?|months?|weeks?) ago$/);
  });
});
