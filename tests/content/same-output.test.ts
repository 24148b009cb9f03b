import { describe, expect, it } from 'vitest';
import { isSameOutput, type Names, withNames } from '../../src/content/same-output.ts';

const lines = (text: string): string[] => text.split('\n');

describe('what a lesson shows is what was printed', () => {
  it.each([
    ['pod/web created', 'pod/web created'],
    ['NAME   READY   AGE\nweb    1/1     5s', 'NAME   READY   AGE\nweb    1/1     3m9s'],
    ['web-697578869-6tdr5   1/1', 'web-77768f5b79-2c9dh   1/1'],
    ['f3ec0c46081c…', `f3ec${'0'.repeat(60)}`],
    ['web   10.244.1.61', 'web   10.244.2.7'],
    ['2026/11/20 05:29:57 [notice] 31#31: signal', '2026/01/02 10:00:00 [notice] 7#7: signal'],
    ['Up 2 seconds', 'Up About a minute'],
    ['a\n…\nz', 'a\nb\nc\nz'],
    ['a\n…\nz', 'a\nz'],
    ['Error … number … env.value of type', 'Error from server: a number in env.value of type'],
    ['80:32671/TCP', '80:30001/TCP'],
    ['done\n', 'done'],
    ['web-697578869-6tdr5 on web-697578869-6tdr5', 'web-77768f5b79-2c9dh on web-77768f5b79-2c9dh'],
  ])('%j is like %j', (shown, printed) => {
    expect(isSameOutput(lines(shown), lines(printed), new Map())).toBe(true);
  });

  it.each([
    ['pod/web created', 'pod/api created'],
    ['READY 1/1', 'READY 0/1'],
    ['web-697578869-6tdr5', 'api-697578869-6tdr5'],
    ['a\nb', 'a'],
    ['a', 'a\nb'],
    ['a\n…\nz', 'a\nb'],
    ['restarts: 1', 'restarts: 2'],
    ['web-697578869-6tdr5 on web-697578869-6tdr5', 'web-77768f5b79-2c9dh on web-77768f5b79-zzzzz'],
    ['{"CURRENCY":"EUR"}', '{"CURRENCY":"USD"}'],
  ])('%j is not %j', (shown, printed) => {
    expect(isSameOutput(lines(shown), lines(printed), new Map())).toBe(false);
  });

  it('a name of chance stands for the same thing all along', () => {
    const names: Names = new Map();
    expect(isSameOutput(['web-697578869-6tdr5'], ['web-77768f5b79-2c9dh'], names)).toBe(true);
    expect(withNames('kubectl delete pod web-697578869-6tdr5', names)).toBe(
      'kubectl delete pod web-77768f5b79-2c9dh',
    );
    expect(isSameOutput(['web-697578869-6tdr5 gone'], ['web-77768f5b79-zzzzz gone'], names)).toBe(false);
    expect(isSameOutput(['web-697578869-8wjbf'], ['web-77768f5b79-2c9dh'], names)).toBe(false);
  });

  it('lines that are sorted by such names may have changed places', () => {
    const shown = lines('web-697578869-6tdr5   worker-1\nweb-697578869-8wjbf   worker-2');
    const printed = lines('web-77768f5b79-2c9dh   worker-2\nweb-77768f5b79-8hdqz   worker-2');
    expect(isSameOutput(shown, printed.toReversed(), new Map(), true)).toBe(false);
    const other = lines('web-77768f5b79-2c9dh   worker-2\nweb-77768f5b79-8hdqz   worker-1');
    expect(isSameOutput(shown, other, new Map(), true)).toBe(true);
    expect(isSameOutput(['a', '…', 'b'], ['b', 'x', 'a'], new Map(), true)).toBe(true);
    expect(isSameOutput(['a', 'b'], ['b', 'x', 'a'], new Map(), true)).toBe(false);
  });
});
