/** A text with the decimal digits of every script as 0 to 9: "٣" → "3". */
export function asciiDigits(text: string): string {
  return text.replace(/(?![0-9])\p{Nd}/gu, (digit) => String(digitValue(digit)));
}

/** In each script the ten digits stand in order from nought, here and there two sets on end. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let nought = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(nought - 1))) nought -= 1;
  return (code - nought) % 10;
}
