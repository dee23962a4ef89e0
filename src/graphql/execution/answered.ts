import { channel } from 'node:diagnostics_channel';
import type { OperationDefinitionNode } from 'graphql';

/** An operation that was answered without Apollo, and so without its plugins being told. */
export interface Answered {
  readonly operation: OperationDefinitionNode;
  readonly seconds: number;
}

const answered = channel('talegraph:graphql:answered');

export const tellAnswered = (message: Answered): void => {
  answered.publish(message);
};

export const onAnswered = (listener: (message: Answered) => void): void => {
  answered.subscribe((message) => {
    listener(message as Answered);
  });
};
