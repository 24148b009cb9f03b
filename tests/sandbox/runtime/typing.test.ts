import { describe, expect, it } from 'vitest';
import { host, Lab, textOf } from './lone-container.ts';

/** A shell in a container that somebody types into. */
class Terminal {
  readonly lab = new Lab();
  readonly process: string;

  constructor(tty: boolean, image = 'busybox:1.36', argv = ['sh']) {
    const id = this.lab.start(image, ['sleep', '1000']);
    this.process = this.lab.runtime.exec(host, id, { argv, tty, stdin: true });
    this.lab.advance(10);
  }

  type(text: string): void {
    this.lab.runtime.write(host, this.process, text);
    this.lab.advance(50);
  }

  get shown(): string {
    return textOf(this.lab.runtime.process(host, this.process)?.output ?? []);
  }

  get exitCode(): number | undefined {
    return this.lab.runtime.process(host, this.process)?.exitCode;
  }
}

describe('a shell at a terminal', () => {
  it('asks, shows what is typed, and answers', () => {
    const terminal = new Terminal(true);
    terminal.type('echo hi\n');
    terminal.type('cd /etc\r');
    expect(terminal.shown).toBe('/ # echo hi\r\nhi\r\n/ # cd /etc\r\n/etc # ');
  });

  it.each([
    ['nginx:1.28', 'bash', 'root@web:/# '],
    ['nginx:1.28', 'sh', '# '],
    ['busybox:1.36', 'sh', '/ # '],
  ])('asks as that of %s %s does', (image, shell, prompt) => {
    expect(new Terminal(true, image, [shell]).shown).toBe(prompt);
  });

  it('waits for the rest of a command', () => {
    const terminal = new Terminal(true);
    terminal.type('for i in 1 2; do\n');
    terminal.type('echo $i\n');
    terminal.type('done\n');
    expect(terminal.shown).toBe('/ # for i in 1 2; do\r\n> echo $i\r\n> done\r\n1\r\n2\r\n/ # ');
  });

  it('lets a line be mended', () => {
    const terminal = new Terminal(true);
    terminal.type('echo ab\x7fc\n');
    expect(terminal.shown).toBe('/ # echo ab\b \bc\r\nac\r\n/ # ');
  });

  it('goes on after a mistake', () => {
    const terminal = new Terminal(true);
    terminal.type('nope\n');
    terminal.type(')\n');
    terminal.type('echo $((1/0))\n');
    terminal.type('echo still\n');
    expect(terminal.shown).toContain('sh: nope: not found\r\n');
    expect(terminal.shown).toContain('unexpected ")"');
    expect(terminal.shown.endsWith('still\r\n/ # ')).toBe(true);
  });

  it('gives up a command at Ctrl-C, and itself at Ctrl-D', () => {
    const terminal = new Terminal(true);
    terminal.type('sleep 1000\n');
    terminal.type('\x03');
    expect(terminal.shown).toBe('/ # sleep 1000\r\n^C\r\n/ # ');
    terminal.type('\x04');
    expect(terminal.exitCode).toBe(130);
  });

  it('ends with the code that it is told', () => {
    const terminal = new Terminal(true);
    terminal.type('exit 4\n');
    expect(terminal.exitCode).toBe(4);
  });
});

describe('typing without a terminal', () => {
  it('is what a command reads, until nobody types any more', () => {
    const terminal = new Terminal(false, 'busybox:1.36', ['wc', '-l']);
    terminal.type('a\nb\n');
    expect(terminal.exitCode).toBeUndefined();
    terminal.lab.runtime.closeInput(host, terminal.process);
    terminal.lab.advance(10);
    expect(terminal.shown).toBe('2\n');
    expect(terminal.exitCode).toBe(0);
  });

  it('runs the lines that a shell is given, without asking', () => {
    const terminal = new Terminal(false);
    terminal.type('echo a\necho b\n');
    terminal.lab.runtime.closeInput(host, terminal.process);
    terminal.lab.advance(10);
    expect(terminal.shown).toBe('a\nb\n');
    expect(terminal.exitCode).toBe(0);
  });

  it('reaches the first process of a container that was made for it', () => {
    const lab = new Lab();
    const id = lab.start('busybox:1.36', ['cat'], { stdin: true });
    const [first] = lab.runtime.processes(host, id);
    lab.runtime.write(host, first?.id ?? '', 'hello\n');
    lab.advance(10);
    expect(lab.log(id)).toBe('hello\n');
    lab.runtime.closeInput(host, first?.id ?? '');
    lab.advance(10);
    expect(lab.exitCode(id)).toBe(0);
  });

  it('goes nowhere where there is no input', () => {
    const lab = new Lab();
    const id = lab.start('busybox:1.36', ['cat']);
    expect(lab.exitCode(id)).toBe(0);
    expect(() => lab.runtime.write(host, 'nope', 'x')).not.toThrow();
  });
});
