import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { UserRepository } from '../src/auth/users/user.repository.js';
import { UserService } from '../src/auth/users/user.service.js';
import { Config } from '../src/config/config.js';
import { Database } from '../src/database/database.js';
import type { Viewer } from '../src/graphql/viewer.js';
import { DraftDocuments } from '../src/publishing/documents/draft-documents.js';
import { PublishingService } from '../src/publishing/versions/publishing.service.js';
import { TemplateRepository } from '../src/publishing/templates/template.repository.js';
import { StoryRepository } from '../src/stories/story.repository.js';
import { builtInTemplates } from './built-in-templates.js';
import { sampleStories } from './sample-story.js';

const AUTHOR = 'talegraph';

/** Puts the first content into a database. What is there already is left as it is. */
@Injectable()
export class Seeder {
  constructor(
    private readonly config: Config,
    private readonly database: Database,
    private readonly users: UserRepository,
    private readonly accounts: UserService,
    private readonly stories: StoryRepository,
    private readonly documents: DraftDocuments,
    private readonly publishing: PublishingService,
    private readonly templates: TemplateRepository,
  ) {}

  /** Makes the administrator that `ADMIN_EMAIL` and `ADMIN_PASSWORD` describe. @returns whether one was made */
  ensureAdmin(): Promise<boolean> {
    return this.#alone(() => this.#ensureAdmin());
  }

  /** Makes the templates that come with Talegraph what they are in this release. */
  ensureTemplates(): Promise<void> {
    return this.templates.putBuiltIn(builtInTemplates());
  }

  /** Writes and publishes the sample stories whose slugs are free. @returns the titles of those written */
  seedStories(): Promise<string[]> {
    return this.#alone(() => this.#seedStories());
  }

  async #ensureAdmin(): Promise<boolean> {
    const { admin } = this.config;
    if (admin === undefined || (await this.users.findByIdentifier(admin.email)) !== null)
      return false;
    const isTaken = (await this.users.findByIdentifier('admin')) !== null;
    const username = isTaken ? `admin-${randomUUID().slice(0, 8)}` : 'admin';
    await this.accounts.createByOperator({ ...admin, username, role: 'admin' });
    return true;
  }

  async #seedStories(): Promise<string[]> {
    const author =
      (await this.users.findByIdentifier(AUTHOR)) ??
      (await this.users.insert({ username: AUTHOR, role: 'user' }));
    const viewer: Viewer = { userId: author.userId, role: 'user', sessionId: 0 };
    const written: string[] = [];
    for (const story of sampleStories()) {
      if ((await this.stories.findBySlug(story.slug)) !== null) continue;
      const { storyId } = await this.documents.write(viewer, story, {});
      await this.publishing.publish(viewer, storyId, { note: 'First publication' });
      written.push(story.title);
    }
    return written;
  }

  /** In a transaction, and in turn with other instances that start at the same time. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    return this.database.transaction(async () => {
      await this.database.query(`SELECT pg_advisory_xact_lock(hashtextextended('seed', 0))`);
      return work();
    });
  }
}
