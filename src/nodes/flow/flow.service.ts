import { Injectable } from '@nestjs/common';
import { encodeId } from '../../graphql/ids.js';
import type { Viewer } from '../../graphql/viewer.js';
import { StoryService } from '../../stories/story.service.js';
import { ChoiceRepository } from '../choices/choice.repository.js';
import { NodeRepository } from '../nodes/node.repository.js';
import { flowOf, toDot, toJson, toMermaid, type Flow } from './flow.js';
import { FlowFormat, type StoryFlow } from './flow.type.js';

const WRITERS: Readonly<Record<FlowFormat, (flow: Flow) => string>> = {
  [FlowFormat.JSON]: toJson,
  [FlowFormat.MERMAID]: toMermaid,
  [FlowFormat.DOT]: toDot,
};

@Injectable()
export class FlowService {
  constructor(
    private readonly stories: StoryService,
    private readonly nodes: NodeRepository,
    private readonly choices: ChoiceRepository,
  ) {}

  /** The diagram of the draft, for those who may see it. */
  async draw(viewer: Viewer, storyId: number, format: FlowFormat): Promise<StoryFlow> {
    await this.stories.getInspectable(viewer, storyId);
    const [nodes, choices] = await Promise.all([
      this.nodes.findDrawn(storyId),
      this.choices.findDrawn(storyId),
    ]);
    const flow = flowOf(nodes, choices, (nodeId) => encodeId('node', nodeId));
    return {
      format,
      content: WRITERS[format](flow),
      nodeCount: nodes.length,
      choiceCount: choices.length,
    };
  }
}
