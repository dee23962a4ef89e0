import pg from 'pg';
import { EventSubscriber, type AfterQueryEvent, type EntitySubscriberInterface } from 'typeorm';

/** Closes a connection whose statement failed without an answer of the server: it may run on, and what comes next would wait behind it. */
export async function closeUnanswered(connection: pg.ClientBase, error: unknown): Promise<void> {
  if (!(error instanceof pg.DatabaseError)) await (connection as pg.Client).end();
}

@EventSubscriber()
export class GivenUpStatements implements EntitySubscriberInterface {
  async afterQuery({ error, queryRunner }: AfterQueryEvent): Promise<void> {
    if (error !== undefined)
      await closeUnanswered((await queryRunner.connect()) as pg.ClientBase, error);
  }
}
