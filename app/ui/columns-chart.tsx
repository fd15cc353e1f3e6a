/** In units of the drawing: column width, gap, and height of the highest column. */
const WIDTH = 12;
const ROOM = 4;
const HEIGHT = 40;

interface ColumnsChartProps {
  /** Oldest first; a null has no column. */
  values: readonly (number | null)[];
  /** The numbers as text, or what is drawn if a table beside it has them. */
  label: string;
}

/** Columns over time, scaled to the highest. */
export function ColumnsChart({ values, label }: ColumnsChartProps) {
  const most = Math.max(...values.map((value) => value ?? 0));
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${values.length * (WIDTH + ROOM) - ROOM} ${HEIGHT}`}
    >
      {values.map((value, at) => {
        if (value === null) return null;
        const height = Math.max(1, Math.round((value / Math.max(1, most)) * HEIGHT));
        const x = at * (WIDTH + ROOM);
        return <rect key={x} x={x} y={HEIGHT - height} width={WIDTH} height={height} />;
      })}
    </svg>
  );
}
