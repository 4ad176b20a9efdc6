/** More points than pixels tell nothing more; the last one is always kept. */
export function thinned<T>(points: readonly T[], most: number): T[] {
  const every = Math.ceil(points.length / most);
  return points.filter((_, index) => (points.length - 1 - index) % every === 0);
}
