import { describe, expect, it } from '@jest/globals';
import { translate } from '../../../src/publishing/formats/twine/translate.js';
import { fixture, Reader, storyOf } from './translated.js';

/** Each play is what a reader of the Twine story sees and may do. */
describe('a translated story plays as the original', () => {
  it('Harlowe', () => {
    const reader = new Reader(translate(fixture('harlowe')));
    expect(reader.text).toContain('You carry 2 apples.');
    expect(reader.text).toContain('The lock is shut.');
    expect(reader.choices).toEqual(['Walk in', 'To the shed', 'Climb the wall', 'Eat an apple']);
    reader.choose('Eat an apple');
    expect(reader.text).toContain('One apple.');
    expect(reader.get('visits2')).toBe(2);
    reader.choose('Eat an apple');
    expect(reader.text).toContain('No apples.');
    reader.choose('Walk in');
    expect(reader.text).toContain('The wind: in autumn, 0.');
    reader.choose('Take the key');
    expect(reader.get('apples')).toBe(5);
    expect(reader.text).toContain('Leaves.');
    expect(reader.text).toContain('You know the trees.');
    reader.choose('Out');
    expect(reader.text).not.toContain('The lock is shut.');
    expect(reader.choices).toContain('Unlock');
    reader.choose('Climb the wall');
    expect(reader.choices).toEqual(['Continue']);
    expect(reader.choose('Continue').text).toBe('- tea\n- bread\n\nThe end.');
  });

  it('SugarCube', () => {
    const reader = new Reader(translate(fixture('sugarcube')));
    expect(reader.text).toContain('**The desert** is *cold* at night, Ines.');
    expect(reader.text).toContain('You have 3 skins of water.');
    reader.choose('Drink').choose('Drink');
    expect(reader.text).toContain('Little is left.');
    expect([reader.get('water'), reader.get('drunk'), reader.get('nights')]).toEqual([1, true, 3]);
    reader.choose('Drink');
    expect(reader.text).toContain('You are dry.');
    expect(reader.choices).toContain('Give up');
    reader.choose('Sell a camel');
    expect([reader.get('coins'), reader.get('drunk')]).toEqual([3, false]);
    expect(reader.text).toContain('The wind says: 1 days, Ines\\!');
    reader.choose('Onwards');
    expect(reader.choices).toEqual(['Continue']);
    expect(reader.choose('Continue').node).toBe('Ending');
  });

  it('SugarCube, where a link decides where it leads, and where a passage was seen before', () => {
    const reader = new Reader(translate(fixture('sugarcube')));
    reader.choose('Look for the well');
    expect(reader.text).toContain('A new well.');
    expect(reader.text).toContain('You are poor.');
    reader.choose('Back to camp');
    expect(reader.text).toContain('Little is left.');
    reader.choose('Look for the well');
    expect(reader.text).toContain('The old well.');
    reader.choose('Dunes').choose('Turn back');
    expect(reader.get('lost')).toBe(false);
    expect(reader.choose('Go on').choose('Follow the star').node).toBe('Oasis');
    const dry = new Reader(translate(fixture('sugarcube')));
    dry.choose('Drink').choose('Drink').choose('Go on').choose('Follow the star');
    expect([dry.node, dry.text]).toEqual(['Death', '**Bones** and sand.  \nNothing else.']);
  });

  it('Chapbook', () => {
    const reader = new Reader(translate(fixture('chapbook')));
    expect(reader.text).toContain('The fare is 3.');
    expect(reader.text).toContain('It is dear.');
    expect(reader.choices).toEqual(['Walk', 'Get on']);
    reader.choose('Get on');
    expect(reader.text).toContain('The driver nods.');
    expect(reader.text).not.toContain('You are awake.');
    reader.choose('Sleep');
    expect(reader.text).toContain('The fare is 2.');
    expect(reader.text).toContain('It is cheap.');
    expect(reader.choices).toEqual(['Get on']);
    reader.choose('Get on').choose('Get off');
    expect(reader.text).toBe('You are no. {plain}');
    expect(reader.choose('Home').text).toBe('Good night.');
  });

  it('Snowman', () => {
    const reader = new Reader(translate(fixture('snowman')));
    expect(reader.text).toContain('The tide is **low**. You have 1 coins.');
    expect(reader.text).toContain('One coin is not enough.');
    expect(reader.choices).not.toContain('Pay the ferryman');
    reader.choose('Wait');
    expect(reader.text).toContain('You have 2 coins.');
    expect(reader.choices).toContain('Pay the ferryman');
    expect(reader.choose('Cross the bridge').choices).toEqual(['Continue']);
    expect(reader.choose('Continue').text).toBe('Sleep.');
  });

  it('with sets under a condition, in their order', () => {
    const story = translate(
      storyOf('SugarCube', {
        Here: '<<set $a += 1>><<if $a > 1>><<set $b to $a * 10>><<set $c to "x">><</if>>$a $b $c\n[[Here]]',
      }),
    );
    const reader = new Reader(story);
    expect(reader.text).toBe('1 0 ');
    expect(reader.choose('Here').text).toBe('2 20 x');
  });

  it('with division as in JavaScript', () => {
    const reader = new Reader(
      translate(
        storyOf('SugarCube', {
          Here: '<<set $a to 7>><<set $b to $a / 2>>$b <<= $a / 2>>\n[[Here]]',
        }),
      ),
    );
    expect(reader.text).toBe('3.5 3.5');
  });
});
