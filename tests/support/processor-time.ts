/**
 * Returns the CPU time of this process for a piece of work in milliseconds, the minimum of three
 * rounds, so that other load on the machine does not matter. Use it to detect quadratic time, never
 * to measure speed.
 */
export function processorTime(work: () => unknown): number {
  const rounds = [1, 2, 3].map(() => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  });
  return Math.min(...rounds);
}
