import type { INestApplicationContext } from '@nestjs/common';
import { AccessTokens } from '../../src/auth/sessions/access-tokens.js';
import { SessionRepository } from '../../src/auth/sessions/session.repository.js';
import { UserRepository } from '../../src/auth/users/user.repository.js';
import { decodeId, encodeId } from '../../src/graphql/ids.js';
import type { Role, Viewer } from '../../src/graphql/viewer.js';
import { MediaRepository } from '../../src/media/library/media.repository.js';
import { ChoiceRepository } from '../../src/nodes/choices/choice.repository.js';
import { CommentRepository } from '../../src/nodes/comments/comment.repository.js';
import { letterOf } from '../../src/nodes/choices/letters.js';
import type { NodeKind } from '../../src/nodes/nodes/node.entity.js';
import { NodeRepository } from '../../src/nodes/nodes/node.repository.js';
import { CollaboratorRepository } from '../../src/stories/collaborators/collaborator.repository.js';
import { InvitationRepository } from '../../src/stories/invitations/invitation.repository.js';
import type { CollaboratorRole } from '../../src/stories/story.policy.js';
import { PublishingService } from '../../src/publishing/versions/publishing.service.js';
import { RatingTallyRepository } from '../../src/social/ratings/rating-tally.repository.js';
import { ReviewRepository } from '../../src/social/ratings/review.repository.js';
import { StoryRepository, type StoryDetails } from '../../src/stories/story.repository.js';

/** Someone with an account and a session. */
export interface Person {
  readonly id: string;
  readonly username: string;
  readonly token: string;
  readonly viewer: Viewer;
}

/** A story as a test describes it: each node's key with the keys that its choices lead to. */
export interface StoryShape extends Partial<StoryDetails> {
  /** `{ start: ['left', 'right'], left: [], right: [] }`; the first is the start, those without choices are endings. */
  readonly nodes?: Readonly<Record<string, readonly string[]>>;
  readonly published?: boolean;
}

export interface MadeStory {
  readonly id: string;
  readonly storyId: number;
  readonly slug: string;
  /** The node's id, by its key. */
  readonly node: (key: string) => string;
  /** The id of the choice that leads from one node to another, by their keys. */
  readonly choice: (from: string, to: string) => string;
}

let count = 0;
const next = () => ++count;

/** Makes what a test needs, through the repositories of the running application. */
export class Factory {
  constructor(private readonly app: INestApplicationContext) {}

  newReader = (username?: string) => this.#person('user', username);
  newAuthor = (username?: string) => this.#person('user', username);
  newAdmin = () => this.#person('admin');
  newGuest = () => this.#person('guest');

  async newStory(author: Person, shape: StoryShape = {}): Promise<MadeStory> {
    const n = next();
    const { nodes = { start: ['end'], end: [] }, published = true, ...details } = shape;
    const story = await this.app.get(StoryRepository).insert(author.viewer.userId, {
      slug: `story-${n}`,
      title: `Story ${n}`,
      description: `About story ${n}.`,
      category: 'fantasy',
      difficultyLevel: 'easy',
      tags: [],
      language: 'en',
      spoilerGuard: false,
      ...details,
    });
    const { storyId, slug } = story;
    const made = await this.#nodes(storyId, nodes);
    if (published) await this.app.get(PublishingService).publish(author.viewer, storyId);
    return { id: encodeId('story', storyId), storyId, slug, ...made };
  }

  /** Makes somebody a collaborator, as if they had accepted. */
  async share(
    owner: Person,
    { storyId }: MadeStory,
    { viewer: { userId } }: Person,
    role: CollaboratorRole,
  ): Promise<void> {
    const addedBy = owner.viewer.userId;
    await this.app.get(CollaboratorRepository).put({ storyId, userId, role, addedBy });
  }

  /** @returns the id of the invitation */
  async invite(
    owner: Person,
    { storyId }: MadeStory,
    { viewer: { userId } }: Person,
    role: CollaboratorRole,
  ): Promise<string> {
    const invitedBy = owner.viewer.userId;
    const made = await this.app
      .get(InvitationRepository)
      .insert({ storyId, userId, role, invitedBy });
    return encodeId('invitation', made.invitationId);
  }

