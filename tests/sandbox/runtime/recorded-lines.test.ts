import { describe, expect, it } from 'vitest';
import { differences, recorded, recordings, said } from './recorded-lines.ts';

const known = differences();

describe.each(recordings())('%s in %s: each line prints and exits as the real one did', (subject, shell) => {
  const others = new Set(known[`${subject}.${shell}`]);
  it.each(recorded(subject, shell).filter(([line]) => !others.has(line)))('%s', (...answer) => {
    expect(said(answer[0], shell)).toEqual(answer);
  });
});

describe('what is known to differ', () => {
  it.each(Object.entries(known))('%s: these lines are recorded, and said once', (name, lines) => {
    const [subject = '', shell] = name.split('.') as [string, Parameters<typeof recorded>[1]];
    const all = recorded(subject, shell).map(([line]) => line);
    expect(lines.filter((line) => !all.includes(line))).toEqual([]);
    expect(new Set(lines).size).toBe(lines.length);
  });
});
