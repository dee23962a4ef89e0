import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';

export enum ExportFormat {
  TALEGRAPH_JSON = 'TALEGRAPH_JSON',
  CSV = 'CSV',
  TWEE = 'TWEE',
  TWINE_HTML = 'TWINE_HTML',
  TWINE_JSON = 'TWINE_JSON',
  MERMAID = 'MERMAID',
  DOT = 'DOT',
  HTML = 'HTML',
}

registerEnumType(ExportFormat, {
  name: 'ExportFormat',
  description: 'As what a story is exported.',
  valuesMap: {
    TALEGRAPH_JSON: { description: 'Everything, exactly: importing it gives the same story.' },
    CSV: { description: 'A table: a row for the story, and one for each node and choice.' },
    TWEE: { description: 'Twee 3.' },
    TWINE_HTML: { description: 'Twine 2 HTML, to be opened in Twine.' },
    TWINE_JSON: { description: 'Twine 2 JSON.' },
    MERMAID: { description: 'A Mermaid flowchart.' },
    DOT: { description: 'A Graphviz digraph.' },
    HTML: {
      description:
        'One HTML file that plays the story offline. Puzzle answers and hidden variables lie in it.',
    },
  },
});

@ObjectType({ description: 'A story as a file.' })
export class StoryExport {
  @Field({ description: 'What to call the file.' })
  filename: string;

  @Field({ description: 'Its media type.' })
  mediaType: string;

  @Field(() => Int, { description: 'How many bytes it has.' })
  size: number;

  @Field(() => String, {
    nullable: true,
    description: 'What is in it; null above 1 MB: get it by `url` then.',
  })
  content: string | null;

  @Field(() => Int, {
    description:
      'How many images and recordings of the story are not in it. Talegraph JSON and HTML leave out those that do not fit, as a file has at most 40 MB of them, and those that are not ready; the other formats hold none.',
  })
  mediaLeftOut: number;

  @Field({
    description:
      'A link that gives the file, with no sign-in, for 10 minutes and while you work on the story.',
  })
  url: string;
}
