import { describe, expect, it } from 'vitest';
import type { Io } from '../../src/io.ts';
import { describeScreen } from '../../src/terminal/screen.ts';
import { ioOf, type World } from '../fixtures/io.ts';

const terminal: World = { stdin: { isTTY: true }, stdout: { isTTY: true, columns: 120, rows: 40 } };
const utf8 = { LANG: 'en_GB.UTF-8' };

function screenOf(world: World, wishes: { plain?: boolean; ascii?: boolean; color?: boolean } = {}) {
  return describeScreen(ioOf({ ...terminal, ...world }), wishes);
}

describe('the colours of a terminal', () => {
  it.each<[Io['env'], number]>([
    [{}, 1],
    [{ TERM: 'xterm' }, 1],
    [{ TERM: 'linux' }, 1],
    [{ TERM: 'xterm-256color' }, 2],
    [{ TERM: 'screen-256color' }, 2],
    [{ TERM: 'xterm-256color', COLORTERM: 'truecolor' }, 3],
    [{ TERM: 'xterm', WT_SESSION: 'a-guid' }, 3],
    [{ TERM: 'dumb' }, 0],
    [{ TERM: 'dumb', COLORTERM: 'truecolor' }, 0],
    [{ TERM: 'dumb', FORCE_COLOR: '3' }, 0],
    [{ NO_COLOR: '1' }, 0],
    [{ NO_COLOR: '0' }, 0],
    [{ NO_COLOR: 'false' }, 0],
    [{ NO_COLOR: '' }, 1],
    [{ NO_COLOR: '', TERM: 'xterm-256color' }, 2],
    [{ NO_COLOR: '1', FORCE_COLOR: '3' }, 0],
    [{ FORCE_COLOR: '0', COLORTERM: 'truecolor' }, 0],
    [{ FORCE_COLOR: '1' }, 1],
    [{ FORCE_COLOR: '2' }, 2],
    [{ FORCE_COLOR: '3' }, 3],
    [{ FORCE_COLOR: '4' }, 3],
    [{ FORCE_COLOR: '-1' }, 0],
    [{ FORCE_COLOR: 'true', COLORTERM: 'truecolor' }, 1],
    [{ FORCE_COLOR: 'false', COLORTERM: 'truecolor' }, 0],
    [{ FORCE_COLOR: 'maybe' }, 0],
    [{ FORCE_COLOR: '', TERM: 'xterm-256color' }, 2],
  ])('with %o are of level %d', (env, level) => {
    expect(screenOf({ env }).colour).toBe(level);
  });

  it('are all there on a Windows console', () => {
    expect(screenOf({ platform: 'win32' }).colour).toBe(3);
  });

  it.each<[{ plain?: boolean; color?: boolean }, number]>([
    [{ color: false }, 0],
    [{ plain: true }, 0],
    [{ color: true }, 3],
    [{ plain: false }, 3],
  ])('with %o, whatever the terminal can do, are of level %d', (wishes, level) => {
    expect(screenOf({ env: { COLORTERM: 'truecolor' } }, wishes).colour).toBe(level);
  });
});

describe('the colours of a pipe', () => {
  it.each<[Io['env'], NodeJS.Platform, number]>([
    [{ TERM: 'xterm-256color', COLORTERM: 'truecolor' }, 'linux', 0],
    [{ WT_SESSION: 'a-guid' }, 'win32', 0],
    [{ FORCE_COLOR: '2' }, 'linux', 2],
    [{ FORCE_COLOR: 'true' }, 'linux', 1],
    [{ FORCE_COLOR: '' }, 'linux', 0],
    [{ FORCE_COLOR: '2', NO_COLOR: '1' }, 'linux', 0],
  ])('with %o on %s are of level %d', (env, platform, level) => {
    expect(screenOf({ env, platform, stdout: {} }).colour).toBe(level);
  });

  it('that FORCE_COLOR asks for are not what somebody wants who says --no-color', () => {
    expect(screenOf({ env: { FORCE_COLOR: '3' }, stdout: {} }, { color: false }).colour).toBe(0);
  });
});

