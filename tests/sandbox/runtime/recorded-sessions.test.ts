import { describe, expect, it } from 'vitest';
import { played, recording, subjects } from './recorded-sessions.ts';

describe.each(subjects())('%s: each line prints and exits as in a real container', (subject) => {
  const all = recording(subject);
  it.each(all.sessions.map((session) => [session.title, session] as const))('%s', (_, session) => {
    expect(played(all, session)).toEqual(session.lines);
  });
});
