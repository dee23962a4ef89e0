import { describe, expect, it } from '@jest/globals';
import { translate } from '../../../src/publishing/formats/twine/translate.js';
import { constructsTold, fixture, linksTold } from './translated.js';

describe('the report of a story in Harlowe', () => {
  const { document, report, problems } = translate(fixture('harlowe'));

  it('has each link', () => {
    expect(linksTold(report)).toEqual([
      'Gate:6:1 literal Trees mapped: [[Walk in->Trees]]',
      'Gate:7:1 literal Shed mapped: [[Shed<-To the shed]]',
      'Gate:8:1 macro Wall mapped: (link-goto: "Climb the wall", "Wall")',
      'Gate:9:48 macro Gate mapped: (goto: "Gate")',
      'Gate:10:16 literal House mapped: [[Unlock->House]]',
      'Trees:3:16 macro Wall mapped: (goto: "Wall")',
      'Trees:4:1 macro Shed mapped: (click-goto: "here", "Shed")',
      'Trees:5:1 macro Shed mapped: (link-reveal-goto: "Take the key", "Shed")[(set: $hasKey to true)]',
      'Trees:7:1 computed null kept: (link-goto: "Anywhere", $where)',
      'Trees:8:1 computed null kept: (undo: )',
      'Shed:4:36 literal Trees mapped: [[Cut->Trees]]',
      'Shed:7:1 literal Gate mapped: [[Out->Gate]]',
      'Wall:1:20 macro House mapped: (goto: "House")',
      'Wall:3:1 literal Gate mapped: [[Down->Gate]]',
      'Wall:4:1 literal Nowhere broken mapped: [[Lost->Nowhere]]',
    ]);
    expect(report.isReachabilityKnown).toBe(false);
  });

  it('has each construct', () => {
    expect(constructsTold(report)).toEqual([
      'Startup:1:1 (set:) mapped',
      'Header:1:1 (print:) dropped: What stands above every passage.',
      'Gate:1:1 # mapped',
      'Gate:2:1 (set:) mapped',
      "Gate:3:1 '' mapped",
      "Gate:3:11 '' mapped",
      'Gate:3:17 // mapped',
      'Gate:3:22 // mapped',
      'Gate:3:29 ** mapped',
      'Gate:3:34 ** mapped',
      'Gate:3:44 $variable mapped',
      'Gate:4:1 (if:) mapped',
      'Gate:4:29 $variable mapped',
      'Gate:5:1 (unless:) mapped',
      'Gate:9:1 (link:) mapped',
      'Gate:9:24 (set:) mapped',
      'Gate:10:1 (if:) mapped',
      'Trees:1:1 |hook> mapped',
      'Trees:1:27 (text-style:) mapped',
      'Trees:1:55 (text-colour:) dropped: Its formatting has no like here; what it holds stays.',
      'Trees:2:1 (display:) mapped',
      'Trees:3:1 (click:) mapped',
      'Trees:5:44 (set:) mapped',
      'Trees:6:1 (link:) kept: What is shown after a click is shown at once.',
      'Trees:9:1 (print:) kept: Chance decides here, which only dice of a choice do in Talegraph.',
      'Trees:9:25 (either:) kept: Chance decides here, which only dice of a choice do in Talegraph.',
      'Wind:1:11 (print:) mapped',
      'Wind:1:37 (print:) mapped',
      'Shed:1:1 (put:) mapped',
      'Shed:1:22 (set:) kept: Lists and maps are not translated.',
      'Shed:2:1 (if:) mapped',
      'Shed:3:1 (if:) mapped',
      'Shed:4:1 (if:) kept: The variable tools is not declared.',
      'Shed:5:1 (alert:) kept: This macro is not translated.',
      'Wall:1:1 (if:) mapped',
      'House:1:1 * mapped',
      'House:2:1 * mapped',
      'House:4:1 <!-- --> dropped: A comment.',
    ]);
  });

  it('tells which passages became no nodes', () => {
    expect(report.omitted.map(({ passage, index, why }) => `${index} ${passage}: ${why}`)).toEqual([
      '0 StoryTitle: The title of the story.',
      '1 StoryData: What the file says of the story.',
      '2 Startup: What happens before the story begins.',
      '3 Header: What stands above every passage.',
    ]);
    expect(document.twine!.nodes).toEqual([
      null,
      null,
      null,
      null,
      'Gate',
      'Trees',
      'Wind',
      'Shed',
      'Wall',
      'House',
    ]);
    expect(problems).toEqual([]);
  });
});