  /** @returns the id of a comment on a node, which begins a thread */
  async comment(
    { storyId, node }: MadeStory,
    { viewer: { userId } }: Person,
    key: string,
  ): Promise<string> {
    const nodeId = decodeId('node', node(key), 'key');
    const place = { storyId, nodeId, choiceId: null, parentId: null };
    const made = await this.app
      .get(CommentRepository)
      .insert({ ...place, userId, text: `On ${key}.` });
    return encodeId('comment', made.commentId);
  }

  /** @returns the id of an image, or a recording, in the library of a story, without any files */
  async medium(
    { storyId }: MadeStory,
    { viewer: { userId } }: Person,
    kind: 'image' | 'audio' = 'image',
  ): Promise<string> {
    const made = await this.app.get(MediaRepository).insert({
      ...{ userId, storyId, kind, status: 'ready', key: `medium-${next()}` },
      ...{ filename: 'a.png', contentType: 'image/png', size: 5, altText: 'A wall.' },
      ...{ width: 30, height: 20, color: '#204060', durationSeconds: null, sourceHash: null },
    });
    return encodeId('media', made.mediaId);
  }

  /** Somebody’s review of a story, as if they had read it. @returns its id */
  async review(
    { storyId }: MadeStory,
    { viewer: { userId } }: Person,
    rating: number,
    text: string | null = `${rating} stars.`,
  ): Promise<string> {
    const made = await this.app
      .get(ReviewRepository)
      .insert(userId, storyId, { rating, text, hasSpoilers: false });
    await this.app.get(RatingTallyRepository).move(null, made);
    return encodeId('review', made.reviewId);
  }

  async #nodes(storyId: number, shape: Readonly<Record<string, readonly string[]>>) {
    const keys = Object.keys(shape);
    const rows = await this.app.get(NodeRepository).insertMany(
      storyId,
      keys.map((key, i) => {
        const nodeType: NodeKind = shape[key]!.length === 0 ? 'ending' : 'choice';
        return {
          nodeKey: key,
          nodeTitle: `Title of ${key}`,
          content: `Text of *${key}*.`,
          isStartingNode: i === 0,
          isEndingNode: nodeType === 'ending',
          nodeType,
          endingKind: nodeType === 'ending' ? ('good' as const) : null,
          positionX: null,
          positionY: null,
        };
      }),
    );
    const nodeIds = new Map(rows.map(({ nodeKey, nodeId }) => [nodeKey, nodeId]));
    const choices = this.app.get(ChoiceRepository);
    await choices.insertMany(
      keys.flatMap((key) =>
        shape[key]!.map((target, i) => ({
          fromNodeId: nodeIds.get(key)!,
          toNodeId: nodeIds.get(target) ?? null,
          choiceText: `Go to ${target}`,
          consequences: i === 0 ? `You go to ${target}.` : null,
          order: i + 1,
          choiceLetter: letterOf(i),
        })),
      ),
    );
    const choiceRows = await choices.findAll(storyId);
    return {
      node: (key: string) => encodeId('node', nodeIds.get(key)!),
      choice: (from: string, to: string) => {
        const found = choiceRows.find(
          (row) => row.fromNodeId === nodeIds.get(from) && row.toNodeId === nodeIds.get(to),
        );
        if (found === undefined) throw new Error(`no choice from ${from} to ${to}`);
        return encodeId('choice', found.choiceId);
      },
    };
  }

  async #person(role: Role, username = `${role}-${next()}`): Promise<Person> {
    const user = await this.app.get(UserRepository).insert({
      username,
      role,
      email: role === 'guest' ? null : `${username}@example.org`,
      emailConfirmedAt: role === 'guest' ? null : new Date(),
    });
    const session = await this.app.get(SessionRepository).insert({
      userId: user.userId,
      userAgent: 'test',
      address: '127.0.0.1',
      expiresAt: new Date(Date.now() + 3_600_000),
    });
    return {
      id: encodeId('user', user.userId),
      username,
      token: this.app.get(AccessTokens).sign(session.sessionId),
      viewer: { userId: user.userId, role, sessionId: session.sessionId },
    };
  }
}