describe('characters beyond ASCII', () => {
  it.each<[NodeJS.Platform, Io['env'], boolean]>([
    ['linux', { LANG: 'en_GB.UTF-8' }, true],
    ['linux', { LANG: 'en_GB.utf8' }, true],
    ['linux', { LANG: 'C.UTF-8' }, true],
    ['linux', { LC_CTYPE: 'UTF-8' }, true],
    ['linux', {}, false],
    ['linux', { LANG: '' }, false],
    ['linux', { LANG: 'C' }, false],
    ['linux', { LANG: 'POSIX' }, false],
    ['linux', { LANG: 'de_DE.ISO-8859-1' }, false],
    ['linux', { LANG: 'en_GB' }, false],
    ['linux', { LC_ALL: 'C', LC_CTYPE: 'en_GB.UTF-8', LANG: 'en_GB.UTF-8' }, false],
    ['linux', { LC_ALL: 'en_GB.UTF-8', LC_CTYPE: 'C', LANG: 'C' }, true],
    ['linux', { LC_ALL: '', LC_CTYPE: 'C', LANG: 'en_GB.UTF-8' }, false],
    ['linux', { LC_ALL: '', LC_CTYPE: '', LANG: 'en_GB.UTF-8' }, true],
    ['linux', { ...utf8, TERM: 'linux' }, false],
    ['linux', { ...utf8, TERM: 'dumb' }, false],
    ['linux', { ...utf8, TERM: 'xterm' }, true],
    ['freebsd', {}, false],
    ['darwin', {}, true],
    ['darwin', { LANG: 'C' }, false],
    ['darwin', { LANG: 'en_GB.UTF-8' }, true],
    ['win32', {}, false],
    ['win32', utf8, false],
    ['win32', { WT_SESSION: 'a-guid' }, true],
    ['win32', { TERM_PROGRAM: 'vscode' }, true],
    ['win32', { ConEmuTask: '{cmd::Cmder}' }, true],
    ['win32', { TERM: 'xterm-256color' }, true],
    ['win32', { TERM: 'alacritty' }, true],
    ['win32', { TERM: 'cygwin' }, false],
    ['win32', { WT_SESSION: 'a-guid', TERM: 'dumb' }, false],
  ])('on %s with %o arrive: %s', (platform, env, expected) => {
    expect(screenOf({ platform, env }).unicode).toBe(expected);
  });

  it('arrive in a pipe as on a terminal, and nowhere in the linear form', () => {
    expect(screenOf({ env: utf8, stdout: {} }).unicode).toBe(true);
    expect(screenOf({ env: utf8 }, { plain: true }).unicode).toBe(false);
    expect(screenOf({ env: utf8 }, { color: false }).unicode).toBe(true);
    expect(screenOf({ env: utf8 }, { ascii: true }).unicode).toBe(false);
    expect(screenOf({ env: utf8 }, { ascii: true }).plain).toBe(false);
  });
});

describe('the linear form', () => {
  it.each<[Io['env'], { plain?: boolean }, boolean]>([
    [{}, {}, false],
    [{}, { plain: true }, true],
    [{ TERM: 'dumb' }, {}, true],
    [{ TERM: 'dumb' }, { plain: false }, true],
    [{ NO_COLOR: '1' }, {}, false],
  ])('with %o and %o is wanted: %s', (env, wishes, expected) => {
    expect(screenOf({ env }, wishes).plain).toBe(expected);
  });
});

describe('the size', () => {
  it.each<[World['stdout'], Io['env'], number]>([
    [{ isTTY: true, columns: 120 }, {}, 120],
    [{ isTTY: true, columns: 120 }, { COLUMNS: '60' }, 120],
    [{ isTTY: true, columns: 0 }, { COLUMNS: '60' }, 60],
    [{}, { COLUMNS: '132' }, 132],
    [{}, {}, 80],
    [{}, { COLUMNS: '' }, 80],
    [{}, { COLUMNS: 'wide' }, 80],
    [{}, { COLUMNS: '0' }, 80],
    [{}, { COLUMNS: '-5' }, 20],
    [{}, { COLUMNS: '3' }, 20],
    [{ isTTY: true, columns: 1 }, {}, 20],
  ])('of %o with %o is %d columns', (stdout, env, expected) => {
    expect(screenOf({ stdout, env }).columns).toBe(expected);
  });

  it.each<[World['stdout'], number]>([
    [{ isTTY: true, rows: 40 }, 40],
    [{ isTTY: true, rows: 2 }, 8],
    [{ isTTY: true, rows: 0 }, 24],
    [{}, 24],
  ])('of %o is %d rows', (stdout, expected) => {
    expect(screenOf({ stdout }).rows).toBe(expected);
  });

  it('follows a terminal that is resized', () => {
    const io = ioOf(terminal);
    const screen = describeScreen(io);
    expect([screen.columns, screen.rows]).toEqual([120, 40]);
    Object.assign(io.stdout, { columns: 66, rows: 20 });
    expect([screen.columns, screen.rows]).toEqual([66, 20]);
  });
});

describe('somebody is there to answer', () => {
  it.each<[World['stdin'], World['stdout'], boolean]>([
    [{ isTTY: true }, { isTTY: true }, true],
    [{}, { isTTY: true }, false],
    [{ isTTY: true }, {}, false],
    [{}, {}, false],
    [{ isTTY: false }, { isTTY: true }, false],
  ])('with stdin %o and stdout %o: %s', (stdin, stdout, expected) => {
    expect(screenOf({ stdin, stdout }).interactive).toBe(expected);
  });

  it('on a terminal without colours or in the linear form as well', () => {
    expect(screenOf({ env: { TERM: 'dumb', NO_COLOR: '1' } }, { plain: true }).interactive).toBe(true);
  });

  it('is not asked of standard input before it matters: looking opens it', () => {
    const io = ioOf(terminal);
    let looked = 0;
    Object.defineProperty(io, 'stdin', { get: () => ++looked && { isTTY: true } });
    const screen = describeScreen(io);
    expect([screen.colour, screen.unicode, screen.plain, looked]).toEqual([1, false, false, 0]);
    expect(screen.interactive).toBe(true);
  });
});
