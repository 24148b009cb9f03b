import { describe, expect, it } from 'vitest';
import { atPosition, DockerRefusal, reworded, unlessRefused } from '../../src/docker/refusal.ts';

const refuse = (): never => {
  throw new DockerRefusal('no size', 'Give a number.', 3);
};

describe('a refusal', () => {
  it('is said in other words, and at another place', () => {
    expect(() => reworded(refuse, ({ message, hint }) => new Error(`${message}: ${hint}`))).toThrow(
      'no size: Give a number.',
    );
    expect(() => atPosition(7, refuse)).toThrow(
      expect.objectContaining({ message: 'no size', hint: 'Give a number.', position: 7 }),
    );
  });

  it('is none where nothing was refused, or something else went wrong', () => {
    expect(
      reworded(
        () => 5,
        () => new Error('never'),
      ),
    ).toBe(5);
    const broken = (): never => {
      throw new TypeError('a fault of ours');
    };
    expect(() => reworded(broken, () => new Error('never'))).toThrow(TypeError);
  });

  it('can stand for something else', () => {
    expect(unlessRefused(refuse, ({ message }) => message)).toBe('no size');
    expect(
      unlessRefused(
        () => 5,
        () => 0,
      ),
    ).toBe(5);
    const broken = (): never => {
      throw new TypeError('a fault of ours');
    };
    expect(() => unlessRefused(broken, () => 0)).toThrow(TypeError);
  });
});
