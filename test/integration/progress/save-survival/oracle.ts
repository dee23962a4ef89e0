import type { StoryDefinition, Value } from '../../../../src/engine/core/definition.js';
import { choose, isRejection, type PlayState } from '../../../../src/engine/core/play.js';
import { compile } from '../../../../src/engine/core/story.js';

/** A version as the oracle reads it: what it declares, and what can be played. */
export class Edition {
  readonly #story;
  readonly #distances = new Map<number, number>();
  readonly #ways = new Map<string, boolean>();
  /** Every word of the conditions and checks. */
  readonly #read: ReadonlySet<string>;

  constructor(readonly definition: StoryDefinition) {
    this.#story = compile(definition);
    const rules = definition.nodes.flatMap(({ choices }) =>
      choices.flatMap(({ condition = '', check = '' }) => [condition, check]),
    );
    this.#read = new Set(rules.join(' ').match(/\w+/g));
    for (let grew = true; grew;) {
      grew = false;
      for (const { id, type, choices } of definition.nodes) {
        const onwards = choices.flatMap(({ to, failTo }) => [to, failTo]);
        const nearest = Math.min(
          ...onwards.map((next) => (next ? (this.#distances.get(next) ?? Infinity) : Infinity)),
        );
        const distance = type === 'ending' ? 0 : nearest + 1;
        if (distance < (this.#distances.get(id) ?? Infinity)) {
          this.#distances.set(id, distance);
          grew = true;
        }
      }
    }
  }

  node(id: number) {
    return this.definition.nodes.find((node) => node.id === id);
  }

  /** Whether the rules that readers play by let a play from here come to an ending. Everything is tried. */
  canEnd(state: PlayState): boolean {
    const root = this.#keyOf(state);
    const known = this.#ways.get(root);
    if (known !== undefined) return known;
    const seen = new Set([root]);
    /** By distance from an ending, as the nearest is looked at next. */
    const waiting: (PlayState[] | undefined)[] = [[state]];
    for (;;) {
      const next = waiting.find((each) => each !== undefined && each.length > 0)?.pop();
      if (next === undefined) break;
      if (this.node(next.node)!.type === 'ending' || this.#ways.get(this.#keyOf(next)) === true) {
        this.#ways.set(root, true);
        return true;
      }
      for (const after of this.#after(next)) {
        const key = this.#keyOf(after);
        if (seen.has(key)) continue;
        seen.add(key);
        (waiting[this.#distances.get(after.node) ?? this.#distances.size] ??= []).push(after);
      }
    }
    for (const key of seen) this.#ways.set(key, false);
    return false;
  }

  /** Whether a play can come to an ending after a choice, however that turns out. */
  leadsOn = (state: PlayState, choiceId: number): boolean =>
    this.#after(state, choiceId).every((after) => this.canEnd(after));

  /** Dice fall low or high, answers are right or wrong. */
  #after(state: PlayState, only?: number): PlayState[] {
    const { choices } = this.node(state.node)!;
    return choices.flatMap(({ id, puzzle, check }) =>
      only !== undefined && id !== only
        ? []
        : (check === undefined ? [0] : [0, 0.999]).flatMap((chance) =>
            (puzzle === undefined ? [''] : [puzzle.answers[0]!, '-1']).flatMap((answer) => {
              const step = choose(this.#story, state, id, { random: () => chance, answer });
              return isRejection(step) ? [] : [step.state];
            }),
          ),
    );
  }

  /** What conditions can tell apart. Beyond the highest number that they name, all are alike. */
  #keyOf({ node, variables, inventory, stats, visits, attempts }: PlayState): string {
    const values = { ...variables, ...inventory, ...stats, ...visits };
    const told = Object.entries(values)
      .filter(([name]) => this.#read.has(name) || /^\d+$/.test(name))
      .map(([name, value]) => [name, typeof value === 'number' ? Math.min(value, HIGHEST) : value]);
    return JSON.stringify([node, told, attempts]);
  }
}

const HIGHEST = 20;

/** Where a playthrough goes on, by the rules as authors are told them; or why it stays. */
export function expectedMove(
  from: Edition,
  to: Edition,
  state: PlayState,
  map: ReadonlyMap<number, number>,
): PlayState | string {
  if (from.node(state.node)!.type === 'ending') return 'ended';
  const heroes = to.definition.schema?.protagonists ?? [];
  if (state.protagonist !== undefined && !heroes.some(({ key }) => key === state.protagonist))
    return 'protagonist-gone';
  const obstacles = [state.node, map.get(state.node)].map((id): string | PlayState => {
    const node = id === undefined ? undefined : to.node(id);
    if (node === undefined) return 'node-gone';
    if (node.type === 'ending') return 'node-ends';
    const moved = carriedOver(from, to, state, node.id);
    return to.canEnd(moved) ? moved : 'stuck';
  });
  const [own, other] = obstacles as [string | PlayState, string | PlayState];
  if (typeof own !== 'string') return own;
  if (typeof other !== 'string') return other;
  if (own === 'stuck' && !from.canEnd(state)) return carriedOver(from, to, state, state.node);
  return map.has(state.node) ? other : own;
}

function carriedOver(from: Edition, to: Edition, state: PlayState, at: number): PlayState {
  const [before, after] = [from.definition.schema ?? {}, to.definition.schema ?? {}];
  const hero = after.protagonists?.find(({ key }) => key === state.protagonist);
  const variables = (after.variables ?? []).map(({ name, type, initial, min, max }) => {
    const old = state.variables?.[name];
    return [name, within(isOf(type, old) ? old : (hero?.variables?.[name] ?? initial), min, max)];
  });
  const stats = (after.stats ?? []).map(({ key, initial, min, max }) => [
    key,
    within(state.stats?.[key] ?? hero?.stats?.[key] ?? initial, min, max),
  ]);
  const items = (after.items ?? []).map(({ key, max }) => {
    const isOld = before.items?.some((item) => item.key === key);
    return [
      key,
      within((isOld ? state.inventory?.[key] : hero?.items?.[key]) ?? 0, 0, max),
    ] as const;
  });
  const counted = to.definition.nodes.filter(({ key }) =>
    JSON.stringify(to.definition).includes(`visits.${key}`),
  );
  const puzzles = to.definition.nodes
    .flatMap(({ choices }) => choices)
    .filter(({ puzzle }) => puzzle?.attempts !== undefined || puzzle?.hints !== undefined);
  const attempts = puzzles.map(({ id, puzzle }) => [
    id,
    Math.min(state.attempts?.[id] ?? 0, puzzle!.attempts ?? Infinity),
  ]);
  const visits = counted.map(({ id }) => [id, state.visits?.[id] ?? 0]);
  return {
    node: at,
    turn: state.turn,
    ...(state.protagonist !== undefined && { protagonist: state.protagonist }),
    ...(state.roll !== undefined && { roll: state.roll }),
    ...told('variables', variables),
    ...told('stats', stats),
    ...told('inventory', items, true),
    ...kept('artifacts', after.artifacts, state.artifacts),
    ...kept('endings', after.endings, state.endings),
    ...told('visits', visits, true),
    ...told('attempts', attempts, true),
  };
}

/** @param isSparse whether zeros are left out */
const told = (field: string, values: readonly (readonly unknown[])[], isSparse = false) =>
  values.length === 0
    ? {}
    : { [field]: Object.fromEntries(values.filter(([, value]) => !isSparse || value !== 0)) };

const kept = (
  field: string,
  declared: readonly { readonly key: string }[] = [],
  collected: readonly string[] = [],
) =>
  declared.length === 0
    ? {}
    : { [field]: declared.map(({ key }) => key).filter((key) => collected.includes(key)) };

function isOf(type: string, value: Value | undefined): value is Value {
  if (type === 'int') return Number.isInteger(value);
  return typeof value === (type === 'bool' ? 'boolean' : type);
}

const within = (value: Value, min = -Infinity, max = Infinity): Value =>
  typeof value === 'number' ? Math.max(min, Math.min(max, value)) : value;
