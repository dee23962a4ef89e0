import type { DocumentNode, DocumentTwine, StoryDocument } from '../story-document.js';
import { CARRIED } from './carried/carried.js';
import { withCarried } from './carried/write-carried.js';
import { DATA, startOf, TITLE, withDetails } from './special-passages.js';
import type { TwinePassage, TwineStory } from './twine-story.js';
import { harlowe } from './writing/harlowe.js';
import { passageText, placed, type WritingPassage } from './writing/passage-writer.js';
import { plain } from './writing/plain.js';
import { RulesWriter } from './writing/rules-writer.js';
import { sugarcube } from './writing/sugarcube.js';
import type { TargetFormat } from './writing/target-format.js';

const FORMATS: Readonly<Record<string, TargetFormat>> = { sugarcube, harlowe };

/** Their passages are Markdown. */
const MARKDOWN_FORMATS = ['chapbook', 'snowman'];

/** What a story that came from nowhere is written for. */
const DEFAULT = { format: 'SugarCube', formatVersion: '2.37.3' };

/**
 * The Twine story of a document. What was imported comes out again as it came in, special passages always, others while
 * their nodes are unchanged; changed and new nodes are written in the story format of the source. What an import would
 * not read from all this is carried beside it. Linear.
 * @param ifid names the story, where its source has no name for it
 */
export function toTwine(document: StoryDocument, ifid: string): TwineStory {
  const source = document.twine?.story ?? { name: document.title, ...DEFAULT, passages: [] };
  const names = passageNames(document);
  const to = writing(document, source, names);
  const kept = [...keptPassages(document, to, names)];
  const keyOf = new Map(kept);
  const passages = kept.map(([passage]) => passage);
  const known = new Set(document.twine?.nodes);
  for (const node of document.nodes) {
    if (known.has(node.key)) continue;
    const passage = writtenPassage(node, names.get(node.key)!, to);
    passages.push(passage);
    keyOf.set(passage, node.key);
  }
  const story = { ...source, passages: withInit(passages, source.passages, to) };
  const whole = withDetails(story, detailsOf(document, story, names, ifid));
  return withCarried(document, whole, (passage) => keyOf.get(passage) ?? null);
}

type Names = ReadonlyMap<string, string>;

const writtenPassage = (node: DocumentNode, name: string, to: WritingPassage): TwinePassage =>
  placed({ name, text: passageText(node, name, to) }, node);

/** The passages of the source, without those whose nodes were deleted; those of changed nodes are written anew. */
function* keptPassages(
  { nodes, twine }: StoryDocument,
  to: WritingPassage,
  names: Names,
): Generator<[TwinePassage, string | null]> {
  const nodeOf = new Map(nodes.map((node) => [node.key, node]));
  const edited = new Set(twine?.edited);
  for (const [i, passage] of (twine?.story.passages ?? []).entries()) {
    const key = twine!.nodes[i] ?? null;
    const node = key === null ? undefined : nodeOf.get(key);
    if (key === null) yield [passage, null];
    else if (node === undefined) continue;
    else if (!edited.has(key)) yield [placed(passage, node), key];
    else {
      const source = passage.text.replaceAll('\r\n', '\n');
      const text = passageText(node, names.get(key)!, { ...to, source });
      yield [placed({ ...passage, text }, node), key];
    }
  }
}

function writing(
  document: StoryDocument,
  source: Pick<TwineStory, 'format'>,
  names: Names,
): WritingPassage {
  const name = source.format?.toLowerCase() ?? '';
  const format = Object.hasOwn(FORMATS, name) ? FORMATS[name]! : plain;
  const passageOf = (node: number) => names.get(document.nodes[node]!.key)!;
  return {
    format,
    ...(format.code && { rules: new RulesWriter(document, format.code, passageOf) }),
    isMarkdown: MARKDOWN_FORMATS.includes(name),
    nameOf: (key) => names.get(key),
  };
}

/** Sets, before the story begins, what passages that are written anew speak of and none of the source does. */
function withInit(
  passages: readonly TwinePassage[],
  source: readonly TwinePassage[],
  { format: { code }, rules }: WritingPassage,
): readonly TwinePassage[] {
  if (code === undefined || rules === undefined) return passages;
  const known = variablesIn(source);
  const spoken = variablesIn(passages);
  const sets = rules.initial((variable) => spoken.has(variable) && !known.has(variable)).join('\n');
  if (sets === '') return passages;
  const { init } = code;
  return passages.some(({ name }) => name === init.name)
    ? passages.map((each) =>
        each.name === init.name ? { ...each, text: `${each.text}\n${sets}` } : each,
      )
    : [{ ...init, text: sets }, ...passages];
}

const variablesIn = (passages: readonly TwinePassage[]): ReadonlySet<string> =>
  new Set(
    passages.flatMap(({ name, text }) => (name === CARRIED ? [] : (text.match(/\$\w+/g) ?? []))),
  );

/** What the story says of itself: as its source has it, but for what the draft says otherwise. */
function detailsOf(
  { title, nodes, twine }: StoryDocument,
  story: TwineStory,
  names: Names,
  ifid: string,
): Partial<TwineStory> {
  const start = nodes.find((node) => node.start);
  const name = start && names.get(start.key);
  return {
    ...(twine === undefined && { name: title }),
    ...(story.ifid === undefined && { ifid }),
    ...(name !== undefined && startOf(story)?.name !== name && { start: name }),
  };
}

/** By the key of a node: what its passage is called. Links go by it, so that no two are called the same. */
function passageNames({ nodes, twine }: StoryDocument): Names {
  const names = new Map(sourceNames(twine));
  const taken = new Set([...(twine?.story.passages.map(({ name }) => name) ?? []), ...SPECIAL]);
  const titles = new Map<string, number>();
  for (const { title } of nodes) titles.set(title, (titles.get(title) ?? 0) + 1);
  for (const { key, title } of nodes) {
    if (names.has(key)) continue;
    const isGood = titles.get(title) === 1 && !taken.has(title) && isLinkable(title);
    const name = isGood ? title : freeName(key, taken);
    names.set(key, name);
    taken.add(name);
  }
  return names;
}

const sourceNames = (twine: DocumentTwine | undefined): [string, string][] =>
  (twine?.story.passages ?? []).flatMap(({ name }, i): [string, string][] => {
    const key = twine!.nodes[i] ?? null;
    return key === null ? [] : [[key, name]];
  });

/** Passages that mean something else to a story format. */
const SPECIAL = [
  ...[TITLE, DATA, 'StoryInit', 'StoryCaption', 'StoryMenu', 'StoryBanner', 'StoryAuthor'],
  ...['StorySubtitle', 'StoryInterface', 'StoryDisplayTitle', 'StorySettings', 'StoryShare'],
  ...['PassageReady', 'PassageDone', 'PassageHeader', 'PassageFooter', 'Talegraph start', CARRIED],
];

const isLinkable = (title: string): boolean =>
  title === title.trim() && !/[[\]|{}<>\\"$]|->|<-|\s{2}|[\r\n]/.test(title);

function freeName(key: string, taken: ReadonlySet<string>): string {
  if (!taken.has(key)) return key;
  for (let count = 2; ; count++) if (!taken.has(`${key} ${count}`)) return `${key} ${count}`;
}
