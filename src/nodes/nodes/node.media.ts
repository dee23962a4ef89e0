import { Injectable } from '@nestjs/common';
import type { FieldProblem } from '../../graphql/errors.js';
import type { Viewer } from '../../graphql/viewer.js';
import { isProblem, MediaUses, type MediaRef } from '../../media/library/media-uses.js';
import type { NodeMediaRefs } from './node.entity.js';
import type { AddNodeInput } from './node.inputs.js';

const KINDS = ['image', 'audio'] as const;
type Kind = (typeof KINDS)[number];

/** What nodes show and play. */
@Injectable()
export class NodeMedia {
  constructor(private readonly uses: MediaUses) {}

  /**
   * What `input` makes of the media that a node has: what it leaves out stays, and null takes away.
   * @returns undefined for media where it says nothing of them
   */
  async after(
    viewer: Viewer,
    storyId: number,
    input: Pick<Partial<AddNodeInput>, 'image' | 'audio'>,
    present: NodeMediaRefs = {},
  ): Promise<{ problems: FieldProblem[]; media?: NodeMediaRefs | null }> {
    const told = KINDS.filter((kind) => input[kind] !== undefined);
    if (told.length === 0) return { problems: [] };
    const refs = new Map(Object.entries(present) as [Kind, MediaRef][]);
    const problems: FieldProblem[] = [];
    for (const kind of told) {
      const use = input[kind];
      refs.delete(kind);
      if (!use) continue;
      const wanted = { path: `input.${kind}`, kind, use, present: present[kind] };
      const found = await this.uses.find(viewer, storyId, wanted);
      if (isProblem(found)) problems.push(found);
      else refs.set(kind, found);
    }
    return { problems, media: refs.size === 0 ? null : Object.fromEntries(refs) };
  }
}
