import { describe, expect, it } from 'vitest';
import { countUses } from '../../../src/mapping/lines/count-uses.ts';
import { parseFoundLine } from '../../../src/mapping/lines/parse-found-line.ts';
import { readLines } from '../../../src/mapping/lines/read-lines.ts';

describe('countUses', () => {
  it('counts by command and flag, whatever the spelling, the most used first', () => {
    const history = [
      'docker ps',
      'docker container ls -a',
      'docker run -d -p 80:80 nginx',
      'docker ps -a --filter name=web',
      'docker container run -p 80:80 -p 443:443 nginx',
      'k get po -n shop',
      'kubectl get pods',
      'docker run',
      'docker frobnicate',
      'git status',
    ].join('\n');
    expect(countUses(readLines(history), parseFoundLine)).toEqual({
      uses: [
        {
          command: 'docker container ls',
          count: 3,
          flags: [
            { flag: '--all', count: 2 },
            { flag: '--filter', count: 1 },
          ],
        },
        {
          command: 'docker container run',
          count: 2,
          flags: [
            { flag: '--publish', count: 2 },
            { flag: '--detach', count: 1 },
          ],
        },
        { command: 'kubectl get', count: 2, flags: [{ flag: '--namespace', count: 1 }] },
      ],
      refused: 2,
    });
  });

  it('counts kinds of objects apart where they are told', () => {
    const lines = readLines('kubectl get pods\nkubectl get po -A\nkubectl get nodes\n');
    const { uses } = countUses(lines, (line) => {
      const parsed = parseFoundLine(line);
      return parsed && { ...parsed, kind: parsed.args[0] === 'nodes' ? 'nodes' : 'pods' };
    });
    expect(uses).toEqual([
      { command: 'kubectl get', kind: 'pods', count: 2, flags: [{ flag: '--all-namespaces', count: 1 }] },
      { command: 'kubectl get', kind: 'nodes', count: 1, flags: [] },
    ]);
  });

  it('counts nothing of nothing', () => {
    expect(countUses([], parseFoundLine)).toEqual({ uses: [], refused: 0 });
  });
});
