import { LONGEST, MOST } from '../../../../../engine/core/limits.js';
import type { DocumentNode } from '../../../story-document.js';
import type { TwinePassage } from '../../twine-story.js';
import { choicesOf } from './choices.js';
import type { Dialect } from './dialect.js';
import { bodyOf, type Body, type BodyOptions } from './passage.js';
import { Recorder } from './recorder.js';
import type { Scope } from './scope.js';
import { contentOf } from './segments.js';
import type { Item } from './tree.js';

export interface NodeOptions {
  readonly dialect: Dialect;
  readonly scope: Scope;
  readonly keyOf: (passage: string) => string | undefined;
  readonly include: BodyOptions['include'];
  readonly report: (recorder: Recorder, offset: number, message: string) => void;
}

export interface TranslatedPassage {
  readonly node: DocumentNode;
  readonly recorder: Recorder;
}

/** The node that a passage becomes. */
export function nodeOf(
  passage: TwinePassage,
  key: string,
  items: readonly Item[],
  options: NodeOptions,
): TranslatedPassage {
  const { content, body, recorder } = written(passage, items, options);
  const report = (offset: number, message: string) => {
    options.report(recorder, offset, message);
  };
  const choices = choicesOf(body.ways, { ...options, report });
  const isEnding = choices.length === 0 && !body.hasUnknownWays;
  const isStory = choices.length === 1 && choices[0]!.condition === undefined;
  if (body.effects.length > MOST.effects) {
    report(0, `A node has at most ${MOST.effects} effects: the others are left out.`);
  }
  const effects = body.effects.slice(0, MOST.effects);
  const node: DocumentNode = {
    key,
    ...detailsOf(passage, report),
    content: content.length > LONGEST.content ? cut(content, report) : content,
    type: isEnding ? 'ending' : isStory ? 'story' : 'choice',
    ...(effects.length > 0 && { effects }),
    ...(choices.length > 0 && { choices }),
  };
  return { node, recorder };
}

/** The text of a node; without any Liquid where it would have too much of it, or be too long. */
function written(
  passage: TwinePassage,
  items: readonly Item[],
  { dialect, scope, keyOf, include }: NodeOptions,
): { content: string; body: Body; recorder: Recorder } {
  const attempt = (isPlain: boolean) => {
    const recorder = new Recorder(passage.name, passage.text, (name) => keyOf(name) !== undefined);
    const { isMarkdown } = dialect;
    const body = bodyOf(items, {
      ...{ scope, recorder, isMarkdown, isPlain, include },
      passage: passage.name,
    });
    const hasBreaks = !isMarkdown && !passage.tags.includes('nobr');
    return { content: contentOf(body.segments, { isMarkdown, hasBreaks }), body, recorder };
  };
  const whole = attempt(false);
  const isSound =
    whole.content.length <= LONGEST.content && scope.allows(whole.content, 'markdown');
  return isSound ? whole : attempt(true);
}

type Report = (offset: number, message: string) => void;

function cut(content: string, report: Report): string {
  report(0, `A node has at most ${LONGEST.content} characters: the rest of its text is left out.`);
  return content.slice(0, LONGEST.content).toWellFormed();
}

function detailsOf(
  { name, tags, position }: TwinePassage,
  report: Report,
): Pick<DocumentNode, 'title' | 'tags' | 'position'> {
  const title = name.replaceAll('\0', '').trim() || 'Untitled';
  if (title.length > LONGEST.title) {
    report(0, `A title has at most ${LONGEST.title} characters: this one is cut.`);
  }
  const kept = tags.filter((tag) => tag !== '' && tag.length <= LONGEST.tag);
  if (kept.length > MOST.nodeTags || kept.length < tags.length) {
    report(
      0,
      `A node has at most ${MOST.nodeTags} tags of up to ${LONGEST.tag} characters: others are left out.`,
    );
  }
  return {
    title: title.slice(0, LONGEST.title).toWellFormed(),
    ...(kept.length > 0 && { tags: kept.slice(0, MOST.nodeTags) }),
    ...(position !== undefined && { position }),
  };
}
