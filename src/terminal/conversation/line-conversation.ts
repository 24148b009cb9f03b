import { createInterface, type Interface } from 'node:readline';
import { Interrupted } from '../../errors.ts';
import type { Io } from '../../io.ts';
import { readAnswer } from '../../quiz/answer-words.ts';
import { grade, UnreadableAnswer } from '../../quiz/grade.ts';
import type { Item, ItemKind } from '../../quiz/item.ts';
import { showControls } from '../control-characters.ts';
import type { Style } from '../style.ts';
import { drawOptions } from '../views/question-view.ts';
import { wrap } from '../wrap.ts';
import type { Aside, Asking, Conversation, KeyChoice, Menu, Search } from './conversation.ts';

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

  async askKey(choices: readonly KeyChoice[], question?: string): Promise<string> {
    if (question !== undefined) this.#tell(question);
    const [first] = choices;
    const rest = choices.slice(1).map((choice) => `${choice.keys[0]} ${choice.means}`);
    for (;;) {
      const line = (
        await this.#readLine(`Enter ${first?.means}${rest.length > 0 ? `, ${rest.join(', ')}` : ''}: `)
      ).toLowerCase();
      const chosen = line === '' ? first : choices.find((choice) => choice.keys.includes(line));
      if (chosen) return chosen.value;
      this.#tell(
        line === '?'
          ? `Type one of these and press Enter. ${leaving}`
          : `"${showControls(line)}" is none of these. Type one of them and press Enter.`,
      );
    }
  }

  async askItem(item: Item, { canGoBack }: Asking): Promise<readonly string[] | Aside> {
    this.say(drawOptions(item, this.#style));
    const ask = `${howToAnswer[item.kind](item)}${canGoBack ? ', b to go back' : ''}, q to leave: `;
    for (;;) {
      const line = await this.#readLine(ask);
      if (line.toLowerCase() === 'q') return 'leave';
      if (line.toLowerCase() === 'b' && canGoBack) return 'back';
      if (line === '') this.say(['Nothing was typed.']);
      else if (line === '?') this.#tell(`Type your answer and press Enter. ${leaving}`);
      else {
        try {
          const given = readAnswer(item, [line]);
          grade(item, given);
          return given;
        } catch (error) {
          if (!(error instanceof UnreadableAnswer)) throw error;
          this.#tell(
            `"${showControls(line)}" is no answer to this question: ${showControls(error.message)}.`,
          );
        }
      }
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
      this.#tell(
        line === '?'
          ? 'Type the number of a line above, and press Enter. Ctrl-C leaves at once.'
          : `There is no "${showControls(line)}" here.`,
      );
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

  #tell(text: string): void {
    this.say(wrap(text, this.#style.screen.columns));
  }

  /** @throws Interrupted at the end of the input */
  #readLine(question: string): Promise<string> {
    // The last line stays open for what is typed.
    const { columns } = this.#style.screen;
    this.#io.stdout.write(`${wrap(question.trimEnd(), columns - 1).join('\n')} `);
    const lines = this.#openLines();
    const typedAhead = this.#waiting.shift();
    if (typedAhead !== undefined) return Promise.resolve(this.#echoed(typedAhead));
    if (this.#hasEnded) return Promise.reject(new Interrupted());
    lines.resume();
    return new Promise((resolve, reject) => {
      this.#take = (line) => {
        this.#take = undefined;
        // At the end of its input the interface has closed itself, and newer Nodes do not let it be paused.
        if (line === undefined) return reject(new Interrupted());
        lines.pause();
        resolve(this.#echoed(line));
      };
    });
  }

  /** A terminal shows what is typed; of a script of answers, what it says has to be said here. */
  #echoed(line: string): string {
    if (this.#io.stdin.isTTY !== true) this.#io.stdout.write(`${showControls(line)}\n`);
    return line;
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

/** Said to who asks for the keys; what can be typed stands in the question. */
const leaving = 'Ctrl-C leaves at once; what you answered is saved.';

const aNumber = ({ options }: Item): string => `Type a number from 1 to ${options.length}`;

const howToAnswer: Readonly<Record<ItemKind, (item: Item) => string>> = {
  one: aNumber,
  'true-false': aNumber,
  predict: aNumber,
  several: () => 'Type the numbers of all that are right, such as 1 3',
  order: ({ options }) => `Type all ${options.length} numbers in the right order`,
  match: ({ options }) =>
    `Type the pairs, such as ${options.map(({ id }, place) => `${id}=${place + 1}`).join(' ')}`,
  mistake: ({ listing }) => `Type the number of a line, from 1 to ${listing?.text.split('\n').length ?? 0}`,
  command: () => 'Type the command',
};
