import {
  answers,
  EVERYONE,
  SIGNED_IN,
  REGISTERED,
  EDITORS_OF_PUBLISHED,
  EDITORS_OF_DRAFT,
  COLLABORATORS_OF_PUBLISHED,
  COLLABORATORS_OF_DRAFT,
  OWNER_OF_PUBLISHED,
  OWNER_OF_DRAFT,
  forCollaborators,
  WHOSE_IT_IS,
  SELF_OR_ADMIN,
  type TableRow,
  type Answer,
} from './access-answers.js';
import { OF_ADDRESSES } from './access-of-addresses.js';
import { OF_ANALYTICS } from './access-of-analytics.js';
import { OF_IMPORTS } from './access-of-imports.js';
import { OF_DRAFTS } from './access-of-drafts.js';
import { OF_COLLABORATORS } from './access-of-collaborators.js';
import { OF_MEDIA } from './access-of-media.js';
import { OF_PEOPLE } from './access-of-people.js';
import { OF_NOTIFICATIONS } from './access-of-notifications.js';
import { OF_PLAY } from './access-of-play.js';
import { OF_STATS } from './access-of-stats.js';
import { OF_PRIVACY } from './access-of-privacy.js';
import { OF_REVIEWS } from './access-of-reviews.js';
import { OF_TEMPLATES } from './access-of-templates.js';

const DETAILS = 'title: "T", description: "D", category: "fantasy", difficultyLevel: EASY';
const NODE = 'title: "N", content: "C", type: CHOICE';

