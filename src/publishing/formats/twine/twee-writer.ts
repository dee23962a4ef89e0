import { dataPassage, sourcesOf, titlePassage } from './special-passages.js';
import { sayDetails } from './story-details.js';
import { writeTweeHeader } from './twee-header.js';
import { writeTweeText } from './twee-text.js';
import type { TwinePassage, TwineStory } from './twine-story.js';

/**
 * Writes Twee 3. The passages come in their order, with `StoryTitle` and `StoryData` before them where none says what
 * the story says. Reading it gives the same story but for what Twee cannot hold: blank lines at the end of a text, white
 * space around the story’s name, and line breaks in names and tags, which become spaces.
 */
export const writeTwee = (story: TwineStory): string => {
  const { title, data } = sourcesOf(story);
  const added = [
    ...(title || story.name.trim() === '' ? [] : [titlePassage(story)]),
    ...(data || Object.keys(sayDetails(story)).length === 0 ? [] : [dataPassage(story)]),
  ];
  return [...added, ...story.passages].map(writePassage).join('\n');
};

const writePassage = (passage: TwinePassage): string => {
  const header = `${writeTweeHeader(passage)}\n`;
  return passage.text === '' ? header : `${header}${writeTweeText(passage.text)}\n`;
};
