import { describe, expect, it } from '@jest/globals';
import { translate } from '../../../src/publishing/formats/twine/translate.js';
import { constructsTold, fixture, linksTold } from './translated.js';

describe('the report of a story in Chapbook', () => {
  const { document, report, problems } = translate(fixture('chapbook'));

  it('has each link', () => {
    expect(linksTold(report)).toEqual([
      'Stop:11:13 literal Street mapped: [[Walk->Street]]',
      'Stop:17:1 literal Bus mapped: [[Get on->Bus]]',
      "Bus:16:1 macro Street mapped: {link to: 'Street', label: 'Get off'}",
      'Bus:17:1 computed null kept: {back link}',
      "Bus:18:1 macro Stop mapped: {restart link: 'Sleep'}",
      'Bus:21:1 literal End of the line mapped: [[End of the line]]',
      'Street:4:1 literal End of the line mapped: [[Home->End of the line]]',
      'Street:4:27 literal Nowhere broken mapped: [[Lost->Nowhere]]',
    ]);
    expect(report.isReachabilityKnown).toBe(true);
  });

  it('has each construct', () => {
    expect(constructsTold(report)).toEqual([
      'Stop:1:1 vars dropped: It is a setting of the format.',
      'Stop:2:1 vars mapped',
      'Stop:3:1 vars mapped',
      'Stop:4:1 vars ( ) mapped',
      'Stop:4:1 vars mapped',
      'Stop:8:27 {variable} mapped',
      'Stop:10:1 [if] mapped',
      'Stop:13:1 [else] mapped',
      'Stop:16:1 [continued] mapped',
      'Stop:19:1 [note] dropped: A note of the author’s.',
      'Bus:1:1 vars mapped',
      'Bus:3:1 {embed passage} mapped',
      'Bus:5:1 [unless] mapped',
      'Bus:8:1 [after] kept: This modifier is not translated.',
      'Bus:11:1 [align] dropped: Its formatting has no like here; what it holds stays.',
      'Bus:14:1 [cont] mapped',
      'Bus:15:1 {reveal link} kept: What is shown after a click is shown at once.',
      'Bus:19:1 {cycling link for} kept: This insert is not translated.',
      'Bus:20:1 {variable} kept: Chance decides here, which only dice of a choice do in Talegraph.',
      'Street:1:1 vars mapped',
      'Street:3:9 {variable} mapped',
    ]);
  });

  it('tells which passages became no nodes', () => {
    expect(report.omitted.map(({ passage, index, why }) => `${index} ${passage}: ${why}`)).toEqual([
      '0 StoryTitle: The title of the story.',
      '1 StoryData: What the file says of the story.',
    ]);
    expect(document.twine!.nodes).toEqual([
      null,
      null,
      'Stop',
      'Bus',
      'Driver',
      'Street',
      'End-of-the-line',
    ]);
    expect(problems).toEqual([]);
  });
});
