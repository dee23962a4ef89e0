import { Injectable } from '@nestjs/common';
import { badField, badUserInput } from '../../graphql/errors.js';
import { decodeId } from '../../graphql/ids.js';
import type { Viewer } from '../../graphql/viewer.js';
import { DraftStories } from '../draft-stories.js';
import type { Memory } from '../core/expressions/evaluate.js';
import { initialMemory } from '../core/machine.js';
import { readMemory, stateProblems, type PlayState } from '../core/state.js';
import type { CompiledStory } from '../core/story.js';
import { memoryWith } from '../debugger/debug-values.js';
import { preview, type Preview, type Written } from './preview.js';
import type { PreviewInput } from './preview.type.js';

/** Shows authors what readers would read. Nothing is stored, and no reader is counted. */
@Injectable()
export class PreviewService {
  constructor(private readonly drafts: DraftStories) {}

  /** @throws {ApiError} `BAD_USER_INPUT` naming what is wrong with the input; a fault of the text is none */
  async preview(viewer: Viewer, storyId: number, input: PreviewInput): Promise<Preview> {
    const story = await this.drafts.compiled(viewer, storyId);
    const memory = memoryWith(story, memoryOf(story, input.state), input.set);
    return preview(story, written(story, input), memory);
  }
}

function written(story: CompiledStory, { text, nodeId, choiceId }: PreviewInput): Written {
  const given = [text, nodeId, choiceId].filter((each) => each !== undefined);
  if (given.length !== 1) {
    throw badField('input', 'give either a text, a nodeId or a choiceId');
  }
  if (text !== undefined) return { text, kind: 'markdown' };
  if (nodeId !== undefined) {
    const index = story.indexOfNode.get(decodeId('node', nodeId, 'input.nodeId'));
    if (index === undefined) throw badField('input.nodeId', 'must be a node of this story');
    return { text: story.nodes[index]!.content, kind: 'markdown' };
  }
  const id = decodeId('choice', choiceId!, 'input.choiceId');
  const choice = story.choices.find((each) => each.id === id);
  if (choice === undefined) throw badField('input.choiceId', 'must be a choice of this story');
  return { text: choice.text, kind: 'plain' };
}

function memoryOf(story: CompiledStory, state: unknown): Memory {
  if (state === undefined || state === null) {
    return initialMemory(story, story.schema.protagonists?.[0]?.key);
  }
  const problems = stateProblems(story, state);
  if (problems.length > 0) {
    throw badUserInput(problems.map((message) => ({ path: 'input.state', message })));
  }
  return readMemory(story, state as PlayState);
}
