import type { DocumentRuleProblem } from '../documents/document-rules.js';
import type { StoryDocument } from '../formats/story-document.js';
import type { FidelityReport } from '../formats/twine/fidelity.js';

/**
 * What is wrong with the ways of a story that was made with Twine, as its author knows them: choices that lead nowhere
 * name the passage that is missing; and where some links are computed in play, what nothing else leads to is one problem.
 */
export function withWays(
  problems: readonly DocumentRuleProblem[],
  story: StoryDocument,
  report: FidelityReport,
): DocumentRuleProblem[] {
  const missing = missingPassages(story, report);
  const named = problems.map((problem): DocumentRuleProblem => {
    const name = problem.code === 'MISSING_TARGET' ? missing(problem) : undefined;
    if (name === undefined) return problem;
    const message = `${problem.message.replace(/\.$/, '')}: there is no passage ${name}.`;
    return { ...problem, message, fix: `Add a passage of that name, or correct the link.` };
  });
  if (report.isReachabilityKnown) return named;
  const isUnreached = ({ code }: DocumentRuleProblem) => code === 'UNREACHABLE_NODE';
  const unreached = named.filter(isUnreached);
  const others = named.filter((problem) => !isUnreached(problem));
  return unreached.length === 0 ? others : [...others, perhapsUnreached(unreached, story)];
}

/** How many nodes are named. */
const MOST_NAMED = 5;

function perhapsUnreached(
  unreached: readonly DocumentRuleProblem[],
  { nodes }: StoryDocument,
): DocumentRuleProblem {
  const keys = unreached.slice(0, MOST_NAMED).map(({ path }) => nodes[Number(path[1])]!.key);
  const more = unreached.length - keys.length;
  const names = `${keys.join(', ')}${more === 0 ? '' : ` and ${more} more`}`;
  const count = unreached.length === 1 ? 'One node is' : `${unreached.length} nodes are`;
  return {
    severity: 'warning',
    code: 'UNREACHABLE_NODE',
    path: [],
    message: `${count} reached by no way that is known, as some links are computed in play: ${names}.`,
    fix: 'Lead choices to those that readers come to in play: see the computed links of the report.',
  };
}

/** Finds the passage that a choice would lead to, where links and choices of its node can be told apart. */
function missingPassages({ nodes, twine }: StoryDocument, { links }: FidelityReport) {
  const passageOf = new Map(twine!.nodes.map((key, i) => [key, twine!.story.passages[i]!.name]));
  const broken = links.filter(({ isBroken, outcome }) => isBroken && outcome === 'mapped');
  const byPassage = Map.groupBy(broken, ({ place }) => place.passage);
  return ({ path: [, i, , place] }: DocumentRuleProblem): string | undefined => {
    const { key, choices = [] } = nodes[Number(i)]!;
    const targets = (byPassage.get(passageOf.get(key) ?? '') ?? []).map(({ target }) => target!);
    const open = choices.flatMap(({ to }, at) => (to === undefined ? [at] : []));
    if (new Set(targets).size === 1) return targets[0];
    return targets.length === open.length ? targets[open.indexOf(Number(place))] : undefined;
  };
}
