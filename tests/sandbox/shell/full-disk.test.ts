import { beforeEach, describe, expect, it } from 'vitest';
import { ShellVisitor } from './shell-visitor.ts';

let visitor: ShellVisitor;

beforeEach(() => {
  visitor = new ShellVisitor();
  visitor.type('echo kept > kept.txt');
  visitor.type('dd if=/dev/zero of=big bs=1M count=70000');
});

describe('a full disk of the learner', () => {
  it('is told by whoever fills it', () => {
    const { err, status } = visitor.type('dd if=/dev/zero of=more bs=1M count=1');
    expect(err).toContain("error writing 'more': No space left on device");
    expect(status).toBe(1);
  });

  it('takes no file that needs room, and loses none', () => {
    const { err, status } = visitor.type('seq 100000 > numbers');
    expect(err).toContain('seq: write error: No space left on device');
    expect(status).toBe(1);
    expect(visitor.type('cat kept.txt').out).toBe('kept\n');
  });

  it('takes no image, as containerd says it', () => {
    const { err, status } = visitor.type('docker pull redis:7');
    expect(err).toContain('no space left on device');
    expect(status).toBe(1);
  });

  it('is one again that takes everything, when the file is gone', () => {
    visitor.type('rm big');
    expect(visitor.type('docker pull -q redis:7').status).toBe(0);
    expect(visitor.type('seq 1000 > numbers; tail -n 1 numbers').out).toBe('1000\n');
  });
});
