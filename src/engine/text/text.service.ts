import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { badUserInput, type FieldProblem } from '../../graphql/errors.js';
import type { Viewer } from '../../graphql/viewer.js';
import { DraftContentRepository } from '../../nodes/drafts/draft-content.repository.js';
import { MarkRepository, type MarkCount } from '../../nodes/marks/mark.repository.js';
import { NodeRepository, type NodeFilter } from '../../nodes/nodes/node.repository.js';
import { DraftChanges } from '../../stories/changes/draft-changes.js';
import { StoryService } from '../../stories/story.service.js';
import { didYouMean } from '../core/expressions/nearest.js';
import { DraftDefinitionRepository } from '../draft-definition.repository.js';
import { problemsOfChange, refuseWith } from './text-problems.js';
import { find, replaced, type Hit, type Replaced, type Wanted } from './texts.js';

/** What to look for, and in which nodes. */
export interface Search {
  readonly wanted: Wanted;
  readonly filter: NodeFilter;
}

/** What came of replacing a text: where it stood, and the change that can be taken back. */
export interface Replacement {
  readonly places: readonly Replaced[];
  /** Undefined where nothing became different. */
  readonly changeId: number | undefined;
}

/** Finds and replaces texts throughout drafts. */
@Injectable()
export class TextService {
  constructor(
    private readonly stories: StoryService,
    private readonly changes: DraftChanges,
    private readonly drafts: DraftDefinitionRepository,
    private readonly contents: DraftContentRepository,
    private readonly nodes: NodeRepository,
    private readonly marks: MarkRepository,
  ) {}

  async find(viewer: Viewer, storyId: number, search: Search): Promise<Hit[]> {
    await this.stories.getInspectable(viewer, storyId);
    return find(await this.drafts.load(storyId), await this.#within(storyId, search));
  }

  /** What {@link replace} would do, which is not done. It throws as that would. */
  async preview(
    viewer: Viewer,
    storyId: number,
    search: Search,
    replacement: string,
  ): Promise<Replacement> {
    await this.stories.getEditable(viewer, storyId);
    const { places } = await this.#replaced(storyId, search, replacement);
    return { places, changeId: undefined };
  }

  /**
   * Replaces a text wherever the draft has it, as one change that can be taken back.
   * @throws {ApiError} `BAD_USER_INPUT` when that would make a text too long or a rule faulty; nothing is changed then
   */
  async replace(
    viewer: Viewer,
    storyId: number,
    search: Search,
    replacement: string,
  ): Promise<Replacement> {
    await this.stories.getEditable(viewer, storyId);
    const note = `${search.wanted.text} → ${replacement}`;
    return this.changes.by(
      viewer,
      storyId,
      async (changeId) => {
        await this.contents.lock(storyId);
        const { before, after, places } = await this.#replaced(storyId, search, replacement);
        if (isDeepStrictEqual(before, after)) return { places, changeId: undefined };
        await this.contents.write(storyId, after);
        return { places, changeId };
      },
      { kind: 'replace', note },
    );
  }

  async #replaced(storyId: number, search: Search, replacement: string) {
    const before = await this.drafts.load(storyId);
    const wanted = await this.#within(storyId, search);
    const { story: after, places } = replaced(before, wanted, replacement);
    refuseWith(problemsOfChange(before, after, 'input.replacement'));
    return { before, after, places };
  }

  /** @throws {ApiError} `BAD_USER_INPUT` for a chapter or tag that no node has */
  async #within(storyId: number, { wanted, filter }: Search): Promise<Wanted> {
    const { tag, chapter } = filter;
    const isEverywhere = tag === undefined && chapter === undefined;
    if (isEverywhere) return wanted;
    const problems = [
      ...(chapter ? unknownMark('chapter', chapter, await this.marks.chapters([storyId])) : []),
      ...(tag ? unknownMark('tag', tag, await this.marks.tags([storyId])) : []),
    ];
    if (problems.length > 0) throw badUserInput(problems);
    return { ...wanted, nodeIds: new Set(await this.nodes.idsOf(storyId, filter)) };
  }
}

/** @param marks those of one story, by its id */
function unknownMark(
  what: 'chapter' | 'tag',
  wanted: string,
  marks: ReadonlyMap<number, readonly MarkCount[]>,
): FieldProblem[] {
  const names = [...marks.values()].flat().map(({ name }) => name);
  const message = `no node has the ${what} ${wanted}.${didYouMean(wanted, names)}`;
  return names.includes(wanted) ? [] : [{ path: `input.${what}`, message }];
}
