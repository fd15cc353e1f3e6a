import { globSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { messagesOf } from './read-messages';

/** Marks that take the room of the space after them, as wide as a letter. */
const WIDE_END = /[，。：；！？、）」』》】]\}*$/;
/** Those that a button shows, which a space keeps apart from what follows, fit the keys of sentences. */
const BUTTONS = /^(?:keyPoints\.stance|moderation\.desk\.bulk)\./;
const endsWide = Object.entries(messagesOf('zh')).flatMap(([key, message]) =>
  WIDE_END.test(message) && !BUTTONS.test(key) ? [key] : [],
);

const escaped = (text: string) => text.replaceAll('.', '\\.');

/** Returns the pattern of keys in a string or template that names messages. */
function keysIn(node: ts.Node): RegExp | null {
  if (ts.isStringLiteralLike(node)) return new RegExp(`^${escaped(node.text)}$`);
  if (!ts.isTemplateExpression(node)) return null;
  const parts = [node.head, ...node.templateSpans.map(({ literal }) => literal)];
  const texts = parts.map(({ text }) => text);
  // A template with spaces is a text of its own.
  return texts.some((text) => /\s/.test(text))
    ? null
    : new RegExp(`^${texts.map((text) => escaped(text)).join('[\\w-]+')}$`);
}

/** True if some message that a part of a page shows ends in a wide mark in Chinese. */
function mayEndWide(node: ts.Node | undefined): boolean {
  if (!node || ts.isJsxAttributes(node)) return false;
  const keys = keysIn(node);
  if (keys && endsWide.some((key) => keys.test(key))) return true;
  const shown: ts.Node[] = [];
  node.forEachChild((inner) => {
    shown.push(inner);
  });
  // `<Text k="…">` shows what its attribute names.
  const isText = ts.isJsxSelfClosingElement(node) && node.tagName.getText() === 'Text';
  return [...shown, ...(isText ? node.attributes.properties : [])].some(mayEndWide);
}

const isSpace = (node: ts.Node) =>
  (ts.isJsxText(node) && /^ /.test(node.text)) ||
  (ts.isJsxExpression(node) &&
    node.expression !== undefined &&
    ts.isStringLiteral(node.expression) &&
    /^ /.test(node.expression.text));

/** Returns the places in a file where a space of its own follows such a message. */
function spacesAfterWide(file: string): string[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(file, 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const found: string[] = [];
  const note = (node: ts.Node) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    found.push(`${file}:${line + 1}`);
  };
  const walk = (node: ts.Node) => {
    if (ts.isJsxElement(node) || ts.isJsxFragment(node)) {
      node.children.forEach((child, at) => {
        const before = node.children[at - 1];
        if (before && isSpace(child) && mayEndWide(before)) note(before);
      });
    }
    if (ts.isTemplateExpression(node)) {
      for (const { expression, literal } of node.templateSpans) {
        if (/^ /.test(literal.text) && mayEndWide(expression)) note(expression);
      }
    }
    node.forEachChild(walk);
  };
  walk(source);
  return found;
}

it('leaves the gap after a message to the language: Chinese marks are as wide as a letter', () => {
  const found = globSync('app/**/*.{ts,tsx}')
    .filter((file) => !file.includes('.test.'))
    .flatMap(spacesAfterWide);
  expect(found).toEqual([]);
});
