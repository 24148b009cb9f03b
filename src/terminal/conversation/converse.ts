import type { Io } from '../../io.ts';
import type { Style } from '../style.ts';
import type { Conversation } from './conversation.ts';

/** Opens the conversation that fits the screen. */
export async function converse(io: Io, style: Style): Promise<Conversation> {
  if (style.screen.plain) {
    const { LineConversation } = await import('./line-conversation.ts');
    return new LineConversation(io, style);
  }
  const { KeyConversation } = await import('./key-conversation.ts');
  return new KeyConversation(io, style);
}
