import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { projectRoot } from '../../src/config/project-root.js';
import { startApp, type TestApp } from '../support/app.js';
import type { GraphqlClient } from '../support/graphql-client.js';

type Actor = 'author' | 'reader' | 'editor';

/** One operation of the guide, and what stands beside it. */
interface Example {
  readonly title: string;
  readonly operation: string;
  variables: string;
  answer?: string;
  errors?: string;
  /** What later examples call a part of the answer. */
  keep: readonly (readonly [name: string, path: string])[];
  readonly as: Actor;
  /** Whether it is sent again until it has the expected answer. */
  readonly isAwaited: boolean;
}

const BLOCK =
  /^## (?<heading>.+)$|^```(?<fence>\w+(?: \w+)?)\n(?<code>[\s\S]*?)^```$|^<!-- (?<note>.+?) -->$/gm;

function examplesIn(guide: string): Example[] {
  const examples: Example[] = [];
  let heading = '';
  let notes: string[] = [];
  for (const { groups = {} } of guide.matchAll(BLOCK)) {
    const { fence, code = '', note } = groups;
    const last = examples.at(-1);
    if (groups.heading !== undefined) heading = groups.heading;
    else if (note?.startsWith('keep: ') && last) {
      last.keep = note
        .slice('keep: '.length)
        .split(', ')
        .map((each) => each.split(' = ') as [string, string]);
    } else if (note !== undefined) notes.push(note);
    else if (fence === 'graphql') {
      examples.push({
        title: `${examples.length + 1}, ${heading}`,
        operation: code,
        variables: '{}',
        keep: [],
        as: (['reader', 'editor'] as const).find((who) => notes.includes(`as: ${who}`)) ?? 'author',
        isAwaited: notes.includes('until'),
      });
      notes = [];
    } else if (last && fence === 'json variables') last.variables = code;
    else if (last && fence === 'json answer') last.answer = code;
    else if (last && fence === 'json errors') last.errors = code;
  }
  return examples;
}

describe('the authoring guide', () => {
  const guide = readFileSync(join(projectRoot, 'docs', 'authoring.md'), 'utf8');
  const examples = examplesIn(guide);
  const kept = new Map<string, unknown>();
  let talegraph: TestApp;
  let clients: Readonly<Record<Actor, GraphqlClient>>;
  beforeAll(async () => {
    talegraph = await startApp();
    const { factory, client } = talegraph;
    clients = {
      author: client.as((await factory.newAuthor()).token),
      reader: client.as((await factory.newGuest()).token),
      editor: client.as((await factory.newAuthor('mara')).token),
    };
  });
  afterAll(() => talegraph.close());

  /** With what earlier answers gave in place of `<names>`. */
  const filled = (json: string): any =>
    JSON.parse(
      json.replaceAll(/"<(\w+)>"/g, (_, name: string) => {
        if (!kept.has(name)) throw new Error(`Nothing was kept as ${name}.`);
        return JSON.stringify(kept.get(name));
      }),
    );

  it('has an example of everything', () => {
    expect(examples.length).toBeGreaterThan(20);
    const operations = examples.map(({ operation }) => operation).join('\n');
    for (const name of [
      ...['createStory', 'addNode', 'addChoice', 'updateNode', 'updateChoice', 'defineStory'],
      ...['validateStory', 'proveStory', 'storyProof', 'simulateStory', 'debugStory', 'storyPaths'],
      ...[
        'publishStory',
        'startStory',
        'makeChoice',
        'setVariables',
        'undo',
        'saveGame',
        'loadGame',
      ],
      ...[
        'rollDice',
        'inviteCollaborator',
        'addComment',
        'check:',
        'puzzle:',
        'afterSeconds:',
        'condition:',
        'lockedText:',
        'effects:',
      ],
    ]) {
      expect([name, operations.includes(name)]).toEqual([name, true]);
    }
  });

  it.each(examples.map((example) => [example.title, example] as const))(
    'works: example %s',
    async (_, { operation, variables, answer, errors, keep, as, isAwaited }) => {
      const client = clients[as];
      const sent = filled(variables) as object;
      if (errors !== undefined) {
        const { extensions } = await client.fail(operation, sent);
        expect(extensions.fields).toEqual(filled(errors));
        return;
      }
      const expected: object = answer === undefined ? {} : filled(answer);
      let data = await client.get(operation, sent);
      for (let tries = 0; isAwaited && tries < 100 && !matches(data, expected); tries++) {
        await setTimeout(100);
        data = await client.get(operation, sent);
      }
      expect(data).toMatchObject(expected);
      for (const [name, path] of keep)
        kept.set(
          name,
          path.split('.').reduce((at: any, part) => at[part], data),
        );
    },
  );
});

function matches(data: object, expected: object): boolean {
  try {
    expect(data).toMatchObject(expected);
    return true;
  } catch {
    return false;
  }
}
