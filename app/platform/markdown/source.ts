import { MAX_BODY_CHARS, MAX_HTML_BYTES } from './limits';

// Explicit bidirectional embeddings, overrides and isolates. They are not needed for
// mixed-direction text (our blocks have dir="auto"). Unclosed, they reorder the page around the
// post; in code they show something other than what is copied (CVE-2021-42574). The marks U+200E,
// U+200F and U+061C, and the joiners that Arabic and Indic scripts and emoji need, are kept.
const BIDI_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;

// C0 without tab and line feed, DEL, C1, and the noncharacters that XML and HTML forbid.
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the purpose
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufdd0-\ufdef\ufffe\uffff]/g;

const LONE_SURROGATES = /\p{Surrogate}/gu;

/** Converts line ends to line feeds; forms submit CRLF, which must not count as two. */
export function normalizeLineEnds(source: string): string {
  return source.replace(/\r\n?/g, '\n');
}

/** True if the text is longer than MAX_BODY_CHARS. Fast even for very long texts. */
export function isTooLong(source: string): boolean {
  if (source.length <= MAX_BODY_CHARS) return false;
  // Even a text of CRLF alone cannot become shorter than half.
  if (source.length > 2 * MAX_BODY_CHARS) return true;
  return normalizeLineEnds(source).length > MAX_BODY_CHARS;
}

/**
 * Removes invisible characters that may break programs: control characters, NUL, noncharacters and
 * bidirectional controls. Lone surrogates, which UTF-8 cannot encode, become U+FFFD.
 */
export function removeControls(text: string): string {
  return text.replace(CONTROLS, '').replace(BIDI_CONTROLS, '').replace(LONE_SURROGATES, '\ufffd');
}

/** Whether HTML of a post takes more than MAX_HTML_BYTES. */
export function isTooLarge(html: string): boolean {
  return html.length > MAX_HTML_BYTES || Buffer.byteLength(html) > MAX_HTML_BYTES;
}
