import { spawn } from '@lydell/node-pty';

/**
 * How long it takes, in milliseconds, until a terminal shows a text; until the end of the program where none is given.
 *
 * @param args of Node
 * @param sign a regular expression, or its text
 * @param leave the key that ends the program when it was seen
 */
export function untilSeen(args, home, sign, leave) {
  return new Promise((resolve) => {
    const from = performance.now();
    const terminal = spawn(process.execPath, args, { env: { ...process.env, HOME: home, TERM: 'xterm' } });
    let text = '';
    let took;
    terminal.onData((data) => {
      text += data;
      if (took !== undefined || sign === undefined || !new RegExp(sign).test(plain(text))) return;
      took = performance.now() - from;
      terminal.write(leave);
    });
    const patience = setTimeout(() => {
      terminal.kill('SIGKILL');
      throw new Error(`${args.join(' ')} never showed ${sign}`);
    }, 10_000);
    terminal.onExit(() => {
      clearTimeout(patience);
      resolve(took ?? performance.now() - from);
    });
  });
}

function plain(text) {
  return text.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '');
}
