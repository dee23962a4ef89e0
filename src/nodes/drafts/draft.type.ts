import { ObjectType } from '@nestjs/graphql';

@ObjectType({
  description: 'What the author works on. Readers see none of it until it is published.',
})
export class StoryDraft {
  /** Not exposed: whose draft it is. */
  readonly storyId: number;
}
