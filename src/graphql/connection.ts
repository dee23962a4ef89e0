import type { Type } from '@nestjs/common';
import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import { IsOptional, IsString, Max, Min } from 'class-validator';
import { badField } from './errors.js';
import { PublicRead } from './public-read.js';

@PublicRead()
@ObjectType({ description: 'Where a page of a connection stands in the whole list.' })
export class PageInfo {
  @Field({ description: 'Whether more items follow.' })
  hasNextPage: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'Pass it as `after` to get the next page; null on an empty page.',
  })
  endCursor: string | null;
}

@ArgsType()
export class PageArgs {
  @Field(() => Int, { defaultValue: 20, description: 'How many items to return: 1 to 100.' })
  @Min(1, { message: 'must be at least 1' })
  @Max(100, { message: 'must be at most 100; page with `after`' })
  first: number;

  @Field(() => String, {
    nullable: true,
    description: 'The cursor to start after: an earlier `endCursor`.',
  })
  @IsOptional()
  @IsString()
  after?: string | null;
}

export interface Edge<Node> {
  readonly cursor: string;
  readonly node: Node;
}

export interface Connection<Node> {
  readonly nodes: readonly Node[];
  /** Made only when they are read. */
  readonly edges: readonly Edge<Node>[];
  readonly pageInfo: PageInfo;
  /** Counted only when it is read. */
  readonly totalCount: Promise<number> | number;
}

/**
 * The Relay connection type over `node`, named `<name>Connection`.
 * @see https://relay.dev/graphql/connections.htm
 */
export function ConnectionType<Node>(name: string, node: () => Type<Node>): Type<Connection<Node>> {
  // Whether a page is public, the field says that has it.
  @PublicRead()
  @ObjectType(`${name}Edge`, { description: `One ${name} of a list, with its cursor.` })
  class EdgeOf implements Edge<Node> {
    @Field({ description: 'Marks this place in the list.' })
    cursor: string;

    @Field(node, { description: `The ${name}.` })
    node: Node;
  }

  @PublicRead()
  @ObjectType(`${name}Connection`, { description: `A page of a list of ${name} items.` })
  class ConnectionOf implements Connection<Node> {
    @Field(() => [node()], { description: 'The items of this page.' })
    nodes: Node[];

    @Field(() => [EdgeOf], { description: 'The items of this page with their cursors.' })
    edges: EdgeOf[];

    @Field(() => PageInfo, { description: 'Where this page stands.' })
    pageInfo: PageInfo;

    @Field(() => Int, {
      description: 'How many items there are on all pages; counted only when asked for.',
    })
    totalCount: Promise<number>;
  }
  return ConnectionOf;
}

/** The sort key of an item: the values that the list is ordered by, the unique one last. */
export type Keyset = readonly (string | number)[];

export type KeyKind = 'string' | 'number' | 'integer' | 'id' | 'date';

export interface PageRequest<Row> {
  readonly page: PageArgs;
  /** Names the list and its order: a cursor is good for this one alone. */
  readonly list: string;
  /** The kinds of this list's sort keys; a cursor that does not fit is made up. */
  readonly keys: readonly KeyKind[];
  /** Reads up to `limit` rows that follow `after` in the list's order. */
  readonly fetch: (
    limit: number,
    after: Keyset | undefined,
  ) => Promise<readonly Row[]> | readonly Row[];
  readonly keysetOf: (row: Row) => Keyset;
  readonly count: () => Promise<number> | number;
}

/** Reads one page by keyset: the cost is the same on the first page and the thousandth. */
export async function paginate<Row, Node>(
  request: PageRequest<Row>,
  toNode: (row: Row) => Node,
): Promise<Connection<Node>> {
  const { first, after } = request.page;
  const rows = await request.fetch(first + 1, decodeCursor(after, request));
  const items = rows.slice(0, first);
  const nodes = items.map((row) => toNode(row));
  const cursorOf = (row: Row) => encodeCursor(request.list, request.keysetOf(row));
  const last = items.at(-1);
  return {
    get edges() {
      return items.map((row, i) => ({ cursor: cursorOf(row), node: nodes[i]! }));
    },
    nodes,
    pageInfo: {
      hasNextPage: rows.length > first,
      endCursor: last === undefined ? null : cursorOf(last),
    },
    get totalCount() {
      return request.count();
    },
  };
}

/** Reads one page of items that are all at hand, in the order of their ids. */
export function paginateById<Item, Node>(
  items: Iterable<Item>,
  idOf: (item: Item) => number,
  { page, list }: { readonly page: PageArgs; readonly list: string },
  toNode: (item: Item) => Node,
): Promise<Connection<Node>> {
  const sorted = [...items].sort((one, other) => idOf(one) - idOf(other));
  return paginate(
    {
      page,
      list,
      keys: ['id'],
      fetch: (limit, [after = 0] = []) =>
        sorted.filter((item) => idOf(item) > Number(after)).slice(0, limit),
      keysetOf: (item) => [idOf(item)],
      count: () => sorted.length,
    },
    toNode,
  );
}

/** Reads one page of items that are all at hand, in the order that they have. */
export function paginateInOrder<Item, Node>(
  items: readonly Item[],
  { page, list }: { readonly page: PageArgs; readonly list: string },
  toNode: (item: Item) => Node,
): Promise<Connection<Node>> {
  return paginate(
    {
      page,
      list,
      keys: ['id'],
      fetch: (limit, [after = 0] = []) =>
        items
          .slice(Number(after), Number(after) + limit)
          .map((item, i) => ({ item, place: Number(after) + i + 1 })),
      keysetOf: ({ place }) => [place],
      count: () => items.length,
    },
    ({ item }) => toNode(item),
  );
}

function encodeCursor(list: string, keyset: Keyset): string {
  return Buffer.from(JSON.stringify([list, ...keyset])).toString('base64url');
}

function decodeCursor(
  cursor: string | null | undefined,
  { list, keys }: { readonly list: string; readonly keys: readonly KeyKind[] },
): Keyset | undefined {
  if (cursor === null || cursor === undefined) return undefined;
  const content = parseJson(Buffer.from(cursor, 'base64url').toString());
  const fits =
    Array.isArray(content) &&
    content.length === keys.length + 1 &&
    content[0] === list &&
    keys.every((kind, i) => IS_OF_KIND[kind](content[i + 1]));
  if (!fits) throw badField('after', 'must be a cursor that this list returned');
  return (content as Keyset).slice(1);
}

const INT4_MAX = 2 ** 31 - 1;

/** What PostgreSQL takes for each kind: `integer` is its 4-byte one, `id` its 8-byte one. */
const IS_OF_KIND: Readonly<Record<KeyKind, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: (value) => isCount(value, INT4_MAX),
  id: (value) => isCount(value, Number.MAX_SAFE_INTEGER),
  date: (value) => typeof value === 'string' && isIsoDate(value),
};

const isCount = (value: unknown, most: number): boolean =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= most;

function isIsoDate(text: string): boolean {
  const time = new Date(text);
  return /^\d{4}-/.test(text) && !Number.isNaN(time.getTime()) && time.toISOString() === text;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
