/** A simple command in a piece of shell: its words as they were typed, quotes and all. */
export interface RawCommand {
  readonly words: readonly string[];
  /** Where in the piece it begins. */
  readonly start: number;
}

/** How deep substitutions may be nested; what is deeper is read as text. */
const deepest = 30;

const endsWord = /[\s;&|<>()]/;

/** Closing marks of what is read: the end of the text, of `(…)`, or of a pair of backticks. */
type Closing = '' | ')' | '`';

/**
 * Reads a piece of shell once, from left to right, for its simple commands: those in substitutions, loops,
 * pipes and subshells too. Comments, heredocs and redirections are passed over (POSIX.1-2017, XCU 2).
 */
export class ShellScanner {
  readonly #commands: RawCommand[] = [];
  readonly #text: string;
  readonly #hasBackticks: boolean;
  #at = 0;
  #depth = 0;
  #heredocs: { readonly end: string; readonly isIndented: boolean }[] = [];
  /** Marks that occur no more, so that nobody looks for them again. */
  readonly #gone = new Set<string>();
  #lineStarts: ReadonlyMap<string, number[]> | undefined;

  /** @param hasBackticks whether backticks are substitutions; in PowerShell they are not */
  constructor(text: string, hasBackticks = true) {
    this.#text = text;
    this.#hasBackticks = hasBackticks;
  }

