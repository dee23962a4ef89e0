import type { Viewer } from '../../graphql/viewer.js';
import type { TemplateEntity } from './template.entity.js';

type Standing = Pick<TemplateEntity, 'ownerId' | 'isShared'>;

/** Authors keep their templates; administrators look after all but those that come with Talegraph. */
export const mayKeep = ({ userId, role }: Viewer, { ownerId }: Standing): boolean =>
  ownerId !== null && (ownerId === userId || role === 'admin');

/** Templates that come with Talegraph and shared ones are there for every author. */
export const mayUse = (viewer: Viewer, template: Standing): boolean =>
  template.ownerId === null || template.isShared || mayKeep(viewer, template);
