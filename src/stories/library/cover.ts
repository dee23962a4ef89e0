import { Injectable } from '@nestjs/common';
import { badField, badUserInput } from '../../graphql/errors.js';
import type { Viewer } from '../../graphql/viewer.js';
import { NO_ALT_TEXT } from '../../media/library/media.rules.js';
import type { MediaUseInput } from '../../media/library/media.inputs.js';
import { isProblem, MediaUses, type MediaRef } from '../../media/library/media-uses.js';
import type { StoryEntity } from '../story.entity.js';

/** The covers of stories. Readers see a new one at once, so it needs its alt text at once. */
@Injectable()
export class Covers {
  constructor(private readonly uses: MediaUses) {}

  /**
   * The column that an input sets; nothing where it leaves the cover out.
   * @param story undefined for a new one
   */
  async columnOf(
    viewer: Viewer,
    story: Pick<StoryEntity, 'storyId' | 'cover'> | undefined,
    use: MediaUseInput | null | undefined,
  ): Promise<{ cover?: MediaRef | null }> {
    if (use === undefined || use === null) return use === null ? { cover: null } : {};
    const present = story?.cover ?? undefined;
    const wanted = { path: 'input.cover', kind: 'image' as const, use, present };
    const found = await this.uses.find(viewer, story?.storyId, wanted);
    if (isProblem(found)) throw badUserInput([found]);
    if (found.alt === '') throw badField('input.cover.altText', NO_ALT_TEXT);
    return { cover: found };
  }
}
