/** Converts the decimal digits of every script to 0–9: "٣" → "3". */
export function asciiDigits(text: string): string {
  return text.replace(/(?![0-9])\p{Nd}/gu, (digit) => String(digitValue(digit)));
}

/** Unicode orders the ten digits of each script from zero; some scripts have two sets in a row. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let nought = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(nought - 1))) nought -= 1;
  return (code - nought) % 10;
}
