import { encodeId } from '../../src/graphql/ids.js';
import type { TestApp } from '../support/app.js';
import type { MadeStory, Person } from '../support/factory.js';
import type { GraphqlClient } from '../support/graphql-client.js';
import { keyOf } from '../support/player.js';

/** A query over one list, and lists of two lengths to ask it of. */
export interface Row {
  /** The field that returns the list. */
  readonly field: string;
  /** What is asked for of each item. */
  readonly of: string;
  readonly query: string;
  /** Makes a list of `size` items that nobody has read yet. @returns who may read it, and the query's variables */
  readonly make: (data: TestData, size: number) => Promise<readonly [GraphqlClient, object]>;
  /** The items that came back. */
  readonly items: (data: any, size: number) => readonly unknown[];
}

/** Makes lists: each is new, so that nothing of it is in any cache. */
export class TestData {
  #count = 0;

  constructor(private readonly talegraph: TestApp) {}

  async person(): Promise<readonly [GraphqlClient, Person]> {
    const person = await this.talegraph.factory.newReader();
    return [this.talegraph.client.as(person.token), person];
  }

  async admin(): Promise<GraphqlClient> {
    return this.talegraph.client.as((await this.talegraph.factory.newAdmin()).token);
  }

  /** Writes something into all nodes of a story. */
  touch(storyId: number, content: string): Promise<unknown> {
    return this.sql('UPDATE story_nodes SET content = $2 WHERE story_id = $1', [storyId, content]);
  }

  /** Lets a story declare `count` variables: v0, v1 and so on. */
  declare(storyId: number, count: number): Promise<unknown> {
    const variables = Array.from({ length: count }, (_, i) => ({
      ...{ name: `v${i}`, type: 'int', initial: 0 },
    }));
    return this.sql('UPDATE stories SET schema = $2 WHERE story_id = $1', [storyId, { variables }]);
  }

  /** Puts a playthrough at each of the first `size` nodes of a published story. */
  standEverywhere(storyId: number, size: number): Promise<unknown> {
    return this.sql(
      `INSERT INTO user_progress (user_id, story_id, version_id, current_node_id, state, seed)
       SELECT author_id, story_id, published_version_id, node_id,
         jsonb_build_object('node', node_id, 'turn', 0), gen_random_uuid()
       FROM stories JOIN story_nodes USING (story_id) WHERE story_id = $1 ORDER BY node_id LIMIT $2`,
      [storyId, size],
    );
  }

  /** A comment on each node and choice of a story, and so many replies to each, by as many people as comments. */
  async commentEverywhere({ storyId }: MadeStory, replies = 1): Promise<void> {
    const sql = `WITH places AS (
        SELECT node_id, NULL::bigint AS choice_id FROM story_nodes WHERE story_id = $1
        UNION ALL SELECT NULL, choice_id FROM choices JOIN story_nodes ON node_id = from_node_id WHERE story_id = $1
      ), people AS (
        INSERT INTO users (username, role) SELECT gen_random_uuid(), 'user' FROM places RETURNING user_id
      ), threads AS (
        INSERT INTO story_comments (story_id, node_id, choice_id, user_id, text, resolved_by)
        SELECT $1, node_id, choice_id, user_id, 'So?', user_id
        FROM (SELECT *, row_number() OVER () AS i FROM places) AS place
          JOIN (SELECT *, row_number() OVER () AS i FROM people) AS person USING (i)
        RETURNING *
      )
      INSERT INTO story_comments (story_id, node_id, choice_id, user_id, text, parent_id)
      SELECT $1, node_id, choice_id, user_id, 'Yes.', comment_id FROM threads, generate_series(1, $2)`;
    await this.sql(sql, [storyId, replies]);
    // What the factory writes came by another way: now it is somebody’s.
    await this.sql(
      'UPDATE story_nodes SET updated_by = (SELECT max(user_id) FROM users) WHERE story_id = $1',
      [storyId],
    );
  }

