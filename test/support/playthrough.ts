import type { TestApp } from './app.js';
import type { MadeStory } from './factory.js';
import type { GraphqlError } from './graphql-client.js';
import { Player } from './player.js';

const STANDING = `id step isCompleted canUndo deadline
  currentNode { key choices { text lockedReason attemptsLeft } }
  inventory { key count } variables { name value } stats { key value }
  choicesMade { totalCount nodes { step nodeId choiceId } }`;

const OPERATIONS = {
  see: `query ($storyId: ID!) { storyProgress(storyId: $storyId) { ${STANDING} } }`,
  undo: `mutation ($progressId: ID!, $input: UndoInput!) { undo(progressId: $progressId, input: $input) { ${STANDING} } }`,
  setVariables: `mutation ($progressId: ID!, $input: SetVariablesInput!) {
    setVariables(progressId: $progressId, input: $input) { ${STANDING} } }`,
  saveGame: `mutation ($input: SaveGameInput!) { saveGame(input: $input) { id name step nodeId progressId } }`,
  loadGame: `mutation ($id: ID!) { loadGame(id: $id) { ${STANDING} } }`,
  deleteSave: `mutation ($id: ID!) { deleteSave(id: $id) }`,
  saveSlots: `query ($storyId: ID!) { saveSlots(storyId: $storyId) { id name step } }`,
  rollDice: `mutation ($input: RollDiceInput!) { rollDice(input: $input) { dice bonus total } }`,
  replay: `query ($progressId: ID!) { replay(progressId: $progressId) {
    isGenuine steps(first: 50) { totalCount nodes { step kind choiceId nodeId events { type total } } } } }`,
  makeChoice: `mutation ($input: MakeChoiceInput!) { makeChoice(input: $input) {
    consequences isEnding events { type text choiceId dice total success attemptsLeft name value } nextNode { key } } }`,
} as const;

type Operation = keyof typeof OPERATIONS;

/** One playthrough of a reader of its own, with all that readers can do in it. */
export class Playthrough {
  private constructor(
    readonly player: Player,
    readonly id: string,
  ) {}

  static async begin(
    { factory, client }: TestApp,
    story: MadeStory,
    protagonist?: string,
  ): Promise<Playthrough> {
    const player = new Player(client, await factory.newReader(), story);
    const { id } = await player.start({ ...(protagonist && { protagonist }) } as object);
    return new Playthrough(player, id);
  }

  /** @returns what the operation answers */
  async do(operation: Operation, variables: object = {}): Promise<any> {
    return (await this.player.client.get(OPERATIONS[operation], this.#with(variables)))[
      operation === 'see' ? 'storyProgress' : operation
    ];
  }

  refuses(operation: Operation, variables: object = {}): Promise<GraphqlError> {
    return this.player.client.fail(OPERATIONS[operation], this.#with(variables));
  }

  choose(step: number, from: string, to: string, answer?: string): Promise<any> {
    const input = { ...this.player.input(this.id, step, [from, to]), answer };
    return this.do('makeChoice', { input });
  }

  #with(variables: object): object {
    return { progressId: this.id, storyId: this.player.story.id, ...variables };
  }
}
