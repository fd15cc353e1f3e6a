import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { LOGO_BYTES, logoField, readLogo } from './logo';

const svgOf = (text: string) => {
  const logo = readLogo(Buffer.from(text));
  return logo && Buffer.from(logo.data, 'base64').toString();
};
const DROP = '<path d="M0 0h9v9z" fill="url(#g)"></path>';

it('keeps the shapes and gradients of an SVG', () => {
  const gradient =
    '<defs><linearGradient id="g" gradientUnits="userSpaceOnUse"><stop offset="0" stop-color="#fff"></stop></linearGradient></defs>';
  const image = `<svg viewBox="0 0 9 9" xmlns="http://www.w3.org/2000/svg">${gradient}${DROP}</svg>`;
  expect(svgOf(`<?xml version="1.0"?><!DOCTYPE svg>\n${image}\n`)).toBe(image);
  expect(svgOf(image)).toBe(image);
});

it.each([
  '<script>alert(1)</script>',
  '<script xlink:href="https://evil.example/x.js"/>',
  '<style>@import url(https://evil.example/x.css);</style>',
  '<image href="https://evil.example/x.png"/>',
  '<use href="https://evil.example/x.svg#a"/>',
  '<a href="javascript:alert(1)"><path d="M0 0" onclick="alert(1)"/></a>',
  '<foreignObject><iframe src="https://evil.example"/></foreignObject>',
  '<path d="M0 0" fill="url(https://evil.example/x.svg#a)" onload="alert(1)"/>',
  '<path d="M0 0" mask="url( \'https://evil.example/x.svg#a\')" style="fill:url(//evil.example)"/>',
  '<animate attributeName="href" values="javascript:alert(1)"/>',
  '<set attributeName="onload" to="alert(1)"/>',
])('leaves out of an SVG what could run, load or lead anywhere: %s', (hostile) => {
  const svg = svgOf(`<svg onload="alert(1)" viewBox="0 0 9 9">${hostile}${DROP}</svg>`) ?? '';
  expect(svg).toContain(DROP);
  expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(
    /alert|evil|href|script|style|iframe|on\w+=|animate|<set/i,
  );
});

it('takes a PNG as it is, and nothing else', () => {
  const png = Buffer.from('\x89PNG\r\n\x1a\nrest', 'latin1');
  expect(readLogo(png)).toEqual({ type: 'image/png', data: png.toString('base64') });
  for (const text of ['', 'GIF89a', '<html><body>x</body></html>', '<svg></svg>', 'x<svg/>']) {
    expect(svgOf(text), text).toBeNull();
  }
  expect(readLogo(Buffer.concat([png, Buffer.alloc(LOGO_BYTES)]))).toBeNull();
  expect(readLogo(readFileSync('package.json'))).toBeNull();
});

it('checks a logo from a file or the database again', () => {
  const hostile = Buffer.from(`<svg><script>alert(1)</script>${DROP}</svg>`).toString('base64');
  const read = logoField.parse({ type: 'image/svg+xml', data: hostile });
  expect(Buffer.from(read.data, 'base64').toString()).not.toContain('alert');
  // Its bytes say what it is.
  expect(logoField.parse({ type: 'image/png', data: hostile }).type).toBe('image/svg+xml');
  expect(logoField.safeParse({ type: 'image/png', data: 'AAAA' }).success).toBe(false);
});
