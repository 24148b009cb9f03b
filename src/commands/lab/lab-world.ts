import { randomInt } from 'node:crypto';
import type { PublishedLab } from '../../content/content.ts';
import { recordLab } from '../../learner/progress.ts';
import { LabShell } from '../../sandbox/labs/lab-shell.ts';
import { startLab } from '../../sandbox/labs/lab-start.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { styleFor } from '../../terminal/style.ts';
import type { SandboxTools } from '../sandbox/sandbox-tools.ts';
import { type KeptSandbox, takeUp } from '../sandbox/sandbox-world.ts';
import { placeBeside, type WorldPlace } from '../sandbox/world-place.ts';
import type { Session } from '../session.ts';
import { voiceFor } from './lab-voice.ts';

/** A lab that somebody is in. */
export interface OpenLab {
  readonly kept: KeptSandbox;
  readonly shell: LabShell;
}

/** Where the world of a lab is kept. */
export function placeOfLab({ io }: Session, lab: PublishedLab): WorldPlace {
  return placeBeside(io, 'labs', 'lab', lab.id);
}

/** Opens a lab where it was left, or from its beginning. */
export function openLab(
  session: Session,
  lab: PublishedLab,
  place: WorldPlace,
  isFresh: boolean,
  tools: SandboxTools,
): OpenLab {
  const { io, progress } = session;
  const begin = (): Sandbox => startLab(lab, { now: io.now().getTime(), seed: randomInt(2 ** 32) }).sandbox;
  const kept = takeUp(session, place, begin, isFresh);
  const shell: LabShell = new LabShell(lab, kept.sandbox, session.writeTool, kept.history, {
    more: tools.programs(() => shell),
    voice: voiceFor(lab, styleFor(session.screen)),
    restart: () => begin().snapshot(),
    record: (what) => void progress.update((known) => recordLab(known, lab.id, what, io.now())),
  });
  return { kept, shell };
}
