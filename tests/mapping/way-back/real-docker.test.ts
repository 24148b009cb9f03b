import { afterAll, describe, expect, it } from 'vitest';
import { quoteWord } from '../../../src/docker/words.ts';
import { RealClients } from '../../fixtures/real-clients.ts';
import { wayBack } from './kubectl-rows.ts';
import { wayBackTable } from './way-back-table.ts';

const clients = new RealClients();
afterAll(() => clients.close());
const hasDocker = clients.has(['docker', '--version'], { atLeast: [28, 0] });
const hasCompose = hasDocker && clients.has(['docker', 'compose', 'version']);

const lines = new Map(
  wayBackTable
    .flatMap(([line]) => wayBack(line).commands.map(({ argv }) => argv))
    .map((argv) => [argv.map(quoteWord).join(' '), argv]),
);

describe.skipIf(!hasDocker)('a docker line of the way back (skipped without docker 28)', () => {
  it('is one that the real client takes', { timeout: 120_000 }, async () => {
    const asked = [...lines].filter(([typed]) => hasCompose || !typed.startsWith('docker compose'));
    const refused: string[] = [];
    for (let at = 0; at < asked.length; at += 8) {
      const answers = asked
        .slice(at, at + 8)
        .map(async ([typed, argv]) => ({ typed, objection: await clients.docker(argv) }));
      for (const { typed, objection } of await Promise.all(answers)) {
        if (objection !== undefined) refused.push(`${typed}: ${objection}`);
      }
    }
    expect(refused).toEqual([]);
  });
});
