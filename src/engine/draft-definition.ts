import type {
  ChoiceDefinition,
  NodeDefinition,
  StoryDefinition,
  StorySchema,
} from './core/definition.js';

type Row<T> = { [Key in keyof T]: T[Key] | null };
type DraftNodeRow = Omit<NodeDefinition, 'choices' | 'ending' | 'effects' | 'media'> &
  Row<Pick<Required<NodeDefinition>, 'ending' | 'effects' | 'media'>> & {
    readonly choices: DraftChoiceRow[];
  };
type ChoiceRules = Omit<ChoiceDefinition, 'id' | 'letter' | 'text' | 'consequences' | 'to'>;
type DraftChoiceRow = Omit<ChoiceDefinition, keyof ChoiceRules> & Row<Required<ChoiceRules>>;

interface DraftText {
  readonly schema?: StorySchema;
  readonly nodes?: readonly DraftNodeRow[] | null;
}

/** @param text a draft as {@link DraftDefinitionRepository} has it */
export function readDraft(text: string): StoryDefinition {
  const { schema = {}, nodes } = JSON.parse(text) as DraftText;
  return {
    ...(Object.keys(schema).length > 0 && { schema }),
    nodes: (nodes ?? []).map(nodeDefinition),
  };
}

/** What is not set is left out, so that a story without rules is, byte for byte, what it was before there were any. */
const present = <T extends object>(columns: T) =>
  Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== null)) as {
    [Key in keyof T]?: Exclude<T[Key], null>;
  };

function nodeDefinition({
  ending,
  effects,
  media,
  choices,
  ...node
}: DraftNodeRow): NodeDefinition {
  return {
    ...node,
    ...present({ ending, effects, media }),
    choices: choices.map(choiceDefinition),
  };
}

const choiceDefinition = ({
  id,
  letter,
  text,
  consequences,
  to,
  ...rules
}: DraftChoiceRow): ChoiceDefinition => ({ id, letter, text, consequences, to, ...present(rules) });
