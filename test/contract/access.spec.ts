import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DiscoveryService, ModulesContainer } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { encodeId } from '../../src/graphql/ids.js';
import { startApp, type TestApp } from '../support/app.js';
import { fingerprint } from '../support/fingerprint.js';
import { keyOf } from '../support/player.js';
import { ACTORS, type Actor, type Answer, type World } from './access-answers.js';
import { TABLE } from './access-table.js';

describe('access', () => {
  let talegraph: TestApp;
  /** For calls that are refused: each is shown to leave it as it was. */
  let untouched: World;
  beforeAll(async () => {
    talegraph = await startApp();
    untouched = await newWorld(talegraph);
  });
  afterAll(() => talegraph.close());

  it('has a row for every root operation', () => {
    const { schema } = talegraph.app.get(GraphQLSchemaHost);
    const operations = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
      Object.keys(type?.getFields() ?? {}),
    );
    expect([...new Set(TABLE.map(([operation]) => operation))].sort()).toEqual(operations.sort());
  });

  it('is declared by every root operation and every HTTP route', () => {
    const discovery = new DiscoveryService(talegraph.app.get(ModulesContainer));
    const handlers = [...discovery.getProviders(), ...discovery.getControllers()].flatMap(
      ({ metatype }) => handlersOf(metatype as { name: string; prototype: object } | null),
    );
    expect(handlers.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['StoryResolver.stories', 'OperationsController.metrics']),
    );
    expect(handlers.filter(({ isDeclared }) => !isDeclared)).toEqual([]);
  });

  // What is refused comes first, while there is little to compare; what is allowed fills the database.
  describe.each(casesOf((answer) => answer !== 'ok'))(
    'refuses $operation $on',
    ({ row, cases }) => {
      it.each(cases)('to %s: %s', async (actor, expected) => {
        await whenIdle(talegraph);
        const before = await fingerprint(talegraph.database);
        const { errors, data } = await as(actor, untouched).send(row.call(untouched));
        expect(errors.map(({ extensions }) => extensions.code)).toEqual([expected]);
        expect(Object.values((data ?? {}) as object).filter((value) => value !== null)).toEqual([]);
        expect(await fingerprint(talegraph.database)).toEqual(before);
      });
    },
  );

  describe.each(casesOf((answer) => answer === 'ok'))('allows $operation $on', ({ row, cases }) => {
    it.each(cases)('to %s: %s', async (actor) => {
      const isMutation = row.call(untouched).startsWith('mutation');
      const world = isMutation ? await newWorld(talegraph) : untouched;
      const { errors } = await as(actor, world).send(row.call(world));
      expect(errors).toEqual([]);
    });
  });

  const as = (actor: Actor, { people }: World) =>
    talegraph.client.as(actor === 'anonymous' ? undefined : people[actor].token);
});

/** The rows of the table with the actors whose answer is wanted. */
function casesOf(isWanted: (answer: Answer) => boolean) {
  return TABLE.flatMap(([operation, on, row]) => {
    const cases = ACTORS.map((actor) => [actor, row.answers[actor]] as const).filter(([, answer]) =>
      isWanted(answer),
    );
    return cases.length === 0 ? [] : [{ operation, on, row, cases }];
  });
}

/** Waits until what earlier cases left to do in the background is done. */
async function whenIdle({ database }: TestApp): Promise<void> {
  const isBusy = `SELECT 1 FROM story_proofs WHERE status IN ('queued', 'running')
                  UNION ALL SELECT 1 FROM playthrough_moves WHERE status IN ('queued', 'running')
                  UNION ALL SELECT 1 FROM import_jobs WHERE status IN ('queued', 'running')`;
  while ((await database.query<unknown[]>(isBusy)).length > 0) await setTimeout(50);
}

