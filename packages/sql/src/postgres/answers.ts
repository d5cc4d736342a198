import { SqlNoAnswer } from '../unavailable.js';
import type { PostgresAddress } from './address.js';

/** Answers of one connection, each waited for only so long. */
export interface Answers {
  to<T>(statement: Promise<T>): Promise<T>;
  /** True once an answer did not come: the connection is gone, and not to be released again. */
  gaveUp(): boolean;
}

/** `giveUp` must end the connection, so that the statement under way fails. */
export const answersIn = (milliseconds: number, address: PostgresAddress, giveUp: () => void): Answers => {
  let over = false;
  return {
    gaveUp: () => over,
    async to(statement) {
      const timer = setTimeout(() => {
        over = true;
        giveUp();
      }, milliseconds);
      try {
        return await statement;
      } catch (error) {
        if (!over) throw error;
        const text = `PostgreSQL at ${address.shown} did not answer a statement within ${milliseconds} ms`;
        throw new SqlNoAnswer(text, { cause: error });
      } finally {
        clearTimeout(timer);
      }
    },
  };
};
