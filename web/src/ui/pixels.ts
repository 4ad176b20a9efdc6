/**
 * Lengths in rem as pixels, for what is drawn or placed by number: it then grows with the
 * text, whose size a person may have changed.
 */
export function pixels(rem: number): number {
  return Math.round(rem * Number.parseFloat(getComputedStyle(document.documentElement).fontSize));
}
