/** A bar scaled to the longest in its table; the number is beside it. */
export function Bar({ share, before = 0 }: { share: number; before?: number }) {
  const width = (part: number) => Math.max(1, Math.round(part * 100));
  return (
    <svg className="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
      {before > 0 && <rect className="before" width={width(before)} height="1" />}
      <rect y={before > 0 ? 1.5 : 0} width={width(share)} height={before > 0 ? 2.5 : 4} />
    </svg>
  );
}
