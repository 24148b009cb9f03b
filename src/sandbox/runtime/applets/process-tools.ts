import { lineOf, nameOfId } from '../container-start.ts';
import { baseOf } from '../files/paths.ts';
import type { ProcessCall } from '../processes/process-call.ts';
import { visibleFrom } from '../processes/visible-processes.ts';
import { type Program, signalName, signalNumbers } from '../program.ts';
import type { ProcessRecord } from '../records.ts';
import { tool } from './applet.ts';
import { nameOf, readOptions, UsageError } from './options.ts';

interface Shown {
  readonly pid: number;
  readonly parent: number;
  readonly user: string;
  readonly command: string;
  readonly startedAt: number;
  readonly memory: number;
  readonly busy: boolean;
}

/** A user of another container's image has no name here, only a number. */
function userSeen(call: ProcessCall, record: ProcessRecord, user: string): string {
  const owner =
    record.container === call.container.id ? undefined : call.kernel.container(record.host, record.container);
  const uid = owner && lineOf(call.kernel.filesOf(owner), '/etc/passwd', user)?.[2];
  return uid === undefined ? user : (nameOfId(call.files.container, '/etc/passwd', uid) ?? uid);
}

/** The processes that one can see, workers of servers too. */
function processesFor(call: ProcessCall): readonly Shown[] {
  const { kernel, container, spec } = call;
  const found = visibleFrom(kernel.store, container);
  const holder: Shown = {
    pid: 1,
    parent: 0,
    user: '65535',
    command: '/pause',
    startedAt: container.createdAt,
    memory: 200_000,
    busy: false,
  };
  // What holds a namespace that containers share is its first process.
  const shown = found.flatMap((record: ProcessRecord) => {
    const [uid = ''] = record.owner.split(':');
    const program = kernel.program(record.program);
    const own: Shown = {
      pid: record.pid,
      parent: record.parent,
      user: nameOfId(call.files.container, '/etc/passwd', uid) ?? uid,
      command: record.title ?? record.argv.join(' '),
      startedAt: record.startedAt,
      memory: program.memory + record.memory,
      busy: record.busy > 0,
    };
    const workers = program.workers?.(record) ?? [];
    return [
      own,
      ...workers.map(({ argv, user }, index) => ({
        ...own,
        pid: record.pid + 28 + index,
        parent: record.pid,
        user: user === undefined ? own.user : userSeen(call, record, user),
        command: argv.join(' '),
      })),
    ];
  });
  return spec.sharePids && spec.pidNamespace === undefined ? [holder, ...shown] : shown;
}

/** ps, of busybox or of procps */
export const ps: Program = tool((call) => (call.isBusybox ? busyboxPs(call) : procps(call)));

/** The columns that ps of busybox can show here: how wide each is, and what stands in it. */
const columns: Readonly<Record<string, { readonly width: number; text(process: Shown): string }>> = {
  pid: { width: 5, text: ({ pid }) => `${pid}` },
  ppid: { width: 5, text: ({ parent }) => `${parent}` },
  user: { width: 8, text: ({ user }) => user },
  comm: { width: 16, text: ({ command }) => commandName(command) },
  args: { width: 0, text: ({ command }) => command },
  time: { width: 6, text: () => '0:00' },
};

