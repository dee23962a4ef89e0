import type { FieldProblem } from './errors.js';

const FAULTS = new WeakMap<object, readonly FieldProblem[]>();
const CHECKED_LATER = new WeakSet<object>();

/**
 * Class decorator for an input whose service checks rules too: what is wrong with its shape does not refuse it at once,
 * but is kept for the service, which must take it by {@link faultsOf} and refuse it with all that is wrong.
 */
export const RefusedByService = (): ClassDecorator => (type) => {
  CHECKED_LATER.add(type);
};

export const isRefusedByService = (type: object | undefined): boolean =>
  type !== undefined && CHECKED_LATER.has(type);

export function keepFaults(input: object, faults: readonly FieldProblem[]): void {
  FAULTS.set(input, faults);
}

/** What is wrong with the shape of an input. */
export const faultsOf = (input: object): readonly FieldProblem[] => FAULTS.get(input) ?? [];

/** The fields of an input that have the right shape: their rules can be checked. */
export function soundFields<T extends object>(input: T): Partial<T> {
  const faulty = new Set(faultsOf(input).map(({ path }) => path));
  const sound = Object.entries(input).filter(([field]) => !faulty.has(`input.${field}`));
  return Object.fromEntries(sound) as Partial<T>;
}

/** The faults of the shape first, then those of the rules that do not stand where one of the shape does. */
export function allFaults(
  ofShape: readonly FieldProblem[],
  ofRules: readonly FieldProblem[],
): FieldProblem[] {
  const known = ofShape.map(({ path }) => path);
  const isKnown = ({ path }: FieldProblem) =>
    known.some((each) => path === each || path.startsWith(`${each}.`));
  return [...ofShape, ...ofRules.filter((problem) => !isKnown(problem))];
}
