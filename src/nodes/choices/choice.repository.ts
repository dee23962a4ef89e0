import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { Database, type PreparedStatement } from '../../database/database.js';
import { wouldDiffer } from '../../stories/changes/would-differ.js';
import { ChoiceEntity } from './choice.entity.js';

/** The rules of a choice, as its row holds them. */
export type ChoiceRuleColumns = Pick<
  ChoiceEntity,
  'condition' | 'lockedText' | 'effects' | 'check' | 'puzzle' | 'failToNodeId' | 'timing'
>;

export type ChoiceContent = Pick<ChoiceEntity, 'toNodeId' | 'choiceText' | 'consequences'> &
  Partial<ChoiceRuleColumns>;

export type NewChoice = ChoiceContent & Pick<ChoiceEntity, 'fromNodeId' | 'choiceLetter' | 'order'>;

/** What a diagram shows of a choice. */
export type DrawnChoice = Pick<
  ChoiceEntity,
  'fromNodeId' | 'toNodeId' | 'choiceLetter' | 'choiceText'
>;

const FIND_DRAWN: PreparedStatement = {
  name: 'choices-drawn',
  text: `SELECT from_node_id AS "fromNodeId", to_node_id AS "toNodeId", choice_letter AS "choiceLetter",
           choice_text AS "choiceText"
         FROM story_nodes AS node JOIN choices AS choice ON from_node_id = node_id
         WHERE story_id = $1 AND node.deleted_at IS NULL AND choice.deleted_at IS NULL
         ORDER BY from_node_id, choice.order`,
};

@Injectable()
export class ChoiceRepository {
  constructor(private readonly database: Database) {}

  findById(choiceId: number): Promise<ChoiceEntity | null> {
    return this.#choices.findOneBy({ choiceId, deletedAt: IsNull() });
  }

  findByIds(choiceIds: readonly number[]): Promise<ChoiceEntity[]> {
    return this.#live().andWhere('choice.choiceId = ANY(:choiceIds)', { choiceIds }).getMany();
  }

  /** The choices of some nodes, each node's in their order. */
  findByNodes(nodeIds: readonly number[]): Promise<ChoiceEntity[]> {
    return this.#live()
      .andWhere('choice.fromNodeId = ANY(:nodeIds)', { nodeIds })
      .orderBy('choice.fromNodeId')
      .addOrderBy('choice.order')
      .getMany();
  }

  /** All choices of a story, each node's in their order. */
  findAll(storyId: number): Promise<ChoiceEntity[]> {
    return this.#ofStory(storyId).orderBy('choice.fromNodeId').addOrderBy('choice.order').getMany();
  }

  /** What a diagram shows of all choices of a story, each node's in their order. */
  findDrawn(storyId: number): Promise<DrawnChoice[]> {
    return this.database.prepared<DrawnChoice>(FIND_DRAWN, [storyId]);
  }

  /** The first `limit` choices after `after` of each of some stories, oldest first, by story. */
  async findPages(
    storyIds: readonly number[],
    limit: number,
    after: number,
  ): Promise<Map<number, ChoiceEntity[]>> {
    const rows = await this.database.query<{ storyId: number; choiceId: number }>(
      `SELECT story.id AS "storyId", page.choice_id AS "choiceId"
       FROM unnest($1::bigint[]) AS story (id) CROSS JOIN LATERAL (
         SELECT choice_id FROM choices JOIN story_nodes AS node ON node_id = from_node_id
         WHERE story_id = story.id AND node.deleted_at IS NULL AND choices.deleted_at IS NULL AND choice_id > $2
         ORDER BY choice_id LIMIT $3
       ) AS page`,
      [storyIds, after, limit],
    );
    const storyOf = new Map(rows.map(({ choiceId, storyId }) => [choiceId, storyId]));
    const choices = await this.#live()
      .andWhere('choice.choiceId = ANY(:ids)', { ids: [...storyOf.keys()] })
      .orderBy('choice.choiceId')
      .getMany();
    return Map.groupBy(choices, ({ choiceId }) => storyOf.get(choiceId)!);
  }

  /** How many choices each of some stories has; stories without choices are left out. */
  async counts(storyIds: readonly number[]): Promise<Map<number, number>> {
    const rows = await this.database.query<{ storyId: number; count: number }>(
      `SELECT story_id AS "storyId", count(*) AS count
       FROM choices JOIN story_nodes AS node ON node_id = from_node_id
       WHERE story_id = ANY($1) AND node.deleted_at IS NULL AND choices.deleted_at IS NULL GROUP BY story_id`,
      [storyIds],
    );
    return new Map(rows.map(({ storyId, count }) => [storyId, count]));
  }

  insert(choice: NewChoice): Promise<ChoiceEntity> {
    return this.#choices.save(this.#choices.create(choice));
  }

  async insertMany(choices: readonly NewChoice[]): Promise<void> {
    await this.#choices.insert([...choices]);
  }

  /**
   * Raises the revision, unless the choice is so already.
   * @returns null when another revision is in force, or the choice is gone
   */
  async update(
    choiceId: number,
    revision: number,
    changes: Partial<ChoiceContent & Pick<ChoiceEntity, 'order'>>,
  ): Promise<ChoiceEntity | null> {
    const choice = await this.findById(choiceId);
    if (choice?.revision === revision && !wouldDiffer(choice, changes)) return choice;
    const { affected } = await this.#choices.update(
      { choiceId, revision, deletedAt: IsNull() },
      { ...changes, revision: revision + 1, updatedAt: () => 'now()' },
    );
    return affected === 1 ? this.findById(choiceId) : null;
  }

  /** @returns false when another revision is in force, or the choice is gone */
  async delete(choiceId: number, revision: number | undefined): Promise<boolean> {
    const rows = await this.database.query(
      `UPDATE choices SET deleted_at = now(), revision = revision + 1
       WHERE choice_id = $1 AND deleted_at IS NULL AND ($2::int IS NULL OR revision = $2)
       RETURNING choice_id`,
      [choiceId, revision ?? null],
    );
    return rows.length > 0;
  }

  /** Writes the places and letters of a node's choices; rows that have them already stay untouched. */
  async arrange(
    places: readonly { choiceId: number; order: number; letter: string }[],
  ): Promise<void> {
    await this.database.query(
      `UPDATE choices SET "order" = place."order", choice_letter = place.letter
       FROM unnest($1::bigint[], $2::int[], $3::text[]) AS place (choice_id, "order", letter)
       WHERE choices.choice_id = place.choice_id
         AND (choices."order", choice_letter) IS DISTINCT FROM (place."order", place.letter)`,
      [
        places.map(({ choiceId }) => choiceId),
        places.map(({ order }) => order),
        places.map(({ letter }) => letter),
      ],
    );
  }

  #ofStory(storyId: number) {
    return this.#live()
      .innerJoin('story_nodes', 'node', 'node.node_id = choice.from_node_id')
      .andWhere('node.story_id = :storyId AND node.deleted_at IS NULL', { storyId });
  }

  #live() {
    return this.#choices.createQueryBuilder('choice').where('choice.deletedAt IS NULL');
  }

  get #choices() {
    return this.database.manager.getRepository(ChoiceEntity);
  }
}
