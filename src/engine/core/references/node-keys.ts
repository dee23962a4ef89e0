import type { StoryDefinition } from '../definition.js';
import { edited } from '../edits.js';
import { withTexts, type Site } from '../sites.js';
import { mentionsIn } from './in-story.js';
import { renaming } from './mention.js';

/**
 * A copy of a story with many keys of nodes changed at once, wherever it goes by them. What cannot be read stays. Linear.
 * @param names the new keys by those before
 */
export function withNodeKeys(
  story: StoryDefinition,
  names: ReadonlyMap<string, string>,
): StoryDefinition {
  const { nodes, ...rest } = withTexts(story, (site) => withNames(site, names));
  return {
    ...rest,
    nodes: nodes.map((node) => ({ ...node, key: names.get(node.key) ?? node.key })),
  };
}

function withNames(site: Site, names: ReadonlyMap<string, string>): string {
  const edits = (mentionsIn(site)?.mentions ?? []).flatMap((mention) => {
    const to = mention.kind === 'node' ? names.get(mention.name) : undefined;
    return to === undefined ? [] : [renaming(site.text, mention, to)];
  });
  return edits.length === 0 ? site.text : edited(site.text, edits).text;
}
