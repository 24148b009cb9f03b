import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { EngineRequest } from '../../../src/sandbox/host/engine/request.ts';
import { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { runToEnd } from '../../../src/sandbox/shell/run-to-end.ts';
import { Shell } from '../../../src/sandbox/shell/shell.ts';

// What the real client asked a real engine for (.scripts/record-docker-exchanges.mjs), and what the built-in one asks the
// simulated engine for.

interface Exchange {
  readonly line: string;
  readonly code: number;
  readonly requests: readonly unknown[];
}

const fixture = new URL('../../fixtures/docker/exchanges.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(fixture, 'utf8')) as { readonly cases: readonly Exchange[] };

/** Hears what is asked for. */
class HeardSandbox extends Sandbox {
  heard: EngineRequest[] = [];

  override askEngine(request: EngineRequest): ReturnType<Sandbox['askEngine']> {
    this.heard.push(request);
    return super.askEngine(request);
  }
}

function newSandbox(): HeardSandbox {
  return new HeardSandbox(Sandbox.fresh({ now: Date.UTC(2026, 0, 5), seed: 1, nodes: 1 }).snapshot());
}

function run(sandbox: HeardSandbox, line: string): number {
  const write = (): void => {};
  const shell = new Shell(sandbox, write);
  return runToEnd(shell.run(line), shell, { write, input: () => '' });
}

/** Requests as they were recorded: without archives and times, ids in the order in which they are first seen. */
function comparable(requests: readonly EngineRequest[]): unknown {
  const ids: string[] = [];
  const bare = requests.map(({ method, path, query, body }) => {
    const isArchive = typeof body === 'object' && body !== null && 'entries' in body;
    return { method, path, query, ...(body !== undefined && !isArchive && { body }) };
  });
  const text = JSON.stringify(bare).replace(/[0-9a-f]{64}/g, (id) => {
    if (!ids.includes(id)) ids.push(id);
    return `<id ${ids.indexOf(id) + 1}>`;
  });
  return JSON.parse(text.replace(/("since":")\d+/, '$1<time>'));
}

describe('the client asks for the same in the same order', () => {
  let ours: { readonly code: number; readonly requests: unknown }[] | undefined;

  function ourExchanges(): typeof ours {
    const sandbox = newSandbox();
    run(sandbox, 'docker pull -q busybox:1.36');
    return cases.map(({ line }) => {
      sandbox.heard = [];
      const code = run(sandbox, line);
      return { code, requests: comparable(sandbox.heard) };
    });
  }

  it.each(cases.map((one, place) => [one.line, place] as const))('%s', (_, place) => {
    ours ??= ourExchanges();
    const { code, requests } = cases[place] as Exchange;
    expect(ours?.[place]).toEqual({ code, requests });
  });
});
