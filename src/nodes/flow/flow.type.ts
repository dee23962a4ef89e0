import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';

export enum FlowFormat {
  JSON = 'JSON',
  MERMAID = 'MERMAID',
  DOT = 'DOT',
}

registerEnumType(FlowFormat, {
  name: 'FlowFormat',
  description: 'How a flow diagram is written.',
  valuesMap: {
    JSON: { description: 'An object of nodes and choices.' },
    MERMAID: { description: 'A Mermaid flowchart.' },
    DOT: { description: 'A Graphviz digraph.' },
  },
});

@ObjectType({ description: 'The flow diagram of a draft.' })
export class StoryFlow {
  @Field(() => FlowFormat, { description: 'How it is written.' })
  format: FlowFormat;

  @Field({ description: 'The diagram.' })
  content: string;

  @Field(() => Int, { description: 'How many nodes it shows.' })
  nodeCount: number;

  @Field(() => Int, { description: 'How many choices it shows.' })
  choiceCount: number;
}
