import type { NodeDefinition } from './definition.js';
import type { Finding } from './finding.js';

/** The kinds of fault in what nodes show and play. */
export type MediaFindingCode = 'IMAGE_WITHOUT_ALT_TEXT' | 'MEDIA_NOT_READY';

/** Finds all that is wrong with the image and the recording of a node. */
export function mediaFindings(node: NodeDefinition): Finding<MediaFindingCode>[] {
  const { image, audio } = node.media ?? {};
  const findings: Finding<MediaFindingCode>[] = [];
  if (image?.alt.trim() === '') {
    findings.push({
      code: 'IMAGE_WITHOUT_ALT_TEXT',
      severity: 'error',
      node,
      message: `The image of node ${node.key} has no text for those who do not see it.`,
      fix: 'Say what it shows: updateNode with image.altText.',
    });
  }
  for (const [what, medium] of [
    ['image', image],
    ['recording', audio],
  ] as const) {
    if (medium === undefined || medium.key !== undefined) continue;
    findings.push({
      code: 'MEDIA_NOT_READY',
      severity: 'error',
      node,
      message: `The ${what} of node ${node.key} is not ready: it is being processed, could not be, or was deleted.`,
      fix: 'Wait until it is ready, or give the node another one.',
    });
  }
  return findings;
}
