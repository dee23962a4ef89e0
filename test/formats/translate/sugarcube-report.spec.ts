import { describe, expect, it } from '@jest/globals';
import { translate } from '../../../src/publishing/formats/twine/translate.js';
import { constructsTold, fixture, linksTold } from './translated.js';

describe('the report of a story in SugarCube', () => {
  const { document, report, problems } = translate(fixture('sugarcube'));

  it('has each link', () => {
    expect(linksTold(report)).toEqual([
      'StoryMenu:1:1 literal Camp dropped: [[Rest->Camp]]',
      'Camp:7:3 literal Dunes mapped: [[Go on->Dunes]]',
      'Camp:8:3 literal Camp mapped: [[Drink|Camp][$water to $water - 1; $drunk to true]]',
      'Camp:9:1 macro Well mapped: <<link "Look for the well" "Well">>',
      'Camp:10:1 macro Market mapped: <<button [[Sell a camel|Market]]>>',
      'Camp:11:19 literal Death mapped: [[Give up->Death]]',
      'Dunes:7:20 macro Oasis mapped: <<goto "Oasis">>',
      'Dunes:7:44 macro Death mapped: <<goto "Death">>',
      'Dunes:9:1 literal Camp mapped: <a data-passage="Camp" data-setter="$lost to false">Turn back</a>',
      'Dunes:10:1 computed null kept: <<back>>',
      'Well:5:11 macro Dunes mapped: "Dunes"',
      'Well:5:19 macro Camp mapped: [[Back to camp|Camp]]',
      'Well:6:1 macro Market mapped: <<choice "Market" "To market">>',
      'Well:7:17 computed null kept: <<goto `$somewhere`>>',
      'Well:8:1 macro Camp mapped: <<return "Go back to the camp" "Camp">>',
      'Well:9:1 computed null kept: [[$somewhere]]',
      'Market:7:1 literal Nowhere broken mapped: [[Leave->Nowhere]]',
      'Market:8:1 literal Oasis mapped: [[Onwards->Oasis]]',
      'Oasis:1:20 macro Ending mapped: <<goto "Ending">>',
      'Oasis:2:1 literal Ending mapped: [[Swim->Ending]]',
      'Ending:1:11 macro Camp kept: Engine.play("Camp")',
      'Ending:1:32 computed null kept: Engine.play(next)',
    ]);
    expect(report.isReachabilityKnown).toBe(false);
  });

  it('has each construct', () => {
    expect(constructsTold(report)).toEqual([
      'StoryInit:1:1 <<set>> mapped',
      'StoryInit:2:1 <<set>> dropped: What happens before the story begins.',
      'StoryCaption:1:8 $variable dropped: What stands beside every passage.',
      'Widgets:1:1 <<widget>> dropped: Macros of the story’s own.',
      'Camp:1:1 ! mapped',
      'Camp:2:1 <<set>> mapped',
      "Camp:3:1 '' mapped",
      "Camp:3:13 '' mapped",
      'Camp:3:19 // mapped',
      'Camp:3:25 // mapped',
      'Camp:3:38 $variable mapped',
      'Camp:4:1 /* */ dropped: A comment.',
      'Camp:5:1 <<if>> mapped',
      'Camp:5:43 $variable mapped',
      'Camp:7:1 * mapped',
      'Camp:8:1 * mapped',
      'Camp:8:3 [[ ][ ]] mapped',
      'Camp:9:36 <<set>> mapped',
      'Camp:10:35 <<set>> mapped',
      'Camp:11:1 <<if>> mapped',
      'Dunes:1:1 <<nobr>> mapped',
      'Dunes:5:1 <<include>> mapped',
      'Dunes:6:1 <<link>> mapped',
      'Dunes:7:3 <<if>> mapped',
      'Dunes:9:1 data-setter mapped',
      'Wind:1:16 <<print>> mapped',
      'Wind:1:43 <<=>> mapped',
      'Well:1:1 <<if>> mapped',
      'Well:2:1 <<set>> kept: Chance decides here, which only dice of a choice do in Talegraph.',
      'Well:2:30 <<audio>> kept: Sounds are not in texts.',
      'Well:3:1 <<linkreplace>> kept: What is shown after a click is shown at once.',
      'Well:4:1 <<switch>> mapped',
      'Well:5:1 <<actions>> mapped',
      'Well:7:1 <<click>> mapped',
      'Well:9:3 $variable kept: The variable somewhere is not declared.',
      'Market:1:1 <<set>> mapped',
      'Market:1:20 <<unset>> mapped',
      'Market:1:36 <<run>> mapped',
      'Market:2:1 <<silently>> mapped',
      'Market:2:13 <<set>> mapped',
      'Market:4:1 <<display>> mapped',
      'Market:5:1 <<drum>> kept: This macro is not translated.',
      'Market:6:1 <<if>> kept: Lists, maps and parts of values are not translated.',
      'Oasis:1:1 <<if>> mapped',
      'Ending:1:1 <<script>> kept: It is a script.',
      'Death:1:1 <b> mapped',
      'Death:1:18 <span> dropped: Its formatting has no like here; what it holds stays.',
      'Death:1:48 <br> mapped',
    ]);
  });

  it('tells which passages became no nodes', () => {
    expect(report.omitted.map(({ passage, index, why }) => `${index} ${passage}: ${why}`)).toEqual([
      '0 StoryTitle: The title of the story.',
      '1 StoryData: What the file says of the story.',
      '2 StoryInit: What happens before the story begins.',
      '3 StoryMenu: The menu of the story.',
      '4 StoryCaption: What stands beside every passage.',
      '5 Story Stylesheet: A style sheet of the story.',
      '6 Widgets: Macros of the story’s own.',
    ]);
    expect(document.twine!.nodes).toEqual([
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      'Camp',
      'Dunes',
      'Wind',
      'Well',
      'Market',
      'Oasis',
      'Ending',
      'Death',
    ]);
    expect(problems).toEqual([]);
  });
});
