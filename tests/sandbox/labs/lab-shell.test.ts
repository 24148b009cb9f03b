import { describe, expect, it } from 'vitest';
import { History } from '../../../src/sandbox/history.ts';
import type { Lab } from '../../../src/sandbox/labs/lab.ts';
import { LabShell, type LabVoice } from '../../../src/sandbox/labs/lab-shell.ts';
import { startLab } from '../../../src/sandbox/labs/lab-start.ts';
import { askHint, isAttempt, newVisit, readVisit } from '../../../src/sandbox/labs/lab-visit.ts';
import { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { ShellExit } from '../../../src/sandbox/shell/line/control-flow.ts';
import { runToEnd } from '../../../src/sandbox/shell/run-to-end.ts';
import type { World } from '../../../src/sandbox/world.ts';

const lab: Lab = {
  id: 'make-one',
  title: 'Make one',
  lesson: 'configuration',
  minutes: 3,
  broken: false,
  story: ['One.', 'Two.', 'Three.'],
  files: { 'notes/read-me.txt': 'Hello.\n' },
  start: 'kubectl create configmap given\n',
  goal: [{ says: 'There is a ConfigMap `mine`', object: 'configmap/mine' }],
  hints: ['first', 'second', 'third'],
  solution: 'kubectl create configmap mine\n',
  other: 'kubectl create cm mine --from-literal=a=b\n',
  debrief: { answer: 'You made it.', alternative: 'Or so.', contrast: 'In Docker there is none.' },
};
const begin = { now: Date.UTC(2026, 0, 15, 9), seed: 1 };

const voice: LabVoice = {
  brief: () => 'brief\n',
  checked: (seen) => `${seen.filter(({ fulfilled }) => fulfilled).length} of ${seen.length}\n`,
  hint: (text, place) => `hint ${place}: ${text}\n`,
  tryFirst: (text, place) => `again ${place}: ${text}\n`,
  noMoreHints: () => 'no more\n',
  solution: (isSolved) => `solution${isSolved ? ', solved before' : ''}\n`,
  debrief: (skipped) => `debrief${skipped ? ', skipped' : ''}\n`,
  begunAnew: () => 'anew\n',
  help: (commands) => `help with ${commands.length} commands\n`,
};

/** Somebody in the lab. */
class Visitor {
  readonly shell: LabShell;
  readonly recorded: string[] = [];
  #printed = '';

  constructor(world: World = startLab(lab, begin).sandbox.snapshot()) {
    const write = (_: string, text: string): void => {
      this.#printed += text;
    };
    this.shell = new LabShell(lab, new Sandbox(world), write, new History(), {
      voice,
      restart: () => startLab(lab, begin).sandbox.snapshot(),
      record: (what) => void this.recorded.push(what),
    });
  }

  /** What each of some lines prints. */
  types(...lines: readonly string[]): string[] {
    return lines.map((line) => {
      this.#printed = '';
      const write = (_: string, text: string): void => {
        this.#printed += text;
      };
      runToEnd(this.shell.run(line), this.shell, { write, input: () => '' });
      return this.#printed.trim();
    });
  }
}

const make = 'kubectl create configmap mine';

describe('in a lab', () => {
  it('the world is prepared: files, and what the start has made', () => {
    expect(new Visitor().types('cat notes/read-me.txt', 'kubectl get configmap given -o name')).toEqual([
      'Hello.',
      'configmap/given',
    ]);
  });

  it('a check says how far one is, and in the end what there is to say', () => {
    const visitor = new Visitor();
    expect(visitor.types('check', make, 'check')).toEqual([
      '0 of 1',
      'configmap/mine created',
      '1 of 1\ndebrief',
    ]);
    expect(visitor.recorded).toEqual(['done']);
  });

  it('it is recorded once that it is solved', () => {
    const visitor = new Visitor();
    visitor.types(make, 'check', 'check', 'undo', 'check', 'redo', 'check');
    expect(visitor.recorded).toEqual(['done']);
  });

  it('a check that is not fulfilled is a failure to the line it stands in', () => {
    expect(new Visitor().types('check || echo not yet', `${make}; check > out.txt && echo there`)).toEqual([
      '0 of 1\nnot yet',
      'configmap/mine created\nthere',
    ]);
  });

  it('a hint needs something tried since the last one', () => {
    expect(
      new Visitor().types(
        'hint',
        'hint',
        'check',
        'hint',
        'ls notes',
        'hint',
        'kubectl get pods',
        'hint',
        'ls notes',
        'hint',
      ),
    ).toEqual([
      'hint 0: first',
      'again 0: first',
      '0 of 1',
      'again 0: first',
      'read-me.txt',
      'hint 1: second',
      'No resources found in default namespace.',
      'hint 2: third',
      'read-me.txt',
      'no more',
    ]);
  });

  it('who has seen the solution has skipped it', () => {
    const visitor = new Visitor();
    expect(visitor.types('solution', make, 'check')).toEqual([
      'solution',
      'configmap/mine created',
      '1 of 1\ndebrief, skipped',
    ]);
    expect(visitor.recorded).toEqual(['skipped']);
  });

  it('who has solved it before may look at the solution', () => {
    const visitor = new Visitor();
    expect(visitor.types(make, 'check', 'solution').at(-1)).toBe('solution, solved before');
    expect(visitor.recorded).toEqual(['done']);
  });

  it('a reset makes it count again, and can be taken back', () => {
    const visitor = new Visitor();
    visitor.types('solution', 'kubectl create configmap other');
    expect(visitor.types('reset', 'kubectl get configmap other -o name', make, 'check')).toEqual([
      'anew',
      'Error from server (NotFound): configmaps "other" not found',
      'configmap/mine created',
      '1 of 1\ndebrief',
    ]);
    expect(visitor.recorded).toEqual(['skipped', 'done']);
    expect(visitor.types('undo', 'undo', 'kubectl get configmap other -o name').at(-1)).toBe(
      'configmap/other',
    );
  });

  it('what was asked for is kept with the world, and not undone', () => {
    const visitor = new Visitor();
    visitor.types('touch a', 'hint', 'solution', 'undo');
    const again = new Visitor(JSON.parse(JSON.stringify(visitor.shell.sandbox.snapshot())) as World);
    expect(again.shell.visit).toMatchObject({ hints: 1, skipped: true });
    expect(again.types('hint', 'hint')).toEqual(['hint 1: second', 'again 1: second']);
  });

  it('asking about the lab is no step to undo', () => {
    expect(new Visitor().types('check', 'hint', 'goal', 'undo').at(-1)).toBe('nothing to undo');
  });

  it('one leaves it with leave', () => {
    expect(() => new Visitor().types('leave')).toThrow(ShellExit);
  });

  it('help and goal speak of the lab', () => {
    expect(new Visitor().types('goal', 'help')).toEqual(['brief', expect.stringMatching(/^help with \d\d/)]);
  });
});

describe('an attempt', () => {
  it.each([
    ['kubectl get pods', true],
    ['k get pods | grep web', true],
    ['fast 30s', true],
    ['undo', true],
    ['check', false],
    [' hint ', false],
    ['check; ls', false],
    ['# a thought', false],
    ['', false],
    ['reset', false],
  ])('is made by "%s": %s', (line, is) => {
    expect(isAttempt(line)).toBe(is);
  });
});

describe('a visit', () => {
  it('that was kept is read, and anything else is a new one', () => {
    const kept = { ...newVisit, hints: 2, attempts: 5, hintedAt: 4 };
    expect(readVisit(kept)).toEqual(kept);
    for (const other of [
      undefined,
      null,
      7,
      'visit',
      {},
      { ...kept, hints: 'two' },
      { ...kept, skipped: 1 },
    ]) {
      expect(readVisit(other)).toBe(newVisit);
    }
  });

  it('gives no hint where there is none', () => {
    expect(askHint(newVisit, 0)).toEqual({ kind: 'no-more' });
  });
});
