import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { badUserInput, type FieldProblem } from '../../graphql/errors.js';
import type { Viewer } from '../../graphql/viewer.js';
import { LONGEST } from '../core/limits.js';
import { DraftContentRepository } from '../../nodes/drafts/draft-content.repository.js';
import { DraftChanges } from '../../stories/changes/draft-changes.js';
import { StoryService } from '../../stories/story.service.js';
import type { StoryDefinition } from '../core/definition.js';
import { compile } from '../core/story.js';
import { DraftDefinitionRepository } from '../draft-definition.repository.js';
import { find, replaced, type Hit, type TextField, type Wanted } from './texts.js';

/** What came of replacing a text: how often it stood there, and the change that can be taken back. */
export interface Replacement {
  readonly count: number;
  /** Undefined where nothing became different. */
  readonly changeId: number | undefined;
}

/** How many problems an answer names. */
const MOST_TOLD = 20;

const NEVER_EMPTY: readonly TextField[] = ['title', 'text'];

/** Finds and replaces texts throughout drafts. */
@Injectable()
export class TextService {
  constructor(
    private readonly stories: StoryService,
    private readonly changes: DraftChanges,
    private readonly drafts: DraftDefinitionRepository,
    private readonly contents: DraftContentRepository,
  ) {}

  async find(viewer: Viewer, storyId: number, wanted: Wanted): Promise<Hit[]> {
    await this.stories.getInspectable(viewer, storyId);
    return find(await this.drafts.load(storyId), wanted);
  }

  /**
   * Replaces a text wherever the draft has it, as one change that can be taken back.
   * @throws {ApiError} `BAD_USER_INPUT` when that would make a text too long or a rule faulty; nothing is changed then
   */
  async replace(
    viewer: Viewer,
    storyId: number,
    wanted: Wanted,
    replacement: string,
  ): Promise<Replacement> {
    await this.stories.getEditable(viewer, storyId);
    const note = `${wanted.text} → ${replacement}`;
    return this.changes.by(
      viewer,
      storyId,
      async (changeId) => {
        await this.contents.lock(storyId);
        const before = await this.drafts.load(storyId);
        const { story: after, count } = replaced(before, wanted, replacement);
        if (isDeepStrictEqual(before, after)) return { count, changeId: undefined };
        const problems = [...lengthProblems(after), ...newRuleProblems(before, after)];
        if (problems.length > 0) throw badUserInput(problems.slice(0, MOST_TOLD));
        await this.contents.write(storyId, after);
        return { count, changeId };
      },
      { kind: 'replace', note },
    );
  }
}

const problem = (where: string, what: string): FieldProblem => ({
  path: 'input.replacement',
  message: `${where}: ${what}`,
});

function lengthProblems({ nodes }: StoryDefinition): FieldProblem[] {
  return nodes.flatMap((node) =>
    [undefined, ...node.choices].flatMap((choice) =>
      Object.entries(LONGEST).flatMap(([field, longest]) => {
        const text = ((choice ?? node) as unknown as Record<string, unknown>)[field];
        if (typeof text !== 'string') return [];
        const where = `${field} of ${placeName(node.key, choice?.letter)}`;
        if (text.length > longest) return [problem(where, `has more than ${longest} characters`)];
        const isMissing = text.trim() === '' && NEVER_EMPTY.includes(field as TextField);
        return isMissing ? [problem(where, 'must not be empty')] : [];
      }),
    ),
  );
}

/** Those that the draft had before are no reason to refuse. */
function newRuleProblems(before: StoryDefinition, after: StoryDefinition): FieldProblem[] {
  const known = new Set(rulesOf(before).map(({ message }) => message));
  return rulesOf(after).filter(({ message }) => !known.has(message));
}

const rulesOf = (story: StoryDefinition): FieldProblem[] =>
  compile(story).problems.map(({ node, choice, field, line, column, message }) =>
    problem(
      `${field} of ${placeName(node.key, choice?.letter)}`,
      `line ${line}, column ${column}: ${message}`,
    ),
  );

const placeName = (key: string, letter: string | undefined) =>
  letter === undefined ? `node ${key}` : `choice ${letter} of node ${key}`;
