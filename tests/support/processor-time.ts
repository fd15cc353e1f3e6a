/**
 * Milliseconds of this process's processor that a piece of work takes, the least of three rounds:
 * what else the machine does at the time does not count. To tell work that grows with the square
 * of its input from work that does not; never to say how fast something is.
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
