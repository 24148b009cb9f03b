import { gatherInput, steps } from '../../applets/applet.ts';
import type { ProcessCall } from '../../processes/process-call.ts';
import type { Outcome, Program } from '../../program.ts';
import { askPassword, sent } from './mysql-connection.ts';
import { versionOf } from './mysql-log.ts';
import { type MysqlOptions, readMysqlOptions } from './mysql-options.ts';
import { batchRows, errorText, named, tableOf, uprightRows } from './mysql-output.ts';
import { banner, isLeaving, promptOf, spoken } from './mysql-prompt.ts';
import type { MysqlAnswer } from './mysql-talk.ts';
import { allCommands, type MysqlCommand, mysqlCommands } from './mysql-tokens.ts';

/** How far a client has come. */
interface ClientState {
  readonly isAsked?: boolean;
  readonly password?: string;
  /** What came in so far. */
  readonly input: string;
  /** Whether it is at its prompt. */
  readonly isConnected?: boolean;
  readonly database?: string;
}

/** The client of MySQL or MariaDB: statements of its command line, of its input, or one after another as they are typed. */
export function mysqlClient(isMaria: boolean): Program {
  const name = isMaria ? 'mariadb' : 'mysql';
  return steps((call) => {
    const options = readMysqlOptions(call, isMaria);
    if (typeof options === 'string') {
      call.err(isMaria ? `${name}: ${options}\n` : `${name}: [ERROR] ${options}.\n`);
      return 2;
    }
    if (options.flags.has('V')) {
      const version = versionOf(call, isMaria);
      call.out(
        isMaria
          ? `mariadb from ${version.replace('-ubu2404', '')}, client 15.2 for debian-linux-gnu (x86_64) using  EditLine wrapper\n`
          : `mysql  Ver ${version} for Linux on x86_64 (MySQL Community Server - GPL)\n`,
      );
      return 0;
    }
    if (call.state === undefined && options.isWritten && !isMaria)
      call.err(`${name}: [Warning] Using a password on the command line interface can be insecure.\n`);
    let state = (call.state as ClientState | undefined) ?? { input: '' };
    if (state.password === undefined) {
      const asked = askPassword(call, options, state.isAsked === true);
      call.state = { ...state, isAsked: true };
      if (asked === 'waits') return 'waits';
      state = { ...state, ...asked };
      call.state = state;
    }
    return new Client(call, options, isMaria, state).step();
  });
}

class Client {
  readonly #call: ProcessCall;
  readonly #options: MysqlOptions;
  readonly #isMaria: boolean;
  #state: ClientState;

  constructor(call: ProcessCall, options: MysqlOptions, isMaria: boolean, state: ClientState) {
    this.#call = call;
    this.#options = options;
    this.#isMaria = isMaria;
    this.#state = state;
  }

  step(): Outcome {
    const { statements } = this.#options;
    const isTyped = statements === undefined && this.#call.isTerminal(0);
    if (isTyped) return this.#typed();
    if (statements === undefined) {
      const { text, isWhole } = gatherInput(this.#call, this.#state.input);
      this.#keep({ input: text });
      if (!isWhole) return 'waits';
    }
    if (!this.#connect()) return 1;
    // What is told to go on does so with its input only.
    const goesOn = this.#options.flags.has('f') && statements === undefined;
    for (const command of allCommands(statements ?? this.#state.input)) {
      if (isLeaving(command.text)) break;
      if (!this.#run(command) && !goesOn) return 1;
    }
    return 0;
  }

  #keep(changes: Partial<ClientState>): void {
    this.#state = { ...this.#state, ...changes };
    this.#call.state = this.#state;
  }

  #ask(sql?: string): MysqlAnswer | { readonly error: NonNullable<MysqlAnswer['error']> } {
    const { database = this.#options.database, password = '' } = this.#state;
    return sent(this.#call, this.#options, this.#isMaria, {
      password,
      ...(database === undefined ? {} : { database }),
      ...(sql === undefined ? {} : { sql }),
    });
  }

  /** @returns whether the server lets it in */
  #connect(): MysqlAnswer | undefined {
    const answer = this.#ask();
    if (!answer.error && 'thread' in answer) return answer;
    if (answer.error) this.#call.err(`${named(answer.error)}: ${answer.error.message}\n`);
    return undefined;
  }

  /** @returns whether it was done */
  #run(command: MysqlCommand): boolean {
    const { flags } = this.#options;
    const answer = this.#ask(command.text);
    if (answer.error) {
      this.#call.err(errorText(answer.error, command, this.#isMaria));
      return false;
    }
    if (!('thread' in answer)) return false;
    if (answer.use !== undefined) this.#keep({ database: answer.use });
    const { rows } = answer;
    if (!rows || rows.rows.length === 0) return true;
    const hasTitles = !flags.has('N');
    const isTable = flags.has('t') || (!flags.has('B') && !flags.has('s') && this.#isForReader);
    if (command.isUpright || flags.has('E')) this.#call.out(uprightRows(rows));
    else if (isTable) this.#call.out(tableOf(rows, { hasTitles }));
    else this.#call.out(batchRows(rows, { hasTitles: hasTitles && !flags.has('s') }));
    return true;
  }

  get #isForReader(): boolean {
    return this.#call.isTerminal(0) && this.#call.isTerminal(1);
  }

  /** Statements as they are typed, each with an answer. */
  #typed(): Outcome {
    const call = this.#call;
    if (!this.#state.isConnected) {
      const answer = this.#connect();
      if (!answer) return 1;
      this.#keep({ isConnected: true, input: '' });
      call.out(banner(answer, this.#isMaria));
      this.#prompt();
    }
    for (;;) {
      const line = call.readLine(0);
      if (line === undefined) return 'waits';
      if (line === null || (this.#state.input.trim() === '' && isLeaving(line))) {
        call.out('Bye\n');
        return 0;
      }
      const { commands, rest } = mysqlCommands(this.#state.input + line);
      for (const command of commands) this.#answer(command);
      this.#keep({ input: rest.text.trim() === '' || /\\c\s*$/.test(rest.text) ? '' : rest.text });
      this.#prompt();
    }
  }

  #prompt(): void {
    const database = this.#state.database ?? this.#options.database;
    this.#call.out(this.#state.input === '' ? promptOf(database, this.#isMaria) : '    -> ');
  }

  #answer(command: MysqlCommand): void {
    const answer = this.#ask(command.text);
    if (!('thread' in answer) || answer.error) {
      if (answer.error) this.#call.out(`${named(answer.error)}: ${answer.error.message}\n`);
      return;
    }
    if (answer.use !== undefined) this.#keep({ database: answer.use });
    this.#call.out(spoken(answer, command, this.#isMaria));
  }
}
