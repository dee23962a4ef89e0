import type {
  ChoiceDefinition,
  NodeDefinition,
  StoryDefinition,
  StorySchema,
} from '../../src/engine/core/definition.js';

/** A choice as a test writes it: where it leads, by node keys, and its rules. */
export type WrittenChoice = Partial<Omit<ChoiceDefinition, 'to' | 'failTo' | 'id' | 'letter'>> & {
  readonly to: string;
  readonly failTo?: string;
};

export type WrittenNode =
  | 'ending'
  | (Partial<Omit<NodeDefinition, 'id' | 'key' | 'choices'>> & {
      readonly choices?: readonly WrittenChoice[];
    });

/**
 * A story with rules. The first node is the start; nodes are numbered 1, 2, 3, ... and choices 101, 102, ... in order of
 * writing.
 */
export function writtenStory(
  nodes: Readonly<Record<string, WrittenNode>>,
  schema?: StorySchema,
): StoryDefinition {
  const keys = Object.keys(nodes);
  const idOf = (key: string) => keys.indexOf(key) + 1;
  let choiceId = 100;
  return {
    ...(schema !== undefined && { schema }),
    nodes: keys.map((key, i): NodeDefinition => {
      const written = nodes[key]!;
      const { choices = [], ...rest } =
        written === 'ending' ? { type: 'ending' as const } : written;
      return {
        id: i + 1,
        key,
        title: `Title of ${key}`,
        content: `Text of ${key}.`,
        type: 'choice',
        isStart: i === 0,
        endingKind: null,
        ...rest,
        choices: choices.map(({ to, failTo, ...choice }, place): ChoiceDefinition => ({
          id: ++choiceId,
          letter: String.fromCharCode(65 + place),
          text: `Go to ${to}`,
          consequences: null,
          ...choice,
          to: idOf(to) === 0 ? null : idOf(to),
          ...(failTo !== undefined && { failTo: idOf(failTo) }),
        })),
      };
    }),
  };
}
