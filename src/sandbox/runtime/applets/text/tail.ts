import { caught } from '../../../thrown.ts';
import { FileError } from '../../files/file-error.ts';
import type { ProcessCall } from '../../processes/process-call.ts';
import type { Outcome, Program } from '../../program.ts';
import { gatherInput, steps } from '../applet.ts';
import { nameOf, readOptions } from '../options.ts';
import { countOf } from './head.ts';

interface TailState {
  /** What came from the input so far. */
  readonly text: string;
  /** Places in the files that are followed, up to which they were shown. */
  readonly places?: Readonly<Record<string, number>>;
  /** Bytes of zeros that it holds, in the search for the end of a line. */
  readonly held?: number;
  readonly shown?: string;
}

/** The place in a file that is not there yet. */
const notYet = -1;
const pollMs = 1000;
/** Zeros come that fast, and it looks for more so often. */
const zerosPerStep = 32 * 2 ** 20;
const zeroStepMs = 50;

/** tail, with `-f` for files that grow. Of `/dev/zero` it takes more and more memory, until it has too much. */
export const tail: Program = steps((call) => {
  const { values, flags, rest } = readOptions(call, 'n:c:fFqvs:0123456789', {
    lines: 'n',
    bytes: 'c',
    follow: 'f',
    quiet: 'q',
    silent: 'q',
    verbose: 'v',
  });
  const state = (call.state ?? { text: '' }) as TailState;
  const follows = flags.f !== undefined || flags.F !== undefined;
  if (state.places) return follow(call, state, rest.length > 1 && !flags.q);
  if (state.held !== undefined || rest.some((path) => isEndless(call, path))) return grow(call, state);
  const digits = /^[-+]\d+/.exec(call.args[0] ?? '')?.[0];
  const given = values.c ?? values.n ?? digits ?? '10';
  const count = countOf(call, given.replace(/^-/, ''), values.c === undefined ? 'lines' : 'bytes');
  const show = (text: string) => call.out(end(text, count, given.startsWith('+'), values.c !== undefined));
  const files = rest.filter((word) => !/^[-+]\d+$/.test(word));
  if (files.length === 0 || files.every((path) => path === '-')) {
    const { text, isWhole } = gatherInput(call, state.text);
    if (!isWhole) {
      call.state = { text };
      return 'waits';
    }
    show(text);
    return 0;
  }
  let failed = false;
  const places: Record<string, number> = {};
  // Busybox names the files where there are several that it could open, GNU where it was given several.
  const readable = call.isBusybox ? files.filter((path) => call.files.look(path)) : files;
  const hasTitles = !flags.q && (readable.length > 1 || flags.v !== undefined);
  for (const path of files) {
    try {
      const text = call.files.read(path);
      if (hasTitles) call.out(`${Object.keys(places).length > 0 ? '\n' : ''}==> ${path} <==\n`);
      show(text);
      places[path] = text.length;
    } catch (thrown) {
      const error = caught(thrown, FileError);
      const name = nameOf(call);
      if (call.isBusybox) {
        const what = error.code === 'EISDIR' ? 'read error' : `can't open '${path}'`;
        call.err(`${name}: ${what}: ${error.message}\n`);
      } else
        call.err(
          error.code === 'EISDIR'
            ? `${name}: error reading '${path}': ${error.message}\n`
            : `${name}: cannot open '${path}' for reading: ${error.message}\n`,
        );
      failed = true;
      if (flags.F !== undefined) places[path] = notYet;
    }
  }
  if (!follows || Object.keys(places).length === 0) {
    if (readable.length === 0 && call.isBusybox ? failed : failed && follows) {
      call.err(call.isBusybox ? 'tail: no files\n' : 'tail: no files remaining\n');
    }
    return failed ? 1 : 0;
  }
  call.state = { text: '', places, shown: `${files.at(-1)}` };
  return { until: call.now + pollMs };
});

function follow(call: ProcessCall, state: TailState, hasTitles: boolean): Outcome {
  const places: Record<string, number> = { ...state.places };
  let { shown = '' } = state;
  let changed = false;
  for (const [path, place] of Object.entries(places)) {
    const node = call.files.look(path);
    if (node?.kind !== 'file' || node.content.length === place) continue;
    if (place === notYet)
      call.err(
        call.isBusybox
          ? `tail: ${path} has appeared; following end of new file\n`
          : `tail: '${path}' has appeared;  following new file\n`,
      );
    // A file that became shorter was begun anew.
    const isShorter = node.content.length < place;
    if (isShorter && !call.isBusybox) call.err(`tail: ${path}: file truncated\n`);
    const from = isShorter ? 0 : Math.max(place, 0);
    if (hasTitles && shown !== path) call.out(`\n==> ${path} <==\n`);
    shown = path;
    call.out(node.content.slice(from));
    places[path] = node.content.length;
    changed = true;
  }
  if (changed) call.state = { ...state, places, shown };
  return { until: call.now + pollMs };
}

function grow(call: ProcessCall, state: TailState): Outcome {
  const held = (state.held ?? 0) + zerosPerStep;
  call.state = { ...state, held };
  call.setMemory(held);
  call.spend(zeroStepMs);
  return { until: call.now + zeroStepMs };
}

function isEndless(call: ProcessCall, path: string): boolean {
  return ['/dev/zero', '/dev/urandom', '/dev/full'].includes(call.files.absolute(path));
}

function end(text: string, count: number, isFrom: boolean, isBytes: boolean): string {
  if (isBytes) return isFrom ? text.slice(Math.max(count - 1, 0)) : count === 0 ? '' : text.slice(-count);
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  return (isFrom ? lines.slice(Math.max(count - 1, 0)) : count === 0 ? [] : lines.slice(-count)).join('');
}
