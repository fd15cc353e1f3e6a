/** What browsers call themselves; the first that fits, since most also name the older ones. */
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
 * Family and system of a browser by its `User-Agent`, such as `firefox/android`: enough for its
 * owner to know it again, and nothing that tells two people apart. Null when neither is known.
 */
export function browserOf(userAgent: string | null): string | null {
  const named = (list: [string, RegExp][]) => list.find(([, at]) => at.test(userAgent ?? ''))?.[0];
  const parts = [named(FAMILIES), named(SYSTEMS)].filter(Boolean);
  return parts.length > 0 ? parts.join('/') : null;
}

/** The same in the names that the makers give: "Firefox, Android". */
export function browserName(browser: string): string {
  return browser
    .split('/')
    .map((part) => NAMES[part] ?? part)
    .join(', ');
}