  /** Somebody with so many followers, whom they follow too. @returns one of those, and whom */
  async followers(size: number): Promise<readonly [GraphqlClient, object]> {
    const [, { id, viewer }] = await this.person();
    const [client, follower] = await this.person();
    await this.sql(
      `WITH people AS (
         INSERT INTO users (username, role) SELECT gen_random_uuid(), 'user' FROM generate_series(2, $2::int)
         RETURNING user_id
       ), crowd AS (SELECT user_id FROM people UNION ALL SELECT $3), pairs AS (
         INSERT INTO follows (follower_id, followed_id)
         SELECT user_id, $1 FROM crowd UNION ALL SELECT $1, user_id FROM crowd
       )
       INSERT INTO follow_counts (user_id, followers, following)
       SELECT user_id, 1, 1 FROM crowd UNION ALL SELECT $1, $2, $2`,
      [viewer.userId, size, follower.viewer.userId],
    );
    return [client, { id }];
  }

  /** So many people who have published a story each. @returns one who follows them all, and whom */
  async deeds(size: number): Promise<readonly [GraphqlClient, object]> {
    const [client, { id, viewer }] = await this.person();
    for (let i = 0; i < size; i++) {
      const [, author] = await this.person();
      await this.talegraph.factory.newStory(author);
      await this.sql('INSERT INTO follows (follower_id, followed_id) VALUES ($1, $2)', [
        viewer.userId,
        author.viewer.userId,
      ]);
    }
    // One deed of each, and no more: what publishing earns is another.
    await this.talegraph.counted();
    await this.sql(`DELETE FROM activities WHERE kind = 'achieved'`, []);
    return [client, { id }];
  }

  /** So many reviews of a story, each by a reader of its own, replied to and reported by another. */
  async reviews({ storyId }: MadeStory, count: number): Promise<void> {
    await this.sql(
      `WITH people AS (
         INSERT INTO users (username, role) SELECT gen_random_uuid(), 'user' FROM generate_series(1, $2::int)
         RETURNING user_id
       ), written AS (
         INSERT INTO reviews (story_id, user_id, rating, text, reply, replied_by, replied_at, reported_at)
         SELECT $1, user_id, 5, 'Good.', 'Thanks.', author_id, now(), now()
         FROM people, stories WHERE story_id = $1
         RETURNING review_id, user_id
       )
       INSERT INTO review_reports (review_id, user_id, reason) SELECT review_id, user_id, 'spam' FROM written`,
      [storyId, count],
    );
  }

  /** A review that was reported, and decided about, so many times. @returns who may see that, and its id */
  async moderated(size: number): Promise<readonly [GraphqlClient, string]> {
    const [, story] = await this.story(2, true);
    const [, writer] = await this.person();
    const id = await this.talegraph.factory.review(story, writer, 5);
    await this.sql(
      `WITH people AS (
         INSERT INTO users (username, role) SELECT gen_random_uuid(), 'admin' FROM generate_series(1, $2::int)
         RETURNING user_id
       ), reported AS (
         INSERT INTO review_reports (review_id, user_id, reason) SELECT $1, user_id, 'spam' FROM people
       )
       INSERT INTO review_decisions (review_id, decision, rating, text, decided_by)
       SELECT $1, 'keep', 5, 'Good.', user_id FROM people`,
      [keyOf(id), size],
    );
    return [await this.admin(), id];
  }

  /** A story whose readers have been moved so many times. @returns who may look at that, and the story */
  async moves(size: number): Promise<readonly [GraphqlClient, object]> {
    const [author, { id, storyId }] = await this.story(3, true);
    await this.sql(
      `INSERT INTO playthrough_moves (story_id, version_id, requested_by, status)
       SELECT story_id, published_version_id, author_id, 'done'
       FROM stories, generate_series(1, $2::int) WHERE story_id = $1`,
      [storyId, size],
    );
    return [author, { id }];
  }

  sql(text: string, values: unknown[]): Promise<unknown> {
    return this.talegraph.database.query(text, values);
  }