async function newWorld({ factory, client, database }: TestApp): Promise<World> {
  const people = {
    guest: await factory.newGuest(),
    user: await factory.newReader(),
    other: await factory.newAuthor(),
    owner: await factory.newAuthor(),
    admin: await factory.newAdmin(),
    editor: await factory.newAuthor(),
    viewer: await factory.newAuthor(),
    invited: await factory.newAuthor(),
    removed: await factory.newAuthor(),
  };
  const published = await factory.newStory(people.owner);
  const draft = await factory.newStory(people.owner, { published: false });
  await factory.newStory(people.other);
  const { owner, editor, viewer, invited, removed } = people;
  for (const story of [published, draft]) {
    await factory.share(owner, story, editor, 'editor');
    await factory.share(owner, story, viewer, 'viewer');
    await factory.share(owner, story, removed, 'editor');
    await client
      .as(owner.token)
      .get(`mutation { removeCollaborator(storyId: "${story.id}", userId: "${removed.id}") }`);
  }
  const invitationId = await factory.invite(owner, draft, invited, 'editor');
  await factory.invite(owner, published, invited, 'editor');
  const { story } = await client.get(
    `{ story(id: "${published.id}") { publishedVersion { id } } }`,
  );
  const { startStory } = await client
    .as(people.owner.token)
    .get(`mutation { startStory(storyId: "${published.id}") { id } }`);
  const { saveGame } = await client
    .as(people.owner.token)
    .get(`mutation { saveGame(input: { progressId: "${startStory.id}", name: "First" }) { id } }`);
  const { saveTemplate } = await client
    .as(people.owner.token)
    .get(
      `mutation { saveTemplate(storyId: "${published.id}", input: { title: "T", description: "D" }) { id } }`,
    );
  await database.query(
    `INSERT INTO user_progress (user_id, story_id, version_id, current_node_id, state, seed, is_completed)
     SELECT $1, story_id, version_id, current_node_id, state, seed, true FROM user_progress WHERE progress_id = $2`,
    [removed.viewer.userId, keyOf(startStory.id)],
  );
  const reviewId = await factory.review(published, removed, 4);
  await client
    .as(owner.token)
    .get(`mutation { replyToReview(id: "${reviewId}", text: "Thanks.") { id } }`);
  const hiddenReviewId = await factory.review(published, invited, 1);
  await database.query('UPDATE reviews SET hidden_at = now() WHERE review_id = $1', [
    keyOf(hiddenReviewId),
  ]);
  const { shareStory } = await client
    .as(people.owner.token)
    .get(`mutation { shareStory(storyId: "${published.id}", channel: OTHER) { id } }`);
  const [session] = await database.query<{ id: number }[]>(
    `INSERT INTO sessions (user_id, user_agent, address, expires_at)
     VALUES ($1, 'other device', '127.0.0.1', now() + interval '1 day') RETURNING session_id AS id`,
    [people.owner.viewer.userId],
  );
  return {
    people,
    published,
    draft,
    versionId: story.publishedVersion.id,
    progressId: startStory.id,
    slotId: saveGame.id,
    invitationId,
    commentId: await factory.comment(draft, viewer, 'start'),
    mediaId: await factory.medium(draft, owner),
    templateId: saveTemplate.id,
    reviewId,
    hiddenReviewId,
    shareId: shareStory.id,
    sessionId: encodeId('session', session!.id),
    unique: `u-${crypto.randomUUID().slice(0, 20)}`,
  };
}

/** The handlers of a class that Nest serves as root fields or routes, and whether each declares its access. */
function handlersOf(type: { name: string; prototype: object } | null) {
  if (!type?.prototype) return [];
  return Object.getOwnPropertyNames(type.prototype).flatMap((name) => {
    const handler: unknown = Object.getOwnPropertyDescriptor(type.prototype, name)?.value;
    if (typeof handler !== 'function' || name === 'constructor') return [];
    const isRoot = ['Query', 'Mutation', 'Subscription'].includes(
      Reflect.getMetadata('graphql:resolver_type', handler) as string,
    );
    const isRoute = Reflect.hasMetadata('path', handler);
    const isDeclared = Reflect.hasMetadata('talegraph:access', handler);
    return isRoot || isRoute ? [{ name: `${type.name}.${name}`, isDeclared }] : [];
  });
}