/** Every root operation; some twice, where a draft and a published story differ. */
export const TABLE: readonly TableRow[] = [
  ['stories', '', { call: () => '{ stories { totalCount } }', answers: EVERYONE }],
  ['storyCategories', '', { call: () => '{ storyCategories { name } }', answers: EVERYONE }],
  ['leaderboard', '', { call: () => '{ leaderboard { totalCount } }', answers: EVERYONE }],
  [
    'story',
    'a published one',
    {
      call: (w) => `{ story(id: "${w.published.id}") { title draft { nodes { totalCount } } } }`,
      answers: EVERYONE,
    },
  ],
  [
    'story',
    'a draft',
    {
      call: (w) => `{ story(id: "${w.draft.id}") { title } }`,
      answers: forCollaborators(
        answers('NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND', 'ok', 'ok'),
      ),
    },
  ],
  [
    'storyNode',
    'a published one',
    {
      call: (w) => `{ storyNode(id: "${w.published.node('start')}") { title } }`,
      answers: EVERYONE,
    },
  ],
  [
    'storyNode',
    'of a draft',
    {
      call: (w) => `{ storyNode(id: "${w.draft.node('start')}") { title } }`,
      answers: answers(
        'NOT_FOUND',
        'NOT_FOUND',
        'NOT_FOUND',
        'NOT_FOUND',
        'NOT_FOUND',
        'NOT_FOUND',
      ),
    },
  ],
  ['draftStories', '', { call: () => '{ draftStories { totalCount } }', answers: REGISTERED }],
  [
    'storyFlow',
    'a published story',
    {
      call: (w) => `{ storyFlow(storyId: "${w.published.id}") { content } }`,
      answers: COLLABORATORS_OF_PUBLISHED,
    },
  ],
  [
    'storyFlow',
    'a draft',
    {
      call: (w) => `{ storyFlow(storyId: "${w.draft.id}") { content } }`,
      answers: COLLABORATORS_OF_DRAFT,
    },
  ],
  [
    'validateStory',
    'a published story',
    {
      call: (w) => `{ validateStory(storyId: "${w.published.id}") { isValid } }`,
      answers: COLLABORATORS_OF_PUBLISHED,
    },
  ],
  [
    'validateStory',
    'a draft',
    {
      call: (w) => `{ validateStory(storyId: "${w.draft.id}") { isValid } }`,
      answers: COLLABORATORS_OF_DRAFT,
    },
  ],
  [
    'simulateStory',
    'a draft',
    {
      call: (w) => `{ simulateStory(storyId: "${w.draft.id}", plays: 10) { plays } }`,
      answers: COLLABORATORS_OF_DRAFT,
    },
  ],
  [
    'storyPaths',
    'of a published story',
    {
      call: (w) => `{ storyPaths(storyId: "${w.published.id}") { endings { distance } } }`,
      answers: COLLABORATORS_OF_PUBLISHED,
    },
  ],
  [
    'debugStory',
    'a draft',
    {
      call: (w) => `{ debugStory(storyId: "${w.draft.id}", input: {}) { nodeKey } }`,
      answers: COLLABORATORS_OF_DRAFT,
    },
  ],
  [
    'proveStory',
    'a draft',
    {
      call: (w) => `mutation { proveStory(storyId: "${w.draft.id}") { status } }`,
      answers: COLLABORATORS_OF_DRAFT,
    },
  ],
  [
    'storyProof',
    'of a published story',
    {
      call: (w) => `{ storyProof(storyId: "${w.published.id}") { status } }`,
      answers: COLLABORATORS_OF_PUBLISHED,
    },
  ],
  [
    'acknowledgeFinding',
    'that a draft does not have, taken back',
    {
      call: (w) =>
        `mutation { acknowledgeFinding(storyId: "${w.draft.id}", findingId: "x", isAcknowledged: false) { isValid } }`,
      answers: EDITORS_OF_DRAFT,
    },
  ],
  ['me', '', { call: () => '{ me { id email } }', answers: SIGNED_IN }],
  ['sessions', '', { call: () => '{ sessions { totalCount } }', answers: SIGNED_IN }],
  ['progress', 'one’s own', { call: () => '{ progress { totalCount } }', answers: SIGNED_IN }],
  [
    'progress',
    'the owner’s',
    {
      call: (w) => `{ progress(userId: "${w.people.owner.id}") { nodes { id } } }`,
      answers: SELF_OR_ADMIN,
    },
  ],
  [
    'storyProgress',
    '',
    { call: (w) => `{ storyProgress(storyId: "${w.published.id}") { id } }`, answers: SIGNED_IN },
  ],
  [
    'userStats',
    'one’s own',
    { call: () => '{ userStats { storiesStarted } }', answers: SIGNED_IN },
  ],
  [
    'userStats',
    'the owner’s',
    {
      call: (w) => `{ userStats(userId: "${w.people.owner.id}") { storiesStarted } }`,
      answers: SELF_OR_ADMIN,
    },
  ],
  ...OF_STATS,
  [
    'register',
    '',
    {
      call: (w) =>
        `mutation { register(input: { username: "${w.unique}", email: "${w.unique}@example.org", password: "long enough" }) { user { id } } }`,
      answers: EVERYONE,
    },
  ],
  [
    'login',
    'with no such account',
    {
      call: () =>
        `mutation { login(input: { identifier: "${crypto.randomUUID()}", password: "x" }) { expiresIn } }`,
      answers: answers(
        ...(Array(6).fill('UNAUTHENTICATED') as [Answer, Answer, Answer, Answer, Answer, Answer]),
      ),
    },
  ],
  [
    'continueAsGuest',
    '',
    { call: () => 'mutation { continueAsGuest { expiresIn } }', answers: EVERYONE },
  ],
  [
    'refreshTokens',
    'with no such token',
    {
      call: () => 'mutation { refreshTokens(refreshToken: "made up") { expiresIn } }',
      answers: answers(
        ...(Array(6).fill('UNAUTHENTICATED') as [Answer, Answer, Answer, Answer, Answer, Answer]),
      ),
    },
  ],
  ['logout', '', { call: () => 'mutation { logout }', answers: SIGNED_IN }],
  [
    'revokeSession',
    'of the owner',
    { call: (w) => `mutation { revokeSession(id: "${w.sessionId}") }`, answers: WHOSE_IT_IS },
  ],
  [
    'updateProfile',
    '',
    {
      call: () => 'mutation { updateProfile(input: { timezone: "Asia/Tokyo" }) { id } }',
      answers: REGISTERED,
    },
  ],
  [
    'changePassword',
    'without knowing the old one',
    {
      call: () =>
        'mutation { changePassword(input: { currentPassword: "guessed", newPassword: "long enough" }) }',
      answers: answers(
        'UNAUTHENTICATED',
        'FORBIDDEN',
        'BAD_USER_INPUT',
        'BAD_USER_INPUT',
        'BAD_USER_INPUT',
        'BAD_USER_INPUT',
      ),
    },
  ],
  [
    'createStory',
    '',
    { call: () => `mutation { createStory(input: { ${DETAILS} }) { id } }`, answers: REGISTERED },
  ],
  [
    'updateStory',
    'a published one',
    {
      call: (w) =>
        `mutation { updateStory(id: "${w.published.id}", input: { title: "X", revision: 1 }) { id } }`,
      answers: EDITORS_OF_PUBLISHED,
    },
  ],
  [
    'updateStory',
    'a draft',
    {
      call: (w) =>
        `mutation { updateStory(id: "${w.draft.id}", input: { title: "X", revision: 1 }) { id } }`,
      answers: EDITORS_OF_DRAFT,
    },
  ],
  [
    'putStory',
    'an existing draft',
    {
      call: (w) => `mutation { putStory(id: "${w.draft.slug}", input: { ${DETAILS} }) { id } }`,
      answers: EDITORS_OF_DRAFT,
    },
  ],
  [
    'putStory',
    'a new one',
    {
      call: (w) => `mutation { putStory(id: "${w.unique}", input: { ${DETAILS} }) { id } }`,
      answers: REGISTERED,
    },
  ],
  [
    'deleteStory',
    'a published one',
    {
      call: (w) => `mutation { deleteStory(id: "${w.published.id}") }`,
      answers: OWNER_OF_PUBLISHED,
    },
  ],
  [
    'deleteStory',
    'a draft',
    { call: (w) => `mutation { deleteStory(id: "${w.draft.id}") }`, answers: OWNER_OF_DRAFT },
  ],
  [
    'publishStory',
    'a draft',
    {
      call: (w) => `mutation { publishStory(id: "${w.draft.id}") { id } }`,
      answers: EDITORS_OF_DRAFT,
    },
  ],
  [
    'unpublishStory',
    'a published one',
    {
      call: (w) => `mutation { unpublishStory(id: "${w.published.id}") { id } }`,
      answers: EDITORS_OF_PUBLISHED,
    },
  ],
  [
    'addNode',
    'to a published story',
    {
      call: (w) => `mutation { addNode(storyId: "${w.published.id}", input: { ${NODE} }) { id } }`,
      answers: EDITORS_OF_PUBLISHED,
    },
  ],
  [
    'addNode',
    'to a draft',
    {
      call: (w) => `mutation { addNode(storyId: "${w.draft.id}", input: { ${NODE} }) { id } }`,
      answers: EDITORS_OF_DRAFT,
    },
  ],
  [
    'updateNode',
    'of a draft',
    {
      call: (w) =>
        `mutation { updateNode(id: "${w.draft.node('start')}", input: { title: "X", revision: 1 }) { id } }`,
      answers: EDITORS_OF_DRAFT,
    },
  ],
  [
    'deleteNode',
    'of a published story',
    {
      call: (w) => `mutation { deleteNode(id: "${w.published.node('end')}") }`,
      answers: EDITORS_OF_PUBLISHED,
    },
  ],
  [
    'addChoice',
    'to a draft',
    {
      call: (w) =>
        `mutation { addChoice(fromNodeId: "${w.draft.node('start')}", input: { text: "Go" }) { id } }`,
      answers: EDITORS_OF_DRAFT,
    },
  ],
  [
    'updateChoice',
    'of a published story',
    {
      call: (w) =>
        `mutation { updateChoice(id: "${w.published.choice('start', 'end')}", input: { text: "X", revision: 1 }) { id } }`,
      answers: EDITORS_OF_PUBLISHED,
    },
  ],
  [
    'deleteChoice',
    'of a draft',
    {
      call: (w) => `mutation { deleteChoice(id: "${w.draft.choice('start', 'end')}") }`,
      answers: EDITORS_OF_DRAFT,
    },
  ],
  ...OF_ADDRESSES,
  ...OF_ANALYTICS,
  ...OF_DRAFTS,
  ...OF_IMPORTS,
  ...OF_COLLABORATORS,
  ...OF_MEDIA,
  ...OF_PEOPLE,
  ...OF_NOTIFICATIONS,
  ...OF_PLAY,
  ...OF_PRIVACY,
  ...OF_REVIEWS,
  ...OF_TEMPLATES,
];
