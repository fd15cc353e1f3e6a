/** A bar scaled to the longest in its table; the number is beside it. */
export function Bar({ share, before = 0 }: { share: number; before?: number }) {
  const width = (part: number) => Math.max(1, Math.round(part * 100));
  return (
    <svg
      className="bar"
      viewBox={`0 0 100 ${before > 0 ? 7 : 4}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <rect width={width(share)} height="4" />
      {before > 0 && <rect className="before" y="6" width={width(before)} height="1" />}
    </svg>
  );
}
