import { BY_CHANCE, typeOfAll } from './chance.js';
import { extreme } from './extremes.js';
import { literal, opaque, type Expr } from './expression.js';

/** What opens a call in JavaScript. */
export const CALL_START = /([\p{L}_][\p{L}\p{N}_.]*)\s*\(/uy;

/** The calls that formats with JavaScript have in common. */
export function commonCall(name: string, args: readonly Expr[]): Expr | undefined {
  const [first] = args;
  const passage =
    first?.op === 'literal' && typeof first.value === 'string' ? first.value : undefined;
  const isText = passage !== undefined;
  switch (name) {
    case 'visited':
      return args.length === 0 || (args.length === 1 && isText)
        ? { op: 'visits', passage }
        : undefined;
    case 'hasVisited':
      return args.length === 1 && isText
        ? { op: '>', left: { op: 'visits', passage }, right: literal(0) }
        : undefined;
    case 'Math.min':
      return extreme('min', args);
    case 'Math.max':
      return extreme('max', args);
    case 'turns':
      return { op: 'turns' };
    case 'random':
    case '_.random':
      return opaque(BY_CHANCE, { type: 'int' });
    case 'randomFloat':
    case 'Math.random':
      return opaque(BY_CHANCE, { type: 'number' });
    case 'either':
      return opaque(BY_CHANCE, typeOfAll(args));
    default:
      return undefined;
  }
}
