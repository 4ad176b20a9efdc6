/** How sure a series is, in words. */
export function confidenceWords(percent: number): string {
  if (percent >= 80) return "Very likely";
  return percent >= 60 ? "Likely" : "Perhaps";
}
