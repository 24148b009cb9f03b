import { steps } from '../../applets/applet.ts';
import type { Program } from '../../program.ts';

/** pg_isready: whether a server takes connections, whoever asks. */
export const pgIsReady: Program = steps((call) => {
  const words = call.args.flatMap((word) => (word.startsWith('--') ? word.split(/=(.*)/s, 2) : [word]));
  const behind = (...flags: string[]) => words[words.findIndex((word) => flags.includes(word)) + 1];
  const has = (...flags: string[]) => words.some((word) => flags.includes(word));
  const host = has('-h', '--host') ? behind('-h', '--host') : call.env.PGHOST;
  const port = has('-p', '--port') ? behind('-p', '--port') : (call.env.PGPORT ?? '5432');
  const [address] = call.resolve(host ?? 'localhost');
  const way = address === undefined ? undefined : call.reach(address, Number(port));
  const isUp = way !== undefined && 'network' in way && call.kernel.servers.listens(way);
  const where = `${host ?? '/var/run/postgresql'}:${port}`;
  if (!has('-q', '--quiet')) call.out(`${where} - ${isUp ? 'accepting connections' : 'no response'}\n`);
  return isUp ? 0 : 2;
});
