import { beforeEach, describe, expect, it } from 'vitest';
import { TerminalVisitor } from './terminal-visitor.ts';

let visitor: TerminalVisitor;

beforeEach(() => {
  visitor = new TerminalVisitor();
});

const clear = '\u001b[H\u001b[2J';

describe('watch', () => {
  it.each([
    ['watch echo hi', `${clear}Every 2.0s: echo hi   (Ctrl-C ends it)\n\nhi\n`, 3],
    ['watch -n 1 echo hi', `${clear}Every 1.0s: echo hi   (Ctrl-C ends it)\n\nhi\n`, 5],
    ['watch -n0.5 -t echo hi', `${clear}hi\n`, 10],
    ['watch --interval=4 --no-title -d echo hi', `${clear}hi\n`, 2],
    ['watch --interval 4 -t echo hi', `${clear}hi\n`, 2],
    ["watch -t 'echo a b | tr a c'", `${clear}c b\n`, 3],
    ['watch -t "x=1; echo \\$x"', `${clear}1\n`, 3],
  ])('%s shows it again and again', (line, screen, times) => {
    expect(visitor.watch(line, 4500)).toEqual({ out: screen.repeat(times), err: '', status: 130 });
  });

  it('goes on where the line means nothing, as the real one does', () => {
    const { err, status } = visitor.watch('watch nope', 3000);
    expect(err).toBe('sh: nope: command not found\n→ help lists the commands there are.\n'.repeat(2));
    expect(status).toBe(130);
    expect(visitor.watch("watch 'if'", 1000).err).toBe('sh: syntax error: unexpected end of file\n');
  });

  it.each([
    // procps says the two that it has words for; the sandbox its own usage.
    ['watch -n x ls', "watch: failed to parse argument: 'x'\n", 1],
    ['watch -z ls', "watch: unrecognized option '-z'\nusage: watch ", 1],
    ['watch', 'usage: watch [-n SECONDS] [-t] COMMAND', 1],
    ['watch -n', 'usage: watch [-n SECONDS] [-t] COMMAND', 1],
  ])('%s is refused', (line, err, status) => {
    expect(visitor.watch(line)).toEqual({ out: '', err: expect.stringContaining(err), status });
  });
});

describe('words before a command', () => {
  it.each([
    ['time sleep 2', '', '\nreal\t0m2.000s\nuser\t0m0.000s\nsys\t0m0.000s\n', 0],
    ['time -p sleep 61', '', 'real 61.00\nuser 0.00\nsys 0.00\n', 0],
    ['time nope', '', 'sh: nope: command not found\n\nreal\t0m0.000s\nuser\t0m0.000s\nsys\t0m0.000s\n', 127],
    ['time', '', '\nreal\t0m0.000s\nuser\t0m0.000s\nsys\t0m0.000s\n', 0],
    ['sudo whoami', 'you\n', '', 0],
    ['sudo -E -u root whoami', 'you\n', '', 0],
    ['sudo -- whoami', 'you\n', '', 0],
    ['sudo nope', '', 'sudo: nope: command not found\n', 1],
    ['sudo', '', 'usage: sudo COMMAND\n', 1],
    ['sudo -i', '', 'sudo: -i is not needed here: you may do everything as you are\n', 1],
  ])('%s', (line, out, err, status) => {
    expect(visitor.watch(line, 100_000)).toEqual({ out, err, status });
  });
});

describe('edit', () => {
  it('writes what the editor leaves', () => {
    visitor.edited = (text) => `${text}more\n`;
    expect(visitor.watch('vi notes')).toEqual({ out: '', err: '', status: 0 });
    expect(visitor.watch('nano +2 notes').status).toBe(0);
    expect(visitor.type('cat notes').out).toBe('more\nmore\n');
    expect(visitor.watch('edit nope/notes')).toEqual({
      out: '',
      err: 'edit: nope/notes: No such file or directory\n',
      status: 1,
    });
    visitor.edited = (text) => text;
    expect(visitor.watch('vim notes')).toEqual({ out: '', err: '', status: 0 });
    visitor.edited = undefined;
    expect(visitor.watch('vim notes')).toEqual({ out: '', err: 'vim: notes is left as it was\n', status: 1 });
  });

  it.each([
    ['vim', 'usage: vim FILE\n', 2],
    ['edit /tmp', 'edit: /tmp: Is a directory\n', 1],
  ])('%s', (line, err, status) => {
    expect(visitor.watch(line)).toEqual({ out: '', err, status });
  });
});

describe('read', () => {
  it('asks, and waits for what is typed', () => {
    visitor.typed = ['Ann', ' Smith\n'];
    expect(visitor.watch('read -p "name? " name; echo "[$name]"')).toEqual({
      out: '[Ann Smith]\n',
      err: 'name? ',
      status: 0,
    });
    expect(visitor.watch('read -t 2 name; echo $?').out).toBe('142\n');
  });
});

describe('help', () => {
  it.each([
    [80, 'help', /^Files {5}ls cat edit /],
    [30, 'help', /\n {2}undo, redo\n? /],
    [80, 'help node', /^node stop NAME {2}pulls a node's plug/],
    [80, 'help vim', /^edit FILE {2}opens your own editor/],
    [80, 'help grep', /^grep works as on any Linux machine, with the options people use\.\n$/],
    [80, 'help export', /^export works as on any Linux machine/],
    [80, 'clear', /^\u001b\[H\u001b\[2J\u001b\[3J$/],
  ])('at %d columns %s', (columns, line, said) => {
    visitor.columns = columns;
    expect(visitor.watch(line).out).toMatch(said);
  });

  it('of what is not there is refused', () => {
    expect(visitor.watch('help nope')).toEqual({ out: '', err: 'help: there is no nope here\n', status: 1 });
  });

  it('less and more show all at once, and history the lines', () => {
    visitor.type('echo a > a; echo b > b');
    expect(visitor.watch('less a b').out).toBe('a\nb\n');
    expect(visitor.watch('more nope')).toMatchObject({
      err: 'more: nope: No such file or directory\n',
      status: 1,
    });
    expect(visitor.watch('cat a | less -R').out).toBe('a\n');
    expect(visitor.watch('history').out).toContain('    2  less a b\n');
  });
});
