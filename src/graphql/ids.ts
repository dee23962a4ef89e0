import { Injectable, type PipeTransform } from '@nestjs/common';
import { Args, ID } from '@nestjs/graphql';
import { badField } from './errors.js';

/** How the ids of each kind begin, and what errors call such a thing. */
const KINDS = {
  user: { prefix: 'usr', what: 'a user' },
  session: { prefix: 'ses', what: 'a session' },
  story: { prefix: 'sty', what: 'a story' },
  node: { prefix: 'nod', what: 'a node' },
  choice: { prefix: 'cho', what: 'a choice' },
  version: { prefix: 'ver', what: 'a version' },
  progress: { prefix: 'prg', what: 'a playthrough' },
  slot: { prefix: 'sav', what: 'a save' },
  proof: { prefix: 'prf', what: 'a proof' },
  change: { prefix: 'chg', what: 'a change' },
  import: { prefix: 'imp', what: 'an import' },
  invitation: { prefix: 'inv', what: 'an invitation' },
  comment: { prefix: 'cmt', what: 'a comment' },
  upload: { prefix: 'upl', what: 'an upload' },
  media: { prefix: 'med', what: 'a medium' },
  move: { prefix: 'mov', what: 'a move of readers' },
  activity: { prefix: 'act', what: 'an activity' },
  share: { prefix: 'shr', what: 'a share' },
  notification: { prefix: 'ntf', what: 'a notification' },
  template: { prefix: 'tpl', what: 'a template' },
  correction: { prefix: 'cor', what: 'a correction' },
  dataExport: { prefix: 'dxp', what: 'a data export' },
  review: { prefix: 'rev', what: 'a review' },
  report: { prefix: 'rpt', what: 'a report' },
  decision: { prefix: 'dcs', what: 'a decision' },
} as const;

export type IdKind = keyof typeof KINDS;

/** The public form of a row's key: `sty_42`. Clients treat it as opaque; the prefix catches a mixed-up argument. */
export const encodeId = (kind: IdKind, key: number): string => `${KINDS[kind].prefix}_${key}`;

export const isIdOf = (kind: IdKind, id: unknown): boolean =>
  typeof id === 'string' && keyIn(kind, id) !== undefined;

export const idRule = (kind: IdKind): string =>
  `must be the id of ${KINDS[kind].what}, as the API returned it`;

const DIGITS = /^[1-9]\d{0,14}$/;

/** The key of the row that an id names, as text; undefined when it is no id of such a thing. */
function keyIn(kind: IdKind, id: string): string | undefined {
  const { prefix } = KINDS[kind];
  const digits = id.startsWith(`${prefix}_`) ? id.slice(prefix.length + 1) : '';
  return DIGITS.test(digits) ? digits : undefined;
}

/** @throws {ApiError} `BAD_USER_INPUT` naming `path` when `id` is not the id of such a thing */
export function decodeId(kind: IdKind, id: string, path: string): number {
  const digits = keyIn(kind, id);
  if (digits === undefined) throw badField(path, idRule(kind));
  return Number(digits);
}

@Injectable()
class IdPipe implements PipeTransform<string | null | undefined, number | undefined> {
  constructor(
    private readonly kind: IdKind,
    private readonly path: string,
  ) {}

  transform(id: string | null | undefined): number | undefined {
    return id === null || id === undefined ? undefined : decodeId(this.kind, id, this.path);
  }
}

export interface IdArgOptions {
  readonly description: string;
  readonly nullable?: boolean;
}

/** Parameter decorator: an `ID` argument, handed over as the row's key. */
export const IdArg = (name: string, kind: IdKind, options: IdArgOptions): ParameterDecorator =>
  Args(name, { type: () => ID, ...options }, new IdPipe(kind, name));
