import { globSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/*
 * Checks that every query that reads `posts` uses one of the conditions in `visibility.ts`,
 * directly or through a function or variable. A query for posts in any state must read
 * `postsInAnyState`.
 */
const RULES = ['visiblePost', 'publicPost', 'readablePost', 'placedPost'];
const HOME = 'app/domain/forum/visibility.ts';

const files = globSync('{app,tools}/**/*.{ts,tsx}')
  .filter((file) => !/\.test\.tsx?$/.test(file) && file !== HOME)
  .map((file) => [file, readFileSync(file, 'utf8')] as const)
  .filter(([, text]) => text.includes('posts'))
  .map(([file, text]) => ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));

describe('a query on posts', () => {
  it('uses a visibility rule', () => {
    const { queries, careless } = inspect(files);
    expect(queries).toBeGreaterThan(50);
    expect(careless).toEqual([]);
  });

  it('is reported without one', () => {
    const inspected = (text: string) =>
      inspect([ts.createSourceFile('a.ts', text, ts.ScriptTarget.Latest, true)]).careless;
    const query = (where: string) => `const rows = db.select().from(posts).where(${where});`;
    expect(inspected(query('eq(posts.id, id)'))).toEqual(['a.ts:1']);
    expect(inspected(query("and(eq(posts.id, id), eq(posts.state, 'visible'))"))).toHaveLength(2);
    expect(inspected('db.select().from(a).innerJoin(posts, on)')).toEqual(['a.ts:1']);
    expect(inspected("const p = alias(posts, 'p');\ndb.select().from(p)")).toEqual(['a.ts:2']);
    expect(inspected(query('and(eq(posts.id, id), publicPost())'))).toEqual([]);
    expect(inspected(`function of(): SQL { return publicPost(); }\n${query('of()')}`)).toEqual([]);
    expect(inspected('db.select().from(postsInAnyState)')).toEqual([]);
  });
});

/**
 * Returns the number of queries that read posts, and the places where one has no rule or compares
 * the state itself.
 */
function inspect(sources: readonly ts.SourceFile[]): { queries: number; careless: string[] } {
  const rules = withDerived(sources);
  const careless: string[] = [];
  let queries = 0;
  for (const source of sources) {
    const tables = new Set(['posts', ...aliasesOf(source)]);
    const local = variablesOf(source, rules);
    walk(source, (node) => {
      if (!ts.isCallExpression(node)) return;
      const name = calledName(node);
      const reads =
        /^(?:from|\w+Join)$/.test(name) && tables.has(node.arguments[0]?.getText() ?? '');
      if (reads) queries += 1;
      const forgets = reads && !mentions(queryAround(node), new Set([...rules, ...local]));
      if (forgets || spellsVisible(node)) careless.push(`${source.fileName}:${lineOf(node)}`);
    });
  }
  return { queries, careless };
}

/** Returns the rules, and all functions in any file that build a condition from one. */
function withDerived(sources: readonly ts.SourceFile[]): Set<string> {
  const rules = new Set(RULES);
  const conditions: ts.FunctionDeclaration[] = [];
  for (const source of sources) {
    walk(source, (node) => {
      if (ts.isFunctionDeclaration(node) && /\bSQL\b/.test(node.type?.getText() ?? '')) {
        conditions.push(node);
      }
    });
  }
  for (let known = 0; known < rules.size; ) {
    known = rules.size;
    for (const node of conditions) if (mentions(node, rules)) rules.add(node.name?.text ?? '');
  }
  return rules;
}

/** Returns the variables that hold a condition made from a rule. */
function variablesOf(source: ts.SourceFile, rules: ReadonlySet<string>): string[] {
  const found: string[] = [];
  walk(source, (node) => {
    if (!ts.isVariableDeclaration(node) || !node.initializer) return;
    if (!ts.isAwaitExpression(node.initializer) && mentions(node.initializer, rules)) {
      found.push(node.name.getText());
    }
  });
  return found;
}

/** Returns the aliases of `posts`. */
function aliasesOf(source: ts.SourceFile): string[] {
  const found: string[] = [];
  walk(source, (node) => {
    if (!ts.isVariableDeclaration(node) || !node.initializer) return;
    const { initializer } = node;
    if (!ts.isCallExpression(initializer) || calledName(initializer) !== 'alias') return;
    if (initializer.arguments[0]?.getText() === 'posts') found.push(node.name.getText());
  });
  return found;
}

/** True if a comparison in a query is with the state `visible`, written by hand. */
function spellsVisible(node: ts.CallExpression): boolean {
  const [column, value] = node.arguments;
  return (
    /^(?:eq|ne|inArray|notInArray)$/.test(calledName(node)) &&
    /\.(?:state|deletedFrom)$/.test(column?.getText() ?? '') &&
    /['"]visible['"]/.test(value?.getText() ?? '')
  );
}

/** Returns the whole chain of calls that a call belongs to. */
function queryAround(node: ts.Node): ts.Node {
  let chain = node;
  while (
    ts.isPropertyAccessExpression(chain.parent) ||
    (ts.isCallExpression(chain.parent) && chain.parent.expression === chain)
  ) {
    chain = chain.parent;
  }
  return chain;
}

function calledName({ expression }: ts.CallExpression): string {
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText();
}

function mentions(node: ts.Node, names: ReadonlySet<string>): boolean {
  let found = false;
  walk(node, (inner) => {
    found ||= ts.isIdentifier(inner) && names.has(inner.text);
  });
  return found;
}

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

function lineOf(node: ts.Node): number {
  return node.getSourceFile().getLineAndCharacterOfPosition(node.getEnd()).line + 1;
}
