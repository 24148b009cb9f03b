import { beforeEach, describe, expect, it } from 'vitest';
import { ShellVisitor } from './shell-visitor.ts';

let visitor: ShellVisitor;

beforeEach(() => {
  visitor = new ShellVisitor();
});

describe('fast', () => {
  it.each([
    ['fast 30s', 30_000],
    ['fast 30', 30_000],
    ['fast 1.5m', 90_000],
    ['fast 2h', 7_200_000],
    ['fast 500ms', 500],
  ])('%s lets %d milliseconds pass', (line, milliseconds) => {
    const before = visitor.shell.now;
    expect(visitor.type(line)).toEqual({ out: '', err: '', status: 0 });
    expect(visitor.shell.now - before).toBe(milliseconds);
  });

  it.each(['fast', 'fast 200h', 'fast 3d', 'fast -1s'])('%s is refused', (line) => {
    expect(visitor.type(line)).toEqual({
      out: '',
      err: 'usage: fast 30s, fast 5m, fast 2h; a week at most\n',
      status: 2,
    });
  });
});

const nodeUsage =
  'usage: node ssh NAME, node stop NAME, node start NAME, node load IMAGE; kubectl get nodes lists the names\n';
const loadUsage = 'usage: load deployment/web 400m, load deployment/web off\n';

describe('words that turn the world', () => {
  it.each([
    ['node', nodeUsage, 2],
    ['node stop', nodeUsage, 2],
    ['node reboot worker-1', nodeUsage, 2],
    ['node stop nope', 'node: there is no node "nope"\n', 1],
    ['node load', 'usage: node load IMAGE [NODE...]; docker images lists the images\n', 2],
    ['node load -x', 'usage: node load IMAGE [NODE...]; docker images lists the images\n', 2],
    [
      'node load nope',
      'node load: image "nope" not present locally; docker build or docker pull it first\n',
      1,
    ],
    ['load', loadUsage, 2],
    ['load deployment/web', loadUsage, 2],
    ['load deployment/web much', loadUsage, 2],
    ['load service/web 100m', loadUsage, 2],
    ['load deployment 100m', loadUsage, 2],
    ['load nope/web 100m', loadUsage, 2],
    ['load deployment/web 100m', 'load: there is no deployment/web in the namespace default\n', 1],
    ['load pod/web 100m', 'load: there is no pod/web in the namespace default\n', 1],
    ['redo', 'nothing to redo\n', 1],
  ])('%s is refused', (line, err, status) => {
    expect(visitor.type(line)).toEqual({ out: '', err, status });
  });

  it('load keeps what there is busy', () => {
    visitor.type(
      'kubectl create deployment web --image=nginx:1.28; kubectl run one --image=nginx:1.28; sleep 10',
    );
    expect(visitor.type('load deployment/web 0.5').out).toBe(
      'Visitors keep deployment/web busy: 500m of CPU, shared by its Pods.\n',
    );
    expect(visitor.type('load po/one 250m').out).toBe(
      'Visitors keep po/one busy: 250m of CPU, shared by its Pods.\n',
    );
    expect(visitor.type('load deploy/web off').out).toBe('deploy/web has nothing to do any more.\n');
  });

  it('node load brings an image to nodes', () => {
    visitor.type('docker pull -q busybox:1.36; docker tag busybox:1.36 shop/tool:1');
    const id = visitor.type('docker images -q --no-trunc shop/tool').out.trim();
    expect(visitor.type('node load shop/tool:1 nope')).toMatchObject({
      err: 'node load: there is no node "nope"\n',
      status: 1,
    });
    expect(visitor.type('node load shop/tool:1 worker-1').out).toBe(
      'docker.io/shop/tool:1 is on worker-1 now.\n',
    );
    expect(visitor.type('node load shop/tool:1').out).toBe(
      'docker.io/shop/tool:1 is on control-plane now.\ndocker.io/shop/tool:1 is on worker-1 already.\n',
    );
    expect(visitor.type(`node load ${id} worker-1`).out).toMatch(
      /^docker\.io\/\S+ is on worker-1 (now|already)\.\n$/,
    );
    visitor.type('node stop worker-1');
    expect(visitor.type('node load shop/tool:1')).toMatchObject({
      err: 'node load: worker-1 has no power; node start worker-1 turns it on\n',
      status: 1,
    });
    expect(visitor.type('node start worker-1').out).toBe('worker-1 is starting.\n');
    visitor.type('docker build -q -f - . <<< "FROM busybox:1.36" > built');
    expect(visitor.type('node load $(cat built)')).toMatchObject({
      err: expect.stringMatching(/has no name that a Pod could ask for; docker tag it first\n$/),
      status: 1,
    });
  });

  it('reset is undone', () => {
    visitor.type('echo a > f');
    expect(visitor.type('reset').out).toBe('A new world. undo brings the old one back.\n');
    expect(visitor.type('cat f').status).toBe(1);
    visitor.type('undo');
    expect(visitor.type('cat f').out).toBe('a\n');
  });
});
