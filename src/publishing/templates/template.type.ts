import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ConnectionType } from '../../graphql/connection.js';
import { encodeId } from '../../graphql/ids.js';
import { NodeType } from '../../nodes/nodes/node.type.js';
import { Story } from '../../stories/story.type.js';
import type { DocumentNode } from '../formats/story-document.js';
import type { InsertedNode as Inserted } from './insertion.js';
import type { TemplateHead } from './template.repository.js';

export enum TemplateSourceName {
  ALL = 'all',
  BUILT_IN = 'built-in',
  MINE = 'mine',
  SHARED = 'shared',
}

registerEnumType(TemplateSourceName, {
  name: 'TemplateSource',
  description: 'Where templates come from.',
  valuesMap: {
    ALL: { description: 'All that you may use.' },
    BUILT_IN: { description: 'Those that come with Talegraph.' },
    MINE: { description: 'Those that you saved.' },
    SHARED: { description: 'Those that other authors share.' },
  },
});

@ObjectType({ description: 'A story, or a part of one, to begin with.' })
export class StoryTemplate {
  @Field(() => ID, { description: 'The id of the template.' })
  id: string;

  @Field({ description: 'The title.' })
  title: string;

  @Field({ description: 'What it is good for.' })
  description: string;

  @Field({ description: 'Whether it comes with Talegraph.' })
  isBuiltIn: boolean;

  @Field({ description: 'Whether all authors may use it.' })
  isShared: boolean;

  @Field(() => Int, { description: 'How many nodes it has.' })
  nodeCount: number;

  @Field({ description: 'When it was saved.' })
  createdAt: Date;

  @Field({ description: 'When it last changed.' })
  updatedAt: Date;

  /** Not exposed: what resolvers go on from. */
  readonly row: TemplateHead;
}

export const StoryTemplateConnection = ConnectionType('StoryTemplate', () => StoryTemplate);

export const toTemplate = (row: TemplateHead): StoryTemplate => ({
  id: encodeId('template', row.templateId),
  title: row.title,
  description: row.description,
  isBuiltIn: row.ownerId === null,
  isShared: row.isShared,
  nodeCount: row.nodeCount,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
  row,
});

@ObjectType({ description: 'A choice of a template.' })
export class TemplateChoice {
  @Field({ description: 'What the reader may choose.' })
  text: string;

  @Field(() => String, {
    nullable: true,
    description: 'The key of the node that it leads to; null while that is open.',
  })
  to: string | null;
}

@ObjectType({ description: 'A node of a template.' })
export class TemplateNode {
  @Field({ description: 'What the template calls it.' })
  key: string;

  @Field({ description: 'The title.' })
  title: string;

  @Field({ description: 'The text, in Markdown with Liquid.' })
  content: string;

  @Field(() => NodeType, { description: 'What it is for.' })
  type: NodeType;

  @Field(() => [TemplateChoice], { description: 'The ways on, in order.' })
  choices: TemplateChoice[];
}

export const TemplateNodeConnection = ConnectionType('TemplateNode', () => TemplateNode);

export const toTemplateNode = ({
  key,
  title,
  content,
  type,
  choices = [],
}: DocumentNode): TemplateNode => ({
  key,
  title,
  content,
  type: type as NodeType,
  choices: choices.map(({ text, to = null }) => ({ text, to })),
});

@ObjectType({ description: 'A node of a template as it is in the draft.' })
export class InsertedNode {
  @Field(() => ID, { description: 'The node.' })
  nodeId: string;

  @Field({ description: 'What the template calls it.' })
  templateKey: string;

  @Field({ description: 'What the draft calls it: another key where that one was taken.' })
  key: string;
}

export const InsertedNodeConnection = ConnectionType('InsertedNode', () => InsertedNode);

export const toInsertedNode = ({ nodeId, ...keys }: Inserted): InsertedNode => ({
  nodeId: encodeId('node', nodeId),
  ...keys,
});

@ObjectType({ description: 'What came of inserting a template; undoDraft takes it back.' })
export class InsertTemplatePayload {
  @Field(() => Story, { description: 'The story.' })
  story: Story;

  @Field(() => ID, { description: 'The change, for undoDraft.' })
  changeId: string;

  /** Not exposed: what resolvers go on from. */
  readonly inserted: readonly Inserted[];
}
