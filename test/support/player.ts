import type { DataSource } from 'typeorm';
import type { MadeStory, Person } from './factory.js';
import type { GraphqlClient, GraphqlError } from './graphql-client.js';

const NODE = `id key title content contentHtml type isStart isEnding endingKind
  choices { id letter text consequences toNode { id key title } }`;

/** Everything that the API tells of a playthrough. */
const PROGRESS = `id step status isCompleted ending startTime lastUpdated
  story { id } version { id number } currentNode { ${NODE} }
  choicesMade(first: 100) { totalCount pageInfo { hasNextPage } nodes { step nodeId choiceId at } }`;

export const START_STORY = `mutation ($storyId: ID!, $input: StartStoryInput) {
  startStory(storyId: $storyId, input: $input) { ${PROGRESS} }
}`;

export const MAKE_CHOICE = `mutation ($input: MakeChoiceInput!) {
  makeChoice(input: $input) {
    consequences isEnding
    events { type text nodeId }
    nextNode { ${NODE} }
    progress { ${PROGRESS} }
  }
}`;

export const SAVE_PROGRESS = `mutation ($input: SaveProgressInput!) {
  saveProgress(input: $input) { ${PROGRESS} }
}`;

export const STORY_PROGRESS = `query ($storyId: ID!) { storyProgress(storyId: $storyId) { ${PROGRESS} } }`;

/** A choice as a test describes it: the keys of the node it is made at and of the node it leads to. */
export type Move = readonly [from: string, to: string];

/** Someone who plays one story, over the API as any client does. */
export class Player {
  readonly client: GraphqlClient;

  constructor(
    anonymous: GraphqlClient,
    readonly person: Person,
    readonly story: MadeStory,
  ) {
    this.client = anonymous.as(person.token);
  }

  async start(input?: { restart?: boolean }): Promise<any> {
    const { startStory } = await this.client.get(START_STORY, { storyId: this.story.id, input });
    return startStory;
  }

  /** The input of `makeChoice` in a playthrough. */
  input(progressId: string, step: number, [from, to]: Move) {
    return {
      progressId,
      step,
      currentNodeId: this.story.node(from),
      choiceId: this.story.choice(from, to),
    };
  }

  async choose(progressId: string, step: number, move: Move): Promise<any> {
    const input = this.input(progressId, step, move);
    return (await this.client.get(MAKE_CHOICE, { input })).makeChoice;
  }

  /** Makes choices one after another. @returns the answer to each */
  async chooseAll(progressId: string, moves: readonly Move[], from = 0): Promise<any[]> {
    const answers: any[] = [];
    for (const [i, move] of moves.entries()) {
      answers.push(await this.choose(progressId, from + i, move));
    }
    return answers;
  }

  async refusal(progressId: string, step: number, move: Move): Promise<GraphqlError> {
    return this.client.fail(MAKE_CHOICE, { input: this.input(progressId, step, move) });
  }

  /** The choices of a path as `saveProgress` takes them. */
  path(...moves: readonly Move[]) {
    return moves.map(([from, to]) => ({
      nodeId: this.story.node(from),
      choiceId: this.story.choice(from, to),
    }));
  }

  async save(choicesMade: readonly object[], restart?: boolean): Promise<any> {
    const input = { storyId: this.story.id, choicesMade, restart };
    return (await this.client.get(SAVE_PROGRESS, { input })).saveProgress;
  }

  async saveRefusal(choicesMade: readonly object[], restart?: boolean): Promise<GraphqlError> {
    const input = { storyId: this.story.id, choicesMade, restart };
    return this.client.fail(SAVE_PROGRESS, { input });
  }

  /** The latest playthrough, or null. */
  async latest(): Promise<any> {
    return (await this.client.get(STORY_PROGRESS, { storyId: this.story.id })).storyProgress;
  }
}

/** The row key in a public id: 42 of `prg_42`. */
export const keyOf = (id: string): number => Number(id.split('_')[1]);

/** How often a story was started, as its row tells. */
export async function playCountOf(database: DataSource, { storyId }: MadeStory): Promise<number> {
  const [row] = await database.query('SELECT play_count FROM stories WHERE story_id = $1', [
    storyId,
  ]);
  return row.play_count;
}

/** All that the database holds of playthroughs: equal before and after what must change nothing. */
export async function storedPlays(database: DataSource) {
  const rows = (sql: string): Promise<any[]> => database.query(sql);
  return {
    playthroughs: await rows('SELECT * FROM user_progress ORDER BY progress_id'),
    steps: await rows('SELECT * FROM progress_steps ORDER BY progress_id, seq'),
  };
}
