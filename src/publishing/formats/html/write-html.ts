import { escapeHtml } from './escape-html.js';
import { STORY_ELEMENT, type OfflineStory } from './offline-story.js';

/** The player as it stands in the file. */
export interface Player {
  readonly script: string;
  readonly style: string;
  /** Sources of a content security policy that allow `script` and `style`, such as `sha256-…`. */
  readonly scriptHash: string;
  readonly styleHash: string;
}

/**
 * One HTML file that plays a story without a network. Its policy lets the player run and show what the file holds, and
 * nothing else: nothing is loaded, nothing is sent.
 * @returns the file in pieces, to be joined as they are
 */
export const writeHtml = (story: OfflineStory, player: Player): string[] => [
  `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyFor(player)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Talegraph">
<meta name="author" content="${escapeHtml(story.author)}">
<meta name="description" content="${escapeHtml(story.description)}">
<title>${escapeHtml(story.title)}</title>
<style>`,
  player.style,
  `</style>
</head>
<body>
<noscript>${escapeHtml(story.title)} plays itself in this page, which takes JavaScript. Switch it on, then open the file again.</noscript>
<script type="application/json" id="${STORY_ELEMENT}">`,
  jsonForScript(story),
  `</script>
<script>`,
  player.script,
  `</script>
</body>
</html>
`,
];

const policyFor = ({ scriptHash, styleHash }: Player) =>
  [
    "default-src 'none'",
    `script-src '${scriptHash}'`,
    `style-src '${styleHash}'`,
    'img-src data:',
    'media-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

/** JSON that no HTML parser takes for the end of a script or the start of a comment. */
const jsonForScript = (value: unknown): string =>
  JSON.stringify(value).replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
