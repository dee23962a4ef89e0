import { CALL_START, commonCall } from '../common/calls.js';
import { BY_CHANCE } from '../common/chance.js';
import { opaque, type Expr } from '../common/expression.js';
import { SIGNS, TRUTHS, type Grammar } from '../common/grammar.js';
import { parseExpression } from '../common/parse-expression.js';

const DICE = [4, 6, 8, 10, 12, 20, 100, 1000, 10000];

const GRAMMAR: Grammar = {
  variable:
    /(?!(?:true|false|null|undefined|passage|random|now|browser|engine|story|config|sound|style|typeof|new|var|let|const)(?![\w$]))([A-Za-z_$][\w$]*)/y,
  operators: SIGNS,
  negations: ['!'],
  words: {
    ...TRUTHS,
    'passage.visits': { op: 'visits', passage: undefined },
    ...Object.fromEntries(
      DICE.map((sides) => [`random.d${sides}`, opaque(BY_CHANCE, { type: 'int' })]),
    ),
    'random.fraction': opaque(BY_CHANCE, { type: 'number' }),
    'random.coinFlip': opaque(BY_CHANCE, { type: 'bool' }),
  },
  call: commonCall,
  callStart: CALL_START,
  hasElision: false,
  hasTernary: true,
  ranksLogic: true,
};

export const expression = (code: string): Expr => parseExpression(code, GRAMMAR);
