import { readFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';
import { Resvg } from '@resvg/resvg-js';
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

/** A PNG of 9 by 9 pixels, drawn by a library. */
const drawn = () =>
  new Resvg(`<svg viewBox="0 0 9 9" xmlns="http://www.w3.org/2000/svg">${DROP}</svg>`)
    .render()
    .asPng();

it('takes no PNG that is cut off, damaged, or followed by something else', () => {
  const png = drawn();
  for (let length = 8; length < png.length; length += 1) {
    expect(readLogo(png.subarray(0, length)), `${length} bytes`).toBeNull();
  }
  for (let at = 8; at < png.length; at += 1) {
    const damaged = Buffer.from(png);
    damaged.writeUInt8((damaged.readUInt8(at) + 1) % 256, at);
    expect(readLogo(damaged), `byte ${at}`).toBeNull();
  }
  expect(readLogo(Buffer.concat([png, Buffer.from('<script>')]))).toBeNull();
});

/** A PNG whose checksums are right, with this header and image data. */
const built = (header: readonly number[], data: Buffer, more: [string, Buffer][] = []) => {
  const chunk = ([type, content]: [string, Buffer]) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(content.length);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const size = Buffer.alloc(8);
  size.writeUInt32BE(header[0] ?? 0);
  size.writeUInt32BE(header[1] ?? 0, 4);
  const chunks: [string, Buffer][] = [
    ['IHDR', Buffer.concat([size, Buffer.from(header.slice(2))])],
    ...more,
    ['IDAT', deflateSync(data)],
    ['IEND', Buffer.alloc(0)],
  ];
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks.map(chunk)]);
};

it.each([
  ['grey, 1 bit', [9, 2, 1, 0, 0, 0, 0], 2 * 3, true],
  ['interlaced', [3, 3, 8, 2, 0, 0, 1], 4 + 4 + 7 + 2 * 4 + 10, true],
  ['a pixel less', [9, 2, 8, 6, 0, 0, 0], 2 * 37 - 4, false],
  ['a pixel more', [9, 2, 8, 6, 0, 0, 0], 2 * 37 + 4, false],
  ['no palette', [2, 2, 8, 3, 0, 0, 0], 2 * 3, false],
  ['no such depth', [2, 2, 4, 2, 0, 0, 0], 2 * 4, false],
  ['no width', [0, 2, 8, 2, 0, 0, 0], 2, false],
  ['a bomb', [60_000, 60_000, 8, 6, 0, 0, 0], 10, false],
] as const)('decodes a PNG: %s', (_, header, bytes, isWhole) => {
  expect(readLogo(built(header, Buffer.alloc(bytes))) !== null).toBe(isWhole);
});

it('needs a palette for a PNG with one, and filters that exist', () => {
  const palette: [string, Buffer][] = [['PLTE', Buffer.alloc(6)]];
  expect(readLogo(built([2, 2, 8, 3, 0, 0, 0], Buffer.alloc(6), palette))).not.toBeNull();
  expect(readLogo(built([2, 2, 8, 3, 0, 0, 0], Buffer.alloc(6, 9), palette))).toBeNull();
});

it('takes a PNG as it is, and nothing else', () => {
  const png = drawn();
  expect(readLogo(png)).toEqual({ type: 'image/png', data: png.toString('base64') });
  for (const text of ['', 'GIF89a', '<html><body>x</body></html>', '<svg></svg>', 'x<svg/>']) {
    expect(svgOf(text), text).toBeNull();
  }
  expect(readLogo(Buffer.concat([png, Buffer.alloc(LOGO_BYTES)]))).toBeNull();
  expect(readLogo(Buffer.from('\x89PNG\r\n\x1a\nrest', 'latin1'))).toBeNull();
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
