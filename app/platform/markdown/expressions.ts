import { RE2JS } from 're2js';
import { ownThread, threadTime } from './thread-cpu-time';

/*
 * Regular expressions that moderators write, looked for in texts that anybody writes. They are RE2's:
 * no back-references and no look-around, so that the time grows with the length of the text alone.
 */

/** Maximum length of a match that is kept to be shown. */
const SHOWN = 80;

/**
 * Maximum CPU time for all expressions on one text, in milliseconds: below the limit after which a
 * thread is ended. 200 expressions take about 0.4 s on 5,000 characters.
 */
const MAX_MATCH_MILLISECONDS = 800;

/** What an expression matched, null if nothing, undefined if there was no time left to look. */
export type Match = string | null | undefined;

/** @throws RE2JSException if the text is no expression of RE2 */
export function compileExpression(text: string): RE2JS {
  return RE2JS.compile(text, RE2JS.CASE_INSENSITIVE | RE2JS.MULTILINE);
}

const compiled = new Map<string, RE2JS>();

/** Looks for each expression in a text, in their order, until the time is used up. */
export function matchExpressions(
  expressions: readonly string[],
  text: string,
  milliseconds = MAX_MATCH_MILLISECONDS,
): Match[] {
  // Those that were retired since are forgotten.
  for (const known of compiled.keys()) if (!expressions.includes(known)) compiled.delete(known);
  const used = stopwatch();
  return expressions.map((expression) =>
    used() < milliseconds ? matchOne(expression, text) : undefined,
  );
}

function matchOne(source: string, text: string): string | null {
  const expression = compiled.get(source) ?? compileExpression(source);
  compiled.set(source, expression);
  // Not `test`: its automaton is ten times faster with some expressions, and with others takes all
  // memory.
  const matcher = expression.matcher(text);
  return matcher.find() ? (matcher.group() ?? '').slice(0, SHOWN) : null;
}

/** Returns a function that gives the CPU time of this thread since now, or else the time that passed. */
function stopwatch(): () => number {
  const thread = ownThread();
  const began = performance.now();
  const had = thread === null ? null : threadTime(thread);
  return () => {
    const has = thread === null ? null : threadTime(thread);
    return had === null || has === null ? performance.now() - began : has - had;
  };
}
