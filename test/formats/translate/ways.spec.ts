import { expect, it } from '@jest/globals';
import { readFile } from '../../../src/publishing/imports/import.tasks.js';

const told = (...passages: string[]) => {
  const data = '{ "ifid": "0B6D8A4C-0F3E-5B59-9D0C-6A2F51E2C8D1", "format": "SugarCube" }';
  const content = [':: StoryTitle\nA', `:: StoryData\n${data}`, ...passages].join('\n\n');
  return readFile({ content }).stories[0]!.problems.map(
    ({ code, nodeKey, message, fix }) => `${code} ${nodeKey ?? '-'}: ${message} ${fix ?? ''}`,
  );
};

it('names the passages that choices would lead to', () => {
  expect(
    told(
      ':: Start\nGo [[on->End]], [[up->Attic]] or [[down->Cellar]].',
      ':: End\nDone. [[Up again->Attic]][[Or so->Attic]]',
    ).filter((each) => each.startsWith('MISSING')),
  ).toEqual([
    'MISSING_TARGET Start: Choice B of node Start leads nowhere: there is no passage Attic. Add a passage of that name, or correct the link.',
    'MISSING_TARGET Start: Choice C of node Start leads nowhere: there is no passage Cellar. Add a passage of that name, or correct the link.',
    'MISSING_TARGET End: Choice A of node End leads nowhere: there is no passage Attic. Add a passage of that name, or correct the link.',
    'MISSING_TARGET End: Choice B of node End leads nowhere: there is no passage Attic. Add a passage of that name, or correct the link.',
  ]);
});

it('says once what may be out of reach where some links are computed', () => {
  const islands = ['One', 'Two', 'Three', 'Four', 'Five', 'Six'].map((name) => `:: ${name}\nHi.`);
  expect(told(':: Start\nGo [[$next]] or [[One]]', ...islands)).toEqual([
    expect.stringMatching(/^KEPT_CODE/),
    'UNREACHABLE_NODE -: 5 nodes are reached by no way that is known, as some links are computed in play: Two, Three, Four, Five, Six. Lead choices to those that readers come to in play: see the computed links of the report.',
  ]);
  expect(told(':: Start\nGo: [[One]]', ...islands.slice(0, 2))).toEqual([
    'UNREACHABLE_NODE Two: No path from the start leads to node Two. Lead a choice to it, or delete it.',
  ]);
});
