import { answers, SIGNED_IN, WHOSE_IT_IS, type TableRow } from './access-answers.js';

/** The operations of readers who play. */
export const OF_PLAY: readonly TableRow[] = [
  [
    'startStory',
    'a published one',
    {
      call: (w) => `mutation { startStory(storyId: "${w.published.id}") { id } }`,
      answers: SIGNED_IN,
    },
  ],
  [
    'startStory',
    'a draft',
    {
      call: (w) => `mutation { startStory(storyId: "${w.draft.id}") { id } }`,
      answers: answers(
        'UNAUTHENTICATED',
        'NOT_FOUND',
        'NOT_FOUND',
        'NOT_FOUND',
        'NOT_FOUND',
        'NOT_FOUND',
      ),
    },
  ],
  [
    'makeChoice',
    'in the owner’s playthrough',
    {
      call: (w) =>
        `mutation { makeChoice(input: { progressId: "${w.progressId}", currentNodeId: "${w.published.node('start')}", choiceId: "${w.published.choice('start', 'end')}", step: 0 }) { isEnding } }`,
      answers: WHOSE_IT_IS,
    },
  ],
  [
    'saveProgress',
    'of a published story',
    {
      call: (w) =>
        `mutation { saveProgress(input: { storyId: "${w.published.id}", choicesMade: [] }) { id } }`,
      answers: SIGNED_IN,
    },
  ],
  [
    'deleteProgress',
    'of the owner',
    { call: (w) => `mutation { deleteProgress(id: "${w.progressId}") }`, answers: WHOSE_IT_IS },
  ],
  [
    'undo',
    'in the owner’s playthrough, before any choice',
    {
      call: (w) => `mutation { undo(progressId: "${w.progressId}", input: { step: 0 }) { id } }`,
      answers: { ...WHOSE_IT_IS, owner: 'FORBIDDEN' },
    },
  ],
  [
    'setVariables',
    'in the owner’s playthrough of a story without variables',
    {
      call: (w) =>
        `mutation { setVariables(progressId: "${w.progressId}", input: { step: 0, variables: [{ name: "x", value: 1 }] }) { id } }`,
      answers: { ...WHOSE_IT_IS, owner: 'BAD_USER_INPUT' },
    },
  ],
  [
    'moveToLatest',
    'the owner’s playthrough, which is on the newest version',
    {
      call: (w) => `mutation { moveToLatest(progressId: "${w.progressId}") { id } }`,
      answers: WHOSE_IT_IS,
    },
  ],
  [
    'rollDice',
    'in the owner’s playthrough',
    {
      call: (w) =>
        `mutation { rollDice(input: { progressId: "${w.progressId}", dice: "2d6" }) { total } }`,
      answers: WHOSE_IT_IS,
    },
  ],
  [
    'saveSlots',
    'one’s own',
    {
      call: (w) => `{ saveSlots(storyId: "${w.published.id}") { name } }`,
      answers: SIGNED_IN,
    },
  ],
  [
    'saveGame',
    'in the owner’s playthrough',
    {
      call: (w) =>
        `mutation { saveGame(input: { progressId: "${w.progressId}", name: "Here" }) { id } }`,
      answers: WHOSE_IT_IS,
    },
  ],
  [
    'loadGame',
    'of the owner',
    { call: (w) => `mutation { loadGame(id: "${w.slotId}") { id } }`, answers: WHOSE_IT_IS },
  ],
  [
    'deleteSave',
    'of the owner',
    { call: (w) => `mutation { deleteSave(id: "${w.slotId}") }`, answers: WHOSE_IT_IS },
  ],
  [
    'replay',
    'of the owner’s playthrough',
    {
      call: (w) => `{ replay(progressId: "${w.progressId}") { isGenuine } }`,
      answers: { ...WHOSE_IT_IS, admin: 'ok' },
    },
  ],
  [
    'inventory',
    'of the owner',
    { call: (w) => `{ inventory(progressId: "${w.progressId}") { key } }`, answers: WHOSE_IT_IS },
  ],
];
