import { describe, expect, it } from '@jest/globals';
import type { Role } from '../graphql/viewer.js';
import {
  mayCollaborate,
  mayInspect,
  mayManage,
  mayPublish,
  maySee,
  mayWrite,
  roleOf,
  type StoryRole,
} from './story.policy.js';

const viewer = (userId: number, role: Role = 'user') => ({ userId, role, sessionId: 1 });
const story = { authorId: 1 };

describe('what somebody is to a story', () => {
  it.each([
    ['the author', viewer(1), undefined, 'owner'],
    ['an administrator', viewer(2, 'admin'), undefined, 'owner'],
    ['an administrator who is a viewer too', viewer(2, 'admin'), 'viewer', 'owner'],
    ['an editor', viewer(2), 'editor', 'editor'],
    ['a viewer', viewer(2), 'viewer', 'viewer'],
    ['another author', viewer(2), undefined, undefined],
    ['a guest', viewer(2, 'guest'), undefined, undefined],
    ['nobody', undefined, undefined, undefined],
  ] as const)('of %s', (_, who, shared, expected) => {
    expect(roleOf(who, story, shared)).toBe(expected);
  });
});

describe('what a role may do', () => {
  const roles: readonly (StoryRole | undefined)[] = ['owner', 'editor', 'viewer', undefined];

  it.each([
    ['inspect', mayInspect, [true, true, true, false]],
    ['write', mayWrite, [true, true, false, false]],
    ['publish', mayPublish, [true, true, false, false]],
    ['manage', mayManage, [true, false, false, false]],
  ] as const)('%s', (_, may, expected) => {
    expect(roles.map(may)).toEqual(expected);
  });

  it('see: what is published, all; drafts, who works on them', () => {
    expect(roles.map((role) => maySee(role, { isPublished: true }))).toEqual(Array(4).fill(true));
    expect(roles.map((role) => maySee(role, { isPublished: false }))).toEqual(
      roles.map(mayInspect),
    );
  });

  it('collaborate: whoever has an account', () => {
    const viewers = [viewer(2), viewer(2, 'admin'), viewer(2, 'guest'), undefined];
    expect(viewers.map(mayCollaborate)).toEqual([true, true, false, false]);
  });
});
