import type {
  ChoiceDefinition,
  Effect,
  NodeDefinition,
  ProtagonistDefinition,
  StoryDefinition,
  StorySchema,
} from '../definition.js';
import { edited, type EditedPlace } from '../edits.js';
import { withTexts, type Site } from '../sites.js';
import { mentionsIn, targetKinds, type NamingField } from './in-story.js';
import { renaming, type NamedKind } from './mention.js';

export interface Rename {
  readonly kind: NamedKind;
  readonly from: string;
  readonly to: string;
}

/** Where a rename changes a story. */
export interface RenamedPlace extends EditedPlace {
  /** Undefined in the declarations. */
  readonly node: NodeDefinition | undefined;
  readonly choice: ChoiceDefinition | undefined;
  readonly field: NamingField | 'key';
  readonly path: string;
}

/** Why a rename would not leave the story as it is. */
export interface Hindrance {
  readonly site: Site;
  readonly message: string;
}

export interface Renamed {
  readonly story: StoryDefinition;
  readonly places: readonly RenamedPlace[];
  readonly hindrances: readonly Hindrance[];
}

/**
 * A copy of a story with a name changed wherever the story goes by it: what is declared, the targets of effects, and
 * rules and texts at the places of their parsed trees. Linear.
 */
export function renamed(story: StoryDefinition, rename: Rename): Renamed {
  const places: RenamedPlace[] = [];
  const hindrances: Hindrance[] = [];
  const whole = (where: Pick<RenamedPlace, 'node' | 'choice' | 'field' | 'path'>) =>
    places.push({ ...where, line: 1, column: 1, before: rename.from, after: rename.to });
  const schema = story.schema && renamedSchema(story.schema, rename, whole);
  const texts = withTexts(story, (site) => {
    const { node, choice, field, path } = site;
    const { text, places: there } = inText(site, rename, hindrances);
    for (const place of there) places.push({ node, choice, field, path, ...place });
    return text;
  });
  const kindOf = targetKinds(story);
  const isTarget = (effect: Effect) =>
    kindOf(effect) === rename.kind && effect.target === rename.from;
  return {
    story: {
      ...(schema && { schema }),
      nodes: texts.nodes.map((node) => renamedNode(node, rename, isTarget, whole)),
    },
    places,
    hindrances,
  };
}

type Report = (where: Pick<RenamedPlace, 'node' | 'choice' | 'field' | 'path'>) => void;

function inText(site: Site, { kind, from, to }: Rename, hindrances: Hindrance[]) {
  const { text } = site;
  const found = mentionsIn(site);
  if (found === undefined) {
    const message = `cannot be read, and has the word ${from}; mend it first`;
    if (text.includes(from)) hindrances.push({ site, message });
    return { text, places: [] };
  }
  if (kind === 'protagonist' && found.opaque.length > 0) {
    const message =
      'goes by the key of whoever is played otherwise than by comparing it with one; rewrite it first';
    hindrances.push({ site, message });
  }
  if (found.mentions.some((each) => each.kind === kind && each.name === to)) {
    hindrances.push({
      site,
      message: `goes by ${to} already, which does not exist; mend it first`,
    });
  }
  const edits = found.mentions
    .filter((each) => each.kind === kind && each.name === from)
    .map((mention) => renaming(text, mention, to));
  return edited(text, edits);
}

function renamedNode(
  node: NodeDefinition,
  { kind, from, to }: Rename,
  isTarget: (effect: Effect) => boolean,
  report: Report,
): NodeDefinition {
  const copy = { ...node };
  if (kind === 'node' && node.key === from) {
    report({ node, choice: undefined, field: 'key', path: 'key' });
    copy.key = to;
  }
  if (kind === 'ending' && node.ending === from) {
    report({ node, choice: undefined, field: 'ending', path: 'ending' });
    copy.ending = to;
  }
  const withTargets = <T extends NodeDefinition | ChoiceDefinition>(
    of: T,
    choice?: ChoiceDefinition,
  ): T =>
    of.effects?.some(isTarget)
      ? {
          ...of,
          effects: of.effects.map((effect, i): Effect => {
            if (!isTarget(effect)) return effect;
            report({ node, choice, field: 'effects', path: `effects.${i}.target` });
            return { ...effect, target: to };
          }),
        }
      : of;
  return {
    ...withTargets(copy),
    choices: node.choices.map((choice) => withTargets(choice, choice)),
  };
}

const LIST_OF = { variable: 'variables', stat: 'stats', item: 'items' } as const;

function renamedSchema(
  schema: StorySchema,
  { kind, from, to }: Rename,
  report: Report,
): StorySchema {
  if (kind === 'node') return schema;
  const list = `${kind}s` as const;
  const nameOf = kind === 'variable' ? 'name' : 'key';
  const where = (path: string) =>
    ({ node: undefined, choice: undefined, field: 'declarations', path }) as const;
  const all = schema[list] as readonly Readonly<Record<string, unknown>>[] | undefined;
  const declared = all?.map((each) => {
    if (each[nameOf] !== from) return each;
    report(where(`${list}.${from}`));
    return { ...each, [nameOf]: to };
  });
  const changed = { ...schema, ...(declared && { [list]: declared }) };
  if (kind === 'artifact' || kind === 'ending')
    return withTakenRenamed(changed, `${kind}s`, { from, to }, (path) => {
      report(where(path));
    });
  if (!(kind in LIST_OF) || changed.protagonists === undefined) return changed;
  const begins = LIST_OF[kind as keyof typeof LIST_OF];
  return {
    ...changed,
    protagonists: changed.protagonists.map((protagonist): ProtagonistDefinition => {
      const values: Readonly<Record<string, unknown>> | undefined = protagonist[begins];
      if (values === undefined || !Object.hasOwn(values, from)) return protagonist;
      report(where(`protagonists.${protagonist.key}.${begins}.${from}`));
      const entries = Object.entries(values).map(
        ([name, value]) => [name === from ? to : name, value] as const,
      );
      return { ...protagonist, [begins]: Object.fromEntries<unknown>(entries) };
    }),
  };
}

/** What achievements take. */
function withTakenRenamed(
  schema: StorySchema,
  list: 'artifacts' | 'endings',
  { from, to }: Pick<Rename, 'from' | 'to'>,
  report: (path: string) => void,
): StorySchema {
  if (schema.achievements === undefined) return schema;
  return {
    ...schema,
    achievements: schema.achievements.map((achievement) => {
      const taken = achievement[list];
      if (!taken?.includes(from)) return achievement;
      report(`achievements.${achievement.key}.${list}.${from}`);
      return { ...achievement, [list]: taken.map((key) => (key === from ? to : key)) };
    }),
  };
}
