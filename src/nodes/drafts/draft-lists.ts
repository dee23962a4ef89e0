import DataLoader from 'dataloader';
import { Injectable } from '@nestjs/common';
import { paginate, type Connection, type PageArgs } from '../../graphql/connection.js';
import type { Loaders } from '../../graphql/loaders.js';
import { countAllWords, countEach } from '../../stories/words.js';
import type { ChoiceEntity } from '../choices/choice.entity.js';
import { ChoiceRepository } from '../choices/choice.repository.js';
import { toDraftChoice, type DraftChoice } from '../choices/choice.type.js';
import type { NodeEntity } from '../nodes/node.entity.js';
import { NodeRepository, type NodeFilter } from '../nodes/node.repository.js';
import { toDraftNode, type DraftNode } from '../nodes/node.type.js';
import { DraftReadRepository, type ReadNode } from './draft-read.repository.js';
import { nameOf, WHOLE_NODES, type DraftShape } from './draft-shape.js';
import { toReadNode } from './read-node.js';

/** What a draft holds. Asked of many drafts in one request, each question is one statement. */
@Injectable()
export class DraftLists {
  constructor(
    private readonly nodeRepository: NodeRepository,
    private readonly choiceRepository: ChoiceRepository,
    private readonly reads: DraftReadRepository,
  ) {}

  /** The nodes of a draft that a filter lets through, oldest first. */
  nodes(
    loaders: Loaders,
    storyId: number,
    page: PageArgs,
    { filter = {}, shape = WHOLE_NODES }: { filter?: NodeFilter; shape?: DraftShape } = {},
  ): Promise<Connection<DraftNode>> {
    const which = JSON.stringify(filter);
    return paginate(
      {
        page,
        list: 'StoryDraft.nodes',
        keys: ['id'],
        fetch: (limit, [after = 0] = []) =>
          loaders
            .about(
              this,
              `nodes ${limit} ${after} ${which} ${nameOf(shape)}`,
              async (ids) =>
                pagesOf(
                  which === '{}'
                    ? await this.reads.pages(ids, limit, Number(after), shape)
                    : await this.nodeRepository.findPages(ids, limit, Number(after), filter),
                ),
              [],
            )
            .load(storyId),
        keysetOf: ({ nodeId }) => [nodeId],
        count: () =>
          loaders
            .about(this, `counts ${which}`, (ids) => this.nodeRepository.counts(ids, filter), 0)
            .load(storyId),
      },
      toReadNode,
    );
  }

  /** The choices of all nodes of a draft, oldest first. */
  choices(loaders: Loaders, storyId: number, page: PageArgs): Promise<Connection<DraftChoice>> {
    return paginate(
      {
        page,
        list: 'StoryDraft.choices',
        keys: ['id'],
        fetch: (limit, [after = 0] = []) =>
          loaders
            .about(
              this,
              `choices ${limit} ${after}`,
              (ids) => this.choiceRepository.findPages(ids, limit, Number(after)),
              [],
            )
            .load(storyId),
        keysetOf: ({ choiceId }) => [choiceId],
        count: () =>
          loaders
            .about(this, 'choice counts', (ids) => this.choiceRepository.counts(ids), 0)
            .load(storyId),
      },
      (choice) => toDraftChoice(choice, storyId),
    );
  }

  /** The node with this key, or null. */
  async node(
    loaders: Loaders,
    storyId: number,
    key: string,
    shape: DraftShape,
  ): Promise<DraftNode | null> {
    const node = await loaders
      .about(
        this,
        `node ${nameOf(shape)} ${key}`,
        async (ids) => byStory(await this.reads.byKey(ids, key, shape)),
        undefined,
      )
      .load(storyId);
    return node === undefined ? null : toReadNode(node);
  }

  /** The node with this id, or null. */
  async nodeById(loaders: Loaders, storyId: number, nodeId: number): Promise<DraftNode | null> {
    const node = await this.#nodesById(loaders).load(nodeId);
    return node?.storyId === storyId ? toDraftNode(node) : null;
  }

  /** The choice with this id, or null. */
  async choiceById(
    loaders: Loaders,
    storyId: number,
    choiceId: number,
  ): Promise<DraftChoice | null> {
    const choice = await this.#choicesById(loaders).load(choiceId);
    if (choice === undefined) return null;
    const from = await this.#nodesById(loaders).load(choice.fromNodeId);
    return from?.storyId === storyId ? toDraftChoice(choice, storyId) : null;
  }

  /** The node that the draft starts at, or null. */
  async startNode(loaders: Loaders, storyId: number, shape: DraftShape): Promise<DraftNode | null> {
    const node = await loaders
      .about(
        this,
        `start ${nameOf(shape)}`,
        async (ids) => byStory(await this.reads.starts(ids, shape)),
        undefined,
      )
      .load(storyId);
    return node === undefined ? null : toReadNode(node);
  }

  /** How many words the texts of all nodes of a draft have. */
  words(loaders: Loaders, storyId: number): Promise<number> {
    return loaders.about(this, 'words', (ids) => this.#storyWords(ids), 0).load(storyId);
  }

  /** How many words the text of a node has: counted a node at a time, so that others get a turn between those of a page. */
  wordsOf(loaders: Loaders, node: NodeEntity): Promise<number> {
    return loaders
      .once(
        this,
        'words of nodes',
        () =>
          new DataLoader((nodes: readonly NodeEntity[]) =>
            countEach(nodes.map(({ content }) => content)),
          ),
      )
      .load(node);
  }

  #nodesById(loaders: Loaders) {
    const ask = async (
      ids: readonly number[],
    ): Promise<ReadonlyMap<number, NodeEntity | undefined>> =>
      new Map((await this.nodeRepository.findByIds(ids)).map((node) => [node.nodeId, node]));
    return loaders.about(this, 'nodes by id', ask, undefined);
  }

  #choicesById(loaders: Loaders) {
    const ask = async (
      ids: readonly number[],
    ): Promise<ReadonlyMap<number, ChoiceEntity | undefined>> =>
      new Map(
        (await this.choiceRepository.findByIds(ids)).map((choice) => [choice.choiceId, choice]),
      );
    return loaders.about(this, 'choices by id', ask, undefined);
  }

  async #storyWords(storyIds: readonly number[]): Promise<ReadonlyMap<number, number>> {
    const nodes = await this.nodeRepository.findContents(storyIds);
    const counts = new Map<number, number>();
    for (const [storyId, own] of Map.groupBy(nodes, (node) => node.storyId)) {
      counts.set(storyId, await countAllWords(own.map(({ content }) => content)));
    }
    return counts;
  }
}

const pagesOf = (nodes: readonly ReadNode[]) => Map.groupBy(nodes, ({ storyId }) => storyId);

const byStory = (nodes: readonly ReadNode[]): ReadonlyMap<number, ReadNode | undefined> =>
  new Map(nodes.map((node) => [node.storyId, node]));
