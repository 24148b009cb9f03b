import { kernelRelease } from '../files/virtual-files.ts';
import type { ProcessCall } from '../processes/process-call.ts';
import { limitOf } from '../resource-limits.ts';
import { errorLog, writeLog } from './visit.ts';

/** The version that an image has, as its environment says it. */
export function nginxVersion(call: ProcessCall): string {
  return call.env.NGINX_VERSION ?? '1.28.0';
}

/** The last greeting, and what it was for: those who start at one time say the same. */
let said = { key: '', text: '' };

/** What nginx writes when it has started. */
export function greeting(call: ProcessCall, worker: number, count: number): string {
  const files = limitOf(call.spec.confinement?.limits, 'nofile').join(':');
  const key = `${call.now} ${nginxVersion(call)} ${call.pid} ${worker} ${count} ${files}`;
  if (said.key === key) return said.text;
  const lines = [
    'using the "epoll" event method',
    `nginx/${nginxVersion(call)}`,
    'built by gcc 12.2.0 (Debian 12.2.0-14+deb12u1) ',
    `OS: Linux ${kernelRelease}`,
    `getrlimit(RLIMIT_NOFILE): ${files}`,
    ...workerLines(worker, count),
  ];
  said = { key, text: lines.map((line) => logLine(call, 'notice', line)).join('') };
  return said.text;
}

/** What nginx writes about its workers. */
export function workerLines(worker: number, count: number): readonly string[] {
  return [
    'start worker processes',
    ...Array.from({ length: count }, (_, index) => `start worker process ${worker + index}`),
  ];
}

/** Writes a notice into the error log. */
export function notice(call: ProcessCall, text: string, pid = call.pid): void {
  log(call, 'notice', text, pid);
}

/** Writes into the error log and to the screen why nginx cannot go on. */
export function emergency(call: ProcessCall, text: string): void {
  complain(call, 'emerg', text);
}

/** Writes into the error log and to the screen what is wrong. */
export function complain(call: ProcessCall, level: string, text: string): void {
  log(call, level, text);
  call.err(`nginx: [${level}] ${text}\n`);
}

/** Writes into the error log. */
export function log(call: ProcessCall, level: string, text: string, pid = call.pid): void {
  writeLog(call, errorLog, logLine(call, level, text, pid));
}

/** A line of the error log. */
function logLine(call: ProcessCall, level: string, text: string, pid = call.pid): string {
  const time = new Date(call.now).toISOString().slice(0, 19).replaceAll('-', '/').replace('T', ' ');
  return `${time} [${level}] ${pid}#${pid}: ${text}\n`;
}
