/** Names in `User-Agent`; the first match counts, because most browsers also name older ones. */
const FAMILIES: [string, RegExp][] = [
  ['edge', /\bEdg/],
  ['opera', /\bOPR\/|Opera/],
  ['samsung', /SamsungBrowser/],
  ['firefox', /Firefox|FxiOS/],
  ['chrome', /Chrome|CriOS|Chromium/],
  ['safari', /Safari/],
  ['lynx', /^Lynx/],
  ['w3m', /^w3m/],
];

const SYSTEMS: [string, RegExp][] = [
  ['android', /Android/],
  ['ios', /iPhone|iPad|iPod/],
  ['windows', /Windows/],
  ['macos', /Mac OS X|Macintosh/],
  ['linux', /Linux|X11/],
];

const NAMES: Record<string, string> = {
  edge: 'Edge',
  opera: 'Opera',
  samsung: 'Samsung Internet',
  firefox: 'Firefox',
  chrome: 'Chrome',
  safari: 'Safari',
  lynx: 'Lynx',
  w3m: 'w3m',
  android: 'Android',
  ios: 'iOS',
  windows: 'Windows',
  macos: 'macOS',
  linux: 'Linux',
};

/**
 * Returns browser and operating system from a `User-Agent`, such as `firefox/android`: enough for
 * owners to recognise their own session, but not enough to identify a person. Null if neither is
 * known.
 */
export function browserOf(userAgent: string | null): string | null {
  const named = (list: [string, RegExp][]) => list.find(([, at]) => at.test(userAgent ?? ''))?.[0];
  const parts = [named(FAMILIES), named(SYSTEMS)].filter(Boolean);
  return parts.length > 0 ? parts.join('/') : null;
}

/** Returns the same with brand names: "Firefox, Android". */
export function browserName(browser: string): string {
  return browser
    .split('/')
    .map((part) => NAMES[part] ?? part)
    .join(', ');
}