function busyboxPs(call: ProcessCall): number {
  const { lists } = readOptions(call, 'o:TaAdefl');
  const shown = processesFor(call);
  if (!lists.o) {
    call.out('PID   USER     TIME  COMMAND\n');
    for (const { pid, user, command } of shown)
      call.out(`${`${pid}`.padStart(5)} ${user.padEnd(8).slice(0, 8)}  0:00 ${command}\n`);
    return 0;
  }
  const asked = lists.o
    .flatMap((list) => list.split(','))
    .map((word) => {
      const [name = '', title] = word.split('=');
      const column = Object.hasOwn(columns, name) ? columns[name] : undefined;
      if (!column)
        throw new UsageError(
          `${nameOf(call)}: bad -o argument '${name}', supported arguments: user,group,comm,args,pid,ppid,pgid,etime,nice,rgroup,ruser,time,tty,vsz,sid,stat,rss\n`,
        );
      const usual = name === 'comm' || name === 'args' ? 'COMMAND' : name.toUpperCase();
      return { column, title: title ?? usual, isNumber: name.endsWith('pid') };
    });
  const line = (texts: readonly string[], isHead: boolean) =>
    asked
      .map(({ column: { width }, isNumber }, index) => {
        const text = `${texts[index]}`;
        if (isNumber) return isHead ? text.padEnd(width) : text.padStart(width);
        return index === texts.length - 1 ? text : text.padEnd(width);
      })
      .join(' ');
  const titles = asked.map(({ title }) => title);
  if (titles.some((title) => title !== '')) call.out(`${line(titles, true)}\n`);
  for (const process of shown)
    call.out(
      `${line(
        asked.map(({ column }) => column.text(process)),
        false,
      )}\n`,
    );
  return 0;
}

function procps(call: ProcessCall): number {
  const words = call.args.filter((word) => !word.startsWith('--'));
  const shown = processesFor(call);
  const isAll = words.some((word) => /^-?[aexf]/.test(word));
  const visible = isAll ? shown : shown.filter(({ pid }) => pid === call.pid || pid === call.record.parent);
  const at = (time: number) => new Date(time).toISOString().slice(11, 16);
  if (words.some((word) => word.includes('u'))) {
    call.out('USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\n');
    for (const { pid, user, command, startedAt, memory, busy } of visible) {
      const kilobytes = Math.round(memory / 1024);
      const state = pid === 1 ? 'Ss' : pid === call.pid ? 'R' : 'S';
      call.out(
        `${user.padEnd(8)} ${`${pid}`.padStart(7)} ${(busy ? '99.0' : '0.0').padStart(4)} ${'0.0'.padStart(4)} ${`${kilobytes * 3}`.padStart(6)} ${`${kilobytes}`.padStart(5)} ?        ${state.padEnd(4)} ${at(startedAt)}   0:00 ${command}\n`,
      );
    }
    return 0;
  }
  if (words.some((word) => /^-.*f/.test(word))) {
    call.out('UID          PID    PPID  C STIME TTY          TIME CMD\n');
    for (const { pid, parent, user, command, startedAt } of visible)
      call.out(
        `${user.padEnd(8)} ${`${pid}`.padStart(7)} ${`${parent}`.padStart(7)}  0 ${at(startedAt)} ?        00:00:00 ${command}\n`,
      );
    return 0;
  }
  call.out('    PID TTY          TIME CMD\n');
  for (const { pid, command } of visible)
    call.out(`${`${pid}`.padStart(7)} ?        00:00:00 ${commandName(command)}\n`);
  return 0;
}

/** top: once (`-b -n1`). As it goes on and on with a terminal, it says that this is not simulated. */
export const top: Program = tool((call) => {
  if (!call.args.some((word) => /b/.test(word))) {
    call.err(`${nameOf(call)}: the sandbox shows it once only: ${nameOf(call)} -b -n1\n`);
    return 1;
  }
  const shown = processesFor(call);
  const total = Math.round(call.files.container.facts.memoryBytes / 1024);
  const busy = shown.some((each) => each.busy);
  const used = Math.round(total * 0.4);
  call.out(`Mem: ${used}K used, ${total - used}K free, 13936K shrd, 467324K buff, 1844476K cached\n`);
  call.out(
    `CPU: ${busy ? ' 25.0' : '  0.1'}% usr   0.1% sys   0.0% nic ${busy ? ' 74.9' : ' 99.8'}% idle   0.0% io   0.0% irq   0.0% sirq\n`,
  );
  call.out(`Load average: 0.10 0.08 0.05 1/200 ${call.pid}\n`);
  call.out('  PID  PPID USER     STAT   VSZ %VSZ CPU %CPU COMMAND\n');
  for (const each of [...shown].sort(
    (one, other) => Number(other.busy) - Number(one.busy) || other.pid - one.pid,
  )) {
    const state = each.pid === call.pid || each.busy ? 'R' : 'S';
    call.out(
      `${`${each.pid}`.padStart(5)} ${`${each.parent}`.padStart(5)} ${each.user.padEnd(8)} ${state.padEnd(4)} ${`${Math.round(each.memory / 1024) + 2000}`.padStart(7)}  0.0   0 ${(each.busy ? '25.0' : '0.0').padStart(4)} ${each.command}\n`,
    );
  }
  return 0;
});

