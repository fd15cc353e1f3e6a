import { MAX_BODY_CHARS } from './limits';

// Explicit embeddings, overrides and isolates. People write mixed-direction text without them (our
// blocks carry dir="auto"); left open they reorder the page around the post, and in code they show
// something other than what is copied (CVE-2021-42574). The plain marks U+200E, U+200F and U+061C,
// and the joiners that Arabic and Indic scripts and emoji need, stay.
const BIDI_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;

// C0 without tab and line feed, DEL, C1, and the noncharacters that XML and HTML forbid.
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the purpose
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufdd0-\ufdef\ufffe\uffff]/g;

const LONE_SURROGATES = /\p{Surrogate}/gu;

/** Makes every line end a line feed; forms submit CRLF, which must not count twice. */
export function normalizeLineEnds(source: string): string {
  return source.replace(/\r\n?/g, '\n');
}

/** Whether a text exceeds MAX_BODY_CHARS. Cheap, also for very long texts. */
export function isTooLong(source: string): boolean {
  if (source.length <= MAX_BODY_CHARS) return false;
  // Not even a text of nothing but CRLF can shrink by more than half.
  if (source.length > 2 * MAX_BODY_CHARS) return true;
  return normalizeLineEnds(source).length > MAX_BODY_CHARS;
}

/**
 * Removes what no reader can see and some program may trip over: control characters, NUL,
 * noncharacters and bidirectional controls. Lone surrogates, which UTF-8 cannot hold, become U+FFFD.
 */
export function removeControls(text: string): string {
  return text.replace(CONTROLS, '').replace(BIDI_CONTROLS, '').replace(LONE_SURROGATES, '\ufffd');
}
