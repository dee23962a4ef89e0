import { STORY_ELEMENT, type OfflineStory } from '../publishing/formats/html/offline-story.js';
import { Page } from './page.js';

const written = document.getElementById(STORY_ELEMENT)!.textContent;
new Page(JSON.parse(written) as OfflineStory).open(document.body);