/** kill */
export const kill: Program = tool((call) => {
  const [first = ''] = call.args;
  if (first === '-l') return listSignals(call, call.args.slice(1));
  const isNamed = /^-(s|n)$/.test(first);
  const isSigned = !isNamed && /^-./.test(first) && first !== '--';
  const signal = isNamed ? `${call.args[1] ?? ''}` : isSigned ? first.slice(1) : 'TERM';
  const name = signal === '0' ? '0' : signalName(signal);
  if (name === undefined) throw new UsageError(`kill: bad signal name '${signal}'\n`);
  const used = isNamed ? 2 : Number(first.startsWith('-'));
  const pids = call.args.slice(used);
  if (pids.length === 0) throw new UsageError('kill: you need to specify whom to kill\n');
  let code = 0;
  for (const word of pids) {
    const sent = /^\d+$/.test(word) ? call.kill(Number(word), name) : false;
    if (sent) continue;
    const why = sent === undefined ? 'Operation not permitted' : 'No such process';
    call.err(
      /^\d+$/.test(word) ? `kill: can't kill pid ${word}: ${why}\n` : `kill: invalid number '${word}'\n`,
    );
    code = 1;
  }
  return code;
});

/** `kill -l`: all signals, or those that are named. */
function listSignals(call: ProcessCall, words: readonly string[]): number {
  if (words.length === 0)
    for (let number = 1; number < 32; number++) {
      const name = signalName(`${number}`);
      if (name !== undefined) call.out(`${`${number}`.padStart(2)}) ${name}\n`);
    }
  for (const word of words) {
    const name = signalName(/^\d+$/.test(word) ? `${Number(word) % 128}` : word);
    if (name === undefined) throw new UsageError(`kill: unknown signal '${word}'\n`);
    call.out(`${/^\d+$/.test(word) ? name : signalNumbers[name]}\n`);
  }
  return 0;
}

/** killall and pkill */
export const killall: Program = tool((call) => {
  const isQuiet = call.args.includes('-q');
  const option = call.args.find((word) => /^-./.test(word) && word !== '-q');
  const signal = option === undefined ? 'TERM' : signalName(option.slice(1));
  if (signal === undefined) throw new UsageError(`${nameOf(call)}: bad signal name '${option?.slice(1)}'\n`);
  const names = call.args.filter((word) => !word.startsWith('-'));
  if (names.length === 0) throw new UsageError(`${nameOf(call)}: you need to specify whom to kill\n`);
  let code = 0;
  for (const name of names) {
    const found = processesFor(call).filter(
      ({ command, pid }) => pid !== call.pid && commandName(command) === name,
    );
    for (const { pid } of found) call.kill(pid, signal);
    if (found.length > 0) continue;
    if (!isQuiet) call.err(`${nameOf(call)}: ${name}: no process killed\n`);
    code = 1;
  }
  return code;
});

/** pidof */
export const pidof: Program = tool((call) => {
  const found = processesFor(call).filter(
    ({ command, pid }) => pid !== call.pid && call.args.includes(commandName(command)),
  );
  if (found.length > 0)
    call.out(
      `${found
        .map(({ pid }) => pid)
        .reverse()
        .join(' ')}\n`,
    );
  return found.length > 0 ? 0 : 1;
});

function commandName(command: string): string {
  return baseOf(command.replace(/[ :].*$/s, ''));
}
