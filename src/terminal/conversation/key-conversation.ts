import { createPromptModule } from 'inquirer';
import { Interrupted } from '../../errors.ts';
import type { Io } from '../../io.ts';
import type { Item } from '../../quiz/item.ts';
import type { Style } from '../style.ts';
import type { Aside, Asking, Conversation, KeyChoice, Menu, Search } from './conversation.ts';
import { commandPrompt } from './prompts/command-prompt.ts';
import { itemPrompt } from './prompts/item-prompt.ts';
import { keyPrompt } from './prompts/key-prompt.ts';
import { linePrompt } from './prompts/line-prompt.ts';
import { matchPrompt } from './prompts/match-prompt.ts';
import { menuPrompt } from './prompts/menu-prompt.ts';
import { searchPrompt } from './prompts/search-prompt.ts';

/** The conversation of an ordinary terminal: keys are answered at once, prompts vanish when answered. */
export class KeyConversation implements Conversation {
  readonly #io: Io;
  readonly #ask: (question: Record<string, unknown>) => Promise<{ answer: unknown }>;

  constructor(io: Io, style: Style) {
    this.#io = io;
    const inquirer = createPromptModule({ input: io.stdin, output: io.stdout, clearPromptOnDone: true });
    for (const [name, prompt] of Object.entries({
      key: keyPrompt,
      item: itemPrompt,
      match: matchPrompt,
      mistake: linePrompt,
      command: commandPrompt,
      menu: menuPrompt,
      search: searchPrompt,
    })) {
      inquirer.registerPrompt(name, prompt as never);
    }
    this.#ask = (question) =>
      inquirer([{ name: 'answer', message: '', style, ...question }] as never) as never;
  }

  say(lines: readonly string[]): void {
    this.#io.stdout.write(lines.map((line) => `${line}\n`).join(''));
  }

  async askKey(choices: readonly KeyChoice[], question?: string): Promise<string> {
    return (await this.#answered({ type: 'key', choices, question })) as string;
  }

  async askItem(item: Item, asking: Asking): Promise<readonly string[] | Aside> {
    const hasOwn = item.kind === 'match' || item.kind === 'mistake' || item.kind === 'command';
    const type = hasOwn ? item.kind : 'item';
    return (await this.#answered({ type, item, ...asking })) as readonly string[] | Aside;
  }

  async askMenu(menu: Menu): Promise<string | undefined> {
    return (await this.#answered({ type: 'menu', menu })) as string | undefined;
  }

  async askSearch(search: Search): Promise<string | undefined> {
    return (await this.#answered({ type: 'search', search })) as string | undefined;
  }

  async askYes(question: string): Promise<boolean> {
    const answer = await this.askKey(
      [
        { value: 'no', keys: ['n'], shown: 'Enter or n', means: 'no' },
        { value: 'yes', keys: ['y'], shown: 'y', means: 'yes' },
      ],
      question,
    );
    return answer === 'yes';
  }

  async #answered(question: Record<string, unknown>): Promise<unknown> {
    try {
      return (await this.#ask(question)).answer;
    } catch (error) {
      if ((error as Error).name === 'ExitPromptError') throw new Interrupted();
      throw error;
    }
  }
}
