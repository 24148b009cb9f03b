import type { PublishedLab } from '../../content/content.ts';
import { styleFor } from '../../terminal/style.ts';
import { drawBrief, drawTakenUp } from '../../terminal/views/lab-view.ts';
import { visitShell } from '../sandbox/sandbox-shell.ts';
import { SandboxTools } from '../sandbox/sandbox-tools.ts';
import type { Session } from '../session.ts';
import { openLab, placeOfLab } from './lab-world.ts';

/** Enters a lab on a terminal. */
export async function enterLab(session: Session, lab: PublishedLab, isFresh: boolean): Promise<void> {
  const tools = new SandboxTools(session);
  const { kept, shell } = openLab(session, lab, placeOfLab(session, lab), isFresh, tools);
  const style = styleFor(session.screen);
  session.print([...drawBrief(lab, style), ...(kept.isNew ? [] : drawTakenUp(style))]);
  await visitShell(session, shell, { kept, tools, name: lab.id });
}