  /** A ring of `size` nodes, each with two choices, that ends at one more. */
  async story(
    size: number,
    published = false,
    by?: readonly [GraphqlClient, Person],
  ): Promise<readonly [GraphqlClient, MadeStory]> {
    const [author, person] = by ?? (await this.person());
    const nodes = Object.fromEntries(
      Array.from({ length: size - 1 }, (_, i) => [`n${i}`, [`n${(i + 1) % (size - 1)}`, 'end']]),
    );
    const shape = { nodes: { ...nodes, end: [] }, published };
    return [author, await this.talegraph.factory.newStory(person, shape)];
  }

  /** So many templates of somebody’s, each with so many nodes that lead on to each other. @returns their ids */
  async templates({ viewer }: Person, count: number, size: number): Promise<string[]> {
    const nodes = Array.from({ length: size }, (_, i) => ({
      ...{ key: `t${i}`, title: 'Title', content: 'Text.', type: 'choice' },
      choices: [{ text: 'On', to: `t${(i + 1) % size}` }],
    }));
    const rows = await this.talegraph.database.query<{ id: number }[]>(
      `INSERT INTO story_templates (owner_id, title, description, document, node_count)
       SELECT $1, 'Title', 'About.', $2, $3 FROM generate_series(1, $4) RETURNING template_id AS id`,
      [viewer.userId, { title: 'Title', nodes }, size, count],
    );
    return rows.map(({ id }) => encodeId('template', id));
  }

  /** Published stories, each of an author of its own. @returns their category */
  async publishedStories(size: number, spoilerGuard = false): Promise<string> {
    const category = `list-${++this.#count}`;
    for (let i = 0; i < size; i++) {
      const [, author] = await this.person();
      await this.talegraph.factory.newStory(author, { category, spoilerGuard });
    }
    return category;
  }

  async drafts(size: number): Promise<GraphqlClient> {
    const [client, author] = await this.person();
    for (let i = 0; i < size; i++)
      await this.talegraph.factory.newStory(author, { published: false });
    return client;
  }

  /** One who works on so many drafts, each of an owner of its own. */
  async shared(size: number): Promise<GraphqlClient> {
    const [client, person] = await this.person();
    for (let i = 0; i < size; i++) {
      const [, owner] = await this.person();
      const story = await this.talegraph.factory.newStory(owner, { published: false });
      await this.talegraph.factory.share(owner, story, person, 'viewer');
    }
    return client;
  }

  /** One who is invited to so many drafts, each of an owner of its own. */
  async invited(size: number): Promise<GraphqlClient> {
    const [client, person] = await this.person();
    for (let i = 0; i < size; i++) {
      const [, owner] = await this.person();
      const story = await this.talegraph.factory.newStory(owner, { published: false });
      await this.talegraph.factory.invite(owner, story, person, 'editor');
    }
    return client;
  }

  /** Somebody who was told of as many comments as invitations, each by another author on another story. */
  async told(size: number): Promise<GraphqlClient> {
    const [client, person] = await this.person();
    for (let i = 0; i < size; i++) {
      const [author, owner] = await this.person();
      const story = await this.talegraph.factory.newStory(owner, { published: false });
      const { username } = person;
      await author.get(
        `mutation ($id: ID!, $username: String!) {
           inviteCollaborator(storyId: $id, input: { identifier: $username, role: VIEWER }) { id }
         }`,
        { id: story.id, username },
      );
    }
    return client;
  }

  /** A reader with a playthrough, one choice long, of each of so many stories. */
  async playthroughs(size: number, spoilerGuard = false): Promise<GraphqlClient> {
    const [client, { viewer }] = await this.person();
    await this.sql(
      `WITH begun AS (
         INSERT INTO user_progress (seed, user_id, story_id, version_id, current_node_id, state, step)
         SELECT gen_random_uuid(), $1, story_id, published_version_id, node_id,
                jsonb_build_object('node', node_id, 'turn', 1), 1
         FROM stories JOIN story_nodes USING (story_id) WHERE category = $2 AND is_ending_node
         RETURNING progress_id, current_node_id, version_id
       )
       INSERT INTO progress_steps (progress_id, seq, node_id, choice_id, to_node_id, version_id)
       SELECT progress_id, 0, 1, 1, current_node_id, version_id FROM begun`,
      [viewer.userId, await this.publishedStories(size, spoilerGuard)],
    );
    return client;
  }
}
