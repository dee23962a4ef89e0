import { describe, expect, it } from '@jest/globals';
import { translate } from '../../../src/publishing/formats/twine/translate.js';
import { constructsTold, fixture, linksTold } from './translated.js';

describe('the report of a story in Snowman', () => {
  const { document, report, problems } = translate(fixture('snowman'));

  it('has each link', () => {
    expect(linksTold(report)).toEqual([
      'Quay:4:1 literal Ferry mapped: [[Pay the ferryman->Ferry]]',
      'Quay:10:1 literal Quay mapped: [[Wait->Quay]]',
      'Quay:11:1 literal Bridge mapped: <a href="javascript:void(0)" data-passage="Bridge">Cross the bridge</a>',
      'Quay:12:1 macro Inn mapped: <a href="#" onclick="window.story.show(\'Inn\')">Sleep</a>',
      'Quay:16:36 macro Inn kept: story.show("Inn")',
      'Quay:17:4 computed null kept: story.show(s.next)',
      'Ferry:3:20 macro Inn kept: story.show("Inn")',
      'Bridge:1:1 macro Inn mapped: <% story.show("Inn") %>',
      'Bridge:2:1 literal Quay dropped: [[Never->Quay]]',
    ]);
    expect(report.isReachabilityKnown).toBe(false);
  });

  it('has each construct', () => {
    expect(constructsTold(report)).toEqual([
      'Quay:1:1 <% %> mapped',
      'Quay:2:15 <%= %> mapped',
      'Quay:2:41 <%= %> mapped',
      'Quay:3:1 <% if %> mapped',
      'Quay:13:1 <% { %> kept: Only conditions are translated.',
      'Quay:16:1 <% %> kept: It is a script.',
      'Quay:17:1 <% %> kept: It is a script.',
      'Ferry:1:1 <% %> dropped: A comment.',
      'Ferry:3:1 <% %> kept: It is a script.',
    ]);
  });

  it('tells which passages became no nodes', () => {
    expect(report.omitted.map(({ passage, index, why }) => `${index} ${passage}: ${why}`)).toEqual([
      '0 StoryTitle: The title of the story.',
      '1 StoryData: What the file says of the story.',
    ]);
    expect(document.twine!.nodes).toEqual([null, null, 'Quay', 'Ferry', 'Bridge', 'Inn']);
    expect(problems).toEqual([]);
  });
});
