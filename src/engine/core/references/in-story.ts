import type { ChoiceDefinition, Effect, NodeDefinition, StoryDefinition } from '../definition.js';
import { placesIn } from '../edits.js';
import { withoutDice } from '../expressions/dice.js';
import { sitesOf, type Site, type TextField } from '../sites.js';
import { isTemplate } from '../templates/template.js';
import { mentionsInExpression } from './in-expressions.js';
import { mentionsInTemplate } from './in-templates.js';
import type { Mentions, NamedKind } from './mention.js';

/** Where names stand: in texts, as what a node collects, and in what protagonists begin with. */
export type NamingField = TextField | 'ending' | 'declarations';

/** A place where a story goes by a name. */
export interface Naming {
  readonly kind: NamedKind;
  readonly name: string;
  /** Whether it is set there, or only read. */
  readonly isWritten: boolean;
  /** Undefined in the declarations. */
  readonly node: NodeDefinition | undefined;
  readonly choice: ChoiceDefinition | undefined;
  readonly field: NamingField;
  /** `effects.0.target`, say. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly excerpt: string;
}

const NOTHING: Mentions = { mentions: [], opaque: [] };

/** What a text goes by; undefined when it cannot be read. */
export function mentionsIn({ syntax, text }: Pick<Site, 'syntax' | 'text'>): Mentions | undefined {
  if (syntax === 'expression') return mentionsInExpression(text);
  if (syntax === 'check') {
    const rest = withoutDice(text);
    return rest === undefined ? undefined : mentionsInExpression(rest);
  }
  if (syntax === 'none' || !isTemplate(text)) return NOTHING;
  try {
    return mentionsInTemplate(text, syntax);
  } catch {
    return undefined;
  }
}

/** Every place where a story goes by a name: the declarations first, then node by node. Linear. */
export function namingsIn(story: StoryDefinition): Naming[] {
  const inTexts = Map.groupBy(sitesOf(story), ({ node }) => node);
  const kindOfTarget = targetKinds(story);
  return [
    ...ofProtagonists(story),
    ...ofAchievements(story),
    ...story.nodes.flatMap((node) => [
      ...(inTexts.get(node) ?? []).flatMap(inText),
      ...ofEnding(node),
      ...[undefined, ...node.choices].flatMap((choice) =>
        ((choice ?? node).effects ?? []).map((effect, i) =>
          byName(kindOfTarget(effect), effect.target, {
            node,
            choice,
            field: 'effects',
            path: `effects.${i}.target`,
          }),
        ),
      ),
    ]),
  ];
}

function inText(site: Site): Naming[] {
  const { node, choice, field, path, text } = site;
  const { mentions } = mentionsIn(site) ?? NOTHING;
  if (mentions.length === 0) return [];
  const places = placesIn(
    text,
    mentions.map(({ at }) => at),
  );
  return mentions.map(({ kind, name }, i) => ({
    ...{ kind, name, isWritten: false, node, choice, field, path },
    ...places[i]!,
  }));
}

const byName = (
  kind: NamedKind,
  name: string,
  where: Pick<Naming, 'node' | 'choice' | 'field' | 'path'>,
): Naming => ({ kind, name, isWritten: true, ...where, line: 1, column: 1, excerpt: name });

const ofEnding = (node: NodeDefinition): Naming[] =>
  node.ending === undefined
    ? []
    : [byName('ending', node.ending, { node, choice: undefined, field: 'ending', path: 'ending' })];

function ofProtagonists({ schema = {} }: StoryDefinition): Naming[] {
  const kinds = { variables: 'variable', stats: 'stat', items: 'item' } as const;
  return (schema.protagonists ?? []).flatMap((protagonist) =>
    Object.entries(kinds).flatMap(([list, kind]) =>
      Object.keys(protagonist[list as keyof typeof kinds] ?? {}).map((name) =>
        byName(kind, name, {
          ...DECLARED,
          path: `protagonists.${protagonist.key}.${list}.${name}`,
        }),
      ),
    ),
  );
}

/** What achievements take, which they do not set. */
function ofAchievements({ schema = {} }: StoryDefinition): Naming[] {
  const kinds = { artifacts: 'artifact', endings: 'ending' } as const;
  return (schema.achievements ?? []).flatMap((achievement) =>
    Object.entries(kinds).flatMap(([list, kind]) =>
      (achievement[list as keyof typeof kinds] ?? []).map((name) => ({
        ...byName(kind, name, {
          ...DECLARED,
          path: `achievements.${achievement.key}.${list}.${name}`,
        }),
        isWritten: false,
      })),
    ),
  );
}

const DECLARED = { node: undefined, choice: undefined, field: 'declarations' } as const;

/** What an effect sets. Variables and stats go by their names alone, and variables come first. */
export function targetKinds({ schema = {} }: StoryDefinition): (effect: Effect) => NamedKind {
  const variables = new Set(schema.variables?.map(({ name }) => name));
  const stats = new Set(schema.stats?.map(({ key }) => key));
  return ({ op, target }) => {
    if (op === 'give' || op === 'take') return 'item';
    if (op === 'award') return 'artifact';
    if (op === 'unlock') return 'ending';
    return stats.has(target) && !variables.has(target) ? 'stat' : 'variable';
  };
}

/** What a story declares, in its order; with `node`, the keys of its nodes. */
export function declaredIn({ schema = {}, nodes }: StoryDefinition, kind: NamedKind): string[] {
  if (kind === 'variable') return (schema.variables ?? []).map(({ name }) => name);
  if (kind === 'node') return nodes.map(({ key }) => key);
  return (schema[`${kind}s`] ?? []).map(({ key }) => key);
}
