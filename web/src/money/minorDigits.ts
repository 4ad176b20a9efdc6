/** The number of minor digits a currency is written with (EUR 2, JPY 0, KWD 3). */
export function minorDigits(currency: string): number {
  try {
    return (
      new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions()
        .maximumFractionDigits ?? 2
    );
  } catch {
    // A code that the browser's tables do not know is written with two, like most.
    return 2;
  }
}
