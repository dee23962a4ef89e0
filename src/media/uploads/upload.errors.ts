import { badField, conflict, forbidden, notFound, rateLimited } from '../../graphql/errors.js';
import { MOST_WAITING, UPLOAD_MINUTES } from './upload.rules.js';

export const noSuchUpload = () => notFound('There is no such upload.');

export const alteredAddress = () =>
  forbidden('The address of this upload was altered: use the url as requestUpload answered it.');

export const expiredAddress = () =>
  forbidden('The address of this upload has expired: call requestUpload again.');

export const usedAddress = () =>
  conflict('The address of this upload was used already: it works once. Call requestUpload again.');

export const noRoom = (megabytes: number) =>
  badField(
    'input.size',
    `is more than you have room for: your media and uploads may take up ${megabytes} MB together; delete some media`,
  );

export const wrongSize = (size: number) =>
  badField('size', `must be ${size} bytes, as requestUpload was told, no more and no less`);

export const brokenOff = () =>
  badField('size', 'the bytes broke off before all had come: send them again');

export const nothingArrived = (path: string) =>
  badField(path, 'its bytes have not come yet: PUT them to the url that requestUpload answered');

export const arrivedInWrongSize = (path: string, size: number) =>
  badField(path, `its bytes are not the ${size} that requestUpload was told: upload it again`);

export const notForImport = (path: string) =>
  badField(path, 'must be an upload of kind IMPORT: request one for this file');

export const onlyForImport = (path: string) =>
  badField(path, 'must be an upload of kind IMAGE or AUDIO: files to import go to importStories');

export const notPlainText = (path: string) =>
  badField(path, 'must be plain text in UTF-8: save the file in that encoding and upload it again');

export const tooManyWaiting = () =>
  rateLimited(
    `You have ${MOST_WAITING} uploads that are not complete. Complete them, or wait until they are swept.`,
    UPLOAD_MINUTES * 60,
  );
