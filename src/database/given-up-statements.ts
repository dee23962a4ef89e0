import pg from 'pg';
import { EventSubscriber, type AfterQueryEvent, type EntitySubscriberInterface } from 'typeorm';

/** Closes connections whose statement failed without an answer of the server: it may run on, and the next one would wait behind it. */
@EventSubscriber()
export class GivenUpStatements implements EntitySubscriberInterface {
  async afterQuery({ error, queryRunner }: AfterQueryEvent): Promise<void> {
    if (error === undefined || error instanceof pg.DatabaseError) return;
    const connection = (await queryRunner.connect()) as pg.Client;
    await connection.end();
  }
}
