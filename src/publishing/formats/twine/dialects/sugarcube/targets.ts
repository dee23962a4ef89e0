import type { LinkRecord } from '../../fidelity.js';
import type { Argument } from './arguments.js';

/** Where a link leads. */
export interface Target {
  readonly target: string | null;
  readonly linkKind: LinkRecord['kind'];
}

/** The name of the passage that a target in brackets is, or null where it is code that gives it. */
export function targetOf(target: string): string | null {
  const quoted = /^(["'])([^"']*)\1$/.exec(target);
  if (quoted !== null) return quoted[2]!;
  const isCode =
    /^\$[A-Za-z_]/.test(target) ||
    /^[\w$.]+\(.*\)$/.test(target) ||
    /["'`]\s*\+|\+\s*["'`]/.test(target);
  return isCode ? null : target;
}

/** Where the argument of a macro leads. */
export function macroTarget(argument: Argument | undefined): Target {
  const target =
    argument?.kind === 'text'
      ? argument.value
      : argument?.kind === 'link'
        ? targetOf(argument.link.target)
        : null;
  return { target, linkKind: target === null ? 'computed' : 'macro' };
}
