import { describe, expect, it } from '@jest/globals';
import { countAllWords, countWords, minutesFor } from './words.js';

describe('countWords', () => {
  it.each([
    ['', 0],
    [' \n* * *\n', 0],
    ['The door opens.', 3],
    ['Don’t ask me for 3,000 coins, O.K.', 7],
    ['well-known', 2],
    ["O’Brien and O\\'Hara", 3],
    ['# A *very* __red__ door', 4],
    ['Read [the letter](https://example.org/a-long-one "A title") now', 4],
    ['You have {{ gold | plus: 1 }} coins', 3],
    ['{% if gold > 3 %}Rich{% else %}Poor and sad{% endif %}', 4],
    ['{{ never closed', 2],
    ['One two {% comment %}three four five{% endcomment %}', 2],
    ['One {%- comment -%}{% if x %}two{% endif %}{%- endcomment -%} three {{ comment }}', 2],
    ['One {% comment %}two{% endcomment %} three {% comment %}four', 2],
    ['Ærøskøbing Привет Ελλάδα नमस्ते', 4],
  ])('of %j finds %i', (text, count) => {
    expect(countWords(text)).toBe(count);
  });

  it('counts words of scripts that put no space between them', () => {
    expect(countWords('我喜欢读书。')).toBe(3);
    expect(countWords('猫が好きです。')).toBeGreaterThan(2);
    expect(countWords('สวัสดีชาวโลก')).toBeGreaterThan(1);
    expect(countWords('我喜欢 {{ name }} and tea')).toBe(4);
  });

  it.each(['{{', '](', '{% ', '{% comment %}', '[', "a'", '1,', '](x'])(
    'stays quick for many %j',
    (piece) => {
      const before = process.cpuUsage();
      countWords(piece.repeat(Math.ceil(50_000 / piece.length)));
      // Some hundredths of a second, and room for a busy machine.
      expect(process.cpuUsage(before).user).toBeLessThan(2_000_000);
    },
  );
});

describe('countAllWords', () => {
  it.each([
    ['The door opens. ', 20_000],
    ['我喜欢读书。', 2000],
  ])('counts thousands of texts such as %j, and lets others have a turn', async (piece, texts) => {
    const text = piece.repeat(60);
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const count = await countAllWords(Array.from({ length: texts }, () => text));
    clearInterval(timer);
    expect(count).toBe(texts * 60 * 3);
    expect(turns).toBeGreaterThan(0);
  });
});

describe('minutesFor', () => {
  it.each([
    [0, 0],
    [1, 1],
    [200, 1],
    [201, 2],
  ])('%i words takes %i minutes', (words, minutes) => {
    expect(minutesFor(words)).toBe(minutes);
  });
});
