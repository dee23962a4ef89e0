import type { Finding } from '../finding.js';
import { reachableFrom } from '../reachability.js';
import { startsOf, type CompiledStory } from '../story.js';
import { validate } from '../validate.js';
import type { Proof, SoftLock } from './prove.js';

/** The kinds of fault that only the prover can see. */
export type ProofFindingCode =
  | 'SOFT_LOCK'
  | 'TRAP'
  | 'NEVER_REACHED'
  | 'CONDITION_NEVER_TRUE'
  | 'CONDITION_ALWAYS_TRUE'
  | 'CHECK_NEVER_SUCCEEDS'
  | 'CHECK_NEVER_FAILS'
  | 'NEVER_COLLECTED'
  | 'WRITTEN_NEVER_READ';

type ProofFinding = Finding<ProofFindingCode>;

/** What a proof says in an author's words. Places where readers are lost are errors, all else are warnings. */
export function proofFindings(story: CompiledStory, proof: Proof): Finding[] {
  return [
    ...withoutStart(story),
    ...proof.softLocks.map((lock) => ofSoftLock(story, lock)),
    ...neverReached(story, proof),
    ...ofConditions(story, proof),
    ...ofChecks(story, proof),
    ...neverCollected(proof),
    ...proof.neverRead.map(({ name }): ProofFinding => ({
      code: 'WRITTEN_NEVER_READ',
      severity: 'warning',
      message: `The variable ${name} is changed, but nothing reads it and readers do not see it.`,
      fix: 'Use it in a condition or a text, show it, or leave it out.',
    })),
  ];
}

/** Where nobody can begin, nobody is proved to be safe: what keeps them from it, as the validator says it. */
const withoutStart = (story: CompiledStory): Finding[] =>
  startsOf(story).length > 0
    ? []
    : validate(story).filter(({ code }) => code === 'EMPTY_STORY' || code === 'NO_START');

function ofSoftLock({ nodes, choices }: CompiledStory, lock: SoftLock): ProofFinding {
  const node = nodes[lock.node]!;
  const { witness } = lock;
  const { length } = witness.steps;
  if (lock.kind === 'trapped') {
    return {
      code: 'TRAP',
      severity: 'error',
      node,
      witness,
      message: `At node ${node.key} a reader can be past all endings: there are ways on, but none leads to one any more.`,
      fix: fixAfter(length, 'add a way out that needs nothing the reader may lack'),
    };
  }
  const closed = lock.closed.map(({ choice }) => choices[choice]!.letter).join(', ');
  return {
    code: 'SOFT_LOCK',
    severity: 'error',
    node,
    witness,
    message: `At node ${node.key} a reader can be stuck: ${closed === '' ? 'there is no choice' : `all choices (${closed}) are closed`}.`,
    fix: fixAfter(length, 'add a choice that is open then'),
  };
}

/** What to do about a fault that a play shows. */
function fixAfter(steps: number, what: string): string {
  if (steps === 0) return `Readers stand there from the start: ${what}.`;
  return `Play the ${steps === 1 ? 'step' : `${steps} steps`} that lead${steps === 1 ? 's' : ''} there, and ${what}.`;
}

/** Nodes to which choices lead, though none of those can ever be made. */
function neverReached(story: CompiledStory, proof: Proof): ProofFinding[] {
  const linked = reachableFrom(story, startsOf(story));
  return story.nodes.flatMap((node, index) =>
    proof.nodes[index]!.status === 'unreachable' && linked[index] === 1
      ? [
          {
            code: 'NEVER_REACHED' as const,
            severity: 'warning' as const,
            node,
            message: `No reader can ever come to node ${node.key}: the conditions on the way are never true together.`,
            fix: 'Loosen a condition on the way, or give the reader what it asks for.',
          },
        ]
      : [],
  );
}

const ofConditions = (story: CompiledStory, { constantConditions }: Proof): ProofFinding[] =>
  constantConditions.map(({ choice: index, always }) => {
    const choice = story.choices[index]!;
    const node = story.nodes[story.source[index]!]!;
    return {
      code: always ? 'CONDITION_ALWAYS_TRUE' : 'CONDITION_NEVER_TRUE',
      severity: 'warning',
      node,
      choice,
      message: `The condition of choice ${choice.letter} of node ${node.key} is ${always ? 'always' : 'never'} true when a reader stands there.`,
      fix: always ? 'Leave it out, or mend it.' : 'Mend it, or delete the choice.',
    };
  });

const ofChecks = (story: CompiledStory, { constantChecks }: Proof): ProofFinding[] =>
  constantChecks.map(({ choice: index, always }) => {
    const choice = story.choices[index]!;
    const node = story.nodes[story.source[index]!]!;
    return {
      code: always ? 'CHECK_NEVER_FAILS' : 'CHECK_NEVER_SUCCEEDS',
      severity: 'warning',
      node,
      choice,
      message: `The check of choice ${choice.letter} of node ${node.key} can never ${always ? 'fail' : 'succeed'}.`,
      fix: 'Change the dice or what they must reach.',
    };
  });

const neverCollected = ({ collectibles }: Proof): ProofFinding[] =>
  [...collectibles].flatMap(([{ kind, name }, { status }]) =>
    status === 'unreachable'
      ? [
          {
            code: 'NEVER_COLLECTED' as const,
            severity: 'warning' as const,
            message: `No reader can ever collect the ${kind} ${name}.`,
            fix: 'Award it on a way that readers can take.',
          },
        ]
      : [],
  );
