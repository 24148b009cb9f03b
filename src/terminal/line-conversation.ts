import { createInterface, type Interface } from 'node:readline';
import { Interrupted } from '../errors.ts';
import type { Io } from '../io.ts';
import type { Item } from '../quiz/item.ts';
import { presented } from '../quiz/presentation.ts';
import type { Aside, Conversation, KeyChoice, Menu, Search } from './conversation.ts';
import { drawOptions } from './question-view.ts';
import type { Style } from './style.ts';
import { wrap } from './wrap.ts';

/** The linear conversation: everything is said once, every answer is a line that ends in Enter. */
export class LineConversation implements Conversation {
  readonly #io: Io;
  readonly #style: Style;
  readonly #waiting: string[] = [];
  #lines: Interface | undefined;
  #take: ((line: string | undefined) => void) | undefined;
  #hasEnded = false;

  constructor(io: Io, style: Style) {
    this.#io = io;
    this.#style = style;
  }

  say(lines: readonly string[]): void {
    this.#io.stdout.write(lines.map((line) => `${line}\n`).join(''));
  }

  async askKey(choices: readonly KeyChoice[]): Promise<string> {
    const [first] = choices;
    const rest = choices.slice(1).map((choice) => `${choice.keys[0]} ${choice.means}`);
    for (;;) {
      const line = (
        await this.#readLine(`Enter ${first?.means}${rest.length > 0 ? `, ${rest.join(', ')}` : ''}: `)
      ).toLowerCase();
      const chosen = line === '' ? first : choices.find((choice) => choice.keys.includes(line));
      if (chosen) return chosen.value;
      this.say([`"${line}" is none of these. Type a letter and press Enter.`]);
    }
  }

  async askItem(item: Item, canGoBack: boolean): Promise<readonly string[] | Aside> {
    const options = presented(item);
    this.say(drawOptions(item, this.#style));
    const how = {
      several: 'Type the numbers of all that are right, such as 1 3',
      order: `Type all ${options.length} numbers in the right order`,
    } as const;
    const ask =
      item.kind === 'several' || item.kind === 'order'
        ? how[item.kind]
        : `Type a number from 1 to ${options.length}`;
    for (;;) {
      const line = (
        await this.#readLine(`${ask}${canGoBack ? ', b to go back' : ''}, q to leave: `)
      ).toLowerCase();
      if (line === 'q') return 'leave';
      if (line === 'b' && canGoBack) return 'back';
      const given = line.split(/[\s,]+/).map((word) => options[Number(word) - 1]?.id);
      const ids = given.filter((id) => id !== undefined);
      if (
        line !== '' &&
        ids.length === given.length &&
        new Set(ids).size === ids.length &&
        isCount(item, ids.length)
      )
        return ids;
      this.say([line === '' ? 'Nothing was typed.' : `"${line}" is no answer to this question.`]);
    }
  }

  async askMenu(menu: Menu): Promise<string | undefined> {
    const labels = menu.entries.map((entry, index) => entry.label ?? String(index + 1));
    let group: string | undefined;
    for (const [index, entry] of menu.entries.entries()) {
      if (entry.group !== group) this.say([`${entry.group}:`]);
      group = entry.group;
      this.say(wrap(`${labels[index]}. ${entry.text}`, this.#style.screen.columns));
    }
    const start = menu.entries.findIndex((entry) => entry.value === menu.start);
    const byEnter = start === -1 ? '' : `, Enter for ${labels[start]}`;
    const leave = menu.leave === undefined ? '' : `, q ${menu.leave}`;
    for (;;) {
      const line = (await this.#readLine(`Type a number${byEnter}${leave}: `)).toLowerCase();
      if (line === 'q' && menu.leave !== undefined) return undefined;
      const index = line === '' ? start : labels.indexOf(line);
      const entry = menu.entries[index];
      if (entry) return entry.value;
      this.say([`There is no "${line}" here.`]);
    }
  }

  async askSearch(search: Search): Promise<string | undefined> {
    for (;;) {
      const words = await this.#readLine(`${search.label}, or q to leave: `);
      if (words === 'q') return undefined;
      const found = search.find(words);
      if (words === '' || found.length === 0)
        this.say([words === '' ? 'Type a word or two.' : 'Nothing fits. Try other words.']);
      else return this.askMenu({ entries: found, leave: 'leaves' });
    }
  }

  async askYes(question: string): Promise<boolean> {
    const line = await this.#readLine(`${question} Type yes or no: `);
    return /^y(es)?$/i.test(line);
  }

  /** @throws Interrupted at the end of the input */
  #readLine(question: string): Promise<string> {
    this.#io.stdout.write(question);
    const lines = this.#openLines();
    const typedAhead = this.#waiting.shift();
    if (typedAhead !== undefined) return Promise.resolve(typedAhead);
    if (this.#hasEnded) return Promise.reject(new Interrupted());
    lines.resume();
    return new Promise((resolve, reject) => {
      this.#take = (line) => {
        this.#take = undefined;
        lines.pause();
        if (line === undefined) reject(new Interrupted());
        else resolve(line);
      };
    });
  }

  /** One reader for all questions: lines that arrive together are answers to several of them. */
  #openLines(): Interface {
    if (this.#lines) return this.#lines;
    const lines = createInterface({ input: this.#io.stdin, terminal: false });
    lines.on('line', (line) => {
      if (this.#take) this.#take(line.trim());
      else this.#waiting.push(line.trim());
    });
    lines.on('close', () => {
      this.#hasEnded = true;
      this.#take?.(undefined);
    });
    this.#lines = lines;
    return lines;
  }
}

function isCount(item: Item, count: number): boolean {
  if (item.kind === 'order') return count === item.options.length;
  return item.kind === 'several' ? count > 0 : count === 1;
}
