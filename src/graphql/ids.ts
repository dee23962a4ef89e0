import { Injectable, type PipeTransform } from '@nestjs/common';
import { Args, ID } from '@nestjs/graphql';
import { badField } from './errors.js';

const PREFIXES = {
  user: 'usr',
  session: 'ses',
  story: 'sty',
  node: 'nod',
  choice: 'cho',
  version: 'ver',
  progress: 'prg',
  slot: 'sav',
  proof: 'prf',
  change: 'chg',
  import: 'imp',
  invitation: 'inv',
  comment: 'cmt',
  upload: 'upl',
  media: 'med',
  move: 'mov',
  template: 'tpl',
} as const;

export type IdKind = keyof typeof PREFIXES;

/** The public form of a row's key: `sty_42`. Clients treat it as opaque; the prefix catches a mixed-up argument. */
export const encodeId = (kind: IdKind, key: number): string => `${PREFIXES[kind]}_${key}`;

/** @throws {ApiError} `BAD_USER_INPUT` naming `path` when `id` is not the id of such a thing */
export function decodeId(kind: IdKind, id: string, path: string): number {
  const [, digits] = new RegExp(`^${PREFIXES[kind]}_([1-9]\\d{0,14})$`).exec(id) ?? [];
  if (digits === undefined)
    throw badField(path, `must be the id of a ${kind}, as the API returned it`);
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
