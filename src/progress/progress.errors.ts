import { ErrorCode } from '../graphql/error-code.js';
import { ApiError, badField, conflict, forbidden, notFound } from '../graphql/errors.js';
import { encodeId } from '../graphql/ids.js';
import type { ProgressEntity } from './playthroughs/progress.entity.js';

export const noSuchProgress = () => notFound('You have no such playthrough.');

export const nothingInProgress = () =>
  notFound('You have no unfinished playthrough of this story; start it first.');

export const progressOrStoryNeeded = () =>
  badField('input.progressId', 'give progressId, or storyId for the latest unfinished playthrough');

export const ofOtherStory = () =>
  badField('input.storyId', 'is not the story of that playthrough; leave it out');

export const othersProgress = () =>
  forbidden('Only administrators may see the playthroughs of others.');

const standing = ({ step, currentNodeId }: ProgressEntity) => ({
  current: { step, currentNodeId: encodeId('node', currentNodeId) },
});

export const otherChoiceMade = (progress: ProgressEntity, step: number) =>
  conflict(
    `Something else was done on step ${step}. The playthrough is at step ${progress.step}: load it and go on from there.`,
    standing(progress),
  );

export const movedMeanwhile = (progress: ProgressEntity, step: number) =>
  conflict(
    `On step ${step} the playthrough was moved to another version of the story. It is at step ${progress.step}: load it and go on from there.`,
    standing(progress),
  );

export const aheadOfProgress = (progress: ProgressEntity, step: number) =>
  conflict(
    `The playthrough is at step ${progress.step}, and has not come to step ${step}.`,
    standing(progress),
  );

export const elsewhere = (progress: ProgressEntity) =>
  conflict(
    'The playthrough stands at another node. Load it and go on from there.',
    standing(progress),
  );

export const playthroughEnded = () =>
  new ApiError(
    ErrorCode.PLAYTHROUGH_ENDED,
    'This playthrough has reached its ending. Start the story again to play on.',
  );

export const cannotMove = () =>
  conflict(
    'From where you stand you cannot go on in the newest version. Go on in yours, or start the story again.',
  );

export const choiceLocked = (reason: string) => new ApiError(ErrorCode.CHOICE_LOCKED, reason);

export const undoNotAllowed = () =>
  forbidden('The author of this story does not let readers take back choices.');

export const nothingToUndo = (turns: number) =>
  badField(
    'input.choices',
    turns === 0
      ? 'there is no choice to take back'
      : `there are only ${turns} choices to take back`,
  );

export const noSuchSlot = () => notFound('You have no such save.');

export const slotsFull = (most: number) =>
  conflict(
    `You have ${most} saves of this story, and there can be no more: delete one, or save under a name that is there.`,
  );

export const savedWayIsWrong = () =>
  conflict('The steps on record do not lead to this save, so that it cannot be loaded.');

export const answerNeeded = () =>
  badField('input.answer', 'this choice is a puzzle: give an answer');

export const numberNeeded = () =>
  badField('input.answer', 'must be a number, such as 7 or 2.5; no attempt was used up');

export const needsServer = (path: string) =>
  badField(
    path,
    'dice, puzzles and time limits are decided on the server: play this choice with makeChoice',
  );

export const noSuchProtagonist = (known: readonly string[]) =>
  badField(
    'input.protagonist',
    known.length === 0
      ? 'this story has no protagonists to choose from'
      : `must be one of ${known.join(', ')}`,
  );

export const notAChoiceHere = (path: string) => badField(path, 'is not a choice of that node');

export const notThere = (path: string, nodeId: number) =>
  badField(path, `the path stands at ${encodeId('node', nodeId)} here`);

export const pathGoesOnPastEnding = (path: string) =>
  badField(path, 'the path has reached an ending before this choice');

export const pathsPart = (progress: ProgressEntity, step: number) =>
  conflict(
    `From step ${step} on, this path is another than that of your latest playthrough. Send restart: true to keep it as one of its own.`,
    { partsAtStep: step, ...standing(progress) },
  );
