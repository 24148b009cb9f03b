import type { ArithmeticError } from './arithmetic.ts';
import type { Flavour } from './syntax.ts';

/** What a shell says to arithmetic that cannot be done. */
export function arithmeticWords({ reason, expression, token }: ArithmeticError, flavour: Flavour): string {
  if (flavour === 'ash') return ash[reason];
  if (flavour === 'bash') return `${expression}: ${bash(reason, expression, token)}`;
  if (reason === 'number') return `Illegal number: ${expression}`;
  return `arithmetic expression: ${dash[reason] ?? 'expecting primary'}: "${expression}"`;
}

type Reason = ArithmeticError['reason'];

const dash: Partial<Record<Reason, string>> = {
  zero: 'division by zero',
  choice: "expecting ':'",
  base: 'expecting EOF',
};

const ash: Readonly<Record<Reason, string>> = {
  syntax: 'arithmetic syntax error',
  number: 'arithmetic syntax error',
  base: 'arithmetic syntax error',
  zero: 'divide by zero',
  power: 'exponent less than 0',
  choice: 'malformed ?: operator',
  loop: 'expression recursion loop detected',
};

/** Bash names the part where it noticed. */
function bash(reason: Reason, expression: string, token: string): string {
  const last = `(error token is "${/\w*\s*$/.exec(expression)}")`;
  switch (reason) {
    case 'zero':
      return 'division by 0 (error token is "0")';
    case 'power':
      return `exponent less than 0 ${last}`;
    case 'base':
      return `value too great for base (error token is "${token}")`;
    case 'choice':
      return `\`:' expected for conditional expression ${last}`;
    case 'loop':
      return `expression recursion level exceeded ${last}`;
    default:
      return `syntax error: operand expected (error token is "${/[^\w\s]+\s*$/.exec(expression)?.[0] ?? expression}")`;
  }
}
