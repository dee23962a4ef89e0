import type { ValueType, VariableDefinition } from '../../../../../engine/core/definition.js';
import { parseExpression } from '../../../../../engine/core/expressions/parse.js';
import { isFaulty } from '../../../../../engine/core/expressions/problem.js';
import { numbered } from '../../../../../engine/core/graph.js';
import { Layout } from '../../../../../engine/core/layout.js';
import {
  faultsIn,
  isTemplate,
  parseTemplate,
} from '../../../../../engine/core/templates/template.js';
import type { TextKind } from '../../../../../engine/core/templates/liquid.js';
import { cel, celCondition } from './cel.js';
import { Untranslatable, type Expr } from './expression.js';

/** The names that the code of a passage has for things, and the compiler that proves what is written with them. */
export class Scope {
  constructor(
    private readonly story: ScopeOfStory,
    /** The key of the node that the passage becomes. */
    private readonly node: string,
  ) {}

  /** @throws {Untranslatable} where it is not declared */
  variable(name: string): VariableDefinition {
    const declared = this.story.variables.get(name);
    if (declared === undefined) throw new Untranslatable(`The variable ${name} is not declared.`);
    return declared;
  }

  /** All that are declared. */
  get variables(): Iterable<VariableDefinition> {
    return this.story.variables.values();
  }

  /** How often the reader has come to a passage, in CEL and in Liquid alike. */
  visits(passage: string | undefined): string {
    const key = passage === undefined ? this.node : this.story.keyOf(passage);
    if (key === undefined) throw new Untranslatable(`There is no passage ${passage!}.`);
    return /^[a-zA-Z]\w*$/.test(key) ? `visits.${key}` : `visits["${key}"]`;
  }

  /** A condition that compiles. @throws {Untranslatable} */
  condition(expr: Expr): string {
    return this.#proved(trimmed(celCondition(expr, this)), 'bool');
  }

  /** A formula that compiles, for a variable. @throws {Untranslatable} */
  value(expr: Expr, { type }: VariableDefinition): string {
    return this.#proved(trimmed(cel(expr, this)), type === 'int' ? 'number' : type);
  }

  /** Whether a text says what it says without a fault. */
  allows(text: string, kind: TextKind): boolean {
    return !isTemplate(text) || this.story.isTemplate(text, kind);
  }

  #proved(written: string, type: ValueType): string {
    const fault = this.story.faultOf(written, type);
    if (fault !== undefined) throw new Untranslatable(fault);
    return written;
  }
}

/** What all passages share. */
export class ScopeOfStory {
  readonly #layout: Layout;
  /** What was proved before: passages often say the same. */
  readonly #faults = new Map<string, string | undefined>();
  readonly #templates = new Map<string, boolean>();

  constructor(
    readonly variables: ReadonlyMap<string, VariableDefinition>,
    /** The key of the node that a passage becomes, by its name. */
    readonly keyOf: (passage: string) => string | undefined,
    keys: readonly string[],
  ) {
    const nodes = keys.map((key, id) => ({
      ...{ id, key, title: key, content: '', type: 'choice' as const },
      ...{ isStart: false, endingKind: null, choices: [] },
    }));
    this.#layout = new Layout({ variables: [...variables.values()] }, numbered({ nodes }));
  }

  /** What is wrong with a CEL expression that must have a type. */
  faultOf(written: string, type: ValueType): string | undefined {
    const key = `${type} ${written}`;
    if (this.#faults.has(key)) return this.#faults.get(key);
    const parsed = parseExpression(written, this.#layout, type);
    const fault = isFaulty(parsed) ? parsed[0]!.message : undefined;
    this.#faults.set(key, fault);
    return fault;
  }

  /** Whether a text with Liquid compiles. */
  isTemplate(text: string, kind: TextKind): boolean {
    const key = `${kind} ${text}`;
    const known = this.#templates.get(key);
    if (known !== undefined) return known;
    const isSound = faultsIn(parseTemplate(text, kind, this.#layout)).length === 0;
    if (text.length <= REMEMBERED) this.#templates.set(key, isSound);
    return isSound;
  }
}

/** Texts up to this length are remembered. */
const REMEMBERED = 300;

/** Without the brackets that stand around all of it. */
function trimmed(written: string): string {
  if (!written.startsWith('(') || !written.endsWith(')')) return written;
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < written.length - 1; i++) {
    const character = written[i];
    if (quoted && character === '\\') i++;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && character === '(') depth++;
    else if (!quoted && character === ')' && --depth === 0) return written;
  }
  return written.slice(1, -1);
}