  /** All simple commands, in the order in which they begin. */
  read(): RawCommand[] {
    while (this.#at < this.#text.length) this.#list('');
    return this.#commands.sort((one, other) => one.start - other.start);
  }

  #list(closing: Closing): void {
    let words: string[] = [];
    let start = this.#at;
    const end = (): void => {
      if (words.length > 0) this.#commands.push({ words, start });
      words = [];
    };
    while (this.#at < this.#text.length) {
      const char = this.#text.charAt(this.#at);
      if (char === closing) {
        this.#at += 1;
        return end();
      }
      if (char === '\n') {
        end();
        this.#at += 1;
        this.#skipHeredocs();
      } else if (/\s/.test(char)) this.#at += 1;
      else if (this.#continues()) this.#at += this.#text.charAt(this.#at + 1) === '\r' ? 3 : 2;
      else if (char === '#') this.#at = this.#endOfLine(this.#at);
      else if (char === '<' || char === '>' || (char === '&' && this.#text.charAt(this.#at + 1) === '>')) {
        this.#redirection();
      } else if (char === ';' || char === '&' || char === '|') {
        end();
        this.#at += 1;
      } else if (char === '(') {
        // After a word it is a function or an array; what came before is no command.
        words = [];
        this.#at += 1;
        this.#nested(')');
      } else if (char === ')') {
        // The pattern of a case.
        words = [];
        this.#at += 1;
      } else {
        if (words.length === 0) start = this.#at;
        const word = this.#word(closing);
        const isStream = /^\d+$/.test(word) && /[<>]/.test(this.#text.charAt(this.#at));
        if (!isStream) words.push(word);
      }
    }
    end();
  }

  #nested(closing: Closing): void {
    if (this.#depth >= deepest) return;
    this.#depth += 1;
    this.#list(closing);
    this.#depth -= 1;
  }

  #word(closing: Closing): string {
    const start = this.#at;
    while (this.#at < this.#text.length) {
      const char = this.#text.charAt(this.#at);
      if (char === closing || endsWord.test(char)) break;
      if (char === '\\') this.#at += this.#text.startsWith('\r\n', this.#at + 1) ? 3 : 2;
      else if (char === "'") this.#skipSingleQuotes();
      else if (char === '"') this.#doubleQuotes(closing);
      else if (char === '$') this.#expansion();
      else if (char === '`' && this.#hasBackticks) this.#backticks();
      else this.#at += 1;
    }
    // A mark that ends lists can stand where no list is open.
    if (this.#at === start) this.#at += 1;
    return this.#text.slice(start, this.#at).replace(/\\\r?\n/g, '');
  }

  #skipSingleQuotes(): void {
    const end = this.#next("'", this.#at + 1);
    this.#at = end < 0 ? this.#at + 1 : end + 1;
  }

  #doubleQuotes(closing: Closing): void {
    this.#at += 1;
    if (this.#next('"', this.#at) < 0) return;
    while (this.#at < this.#text.length) {
      const char = this.#text.charAt(this.#at);
      if (char === '"') {
        this.#at += 1;
        return;
      }
      if (char === '\\') this.#at += 2;
      else if (char === '$') this.#expansion();
      else if (char === '`' && closing === '`') return;
      else if (char === '`' && this.#hasBackticks) this.#backticks();
      else this.#at += 1;
    }
  }

  /** `$NAME`, `${…}`, `$((…))`, `$(…)`; the last one has commands in it. */
  #expansion(): void {
    const rest = this.#text.slice(this.#at, this.#at + 3);
    if (rest.startsWith("$'")) {
      this.#at += 1;
      this.#skipSingleQuotes();
    } else if (rest === '$((' || rest.startsWith('${')) {
      this.#at = this.#endOfBraces(this.#at + 1);
    } else if (rest.startsWith('$(')) {
      this.#at += 2;
      this.#nested(')');
    } else this.#at += 1;
  }

  #backticks(): void {
    this.#at += 1;
    if (this.#next('`', this.#at) >= 0) this.#nested('`');
  }

  /** The place after the brace that closes the one here, on this line; after this one if there is none. */
  #endOfBraces(open: number): number {
    const opens = this.#text.charAt(open);
    const closes = opens === '{' ? '}' : ')';
    if (this.#next(closes, open) < 0) return open + 1;
    let depth = 0;
    for (let at = open; at < this.#text.length && at < open + 500; at += 1) {
      const char = this.#text.charAt(at);
      if (char === '\n') break;
      if (char === opens) depth += 1;
      if (char === closes) depth -= 1;
      if (depth === 0) return at + 1;
    }
    return open + 1;
  }

  /** Passes over `> file`, `2>&1`, `<<< text`; notes the end of a heredoc; `<(…)` has commands in it. */
  #redirection(): void {
    const ahead = this.#text.slice(this.#at, this.#at + 200);
    if (/^[<>]\(/.test(ahead)) {
      this.#at += 2;
      return this.#nested(')');
    }
    const [heredoc, dash, , end] = /^<<(?!<)(-?)[ \t]*(['"]?)\\?([A-Za-z_][\w.-]*)\2/.exec(ahead) ?? [];
    if (heredoc !== undefined && end !== undefined) {
      this.#heredocs.push({ end, isIndented: dash !== '' });
      this.#at += heredoc.length;
      return;
    }
    const [operator = ''] = /^(?:&>>?|<<<|<<|>>|[<>]&|>\||<>|[<>])[ \t]*/.exec(ahead) ?? [];
    this.#at += operator.length;
    if (this.#at < this.#text.length && !endsWord.test(this.#text.charAt(this.#at))) this.#word('');
  }

  #skipHeredocs(): void {
    for (const { end, isIndented } of this.#heredocs.splice(0)) {
      this.#lineStarts ??= startsOf(this.#text);
      const starts = this.#lineStarts.get(end) ?? [];
      // What lies behind is looked at once and never again.
      while (starts.length > 0 && !this.#isEnd(starts.at(-1) ?? 0, end, isIndented)) starts.pop();
      const found = starts.pop();
      if (found !== undefined) this.#at = this.#endOfLine(found);
    }
  }

  #isEnd(start: number, end: string, isIndented: boolean): boolean {
    return start >= this.#at && (isIndented || this.#text.startsWith(end, start));
  }

  #continues(): boolean {
    return this.#text.startsWith('\\\n', this.#at) || this.#text.startsWith('\\\r\n', this.#at);
  }

  #endOfLine(from: number): number {
    const end = this.#text.indexOf('\n', from);
    return end < 0 ? this.#text.length : end;
  }

  #next(mark: string, from: number): number {
    if (this.#gone.has(mark)) return -1;
    const found = this.#text.indexOf(mark, from);
    if (found < 0) this.#gone.add(mark);
    return found;
  }
}

/** Where lines begin, by what they say, the last first. */
function startsOf(text: string): Map<string, number[]> {
  const starts = new Map<string, number[]>();
  let at = 0;
  for (const line of text.split('\n')) {
    const said = line.trim();
    if (said !== '' && said.length < 100) {
      const before = starts.get(said);
      if (before) before.push(at);
      else starts.set(said, [at]);
    }
    at += line.length + 1;
  }
  for (const places of starts.values()) places.reverse();
  return starts;
}
